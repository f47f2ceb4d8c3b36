// SL135 condition-missing
//
// `detection` has no condition, or one with nothing behind the colon.
//
// The condition says how selections go together. Tools refuse the rule; none takes the only
// selection in its place.
//
//   detection:
//     selection:
//       Image|endswith: '\cmd.exe'
//
// Fix: add a condition that names the selections.
//
// Source: Sigma specification 2.1.0, "Condition".

#include "schema/rule.h"
#include "schema/sigma.h"
#include "schema/sigma_reading.h"

namespace sluice {

extern const Rule kSL135;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportSigma(in, out, kSL135, IrregularityKind::kSigmaConditionMissing, kMeansNothing,
              "add a condition that names the selections",
              [](const Irregularity&) { return std::string("detection has no condition"); });
}

}  // namespace

const Rule kSL135 = {{"SL135", "condition-missing", Severity::kError, Category::kInvalid,
                      "`detection` without a condition", kSigmaFiles},
                     Check};

}  // namespace sluice
