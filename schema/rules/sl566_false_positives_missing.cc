// SL566 false-positives-missing
//
// A rule that does not say what else may match: whoever gets the alert begins at nothing.
//
// Fix: add `falsepositives`: what in a healthy network does the same. `Unknown` says that nobody
// has seen any yet.
//
// Source: Sigma specification 2.1.0, Sigma rules, "falsepositives".

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_metadata.h"

namespace sluice {

extern const Rule kSL566;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportMissing(in, out, kSL566, "falsepositives", false, "leaves the analyst without a hint",
                "say what else may match");
}

}  // namespace

const Rule kSL566 = {{"SL566", "false-positives-missing", Severity::kNote, Category::kHygiene,
                      "a rule without `falsepositives`", kSigmaFiles},
                     Check};

}  // namespace sluice
