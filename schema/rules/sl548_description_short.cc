// SL548 description-short
//
// The description has less than 16 characters, so it says no more than the title.
//
//   description: Finds shells
//
// Fix: say what the rule finds and why that matters.
//
// Source: Sigma's own validator, "description length".

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_metadata.h"

namespace sluice {

extern const Rule kSL548;

namespace {

constexpr size_t kFewest = 16;

void Check(const RuleInput& in, Reporter& out) {
  ForEachDocument(in.content, [&](const Instance& instance) {
    const Attribute* found = ScalarOf(in.content, instance, "description");
    if (found == nullptr || found->value.size() >= kFewest) return;
    if (Finding* f = out.Report(kSL548, found->place, &instance)) {
      Say(*f, "says no more than the title", Cat("the description is ", Quoted(found->value)),
          "say what the rule finds and why that matters");
    }
  });
}

}  // namespace

const Rule kSL548 = {{"SL548", "description-short", Severity::kNote, Category::kHygiene,
                      "a description of less than 16 characters", kSigmaFiles},
                     Check};

}  // namespace sluice
