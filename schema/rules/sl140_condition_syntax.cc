// SL140 condition-syntax
//
// The condition does not follow the grammar: names, `and`, `or`, `not`, `1 of` and `all of` with a
// pattern or `them`, and parentheses.
//
// The message says what was expected at the place, and what stands there.
//
//   condition: selection and not
//   condition: selection filter
//   condition: selection*         # 1 of selection*
//
// Fix: correct the condition at the place.
//
// Source: Sigma specification 2.1.0, "Condition".

#include "schema/rule.h"
#include "schema/sigma.h"
#include "schema/sigma_reading.h"

namespace sluice {

extern const Rule kSL140;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportSigma(in, out, kSL140, IrregularityKind::kSigmaConditionSyntax, kMeansNothing,
              "correct the condition at this place", [](const Irregularity& i) {
                return Cat("expected ", Printable(i.detail), ", found ",
                           i.other.empty() ? "the end" : Quoted(i.other));
              });
}

}  // namespace

const Rule kSL140 = {{"SL140", "condition-syntax", Severity::kError, Category::kInvalid,
                      "a condition that is not in the grammar", kSigmaFiles},
                     Check};

}  // namespace sluice
