// What a run found: the one structure that every report is written from.

#ifndef SLUICE_SCHEMA_RESULTS_H_
#define SLUICE_SCHEMA_RESULTS_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "schema/finding.h"
#include "schema/fleet.h"

namespace sluice {

struct InputResult {
  std::string path;
  std::string kind;    // "sysmon-blob"; empty when no reader took it
  std::string sha256;  // empty when it could not be read
  // What was read, kept on request where a finding has a fix.
  std::shared_ptr<const std::string> bytes;
};

// A finding that a comment in the file took out of the result.
struct SuppressedFinding {
  Finding finding;
  std::string reason;         // safe to print
  uint32_t comment_line = 0;  // of the comment
};

// What was checked: one entry an input.
struct Checked {
  uint32_t input = 0;
  // Ids of the rules that ran; the inputs of a run share the list.
  std::shared_ptr<const std::vector<std::string>> rules;
  SensorSet sensors;  // of Results::fleet, that the content was checked against
  uint32_t instances = 0;
  uint32_t criteria = 0;
};

// Something that was not checked. `requested` ones make the exit 2.
struct NotChecked {
  std::string path;  // empty when it is not about one input
  std::string what;
  std::string why;
  bool requested = false;
};

struct Totals {
  uint64_t files = 0;
  uint64_t instances = 0;
  uint64_t criteria = 0;
  uint64_t errors = 0;
  uint64_t warnings = 0;
  uint64_t notes = 0;
  uint64_t not_checked = 0;
  uint64_t suppressed = 0;  // findings that comments took out: not among the three above
  uint64_t fixable = 0;     // findings, of those above, that `lint --fix` can mend
  uint64_t fixed = 0;       // findings that `lint --fix` has mended: not among those above
};

struct Results {
  Fleet fleet;
  std::vector<InputResult> inputs;
  std::vector<Finding> findings;              // by path, place and rule
  std::vector<SuppressedFinding> suppressed;  // in the same order
  std::vector<Checked> checked;
  std::vector<NotChecked> not_checked;
  Totals totals;                   // of everything found, also what is not in `findings`
  uint64_t findings_left_out = 0;  // counted in `totals`, not in `findings`
};

enum class FailOn : uint8_t { kNever, kError, kWarning, kNote };

// The exit code: 1 when findings reach `fail_on`, otherwise 2 when something requested went
// unchecked (or anything at all, with `require_checked`), otherwise 0.
int ExitCode(const Results& results, FailOn fail_on, bool require_checked);

}  // namespace sluice

#endif  // SLUICE_SCHEMA_RESULTS_H_
