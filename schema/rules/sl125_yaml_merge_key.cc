// SL125 yaml-merge-key
//
// YAML's merge key `<<`, which puts one map into another.
//
// It belongs to YAML 1.1 and not to 1.2, and Sigma does not have it. Readers without it look for a
// field called `<<`. Sluice does not merge.
//
//   base: &base
//     Image|endswith: '\cmd.exe'
//   selection:
//     <<: *base
//     CommandLine|contains: ' /c '
//
// Fix: write the entries out, or name both selections in the condition.
//
// Source: YAML 1.1, "Merge Key Language-Independent Type"; Sigma specification 2.1.0, "Detection".

#include "schema/rule.h"
#include "schema/sigma.h"
#include "schema/sigma_reading.h"

namespace sluice {

extern const Rule kSL125;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportSigma(in, out, kSL125, IrregularityKind::kSigmaMergeKey, kMeansNothing,
              "write the entries out, or use both selections in the condition",
              [](const Irregularity&) { return std::string("the merge key '<<' is not merged"); });
}

}  // namespace

const Rule kSL125 = {{"SL125", "yaml-merge-key", Severity::kError, Category::kInvalid,
                      "YAML's merge key, which no Sigma rule has", kSigmaFiles},
                     Check};

}  // namespace sluice
