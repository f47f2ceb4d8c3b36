// What `sluice lint` was asked for: flags, and the settings file that they go on top of.

#ifndef SLUICE_TOOLS_LINT_FLAGS_H_
#define SLUICE_TOOLS_LINT_FLAGS_H_

#include <CLI/CLI.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gate/lint.h"
#include "parser/config/placeholder_reader.h"
#include "schema/results.h"
#include "tools/sensors.h"

namespace sluice {

struct LintFlags {
  std::vector<std::string> paths;
  std::string stdin_filename;
  std::string kind;
  std::string fleet;                      // a file or a built-in fleet, as written
  std::string fleet_path;                 // the same as a path
  std::vector<std::string> sensors;       // NAME@VERSION
  std::vector<std::string> contracts;     // folders
  std::vector<std::string> placeholders;  // files
  std::string as;                         // NAME@VERSION
  bool assume_loaded = false;
  std::vector<std::string> select;
  std::vector<std::string> ignore;
  std::string fail_on_name;
  std::optional<FailOn> fail_on;
  bool require_checked = false;
  bool fix = false;
  bool diff = false;
  std::string format = "text";
  std::string output;
  int jobs = 0;  // 0: one for each processor
  uint64_t max_findings = 0;
  bool quiet = false;
  std::string settings;  // the file that is in use, once they are applied
  bool no_settings = false;
  // The settings file above all inputs, "" for none; nullopt where a flag says which to use.
  std::optional<std::string> found_settings;
};

// Declares the flags on `app`; `flags` must live as long as `app`.
void DeclareLintFlags(CLI::App& app, LintFlags& flags);

// Parts of it that other commands have too: the paths, --kind, --stdin-filename, the settings and
// --jobs; then --fleet, --sensor, --contracts and --placeholders.
void DeclareLintInput(CLI::App& app, LintFlags& flags);
void DeclareLintSensors(CLI::App& app, LintFlags& flags);

// Fills what no flag says from the settings file: the one that is named, otherwise the one that all
// inputs have above them. Errors (kInvalidArgument): a file that cannot be read or is not settings,
// with "path:line:column"; something of that name that is no file; inputs that have different ones.
absl::Status ApplySettings(LintFlags& flags);

// The options that the flags ask for, once the settings are applied; loads what they name into
// `contracts` and `placeholders`, which the options view. Errors: those of loading, of `MakeFleet`,
// and a version in `--as` that there is not.
absl::StatusOr<LintOptions> MakeLintOptions(const LintFlags& flags, KnownContracts& contracts,
                                            Placeholders& placeholders);

}  // namespace sluice

#endif  // SLUICE_TOOLS_LINT_FLAGS_H_
