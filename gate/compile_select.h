// Which instances of a content are compiled, and why the others are not.

#ifndef SLUICE_GATE_COMPILE_SELECT_H_
#define SLUICE_GATE_COMPILE_SELECT_H_

#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "gate/compile.h"
#include "gate/compile_note.h"
#include "schema/content.h"
#include "schema/finding.h"
#include "schema/self_contract.h"

namespace sluice {

struct CompileSelection {
  std::vector<bool> take;             // by instance
  std::vector<CompileNote> left_out;  // one for each of the others, in their order
};

// `errors` are those of linting the content; they are about what some sensor cannot take, and the
// instances that have them are left out. So are those that sensors are not asked about
// (schema/unchecked.h). Errors (kInvalidArgument): a finding that is about no instance.
absl::StatusOr<CompileSelection> SelectInstances(const Content& content,
                                                 const SelfContract& self_contract,
                                                 std::span<const Finding* const> errors,
                                                 const CompileOptions& options,
                                                 CompileNotes& notes);

}  // namespace sluice

#endif  // SLUICE_GATE_COMPILE_SELECT_H_
