// SL551 date-missing
//
// A rule without a date: nobody can tell how old it is.
//
// Fix: add the `date` on which it was written, as YYYY-MM-DD.
//
// Source: Sigma specification 2.1.0, Sigma rules, "date".

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_metadata.h"

namespace sluice {

extern const Rule kSL551;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportMissing(in, out, kSL551, "date", false, "hides how old it is",
                "add the date on which it was written");
}

}  // namespace

const Rule kSL551 = {{"SL551", "date-missing", Severity::kNote, Category::kHygiene,
                      "a rule without `date`", kSigmaFiles},
                     Check};

}  // namespace sluice
