// sluice lint: checks files against a fleet.

#include <unistd.h>

#include <algorithm>
#include <iterator>
#include <memory>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "gate/fix.h"
#include "gate/lint.h"
#include "report/json_report.h"
#include "report/text_parts.h"
#include "report/text_report.h"
#include "schema/text.h"
#include "tools/command.h"
#include "tools/lint_fix.h"
#include "tools/lint_flags.h"
#include "tools/output.h"
#include "tools/sensors.h"
#include "tools/terminal.h"
#include "tools/version.h"

namespace sluice {
namespace {

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

// Flags that do not go together, and paths that do not go with them; empty when all is well.
std::string WhyNotFlags(const LintFlags& flags) {
  const bool reads_stdin = std::ranges::find(flags.paths, "-") != flags.paths.end();
  if (flags.paths.empty()) return "lint: name a file or a folder, or - for standard input";
  if (!flags.settings.empty() && flags.no_settings) {
    return "lint: --settings and --no-settings contradict each other; leave one of them out";
  }
  if (!flags.stdin_filename.empty() && !reads_stdin) {
    return "lint: --stdin-filename names standard input, which is not read; add - to the paths";
  }
  if (flags.fix && flags.diff) {
    return "lint: --fix writes files and --diff does not; leave one of them out";
  }
  if (flags.diff && flags.format == "json") {
    return "lint: --diff prints a diff, not a report; leave --format json out";
  }
  const absl::Status writable = flags.fix ? CheckWritable(flags.paths) : absl::OkStatus();
  return std::string(writable.message());
}

absl::StatusOr<Results> LintPaths(const LintFlags& flags, LintOptions options) {
  ProgressLine progress(IsTerminal(STDERR_FILENO));
  options.progress = [&](size_t done, size_t total) { progress.Update(done, total); };
  absl::StatusOr<Results> results = Lint(flags.paths, options);
  progress.Wipe();
  if (results.ok()) return results;
  return absl::Status(results.status().code(),
                      absl::StrCat("sluice: lint: ", results.status().message()));
}

absl::Status CheckOutputOf(const LintFlags& flags, const Results& results) {
  std::vector<std::string> inputs = ReadFrom(results, flags.paths);
  inputs.insert(inputs.end(), {flags.fleet_path, flags.settings});
  inputs.insert(inputs.end(), flags.placeholders.begin(), flags.placeholders.end());
  return CheckOutput(flags.output, inputs);
}

int ExitOf(const LintFlags& flags, const Results& results) {
  return ExitCode(results, flags.fail_on.value_or(FailOn::kError), flags.require_checked);
}

int Finish(const LintFlags& flags, const Results& results) {
  if (flags.quiet && flags.format == "text") SayNotChecked(results, flags.require_checked);
  return FinishOutput(flags.output, Report(flags, results), ExitOf(flags, results));
}

void AddRefused(FixPlan& plan, Results& results) {
  std::ranges::move(plan.refused, std::back_inserter(results.not_checked));
  results.totals.not_checked = results.not_checked.size();
}

// Nothing else is on standard output, so that `patch` takes it.
int FinishDiff(const LintFlags& flags, const FixPlan& plan, const Results& results) {
  uint64_t findings = 0;
  for (const FixedFile& file : plan.files) findings += file.findings;
  SayNotChecked(results, flags.require_checked);
  if (!flags.quiet) {
    Fail(absl::StrCat("--fix would fix ", Counted(findings, "finding"), " in ",
                      Counted(plan.files.size(), "file")));
  }
  const bool to_terminal = flags.output.empty() || flags.output == "-";
  const UnifiedDiffOptions shown{.color = to_terminal && UseColor(STDOUT_FILENO),
                                 .printable = to_terminal && IsTerminal(STDOUT_FILENO)};
  return FinishOutput(flags.output, DiffOf(plan, shown), ExitOf(flags, results));
}

int LintAndFix(const LintFlags& flags, const LintOptions& options) {
  LintOptions whole = options;
  whole.excerpts = false;
  whole.max_findings = 0;
  whole.keep_fixable = true;
  absl::StatusOr<Results> results = LintPaths(flags, whole);
  if (!results.ok()) return FailAt(Standard(results.status().message()));
  if (absl::Status status = CheckOutputOf(flags, *results); !status.ok()) {
    return FailAt(Standard(status.message()));
  }
  absl::StatusOr<FixPlan> plan = PlanFixes(*results, whole);
  if (!plan.ok()) return Fail(absl::StrCat("lint: ", plan.status().message()));
  if (flags.diff) {
    AddRefused(*plan, *results);
    return FinishDiff(flags, *plan, *results);
  }
  const uint64_t fixed = WriteFixes(*plan);
  results = LintPaths(flags, options);
  if (!results.ok()) return FailAt(Standard(results.status().message()));
  results->totals.fixed = fixed;
  AddRefused(*plan, *results);
  return Finish(flags, *results);
}

int Lint(LintFlags& flags) {
  if (const std::string why = WhyNotFlags(flags); !why.empty()) return Fail(why);
  if (absl::Status status = ApplySettings(flags); !status.ok()) {
    return FailAt(Standard(status.message()));
  }
  KnownContracts contracts;
  Placeholders placeholders;
  absl::StatusOr<LintOptions> options = MakeLintOptions(flags, contracts, placeholders);
  if (!options.ok()) return FailAt(Standard(options.status().message()));
  if (flags.fix || flags.diff) return LintAndFix(flags, *options);

  const absl::StatusOr<Results> results = LintPaths(flags, *std::move(options));
  if (!results.ok()) return FailAt(Standard(results.status().message()));
  if (absl::Status status = CheckOutputOf(flags, *results); !status.ok()) {
    return FailAt(Standard(status.message()));
  }
  return Finish(flags, *results);
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
    "  sluice lint rules/ --diff\n"
    "  generate-rules | sluice lint - --stdin-filename rules.xml --quiet",
    SetUp};

}  // namespace sluice
