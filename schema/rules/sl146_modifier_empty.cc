// SL146 modifier-empty
//
// A key with nothing between two `|`, or behind the last one.
//
// A modifier has been lost, and what the values mean with it.
//
//   CommandLine|: ' /c '
//   CommandLine||all: [a, b]
//
// Fix: write the modifier, or remove the `|`.
//
// Source: Sigma specification 2.1.0, "Value modifiers".

#include "schema/rule.h"
#include "schema/sigma.h"
#include "schema/sigma_reading.h"

namespace sluice {

extern const Rule kSL146;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportSigma(in, out, kSL146, IrregularityKind::kSigmaModifierEmpty, kMeansNothing,
              "write the modifier, or remove the '|'",
              [](const Irregularity&) { return std::string("a modifier of the key is empty"); });
}

}  // namespace

const Rule kSL146 = {{"SL146", "modifier-empty", Severity::kError, Category::kInvalid,
                      "a key with nothing where a modifier must stand", kSigmaFiles},
                     Check};

}  // namespace sluice
