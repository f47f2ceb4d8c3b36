// SL142 condition-near
//
// `| near` at the end of a condition.
//
// Sigma 2 has taken it out of the language, and hardly a tool ever had it.
//
//   condition: selection1 | near selection2
//
// Fix: write a correlation rule of the type `temporal` over a rule each.
//
// Source: Sigma specification 2.1.0, "Condition" and "Correlations".

#include "schema/rule.h"
#include "schema/sigma.h"
#include "schema/sigma_reading.h"

namespace sluice {

extern const Rule kSL142;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportSigma(
      in, out, kSL142, IrregularityKind::kSigmaConditionNear, kMeansNothing,
      "write a correlation of type temporal over a rule each", [](const Irregularity&) {
        return std::string(
            "the condition asks for events that are near, which Sigma 2 leaves to correlations");
      });
}

}  // namespace

const Rule kSL142 = {{"SL142", "condition-near", Severity::kError, Category::kInvalid,
                      "`near` at the end of a condition, which Sigma has no longer", kSigmaFiles},
                     Check};

}  // namespace sluice
