// SL545 status-missing
//
// A rule without a status: whoever takes it over cannot see whether it is an experiment or has been
// in use for years, and tools that choose by status leave it out.
//
// Fix: add `status: experimental`, or what it has become since.
//
// Source: Sigma specification 2.1.0, Sigma rules, "status".

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_metadata.h"

namespace sluice {

extern const Rule kSL545;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportMissing(in, out, kSL545, "status", false, "is left out by tools that choose by status",
                "add a status, such as experimental");
}

}  // namespace

const Rule kSL545 = {{"SL545", "status-missing", Severity::kNote, Category::kHygiene,
                      "a rule without `status`", kSigmaFiles},
                     Check};

}  // namespace sluice
