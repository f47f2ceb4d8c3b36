// SL128 log-source-missing
//
// A rule without `logsource`.
//
// Without it nobody can tell which events the rule is for: tools refuse the rule, and no sensor
// can be asked.
//
//   title: Shell started by an office program
//   detection:             # which events?
//     ...
//
// Fix: add `logsource` with a product, a category or a service.
//
// Source: Sigma specification 2.1.0, "Log source".

#include "schema/rule.h"
#include "schema/sigma.h"
#include "schema/sigma_reading.h"

namespace sluice {

extern const Rule kSL128;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportSigma(
      in, out, kSL128, IrregularityKind::kSigmaLogSourceMissing, kRefusedByTools,
      "add logsource with a product, a category or a service", [](const Irregularity&) {
        return std::string("the rule does not say which events it is for: logsource is missing");
      });
}

}  // namespace

const Rule kSL128 = {{"SL128", "log-source-missing", Severity::kError, Category::kInvalid,
                      "a rule without `logsource`", kSigmaFiles},
                     Check};

}  // namespace sluice
