// SL523 selection-not-a-list
//
// A selection that is one plain value, neither a map nor a list.
//
// It is read as one keyword, text anywhere in the event. The specification knows maps and lists
// only, and a value in place of a map is often a field that was lost.
//
//   keywords: mimikatz
//
// Fix: write it as an item of a list.
//
// Source: Sigma specification 2.1.0, "Detection".

#include "schema/rule.h"
#include "schema/sigma.h"
#include "schema/sigma_reading.h"

namespace sluice {

extern const Rule kSL523;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportSigma(in, out, kSL523, IrregularityKind::kSigmaSelectionScalar, "is read as one keyword",
              "write the value as an item of a list", [](const Irregularity& i) {
                return Cat("the selection ", Quoted(i.detail),
                           " is a plain value, neither a map nor a list");
              });
}

}  // namespace

const Rule kSL523 = {{"SL523", "selection-not-a-list", Severity::kNote, Category::kHygiene,
                      "a selection that is one plain value", kSigmaFiles},
                     Check};

}  // namespace sluice
