// SL632 suppression-malformed
//
// A comment looks as if it suppressed findings, and does not: it names a rule that there is not, or
// has another form than `# sluice:ignore RULES reason`, or `# sluice:ignore-file RULES reason`, at
// its beginning. RULES are ids or names, separated by commas.
//
// Without a word its author would think that the finding is dealt with, or would look for the
// reason why it is not.
//
//   Image: '*'        # sluice:ignore SL5800 the agent leaves it out
//   ParentImage: '*'  # sluice: ignore SL580 the agent leaves it out
//
// Fix: correct the name (`sluice rules` lists them all) or the form; docs/suppressions.md has it.
//
// Source: docs/suppressions.md.

#include "schema/rule.h"

namespace sluice {

extern const Rule kSL632;
const Rule kSL632 = {
    {"SL632", "suppression-malformed", Severity::kWarning, Category::kHygiene,
     "a comment names an unknown rule to suppress, or has another form", kSigmaFiles},
    nullptr};

}  // namespace sluice
