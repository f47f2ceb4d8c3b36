// SL531 all-on-single-value
//
// `all` where there is one value only.
//
// All of one is that one. Tools warn of it or refuse it; and the other values may have been lost,
// or written as one.
//
//   CommandLine|contains|all: ' /c whoami'
//
// Fix: remove `all`, or write the values as a list.
//
// Source: Sigma specification 2.1.0, "Value modifiers".

#include "schema/rule.h"
#include "schema/sigma.h"
#include "schema/sigma_reading.h"

namespace sluice {

extern const Rule kSL531;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportIrregularities(in, out, kSL531, IrregularityKind::kSigmaAllOnSingleValue,
                       [&](Finding& f, const Irregularity& i) {
                         Say(f, "changes nothing", "'all' stands where there is one value",
                             "remove 'all', or write the values as a list");
                         RemoveModifier(in.content, i, f);
                       });
}

}  // namespace

const Rule kSL531 = {{"SL531", "all-on-single-value", Severity::kWarning, Category::kHygiene,
                      "`all` where there is one value", kSigmaFiles},
                     Check};

}  // namespace sluice
