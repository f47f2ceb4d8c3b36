// SL529 base64offset-without-contains
//
// `base64offset` without `contains`.
//
// It gives the encodings of a text in the middle of others, without the characters at both ends.
// The whole field is never just that.
//
//   CommandLine|base64offset: 'Invoke-Expression'
//
// Fix: add `contains` behind it.
//
// Source: Sigma specification 2.1.0, "Value modifiers".

#include "schema/rule.h"
#include "schema/sigma.h"
#include "schema/sigma_reading.h"

namespace sluice {

extern const Rule kSL529;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportSigma(in, out, kSL529, IrregularityKind::kSigmaModifierNeedsContains, "seldom matches",
              "add 'contains' behind it", [](const Irregularity& i) {
                return Cat("the modifier ", Quoted(i.detail), " is not followed by 'contains'");
              });
}

}  // namespace

const Rule kSL529 = {{"SL529", "base64offset-without-contains", Severity::kWarning,
                      Category::kHygiene, "`base64offset` without `contains`", kSigmaFiles},
                     Check};

}  // namespace sluice
