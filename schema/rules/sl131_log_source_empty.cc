// SL131 log-source-empty
//
// `logsource` has neither `product`, `category` nor `service`.
//
// That is any log there is. `definition` alone is prose that no tool reads.
//
//   logsource:
//     definition: needs process creation events
//
// Fix: add a product, a category or a service.
//
// Source: Sigma specification 2.1.0, "Log source".

#include "schema/rule.h"
#include "schema/sigma.h"
#include "schema/sigma_reading.h"

namespace sluice {

extern const Rule kSL131;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportSigma(in, out, kSL131, IrregularityKind::kSigmaLogSourceEmpty, kRefusedByTools,
              "add a product, a category or a service", [](const Irregularity&) {
                return std::string("logsource has neither product, category nor service");
              });
}

}  // namespace

const Rule kSL131 = {{"SL131", "log-source-empty", Severity::kError, Category::kInvalid,
                      "`logsource` without product, category and service", kSigmaFiles},
                     Check};

}  // namespace sluice
