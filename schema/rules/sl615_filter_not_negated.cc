// SL615 filter-not-negated
//
// A selection that is named as a filter, and that the condition asks for rather than against.
//
// By its name it holds what the rule is to leave out. `all of them` and `1 of *` cover filters like
// anything else.
//
//   condition: all of them            # selection and filter: only what was to be left out
//
// Fix: write `selection and not filter`, or give the selection another name.
//
// Source: SigmaHQ rule conventions (names of selections and filters).

#include <algorithm>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma.h"
#include "schema/sigma_logic.h"

namespace sluice {

extern const Rule kSL615;

namespace {

bool IsFilter(const SigmaSelection& selection) {
  return selection.name == "filter" || selection.name.starts_with("filter_");
}

void Check(const RuleInput& in, Reporter& out) {
  ForEachCompleteRule(in.content, [&](const Instance& instance) {
    if (std::ranges::none_of(in.content.selections(instance), IsFilter)) return;
    const RuleLogic logic(in.content, instance);
    for (const LogicClause& clause : logic.clauses()) {
      for (const LogicLiteral& literal : clause.literals) {
        const SigmaSelection& selection = in.content.selections()[literal.selection];
        if (literal.negated || !IsFilter(selection)) continue;
        Finding* f = out.Report(kSL615, selection.name_place, &instance);
        if (f == nullptr) continue;
        Say(*f, "matches what it should leave out",
            Cat("the condition asks for ", Quoted(selection.name), ", without a `not`"),
            "write `and not`, or give the selection another name");
      }
    }
  });
}

}  // namespace

const Rule kSL615 = {
    {"SL615", "filter-not-negated", Severity::kNote, Category::kHygiene,
     "a selection named as a filter that the condition does not negate", kSigmaFiles},
    Check};

}  // namespace sluice
