// SL521 several-rules
//
// A second or later rule in one file.
//
// It is read and checked. But repositories of rules hold one a file, and tools that load the first
// document only miss all others.
//
//   title: First
//   ...
//   ---
//   title: Second
//   ...
//
// Fix: move the rule to a file of its own.
//
// Source: SigmaHQ conventions, "File name"; Sigma specification 2.1.0, "Rules".

#include "schema/rule.h"
#include "schema/sigma.h"
#include "schema/sigma_reading.h"

namespace sluice {

extern const Rule kSL521;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportSigma(in, out, kSL521, IrregularityKind::kSigmaSeveralRules,
              "is missed by tools that read one rule a file", "move the rule to a file of its own",
              [](const Irregularity&) {
                return std::string("the rule stands behind another one in this file");
              });
}

}  // namespace

const Rule kSL521 = {{"SL521", "several-rules", Severity::kNote, Category::kHygiene,
                      "a second rule in one file", kSigmaFiles},
                     Check};

}  // namespace sluice
