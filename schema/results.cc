#include "schema/results.h"

namespace sluice {

int ExitCode(const Results& results, FailOn fail_on, bool require_checked) {
  const Totals& totals = results.totals;
  uint64_t failing = 0;
  if (fail_on >= FailOn::kError) failing += totals.errors;
  if (fail_on >= FailOn::kWarning) failing += totals.warnings;
  if (fail_on >= FailOn::kNote) failing += totals.notes;
  if (failing > 0) return 1;
  for (const NotChecked& entry : results.not_checked) {
    if (entry.requested || require_checked) return 2;
  }
  return 0;
}

}  // namespace sluice
