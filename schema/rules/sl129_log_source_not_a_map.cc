// SL129 log-source-not-a-map
//
// `logsource` is a text or a list, not a map with `product`, `category` or `service`.
//
// No tool can tell which events the rule is for.
//
//   logsource: windows/process_creation
//
// Fix: write it as a map.
//
// Source: Sigma specification 2.1.0, "Log source".

#include "schema/rule.h"
#include "schema/sigma.h"
#include "schema/sigma_reading.h"

namespace sluice {

extern const Rule kSL129;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportSigma(in, out, kSL129, IrregularityKind::kSigmaLogSourceNotAMap, kMeansNothing,
              "write logsource as a map with product, category or service",
              [](const Irregularity&) { return std::string("logsource is no map"); });
}

}  // namespace

const Rule kSL129 = {{"SL129", "log-source-not-a-map", Severity::kError, Category::kInvalid,
                      "`logsource` is a text or a list", kSigmaFiles},
                     Check};

}  // namespace sluice
