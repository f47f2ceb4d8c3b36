// SL141 condition-aggregation
//
// An aggregation at the end of a condition: `| count() by User > 5` and the like.
//
// Sigma 2 has taken it out of the language; correlations say it instead. A tool that drops it in
// silence reports every single event.
//
//   condition: selection | count() by User > 5
//
// Fix: write a correlation rule of the type `event_count` or `value_count` over this one.
//
// Source: Sigma specification 2.1.0, "Condition" and "Correlations".

#include "schema/rule.h"
#include "schema/sigma.h"
#include "schema/sigma_reading.h"

namespace sluice {

extern const Rule kSL141;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportSigma(
      in, out, kSL141, IrregularityKind::kSigmaConditionAggregation, kMeansNothing,
      "write a correlation of type event_count or value_count over this rule",
      [](const Irregularity&) {
        return std::string("the condition counts events, which Sigma 2 leaves to correlations");
      });
}

}  // namespace

const Rule kSL141 = {
    {"SL141", "condition-aggregation", Severity::kError, Category::kInvalid,
     "an aggregation at the end of a condition, which Sigma has no longer", kSigmaFiles},
    Check};

}  // namespace sluice
