// SL630 suppression-unused
//
// A comment suppresses findings of a rule, and there are none where it holds.
//
// What it was written for has been corrected, or has moved to another line. Left where it is, it
// hides the next finding of that rule from everybody. It is said of each rule that the comment
// names, and only where that rule was run: a rule about sensors needs a fleet, and one that looks
// across files needs several of them.
//
//   Image: '\cmd.exe'  # sluice:ignore SL580 it was '*' once
//
// Fix: remove the rule from the comment, or the comment; or put it on the line of the finding, or
// on a line of its own above that.
//
// Source: docs/suppressions.md.

#include "schema/rule.h"

namespace sluice {

extern const Rule kSL630;
const Rule kSL630 = {{"SL630", "suppression-unused", Severity::kWarning, Category::kHygiene,
                      "a comment suppresses findings that there are not", kSigmaFiles},
                     nullptr};

}  // namespace sluice
