// SL579 list-entry-repeated
//
// The same item stands twice among false positives, fields, the scope, or what a correlation or
// filter names. Sigma's schema asks for each once. References and tags have rules of their own,
// SL555 and SL561.
//
// Fix: remove one of the two.
//
// Source: Sigma specification 2.1.0, JSON schemas.

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_metadata.h"

namespace sluice {

extern const Rule kSL579;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportRepeatedItems(in, out, kSL579, "falsepositives");
  ReportRepeatedItems(in, out, kSL579, "fields");
  ReportRepeatedItems(in, out, kSL579, "scope");
  ReportRepeatedItems(in, out, kSL579, "correlation.rules");
  ReportRepeatedItems(in, out, kSL579, "correlation.group-by");
  ReportRepeatedItems(in, out, kSL579, "filter.rules");
}

}  // namespace

const Rule kSL579 = {{"SL579", "list-entry-repeated", Severity::kNote, Category::kHygiene,
                      "the same item twice in a list", kSigmaFiles},
                     Check};

}  // namespace sluice
