// SL549 description-too-long
//
// The description has more characters than Sigma allows, 65,535.
//
// Fix: keep what an analyst needs, and put a link to the rest under `references`.
//
// Source: Sigma specification 2.1.0, Sigma rules, "description".

#include <algorithm>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_metadata.h"

namespace sluice {

extern const Rule kSL549;

namespace {

constexpr size_t kMost = 65535;

size_t CodePoints(std::string_view text) {
  return static_cast<size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

void Check(const RuleInput& in, Reporter& out) {
  ForEachDocument(in.content, [&](const Instance& instance) {
    const Attribute* found = ScalarOf(in.content, instance, "description");
    if (found == nullptr || found->value.size() <= kMost) return;
    const size_t letters = CodePoints(found->value);
    if (letters <= kMost) return;
    if (Finding* f = out.Report(kSL549, found->key_place, &instance)) {
      Say(*f, kRefusedByTools, Cat("the description has ", letters, " characters"),
          Cat("write at most ", kMost));
    }
  });
}

}  // namespace

const Rule kSL549 = {{"SL549", "description-too-long", Severity::kWarning, Category::kHygiene,
                      "a description of more than 65,535 characters", kSigmaFiles},
                     Check};

}  // namespace sluice
