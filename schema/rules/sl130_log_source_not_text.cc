// SL130 log-source-not-text
//
// `product`, `category` or `service` of a log source is a list or a map.
//
// A rule is for one log source. Tools refuse the rule, or compare the list with a name and find
// nothing.
//
//   logsource:
//     product: [windows, linux]
//
// Fix: write one name; write a rule each for several log sources, or leave the part out.
//
// Source: Sigma specification 2.1.0, "Log source".

#include "schema/rule.h"
#include "schema/sigma.h"
#include "schema/sigma_reading.h"

namespace sluice {

extern const Rule kSL130;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportSigma(in, out, kSL130, IrregularityKind::kSigmaLogSourceNotText, kMeansNothing,
              "write one name, and a rule each for several", [](const Irregularity& i) {
                return Cat("the ", Quoted(i.detail), " of the log source is a list or a map");
              });
}

}  // namespace

const Rule kSL130 = {{"SL130", "log-source-not-text", Severity::kError, Category::kInvalid,
                      "a part of `logsource` that is no text", kSigmaFiles},
                     Check};

}  // namespace sluice
