// SL556 tags-missing
//
// A rule without tags is in no ATT&CK view of what is covered.
//
// Fix: add `tags` with the tactic and the technique, such as attack.execution and attack.t1059.
//
// Source: Sigma specification 2.1.0, Sigma rules, "tags".

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_metadata.h"

namespace sluice {

extern const Rule kSL556;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportMissing(in, out, kSL556, "tags", false, "is in no view of what is covered",
                "add the tactic and the technique");
}

}  // namespace

const Rule kSL556 = {{"SL556", "tags-missing", Severity::kNote, Category::kHygiene,
                      "a rule without `tags`", kSigmaFiles},
                     Check};

}  // namespace sluice
