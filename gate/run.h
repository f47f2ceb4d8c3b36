// Runs content on events: what `sluice run` does.
//
//   absl::StatusOr<std::unique_ptr<ContentRunner>> runner = ContentRunner::Load({"rules/"},
//   options);
//   (*runner)->Run(std::cin, "-", sink);
//   return ExitCode((*runner)->results(), (*runner)->totals());
//
// What does not parse, or breaks a rule of SL1xx or SL2xx, is a finding and is not run; the rest
// is. What is asked for and not done is said, and is never a pass (docs/run.md).

#ifndef SLUICE_GATE_RUN_H_
#define SLUICE_GATE_RUN_H_

#include <cstdint>
#include <istream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/outcome.h"
#include "parser/config/placeholder_reader.h"
#include "schema/contract.h"
#include "schema/results.h"

namespace sluice {

struct RunOptions {
  // Contracts that say what content may use; they outlive the runner.
  const ContractSet* contracts = &ContractSet::BuiltIn();
  // The sensor to run on. nullptr: the content's own word; for Sysmon the newest that takes it.
  const Contract* contract = nullptr;
  // What Sigma's placeholders stand for; must outlive the runner. nullptr: no name has a value.
  const Placeholders* placeholders = nullptr;
  std::string kind;  // of every file; empty: recognised from the bytes
  std::string stdin_filename = "-";
  // As in `LintOptions`.
  std::optional<std::string> found_settings;
  bool assume_loaded = false;
  // Leave out the instances that have errors in place of the files that they are in.
  bool skip_failing = false;
  // The log source or template type of events whose channel says nothing.
  std::string log_source;
  // Give a row to every instance that is asked about an event, with its criteria.
  bool explain = false;
  // Ids or names of instances, as rows have them: no others get a row. Empty: all do.
  std::vector<std::string> only;
  EngineOptions engine;
};

// What one criterion says of an event. Texts are safe to print, and cut to 80 code points.
struct RunCriterion {
  uint32_t line = 0;  // of a text, from 1; 0 in a binary
  uint32_t column = 0;
  uint64_t offset = 0;               // in a binary
  std::string selection;             // Sigma
  std::string field;                 // empty: any field
  std::string op;                    // as written: "contains|all"
  std::string operand;               // several are joined by ", "
  std::optional<std::string> value;  // of the field that was read; nullopt where there is none
  bool holds = false;
};

enum class RunRowKind : uint8_t {
  kInstance,  // `matched`: the instance matches
  kDecision,  // Sysmon, what becomes of the event; `matched`: it is included
  kRecord,    // Sysmon, an event record that is explained; `matched`: it has decided
};

// One line of output.
struct RunRow {
  RunRowKind kind = RunRowKind::kInstance;
  uint64_t event = 0;         // from 0, in one input
  std::string_view path;      // of the content
  std::string_view instance;  // empty for a decision that no record made
  std::string_view name;
  bool binary = false;  // the place is an offset
  uint32_t line = 0;    // of the instance, from 1; 0 without one
  uint64_t offset = 0;
  const Source* source = nullptr;  // what it was compiled from
  bool matched = false;
  std::string_view rule_name;                           // of a decision
  std::string_view condition;                           // Sigma, explained: as written
  const std::vector<RunCriterion>* criteria = nullptr;  // explained
};

class RunSink {
 public:
  virtual ~RunSink() = default;
  // The row is gone after the call.
  virtual void Row(const RunRow& row) = 0;
  // An event that was not, or not wholly, checked: "path:line:column: why".
  virtual void Problem(std::string_view message) = 0;
};

struct RunTotals {
  uint64_t events = 0;      // of all inputs
  uint64_t asked = 0;       // that some content was run on
  uint64_t broken = 0;      // of them, those that could not be read
  uint64_t unplaced = 0;    // that say no log source, with rules to ask
  uint64_t not_sysmon = 0;  // that Sysmon content is not asked about
  uint64_t exhausted = 0;   // that took more work than there is for one
  uint64_t matches = 0;     // of instances
  uint64_t included = 0;    // decisions
  uint64_t excluded = 0;
  bool cut_off = false;  // an input could not be read to its end
};

// 1 when content was refused, otherwise 2 when something was not checked that was asked for: also
// when no event could be asked about. Otherwise 0, whatever matched.
int ExitCode(const Results& results, const RunTotals& totals);

class ContentRunner {
 public:
  // Reads and verifies files, folders (recursively) and "-". Errors (kInvalidArgument): a kind that
  // there is not, a name in `only` that no instance has.
  static absl::StatusOr<std::unique_ptr<ContentRunner>> Load(const std::vector<std::string>& paths,
                                                             const RunOptions& options);
  ~ContentRunner();

  // What there was to find in the content, and what of it is not run. Without `checked`.
  const Results& results() const;
  // Instances that are run.
  uint64_t instances() const;

  // Runs the events of one input, which `path` names in problems. Numbers of events begin at 0.
  void Run(std::istream& in, const std::string& path, RunSink& sink);
  const RunTotals& totals() const;

 private:
  struct State;
  explicit ContentRunner(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace sluice

#endif  // SLUICE_GATE_RUN_H_
