// SL150 modifier-needs-re
//
// One of the flags of regular expressions, `i`, `m` or `s`, without `re` before it.
//
// Only `re` has flags; plain values are compared without regard to letter case as they are.
//
//   CommandLine|i: 'invoke.*'       # re|i
//
// Fix: add `re` before the flag, or remove the flag.
//
// Source: Sigma specification 2.1.0, "Value modifiers".

#include "schema/rule.h"
#include "schema/sigma.h"
#include "schema/sigma_reading.h"

namespace sluice {

extern const Rule kSL150;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportSigma(in, out, kSL150, IrregularityKind::kSigmaModifierNeedsRe, kMeansNothing,
              "add 're' before the flag, or remove the flag", [](const Irregularity& i) {
                return Cat("the flag ", Quoted(i.detail), " has no 're' before it");
              });
}

}  // namespace

const Rule kSL150 = {{"SL150", "modifier-needs-re", Severity::kError, Category::kInvalid,
                      "`i`, `m` or `s` without `re` before it", kSigmaFiles},
                     Check};

}  // namespace sluice
