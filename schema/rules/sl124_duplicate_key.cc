// SL124 duplicate-key
//
// The same key twice in one map.
//
// YAML forbids it, and readers disagree: Sluice takes the first, PyYAML the last, strict ones none.
// Inside of `detection` and `logsource` the rule has no meaning; elsewhere this is a warning.
//
//   selection:
//     Image|endswith: '\cmd.exe'
//     Image|endswith: '\powershell.exe'    # one of them is lost
//
// Fix: make one list of both values, or remove one of the keys.
//
// Source: YAML 1.1, section 3.2.1.3; Sigma specification 2.1.0, "Detection".

#include "schema/rule.h"
#include "schema/sigma.h"
#include "schema/sigma_reading.h"

namespace sluice {

extern const Rule kSL124;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportIrregularities(in, out, kSL124, IrregularityKind::kSigmaDuplicateKey,
                       [](Finding& f, const Irregularity& i) {
                         if (!i.fatal) f.severity = Severity::kWarning;
                         Say(f, i.fatal ? kMeansNothing : "is lost behind the first one",
                             Cat("the key ", Quoted(i.detail), " is there already"),
                             "remove one of them, or make one list of their values");
                       });
}

}  // namespace

const Rule kSL124 = {{"SL124", "duplicate-key", Severity::kError, Category::kInvalid,
                      "the same key twice in one map", kSigmaFiles},
                     Check};

}  // namespace sluice
