// SL138 nested-list
//
// A list inside a list of values or of maps.
//
// Sigma's lists do not nest: it is not said whether the inner one is OR or AND. An alias of a list
// among values is the usual cause.
//
//   Image|endswith:
//     - '\cmd.exe'
//     - ['\powershell.exe', '\pwsh.exe']
//
// Fix: put the values into one list.
//
// Source: Sigma specification 2.1.0, "Lists".

#include "schema/rule.h"
#include "schema/sigma.h"
#include "schema/sigma_reading.h"

namespace sluice {

extern const Rule kSL138;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportSigma(in, out, kSL138, IrregularityKind::kSigmaNestedList, kMeansNothing,
              "put the values into one list", [](const Irregularity& i) {
                return Cat("a list stands in the list of ", Quoted(i.detail));
              });
}

}  // namespace

const Rule kSL138 = {{"SL138", "nested-list", Severity::kError, Category::kInvalid,
                      "a list inside a list of values", kSigmaFiles},
                     Check};

}  // namespace sluice
