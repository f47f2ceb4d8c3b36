// SL546 level-missing
//
// A rule without a level: its alerts have no severity, and tools that choose by level leave it out.
//
// Fix: add a `level`: informational, low, medium, high or critical.
//
// Source: Sigma specification 2.1.0, Sigma rules, "level".

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_metadata.h"

namespace sluice {

extern const Rule kSL546;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportMissing(in, out, kSL546, "level", false, "raises alerts without a severity",
                "add a level: informational, low, medium, high or critical");
}

}  // namespace

const Rule kSL546 = {{"SL546", "level-missing", Severity::kWarning, Category::kHygiene,
                      "a rule without `level`", kSigmaFiles},
                     Check};

}  // namespace sluice
