// SL561 tag-repeated
//
// The same tag stands twice. Sigma's schema asks for each once.
//
// Fix: remove one of the two.
//
// Source: Sigma specification 2.1.0, JSON schema, "tags".

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_metadata.h"

namespace sluice {

extern const Rule kSL561;

namespace {

void Check(const RuleInput& in, Reporter& out) { ReportRepeatedItems(in, out, kSL561, "tags"); }

}  // namespace

const Rule kSL561 = {{"SL561", "tag-repeated", Severity::kNote, Category::kHygiene,
                      "the same tag twice", kSigmaFiles},
                     Check};

}  // namespace sluice
