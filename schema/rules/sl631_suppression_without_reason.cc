// SL631 suppression-without-reason
//
// A comment suppresses findings and does not say why. It is not honoured: the findings stay.
//
// Who reads the rule a year later has to know whether the finding was judged or only silenced, and
// the reason goes into the report as evidence.
//
//   Image: '*'  # sluice:ignore SL580
//
// Fix: write why behind the rules: `# sluice:ignore SL580 the agent leaves it out for threads`.
//
// Source: docs/suppressions.md.

#include "schema/rule.h"

namespace sluice {

extern const Rule kSL631;
const Rule kSL631 = {{"SL631", "suppression-without-reason", Severity::kWarning, Category::kHygiene,
                      "a comment that suppresses findings does not say why", kSigmaFiles},
                     nullptr};

}  // namespace sluice
