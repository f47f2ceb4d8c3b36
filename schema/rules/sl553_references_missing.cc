// SL553 references-missing
//
// A rule without references: whoever has to judge an alert, or the rule itself, cannot read what it
// was made from.
//
// Fix: add `references`: a report, the documentation of the feature, the source of the tool.
//
// Source: Sigma specification 2.1.0, Sigma rules, "references".

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_metadata.h"

namespace sluice {

extern const Rule kSL553;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportMissing(in, out, kSL553, "references", false, "hides what it was made from",
                "add what the rule was made from");
}

}  // namespace

const Rule kSL553 = {{"SL553", "references-missing", Severity::kNote, Category::kHygiene,
                      "a rule without `references`", kSigmaFiles},
                     Check};

}  // namespace sluice
