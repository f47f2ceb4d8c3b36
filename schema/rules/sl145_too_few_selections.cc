// SL145 too-few-selections
//
// `N of` a pattern that covers less than N selections.
//
// It can never hold. Behind a `not` it always does.
//
//   detection:
//     selection_a: ...
//     selection_b: ...
//     condition: 3 of selection_*
//
// Fix: ask for fewer, or correct the pattern.
//
// Source: Sigma specification 2.1.0, "Condition".

#include "schema/rule.h"
#include "schema/sigma.h"
#include "schema/sigma_reading.h"

namespace sluice {

extern const Rule kSL145;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportSigma(in, out, kSL145, IrregularityKind::kSigmaOfTooFew, "is never true",
              "ask for fewer selections, or correct the pattern", [](const Irregularity& i) {
                return Cat("more selections are asked for than the ", i.other, " that ",
                           Quoted(i.detail), " covers");
              });
}

}  // namespace

const Rule kSL145 = {{"SL145", "too-few-selections", Severity::kError, Category::kInvalid,
                      "`N of` more selections than there are", kSigmaFiles},
                     Check};

}  // namespace sluice
