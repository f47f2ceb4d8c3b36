// SL149 modifier-order
//
// Two modifiers on the wrong sides of one another.
//
// They are applied from left to right: a value is expanded (`windash`, `expand`), then encoded
// (`wide`, `base64`), then given open ends (`contains`). The other way round, base64 would encode
// the wildcards too.
//
//   CommandLine|contains|base64offset: 'IEX'     # base64offset|contains
//
// Fix: swap them.
//
// Source: Sigma specification 2.1.0, "Value modifiers".

#include "schema/rule.h"
#include "schema/sigma.h"
#include "schema/sigma_reading.h"

namespace sluice {

extern const Rule kSL149;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportSigma(in, out, kSL149, IrregularityKind::kSigmaModifierOrder, kMeansNothing,
              "swap the two modifiers", [](const Irregularity& i) {
                return Cat("the modifier ", Quoted(i.detail), " must stand before ",
                           Quoted(i.other));
              });
}

}  // namespace

const Rule kSL149 = {{"SL149", "modifier-order", Severity::kError, Category::kInvalid,
                      "modifiers in an order that means nothing", kSigmaFiles},
                     Check};

}  // namespace sluice
