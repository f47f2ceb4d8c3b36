// What breaks in the field if a sensor changes.

#ifndef SLUICE_TOOLS_CONTRACT_CHECK_H_
#define SLUICE_TOOLS_CONTRACT_CHECK_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "gate/lint.h"
#include "schema/contract.h"
#include "schema/results.h"

namespace sluice {

struct SensorChange {
  // The findings that content has on the new sensor and not on the old one, and the files that are
  // malformed, which are broken on any sensor; with totals of these.
  // What either run could not check is in `not_checked`.
  Results results;
  uint64_t gone = 0;       // findings that only the old sensor has
  uint64_t malformed = 0;  // of the findings in `results`
};

// Lints `paths` against a fleet of `before` alone and one of `after` alone; `options` gives the
// rest. A finding is the same in both when rule, severity, path, place, instance, field and effect
// are. Errors: those of `Lint`; kInvalidArgument for "-", which cannot be read twice.
absl::StatusOr<SensorChange> CheckSensorChange(const std::vector<std::string>& paths,
                                               const Contract& before, const Contract& after,
                                               const LintOptions& options);

}  // namespace sluice

#endif  // SLUICE_TOOLS_CONTRACT_CHECK_H_
