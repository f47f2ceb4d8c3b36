// SL555 reference-repeated
//
// The same reference stands twice. Sigma's schema asks for each once.
//
// Fix: remove one of the two.
//
// Source: Sigma specification 2.1.0, JSON schema, "references".

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_metadata.h"

namespace sluice {

extern const Rule kSL555;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportRepeatedItems(in, out, kSL555, "references");
}

}  // namespace

const Rule kSL555 = {{"SL555", "reference-repeated", Severity::kNote, Category::kHygiene,
                      "the same reference twice", kSigmaFiles},
                     Check};

}  // namespace sluice
