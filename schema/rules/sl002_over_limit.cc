// SL002 over-limit
//
// Reading the file would cost more than Sluice spends on one: it is larger, deeper, or holds more
// of something than docs/limits.md allows. The message says which bound. Nothing is known about the
// file, so it is listed as not checked, and the exit is 2.
//
// Real content stays far below every limit, so a file that is past one was made by a mistake or to
// keep checkers busy: aliases that multiply, brackets without end, a million empty records.
//
//   a: &a [x, x, x, x, x, x, x, x, x]
//   b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]     # and so on
//
// Fix: split the file, or remove what makes it so large.
//
// Source: CWE-400, uncontrolled resource consumption; CWE-776, recursive entity references.

#include "schema/rule.h"

namespace sluice {

extern const Rule kSL002;
const Rule kSL002 = {
    {"SL002", "over-limit", Severity::kNote, Category::kMalformed,
     "reading the file would cost more than docs/limits.md allows: not checked", kAnyContent},
    nullptr};

}  // namespace sluice
