// What `sluice lint --fix` and `--diff` do with a plan of fixes.

#ifndef SLUICE_TOOLS_LINT_FIX_H_
#define SLUICE_TOOLS_LINT_FIX_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "gate/fix.h"
#include "report/unified_diff.h"

namespace sluice {

// kInvalidArgument where one of `paths` names what cannot be written back: standard input, or
// something that is neither a file nor a folder.
absl::Status CheckWritable(const std::vector<std::string>& paths);

// Writes the files of `plan`, each beside its place and renamed; a link stays one, and the mode is
// kept. A file that is not what was read any more, or that may not be written, goes to
// `plan.refused`. Returns how many findings were mended.
uint64_t WriteFixes(FixPlan& plan);

// All files of `plan` as one unified diff.
std::string DiffOf(const FixPlan& plan, const UnifiedDiffOptions& options);

}  // namespace sluice

#endif  // SLUICE_TOOLS_LINT_FIX_H_
