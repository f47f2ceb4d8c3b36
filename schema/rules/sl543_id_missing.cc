// SL543 id-missing
//
// A rule without an id cannot be named by another one, cannot be suppressed by a system that knows
// rules by their ids, and is a new rule as soon as its title is changed.
//
// Fix: add an `id` with a new UUID (`uuidgen`).
//
// Source: Sigma specification 2.1.0, Sigma rules, "id".

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_metadata.h"

namespace sluice {

extern const Rule kSL543;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportMissing(in, out, kSL543, "id", true, "cannot be found again", "add an id: a new UUID");
}

}  // namespace

const Rule kSL543 = {{"SL543", "id-missing", Severity::kWarning, Category::kHygiene,
                      "a rule without `id`", kSigmaFiles},
                     Check};

}  // namespace sluice
