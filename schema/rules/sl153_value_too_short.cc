// SL153 value-too-short
//
// A value of less than three bytes under `base64offset`.
//
// Of its three encodings, without the characters that depend on what stands around, at least one
// is left with next to nothing, and matches nearly any text. Below two bytes one is empty: the
// rule means nothing.
//
//   CommandLine|base64offset|contains: 'a'
//
// Fix: write more of the text that is encoded.
//
// Source: Sigma specification 2.1.0, "Value modifiers"; RFC 4648, section 4.

#include "schema/rule.h"
#include "schema/sigma.h"
#include "schema/sigma_reading.h"

namespace sluice {

extern const Rule kSL153;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportIrregularities(in, out, kSL153, IrregularityKind::kSigmaValueTooShort,
                       [](Finding& f, const Irregularity& i) {
                         if (!i.fatal) f.severity = Severity::kWarning;
                         Say(f, i.fatal ? kMeansNothing : "matches nearly any text",
                             Cat("the value is too short for ", Quoted(i.detail)),
                             "write more of the text that is encoded");
                       });
}

}  // namespace

const Rule kSL153 = {{"SL153", "value-too-short", Severity::kError, Category::kInvalid,
                      "a value too short for `base64offset`", kSigmaFiles},
                     Check};

}  // namespace sluice
