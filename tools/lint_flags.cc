#include "tools/lint_flags.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <thread>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "parser/config/config_file.h"
#include "parser/config/settings_reader.h"
#include "schema/text.h"

namespace sluice {
namespace {

// A flag that may be given several times, each with one value or a comma list: it must not swallow
// the paths that follow it.
CLI::Option* Repeatable(CLI::Option* option) { return option->allow_extra_args(false); }

void DeclareChecks(CLI::App& app, LintFlags& flags) {
  app.add_option("--as", flags.as, "Judge Sysmon content by this version only: sysmon@4.50")
      ->option_text("NAME@VERSION");
  app.add_flag("--assume-loaded", flags.assume_loaded,
               "Check blobs as if sensors did not refuse other binary versions");
  Repeatable(app.add_option("--select", flags.select,
                            "Check these rules only: ids, names or beginnings of ids (SL2),\n"
                            "separated by commas (repeatable)"))
      ->delimiter(',')
      ->option_text("RULES");
  Repeatable(app.add_option("--ignore", flags.ignore,
                            "Leave these rules out; SL0xx cannot be (repeatable)"))
      ->delimiter(',')
      ->option_text("RULES");
}

void DeclareOutput(CLI::App& app, LintFlags& flags) {
  app.add_flag("--fix", flags.fix,
               "Apply the fixes that are safe to the files, and report what\nremains");
  app.add_flag("--diff", flags.diff,
               "Print what --fix would do as a unified diff, and change nothing");
  app.add_option("--fail-on", flags.fail_on_name,
                 "Exit 1 from this severity on: error (the default), warning,\nnote, or never")
      ->check(CLI::IsMember({"error", "warning", "note", "never"}))
      ->option_text("SEVERITY");
  app.add_flag("--require-checked", flags.require_checked,
               "Exit 2 if anything at all was not checked");
  app.add_option("--format", flags.format, "text (the default) or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->option_text("FORMAT");
  app.add_option("-o,--output", flags.output, "Write the report to this file")->option_text("FILE");
  app.add_option("--max-findings", flags.max_findings,
                 "List at most this many findings; totals and exit count all")
      ->check(CLI::Range(1, 1'000'000'000))
      ->option_text("N");
  app.add_flag("-q,--quiet", flags.quiet, "Print one line a finding, and nothing else");
}

// `path` from the working directory where it is below it: people know their files by that.
std::string FromHere(const std::string& path) {
  std::error_code error;
  const std::filesystem::path here = std::filesystem::current_path(error);
  if (error || path.empty()) return path;
  std::string relative = std::filesystem::path(path).lexically_relative(here).string();
  return relative.empty() || relative.starts_with("..") ? path : relative;
}

std::string SettingsName(const std::string& path) {
  return path.empty() ? "no settings file" : Printable(path, 4096);
}

bool SameFile(const std::string& a, const std::string& b) {
  if (a == b) return true;
  std::error_code error;
  return !a.empty() && !b.empty() && std::filesystem::equivalent(a, b, error);
}

// Settings that were found, not named, are a file: an empty pipe would say nothing at all.
absl::Status CheckFound(const std::string& path) {
  std::error_code error;
  const std::filesystem::file_status status = std::filesystem::status(path, error);
  if (path.empty() || std::filesystem::is_regular_file(status)) return absl::OkStatus();
  if (error && status.type() == std::filesystem::file_type::none) {
    return absl::InvalidArgumentError(
        absl::StrCat(Printable(path, 4096), ": cannot be read: ", error.message()));
  }
  return absl::InvalidArgumentError(absl::StrCat(
      Printable(path, 4096), ": has the name of a settings file, and is no file; rename it, or say",
      " which settings to use with --settings or --no-settings"));
}

// The settings file of all inputs; empty when none has one.
absl::StatusOr<std::string> CommonSettings(const LintFlags& flags) {
  std::optional<std::string> common;
  for (const std::string& path : flags.paths) {
    const std::string found = FromHere(FindSettings(path == "-" ? flags.stdin_filename : path));
    if (!common) common = found;
    if (SameFile(*common, found)) continue;
    return absl::InvalidArgumentError(
        absl::StrCat(Printable(flags.paths.front(), 4096), " has ", SettingsName(*common), ", and ",
                     Printable(path, 4096), " has ", SettingsName(found),
                     "; lint them apart, or say which with --settings or --no-settings"));
  }
  return common.value_or("");
}

int Jobs(const LintFlags& flags) {
  if (flags.jobs > 0) return flags.jobs;
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

void TakeUnlessSet(std::vector<std::string>& flag, std::vector<std::string>& setting) {
  if (flag.empty()) flag = std::move(setting);
}

}  // namespace

void DeclareLintInput(CLI::App& app, LintFlags& flags) {
  app.add_option("PATH", flags.paths,
                 "Files, folders (with all below them), or - for standard input")
      ->option_text("...");
  app.add_option("--kind", flags.kind,
                 "Read every file as this kind instead of judging by its bytes:\n"
                 "channel, content-text, sigma, sysmon-blob, sysmon-xml")
      ->option_text("KIND");
  app.add_option("--stdin-filename", flags.stdin_filename,
                 "The name that - goes by, in findings and for the search of settings")
      ->option_text("PATH");
  app.add_option("--settings", flags.settings,
                 "Use this settings file, not the nearest sluice.textproto above\nthe input")
      ->option_text("FILE");
  app.add_flag("--no-settings", flags.no_settings, "Use no settings file");
  app.add_option("--jobs", flags.jobs, "Check this many files at once; default: one a processor")
      ->check(CLI::Range(1, 1024))
      ->option_text("N");
}

void DeclareLintSensors(CLI::App& app, LintFlags& flags) {
  app.add_option("--fleet", flags.fleet,
                 "Check against the sensors of this fleet file, or of a built-in\n"
                 "fleet: sysmon-all, sysmon-current")
      ->option_text("FILE|NAME");
  Repeatable(app.add_option("--sensor", flags.sensors,
                            "Check against this sensor version (repeatable): sysmon@4.22"))
      ->option_text("NAME@VERSION");
  Repeatable(app.add_option("--contracts", flags.contracts,
                            "Also use the contracts in this folder (repeatable)"))
      ->option_text("DIR");
  Repeatable(app.add_option("--placeholders", flags.placeholders,
                            "Sigma: what the placeholders of rules stand for (repeatable)"))
      ->option_text("FILE");
}

void DeclareLintFlags(CLI::App& app, LintFlags& flags) {
  DeclareLintInput(app, flags);
  DeclareLintSensors(app, flags);
  DeclareChecks(app, flags);
  DeclareOutput(app, flags);
}

absl::Status ApplySettings(LintFlags& flags) {
  flags.fleet_path = flags.fleet;
  flags.fail_on = FailOnByName(flags.fail_on_name);
  if (flags.no_settings) return absl::OkStatus();
  std::string path = flags.settings;
  if (path.empty()) {
    absl::StatusOr<std::string> common = CommonSettings(flags);
    if (!common.ok()) return common.status();
    path = *std::move(common);
    if (absl::Status status = CheckFound(path); !status.ok()) return status;
    flags.found_settings = path;
  }
  if (path.empty()) return absl::OkStatus();
  flags.settings = path;

  const absl::StatusOr<std::string> text = ReadConfigFile(path);
  if (!text.ok()) return text.status();
  absl::StatusOr<Settings> settings = ReadSettings(*text, path);
  if (!settings.ok()) return settings.status();
  if (flags.fleet.empty()) {
    flags.fleet = settings->fleet;
    flags.fleet_path = settings->fleet_path;
  }
  TakeUnlessSet(flags.sensors, settings->sensors);
  TakeUnlessSet(flags.contracts, settings->contracts);
  TakeUnlessSet(flags.placeholders, settings->placeholders);
  TakeUnlessSet(flags.select, settings->select);
  TakeUnlessSet(flags.ignore, settings->ignore);
  if (!flags.fail_on) flags.fail_on = settings->fail_on;
  flags.require_checked |= settings->require_checked;
  flags.assume_loaded |= settings->assume_loaded;
  return absl::OkStatus();
}

absl::StatusOr<LintOptions> MakeLintOptions(const LintFlags& flags, KnownContracts& contracts,
                                            Placeholders& placeholders) {
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
  if (absl::Status status = placeholders.Load(flags.placeholders); !status.ok()) return status;
  options.placeholders = &placeholders;
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

}  // namespace sluice
