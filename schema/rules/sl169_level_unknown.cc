// SL169 level-unknown
//
// `level` is none of Sigma's words.
//
// The alert is raised without a severity, or the rule is refused.
//
//   level: severe
//
// Fix: write informational, low, medium, high or critical.
//
// Source: Sigma specification 2.1.0, Sigma rules, "level".

#include <algorithm>
#include <iterator>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_metadata.h"

namespace sluice {

extern const Rule kSL169;

namespace {

constexpr std::string_view kWords[] = {"informational", "low", "medium", "high", "critical"};

void Check(const RuleInput& in, Reporter& out) {
  ForEachDocument(in.content, [&](const Instance& instance) {
    const Attribute* found = ScalarOf(in.content, instance, "level");
    if (found == nullptr || std::ranges::find(kWords, found->value) != std::end(kWords)) return;
    Finding* f = out.Report(kSL169, found->place, &instance);
    if (f == nullptr) return;
    const std::string_view near = NearWord(found->value, kWords);
    if (!near.empty()) f->fix = ReplaceValue(in.content, *found, std::string(near));
    Say(*f, kRefusedByTools, Cat(Quoted(found->value), " is no level of Sigma"),
        Cat("write ", near.empty() ? AnyOf(kWords) : Quoted(near)));
  });
}

}  // namespace

const Rule kSL169 = {{"SL169", "level-unknown", Severity::kWarning, Category::kInvalid,
                      "a level that Sigma does not know", kSigmaFiles},
                     Check};

}  // namespace sluice
