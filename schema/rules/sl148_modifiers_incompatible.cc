// SL148 modifiers-incompatible
//
// Two modifiers that do not go together: two positions, two encodings as UTF-16, `re` with a
// position, `exists` with anything.
//
// What they would mean together is not defined, so tools refuse the rule or drop one of them. `re`
// with `cased` is a warning: regular expressions are matched with regard to case anyway.
//
//   Image|startswith|endswith: 'cmd.exe'
//   CommandLine|re|contains: 'a.*b'
//
// Fix: keep the one that is meant.
//
// Source: Sigma specification 2.1.0, "Value modifiers".

#include "schema/rule.h"
#include "schema/sigma.h"
#include "schema/sigma_reading.h"

namespace sluice {

extern const Rule kSL148;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportIrregularities(in, out, kSL148, IrregularityKind::kSigmaModifiersIncompatible,
                       [](Finding& f, const Irregularity& i) {
                         if (!i.fatal) f.severity = Severity::kWarning;
                         Say(f, i.fatal ? kMeansNothing : "changes nothing",
                             Cat("the modifiers ", Quoted(i.other), " and ", Quoted(i.detail),
                                 " do not go together"),
                             "keep the one that is meant");
                       });
}

}  // namespace

const Rule kSL148 = {{"SL148", "modifiers-incompatible", Severity::kError, Category::kInvalid,
                      "two modifiers that do not go together", kSigmaFiles},
                     Check};

}  // namespace sluice
