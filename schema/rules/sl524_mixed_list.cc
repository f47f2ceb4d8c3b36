// SL524 mixed-list
//
// A selection whose list has maps beside plain values.
//
// The maps test fields, the plain values are keywords, text anywhere in the event. Often one of
// the dashes is a mistake.
//
//   selection:
//     - Image|endswith: '\cmd.exe'
//     - powershell         # a keyword
//
// Fix: write two selections, and OR them in the condition.
//
// Source: Sigma specification 2.1.0, "Lists".

#include "schema/rule.h"
#include "schema/sigma.h"
#include "schema/sigma_reading.h"

namespace sluice {

extern const Rule kSL524;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportSigma(in, out, kSL524, IrregularityKind::kSigmaMixedList, "looks for keywords, too",
              "write two selections, one of maps and one of keywords", [](const Irregularity& i) {
                return Cat("the selection ", Quoted(i.detail), " has maps beside plain values");
              });
}

}  // namespace

const Rule kSL524 = {{"SL524", "mixed-list", Severity::kWarning, Category::kHygiene,
                      "maps beside plain values in one list", kSigmaFiles},
                     Check};

}  // namespace sluice
