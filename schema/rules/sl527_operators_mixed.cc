// SL527 operators-mixed
//
// `and` and `or` side by side without parentheses.
//
// `and` binds tighter, which is not what the order of reading suggests: in `a or b and c`, `a`
// alone is enough.
//
//   condition: selection or other and not filter     # filter does not apply to selection
//
// Fix: add parentheses that say what is meant.
//
// Source: Sigma specification 2.1.0, "Condition".

#include "schema/rule.h"
#include "schema/sigma.h"
#include "schema/sigma_reading.h"

namespace sluice {

extern const Rule kSL527;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportSigma(in, out, kSL527, IrregularityKind::kSigmaMixedOperators, "applies 'and' before 'or'",
              "add parentheses that say what is meant", [](const Irregularity&) {
                return std::string("'or' stands beside 'and' without parentheses");
              });
}

}  // namespace

const Rule kSL527 = {{"SL527", "operators-mixed", Severity::kNote, Category::kHygiene,
                      "`and` and `or` side by side without parentheses", kSigmaFiles},
                     Check};

}  // namespace sluice
