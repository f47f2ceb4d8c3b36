// SL550 author-missing
//
// A rule without an author: nobody can be asked about it.
//
// Fix: add an `author`: a name, a handle, a team.
//
// Source: Sigma specification 2.1.0, Sigma rules, "author".

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_metadata.h"

namespace sluice {

extern const Rule kSL550;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportMissing(in, out, kSL550, "author", false, "leaves nobody to ask", "add an author");
}

}  // namespace

const Rule kSL550 = {{"SL550", "author-missing", Severity::kNote, Category::kHygiene,
                      "a rule without `author`", kSigmaFiles},
                     Check};

}  // namespace sluice
