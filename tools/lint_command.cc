// sluice lint: checks files against a fleet.

#include <unistd.h>

#include <algorithm>
#include <memory>
#include <thread>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "gate/lint.h"
#include "report/json_report.h"
#include "report/text_report.h"
#include "schema/text.h"
#include "tools/command.h"
#include "tools/lint_flags.h"
#include "tools/output.h"
#include "tools/sensors.h"
#include "tools/terminal.h"
#include "tools/version.h"

namespace sluice {
namespace {

int Jobs(const LintFlags& flags) {
  if (flags.jobs > 0) return flags.jobs;
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

absl::StatusOr<LintOptions> MakeOptions(const LintFlags& flags, KnownContracts& contracts) {
  LintOptions options;
  if (absl::Status status = contracts.Load(flags.contracts); !status.ok()) return status;
  options.contracts = &contracts.set();
  absl::StatusOr<Fleet> fleet =
      MakeFleet(flags.fleet, flags.fleet_path, flags.sensors, contracts.set());
  if (!fleet.ok()) return fleet.status();
  options.fleet = *std::move(fleet);
  options.fleet_requested = !flags.fleet.empty() || !flags.sensors.empty();
  if (!flags.as.empty()) {
    absl::StatusOr<const Contract*> as = contracts.Find(flags.as);
    if (!as.ok()) {
      return absl::Status(as.status().code(),
                          absl::StrCat("sluice: --as: ", as.status().message()));
    }
    options.as = *as;
  }
  options.kind = flags.kind;
  options.assume_loaded = flags.assume_loaded;
  options.select = flags.select;
  options.ignore = flags.ignore;
  options.found_settings = flags.found_settings;
  if (!flags.stdin_filename.empty()) options.stdin_filename = flags.stdin_filename;
  options.jobs = Jobs(flags);
  options.max_findings = flags.max_findings;
  options.excerpts = flags.format == "text" && !flags.quiet;
  return options;
}

std::string Report(const LintFlags& flags, const Results& results) {
  if (flags.format == "json") return JsonReport(results, kVersion);
  const bool to_terminal = flags.output.empty() || flags.output == "-";
  return TextReport(results,
                    {.color = to_terminal && UseColor(STDOUT_FILENO), .quiet = flags.quiet});
}

// With --quiet, what makes the exit 2 is still said.
void SayNotChecked(const Results& results, bool require_checked) {
  for (const NotChecked& entry : results.not_checked) {
    if (!entry.requested && !require_checked) continue;
    FailAt(NotCheckedLine(entry));
  }
}

int Lint(LintFlags& flags) {
  if (flags.paths.empty()) return Fail("lint: name a file or a folder, or - for standard input");
  if (!flags.settings.empty() && flags.no_settings) {
    return Fail("lint: --settings and --no-settings contradict each other; leave one of them out");
  }
  if (!flags.stdin_filename.empty() && std::ranges::find(flags.paths, "-") == flags.paths.end()) {
    return Fail(
        "lint: --stdin-filename names standard input, which is not read; add - to the paths");
  }
  if (absl::Status status = ApplySettings(flags); !status.ok()) {
    return FailAt(Standard(status.message()));
  }
  KnownContracts contracts;
  absl::StatusOr<LintOptions> options = MakeOptions(flags, contracts);
  if (!options.ok()) return FailAt(Standard(options.status().message()));

  ProgressLine progress(IsTerminal(STDERR_FILENO));
  options->progress = [&](size_t done, size_t total) { progress.Update(done, total); };
  const absl::StatusOr<Results> results = Lint(flags.paths, *options);
  progress.Wipe();
  if (!results.ok()) return Fail(absl::StrCat("lint: ", results.status().message()));

  std::vector<std::string> inputs = ReadFrom(*results, flags.paths);
  inputs.insert(inputs.end(), {flags.fleet_path, flags.settings});
  if (absl::Status status = CheckOutput(flags.output, inputs); !status.ok()) {
    return FailAt(Standard(status.message()));
  }
  const int code =
      ExitCode(*results, flags.fail_on.value_or(FailOn::kError), flags.require_checked);
  if (flags.quiet && flags.format == "text") SayNotChecked(*results, flags.require_checked);
  return FinishOutput(flags.output, Report(flags, *results), code);
}

std::function<int()> SetUp(CLI::App& app) {
  const auto flags = std::make_shared<LintFlags>();
  DeclareLintFlags(app, *flags);
  return [flags] { return Lint(*flags); };
}

}  // namespace

extern const Command kLintCommand;
const Command kLintCommand = {
    "lint", "check content against every sensor version of a fleet",
    "sluice lint rules.xml --fleet sysmon-all\n"
    "  sluice lint content/ --fleet fleet.textproto --format json --output report.json\n"
    "  sluice lint rules.bin --sensor sysmon@4.22 --sensor sysmon@4.90 --assume-loaded\n"
    "  generate-rules | sluice lint - --stdin-filename rules.xml --quiet",
    SetUp};

}  // namespace sluice
