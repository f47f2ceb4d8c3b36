// The fixes of findings, applied to the files they are in (docs/fixes.md).
//
// Nothing is written here: a plan holds what each file should be. A fix is tried before it is
// believed. The file is linted with it, and where it would no longer parse or would have an error
// more, the file is left alone and listed as refused.

#ifndef SLUICE_GATE_FIX_H_
#define SLUICE_GATE_FIX_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "gate/lint.h"
#include "schema/finding.h"
#include "schema/results.h"

namespace sluice {

struct FixedFile {
  std::string path;
  std::shared_ptr<const std::string> before;
  std::string after;
  // For each line of `after`, which line of `before` it is, from 0, or kNone.
  std::vector<uint32_t> origins;
  uint64_t findings = 0;  // that are mended
};

struct FixPlan {
  std::vector<FixedFile> files;     // those that change, in the order of the inputs
  std::vector<NotChecked> refused;  // requested
};

// What fixes make of the inputs of `results` that have their bytes: each is linted again, and what
// is found in it and has a fix is mended. A file that several paths lead to, through links, is in
// the plan by the first of them. `options` are those of the run, with `keep_fixable`.
// Errors: those of Linter::Make.
absl::StatusOr<FixPlan> PlanFixes(const Results& results, const LintOptions& options);

// The edits to apply at once to a text of `size` bytes, in ascending order of place: for each
// finding all of its edits or none. None is applied where one is out of the text, or overlaps one
// of an earlier finding; those are left for the next round. `used` counts findings.
std::vector<const Edit*> ChooseEdits(std::span<const Finding> findings, std::string_view text,
                                     uint64_t& used);

// Why a file of which linting finds `after` must not take the place of one of which it finds
// `before`, both without limits on findings; empty when it may.
std::string WhyNotFix(const Results& before, const Results& after);

}  // namespace sluice

#endif  // SLUICE_GATE_FIX_H_
