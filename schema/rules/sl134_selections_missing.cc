// SL134 selections-missing
//
// `detection` has no selection, at most a condition.
//
// There is nothing that the condition could speak of.
//
//   detection:
//     condition: selection
//
// Fix: add the selections that the condition names.
//
// Source: Sigma specification 2.1.0, "Detection".

#include "schema/rule.h"
#include "schema/sigma.h"
#include "schema/sigma_reading.h"

namespace sluice {

extern const Rule kSL134;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportSigma(in, out, kSL134, IrregularityKind::kSigmaSelectionsMissing, kMeansNothing,
              "add the selections that the condition names",
              [](const Irregularity&) { return std::string("detection holds no selection"); });
}

}  // namespace

const Rule kSL134 = {{"SL134", "selections-missing", Severity::kError, Category::kInvalid,
                      "`detection` holds no selection", kSigmaFiles},
                     Check};

}  // namespace sluice
