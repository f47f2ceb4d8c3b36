// The rules that a run was asked for.

#ifndef SLUICE_GATE_SELECTION_H_
#define SLUICE_GATE_SELECTION_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "schema/content.h"
#include "schema/results.h"
#include "schema/rule.h"

namespace sluice {

// What is in `select` and not in `ignore`: ids, names, or beginnings of ids ("SL2"), in any case;
// an empty `select` means all. SL0xx is always among them.
class Selection {
 public:
  // Errors (kInvalidArgument): a rule that there is not, SL0xx in `ignore`, no rule left but SL0xx
  // that nobody asked for.
  static absl::StatusOr<Selection> Make(std::vector<std::string> select,
                                        std::vector<std::string> ignore);

  const std::vector<const Rule*>& rules() const { return rules_; }

  // Whether any rule that was asked for speaks of content of this kind, with or without a fleet
  // (gate/rule_scope.h). Each selector that names only rules that do not goes to `silent`, without
  // a path; it is requested where none does: nothing of the content is then checked.
  bool SpeaksOf(const Content& content, bool fleet, std::vector<NotChecked>& silent) const;

  // Whether a rule was asked for, by whatever selector, that finds nothing without a fleet.
  bool AsksForFleet() const;

 private:
  Selection() = default;

  std::vector<std::string> select_;
  std::vector<const Rule*> rules_;
};

}  // namespace sluice

#endif  // SLUICE_GATE_SELECTION_H_
