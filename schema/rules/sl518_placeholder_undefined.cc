// SL518 placeholder-undefined
//
// A value under `expand` has a placeholder without values.
//
// Placeholders stand for what only the user knows, such as the names of administrators. A rule
// with one that nothing defines must be refused, so Sluice lists it as not checked.
//
//   User|expand: '%admins%'
//
// Fix: define the placeholder in the file of values; without `expand`, `%` is plain text.
//
// Source: Sigma specification 2.1.0, "Placeholders".

#include "schema/rule.h"
#include "schema/sigma.h"
#include "schema/sigma_reading.h"

namespace sluice {

extern const Rule kSL518;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportSigma(in, out, kSL518, IrregularityKind::kSigmaPlaceholderUndefined,
              "the rule is not checked", "define the placeholder in a file of values",
              [](const Irregularity& i) {
                return Cat("the placeholder ", Quoted(i.detail), " has no values");
              });
}

}  // namespace

const Rule kSL518 = {{"SL518", "placeholder-undefined", Severity::kNote, Category::kHygiene,
                      "a placeholder that nothing defines", kSigmaFiles},
                     Check};

}  // namespace sluice
