// SL547 description-missing
//
// A rule without a description: the analyst who gets the alert has the title to go by.
//
// Fix: say what the rule finds and why that matters.
//
// Source: Sigma specification 2.1.0, Sigma rules, "description".

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_metadata.h"

namespace sluice {

extern const Rule kSL547;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportMissing(in, out, kSL547, "description", false, "leaves the analyst with the title",
                "say what it finds and why that matters");
}

}  // namespace

const Rule kSL547 = {{"SL547", "description-missing", Severity::kNote, Category::kHygiene,
                      "a rule without `description`", kSigmaFiles},
                     Check};

}  // namespace sluice
