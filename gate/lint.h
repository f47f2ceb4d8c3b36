// Lints files: the whole way from paths to results.
//
// No check is skipped in silence: what was asked for and could not be done is in
// `Results::not_checked`, marked `requested`.

#ifndef SLUICE_GATE_LINT_H_
#define SLUICE_GATE_LINT_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "parser/config/placeholder_reader.h"
#include "schema/contract.h"
#include "schema/fleet.h"
#include "schema/results.h"
#include "schema/rule.h"

namespace sluice {

struct LintOptions {
  // Contracts that say what content may use; must outlive the results.
  const ContractSet* contracts = &ContractSet::BuiltIn();
  // The sensors to check against. With `fleet_requested` false SL2xx rules say only
  // what holds on every sensor.
  Fleet fleet;
  bool fleet_requested = false;
  // Read every file as this kind; empty: recognised from the bytes.
  std::string kind;
  // The one contract that Sysmon content is judged by; nullptr: as in `SelfContracts`.
  const Contract* as = nullptr;
  // What Sigma's placeholders stand for; must outlive the linter. nullptr: no name has a value.
  const Placeholders* placeholders = nullptr;
  // Check blobs as if sensors did not compare the binary version.
  bool assume_loaded = false;
  // Rule ids, names, or beginnings of ids ("SL2"); an empty `select` means all. SL0xx always runs.
  // What is selected and says nothing about a file is listed as not checked; a file about which
  // none of it says anything is not checked at all. Without a fleet, to select a rule that needs
  // one is no pass.
  std::vector<std::string> select;
  std::vector<std::string> ignore;
  // The settings file that was found above the inputs; "": there is none. What a folder holds below
  // another one is then not checked, and that is no pass. nullopt: which settings to use was said,
  // and others do not matter.
  std::optional<std::string> found_settings;
  // The name that "-" goes by.
  std::string stdin_filename = "-";
  int jobs = 1;
  // Findings to keep; 0: all. Totals count everything.
  uint64_t max_findings = 0;
  // Fill in `InputResult::bytes` where a finding has a fix.
  bool keep_fixable = false;
  // Fill in `Finding::excerpt`.
  bool excerpts = false;
  // Called now and then from one thread with files done and files in all.
  std::function<void(size_t done, size_t total)> progress;
};

// Lints with one set of options. Made once, used for any number of runs, from one thread at a time.
class Linter {
 public:
  // Errors: an unknown kind, an unknown rule, SL0xx among the ignored ones, no rule left to run
  // (kInvalidArgument).
  static absl::StatusOr<std::unique_ptr<Linter>> Make(LintOptions options);
  ~Linter();

  // Lints files, folders (recursively) and "-". What is wrong with a path is in the results. Files
  // in folders that are Sluice's own (gate/found_file.h) are passed over.
  Results Lint(const std::vector<std::string>& paths) const;

  // Lints bytes that are already in memory, under the name `path`.
  Results LintBytes(std::string path, std::shared_ptr<const std::string> bytes) const;

 private:
  struct State;
  explicit Linter(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// The same for a single run.
absl::StatusOr<Results> Lint(const std::vector<std::string>& paths, const LintOptions& options);
absl::StatusOr<Results> LintBytes(std::string path, std::shared_ptr<const std::string> bytes,
                                  const LintOptions& options);

}  // namespace sluice

#endif  // SLUICE_GATE_LINT_H_
