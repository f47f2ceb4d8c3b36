// SL152 wildcard-not-allowed
//
// A wildcard in a value that is encoded, or in a network.
//
// Bytes are encoded, not patterns: what base64 makes of a `*` is another text. A literal star or
// question mark is escaped with a backslash.
//
//   CommandLine|base64offset|contains: 'Invoke-*'
//
// Fix: encode the fixed part alone; escape a wildcard that is meant literally.
//
// Source: Sigma specification 2.1.0, "Value modifiers".

#include "schema/rule.h"
#include "schema/sigma.h"
#include "schema/sigma_reading.h"

namespace sluice {

extern const Rule kSL152;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportSigma(in, out, kSL152, IrregularityKind::kSigmaWildcardInside, kMeansNothing,
              "leave the wildcard out, or escape one that is meant literally",
              [](const Irregularity& i) {
                return Cat("a wildcard stands in a value of ", Quoted(i.detail));
              });
}

}  // namespace

const Rule kSL152 = {{"SL152", "wildcard-not-allowed", Severity::kError, Category::kInvalid,
                      "a wildcard in a value that is encoded or is a network", kSigmaFiles},
                     Check};

}  // namespace sluice
