// SL577 rule-name-too-long
//
// `name` or `taxonomy` has more characters than Sigma allows, 256.
//
// Correlations name rules by their `name`, and taxonomies are looked up by theirs: tools that cut
// it find nothing.
//
// Fix: write a short name.
//
// Source: Sigma specification 2.1.0, Sigma rules, "name".

#include <algorithm>
#include <cstddef>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_metadata.h"

namespace sluice {

extern const Rule kSL577;

namespace {

constexpr size_t kMost = 256;

void CheckOne(const RuleInput& in, Reporter& out, const Instance& instance, std::string_view key) {
  const Attribute* found = ScalarOf(in.content, instance, key);
  if (found == nullptr || found->value.size() <= kMost) return;
  const auto begins = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
  if (std::ranges::count_if(found->value, begins) <= static_cast<std::ptrdiff_t>(kMost)) return;
  if (Finding* f = out.Report(kSL577, found->place, &instance)) {
    Say(*f, kRefusedByTools, Cat(Quoted(key), " has more than ", kMost, " characters"),
        "write a short name");
  }
}

void Check(const RuleInput& in, Reporter& out) {
  ForEachDocument(in.content, [&](const Instance& instance) {
    CheckOne(in, out, instance, "name");
    CheckOne(in, out, instance, "taxonomy");
  });
}

}  // namespace

const Rule kSL577 = {{"SL577", "rule-name-too-long", Severity::kWarning, Category::kHygiene,
                      "a name or taxonomy of more than 256 characters", kSigmaFiles},
                     Check};

}  // namespace sluice
