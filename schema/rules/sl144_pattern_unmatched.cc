// SL144 pattern-unmatched
//
// `1 of` or `all of` a pattern that covers no selection.
//
// Tools refuse it, or read it as true or as false. Letter case counts in names, and `them` leaves
// out those that begin with `_`.
//
//   detection:
//     selection_a: ...
//     selection_b: ...
//     condition: 1 of selections_*
//
// Fix: write a pattern that covers the selections that are meant.
//
// Source: Sigma specification 2.1.0, "Condition".

#include "schema/rule.h"
#include "schema/sigma.h"
#include "schema/sigma_reading.h"

namespace sluice {

extern const Rule kSL144;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportSigma(
      in, out, kSL144, IrregularityKind::kSigmaPatternUnmatched, kMeansNothing,
      "write a pattern that covers the selections that are meant",
      [](const Irregularity& i) { return Cat("no selection is covered by ", Quoted(i.detail)); });
}

}  // namespace

const Rule kSL144 = {{"SL144", "pattern-unmatched", Severity::kError, Category::kInvalid,
                      "a pattern that covers no selection", kSigmaFiles},
                     Check};

}  // namespace sluice
