// SL132 detection-missing
//
// A rule with a log source and without `detection`.
//
// It looks for nothing. Often the key is misspelt, or its lines have lost their place in the file.
//
//   logsource:
//     product: windows
//   detections:            # detection
//     ...
//
// Fix: add `detection` with at least one selection and a condition.
//
// Source: Sigma specification 2.1.0, "Detection".

#include "schema/rule.h"
#include "schema/sigma.h"
#include "schema/sigma_reading.h"

namespace sluice {

extern const Rule kSL132;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportSigma(in, out, kSL132, IrregularityKind::kSigmaDetectionMissing, kMeansNothing,
              "add detection with a selection and a condition", [](const Irregularity&) {
                return std::string("the rule has a log source and no detection");
              });
}

}  // namespace

const Rule kSL132 = {{"SL132", "detection-missing", Severity::kError, Category::kInvalid,
                      "a rule without `detection`", kSigmaFiles},
                     Check};

}  // namespace sluice
