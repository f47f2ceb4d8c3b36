// SL147 modifiers-too-many
//
// More modifiers at one field than are read: 16.
//
// No rule needs more than a few. A longer chain is a mistake, or made to break readers.
//
//   CommandLine|base64|base64|base64|base64|...
//
// Fix: leave out the modifiers that say nothing new.
//
// Source: docs/limits.md.

#include "schema/rule.h"
#include "schema/sigma.h"
#include "schema/sigma_reading.h"

namespace sluice {

extern const Rule kSL147;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportSigma(in, out, kSL147, IrregularityKind::kSigmaModifiersTooMany, kMeansNothing,
              "leave out the modifiers that say nothing new", [](const Irregularity&) {
                return std::string("the field has more modifiers than are read");
              });
}

}  // namespace

const Rule kSL147 = {{"SL147", "modifiers-too-many", Severity::kError, Category::kInvalid,
                      "more modifiers at one field than are read", kSigmaFiles},
                     Check};

}  // namespace sluice
