// SL633 suppression-refused
//
// A comment names a rule whose findings cannot be suppressed: SL0xx, since nothing is believed of a
// file that does not parse, and SL630 to SL633, which are about suppressions themselves.
//
//   # sluice:ignore-file SL001 the tabs are meant
//
// Fix: correct what is found, and remove the rule from the comment.
//
// Source: docs/suppressions.md.

#include "schema/rule.h"

namespace sluice {

extern const Rule kSL633;
const Rule kSL633 = {{"SL633", "suppression-refused", Severity::kWarning, Category::kHygiene,
                      "a comment names a rule that cannot be suppressed", kSigmaFiles},
                     nullptr};

}  // namespace sluice
