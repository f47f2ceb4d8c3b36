// SL530 encoding-without-base64
//
// `utf16le`, `wide`, `utf16be` or `utf16` without `base64` or `base64offset` behind it.
//
// Events hold text, not bytes: a value with a zero byte behind every letter is found in none. The
// encodings are meant for what is base64 in a command line.
//
//   CommandLine|wide|contains: 'Invoke'
//
// Fix: add `base64offset|contains`, or remove the encoding.
//
// Source: Sigma specification 2.1.0, "Value modifiers".

#include "schema/rule.h"
#include "schema/sigma.h"
#include "schema/sigma_reading.h"

namespace sluice {

extern const Rule kSL530;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportSigma(in, out, kSL530, IrregularityKind::kSigmaModifierNeedsEncoding, "seldom matches",
              "add 'base64offset' behind it, or remove it", [](const Irregularity& i) {
                return Cat("the modifier ", Quoted(i.detail),
                           " is not followed by an encoding as base64");
              });
}

}  // namespace

const Rule kSL530 = {{"SL530", "encoding-without-base64", Severity::kWarning, Category::kHygiene,
                      "`wide` or its like without base64 behind it", kSigmaFiles},
                     Check};

}  // namespace sluice
