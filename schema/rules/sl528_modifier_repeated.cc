// SL528 modifier-repeated
//
// The same modifier twice at one field.
//
// The second says nothing new. Often another one was meant.
//
//   CommandLine|contains|contains:         # contains|all?
//
// Fix: remove it, or write the one that was meant.
//
// Source: Sigma specification 2.1.0, "Value modifiers".

#include "schema/rule.h"
#include "schema/sigma.h"
#include "schema/sigma_reading.h"

namespace sluice {

extern const Rule kSL528;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportIrregularities(in, out, kSL528, IrregularityKind::kSigmaModifierRepeated,
                       [&](Finding& f, const Irregularity& i) {
                         Say(f, "changes nothing",
                             Cat("the modifier ", Quoted(i.detail), " is there already"),
                             "remove it, or write the one that was meant");
                         RemoveModifier(in.content, i, f);
                       });
}

}  // namespace

const Rule kSL528 = {{"SL528", "modifier-repeated", Severity::kWarning, Category::kHygiene,
                      "the same modifier twice", kSigmaFiles},
                     Check};

}  // namespace sluice
