// SL133 detection-not-a-map
//
// `detection` is a text, a list or nothing at all.
//
// Its entries are the selections, by name, and the condition. Lines that are not indented leave it
// with nothing.
//
//   detection:
//   selection:             # indent this
//     Image|endswith: '\cmd.exe'
//
// Fix: write a map of selections and a condition, indented below `detection`.
//
// Source: Sigma specification 2.1.0, "Detection".

#include "schema/rule.h"
#include "schema/sigma.h"
#include "schema/sigma_reading.h"

namespace sluice {

extern const Rule kSL133;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportSigma(in, out, kSL133, IrregularityKind::kSigmaDetectionNotAMap, kMeansNothing,
              "write selections and a condition below detection, indented",
              [](const Irregularity&) { return std::string("detection is no map of selections"); });
}

}  // namespace

const Rule kSL133 = {{"SL133", "detection-not-a-map", Severity::kError, Category::kInvalid,
                      "`detection` is a text, a list or nothing", kSigmaFiles},
                     Check};

}  // namespace sluice
