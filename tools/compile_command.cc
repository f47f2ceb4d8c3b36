// sluice compile: one binary of content that lints without an error.

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "gate/compile.h"
#include "parser/sysmon/blob_writer.h"
#include "schema/text.h"
#include "tools/command.h"
#include "tools/compile_report.h"
#include "tools/lint_flags.h"
#include "tools/output.h"
#include "tools/sensors.h"
#include "tools/terminal.h"
#include "tools/version.h"

namespace sluice {
namespace {

struct Flags {
  LintFlags lint;  // those that both commands have
  std::string to = "channel";
  bool skip_incompatible = false;
  bool compatible = false;
  uint32_t content_version = 0;

  bool to_blob() const { return to == "sysmon-blob"; }
  bool to_stdout() const { return lint.output.empty() || lint.output == "-"; }
};

// Flags that do not go together; empty when all is well.
std::string WhyNotFlags(const Flags& flags) {
  if (flags.lint.paths.empty()) return "name a file or a folder, or - for standard input";
  if (!flags.lint.settings.empty() && flags.lint.no_settings) {
    return "--settings and --no-settings contradict each other; leave one of them out";
  }
  if (flags.to_blob() && (!flags.lint.fleet.empty() || flags.lint.sensors.size() != 1)) {
    return "a blob is for one sensor version; name it: --sensor sysmon@4.70";
  }
  if (flags.to_blob() && (flags.skip_incompatible || flags.content_version != 0)) {
    return "--skip-incompatible and --content-version are for channel files; leave them out";
  }
  if (!flags.to_blob() && flags.compatible) return "--compatible is for --to sysmon-blob";
  if (!flags.to_stdout()) return "";
  if (flags.lint.format == "json") {
    return "--format json and the file both go to standard output; name a file with -o";
  }
  if (!IsTerminal(STDOUT_FILENO)) return "";
  return "a binary is not written to a terminal; name a file with -o";
}

absl::Status SetTarget(const Flags& flags, const KnownContracts& contracts,
                       CompileOptions& options) {
  if (!flags.to_blob()) return absl::OkStatus();
  const absl::StatusOr<const Contract*> target = contracts.Find(flags.lint.sensors.front());
  if (!target.ok()) {
    return absl::Status(target.status().code(),
                        absl::StrCat("sluice: --sensor: ", target.status().message()));
  }
  options.to = CompileTarget::kSysmonBlob;
  options.blob_target = *target;
  return absl::OkStatus();
}

// The flags with the settings; a fleet of the settings is nothing to one blob.
absl::Status Apply(Flags& flags) {
  absl::Status status = ApplySettings(flags.lint);
  if (flags.to_blob()) {
    flags.lint.fleet.clear();
    flags.lint.fleet_path.clear();
  }
  return status;
}

absl::StatusOr<Compiled> CompilePaths(const Flags& flags, CompileOptions& options) {
  ProgressLine progress(IsTerminal(STDERR_FILENO));
  options.lint.progress = [&](size_t done, size_t total) { progress.Update(done, total); };
  absl::StatusOr<Compiled> compiled = Compile(flags.lint.paths, options);
  progress.Wipe();
  return compiled;
}

void Say(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::fflush(stderr);
}

// Says what happened; the file is written by now.
int Report(const Flags& flags, const CompileOptions& options, const Compiled& compiled, int code) {
  if (flags.lint.format == "json") {
    return FinishOutput("", CompileJson(compiled, kVersion), code);
  }
  // What was left out for an error is listed with it.
  const std::string report =
      CompileReport(compiled, {.color = UseColor(STDERR_FILENO),
                               .errors = flags.to_blob() || !compiled.ok(),
                               .quiet = flags.lint.quiet,
                               .require_checked = flags.lint.require_checked});
  Say(report);
  if (code != kExitOk) {
    if (flags.lint.quiet && !report.empty()) return code;
    Fail(absl::StrCat("compile: nothing is written: ",
                      compiled.ok() ? "not everything was checked, as --require-checked asks"
                                    : CompileSummary(compiled)));
    return code;
  }
  if (flags.lint.quiet) return code;
  const std::string output = flags.to_stdout() ? "standard output" : flags.lint.output;
  FailAt(absl::StrCat(output, ": ", CompileSummary(compiled)));
  if (flags.to_blob() && BlobLayoutOf(*options.blob_target) == BlobLayout::kUnverified) {
    FailAt(absl::StrCat(output, ": note: nobody has compared a blob for ",
                        options.blob_target->Name(), " with what that version itself writes"));
  }
  return code;
}

// Whether a file is in a folder, or in one below it.
bool IsBelow(const std::string& file, const std::string& folder) {
  std::error_code error;
  const std::filesystem::path real = std::filesystem::canonical(file, error);
  const std::filesystem::path above = std::filesystem::canonical(folder, error);
  if (error || !std::filesystem::is_directory(above, error)) return false;
  return std::ranges::mismatch(above, real).in1 == above.end();
}

// Also what is in a folder that is compiled is an input: the next run would read it.
absl::Status CheckOutputOf(const Flags& flags) {
  const std::string& output = flags.lint.output;
  std::vector<std::string> inputs = flags.lint.paths;
  if (!flags.to_stdout() &&
      std::ranges::any_of(inputs, [&](const std::string& path) { return IsBelow(output, path); })) {
    inputs.push_back(output);
  }
  inputs.insert(inputs.end(), {flags.lint.fleet_path, flags.lint.settings});
  inputs.insert(inputs.end(), flags.lint.placeholders.begin(), flags.lint.placeholders.end());
  return CheckOutput(output, inputs);
}

int Run(Flags& flags) {
  if (const std::string why = WhyNotFlags(flags); !why.empty()) {
    return Fail(absl::StrCat("compile: ", why));
  }
  if (absl::Status status = Apply(flags); !status.ok()) return FailAt(Standard(status.message()));
  KnownContracts contracts;
  Placeholders placeholders;
  absl::StatusOr<LintOptions> lint = MakeLintOptions(flags.lint, contracts, placeholders);
  if (!lint.ok()) return FailAt(Standard(lint.status().message()));
  CompileOptions options{.lint = *std::move(lint),
                         .skip_incompatible = flags.skip_incompatible,
                         .content_version = flags.content_version,
                         .compatible = flags.compatible};
  if (absl::Status status = SetTarget(flags, contracts, options); !status.ok()) {
    return FailAt(Standard(status.message()));
  }
  if (absl::Status status = CheckOutputOf(flags); !status.ok()) {
    return FailAt(Standard(status.message()));
  }
  const absl::StatusOr<Compiled> compiled = CompilePaths(flags, options);
  if (!compiled.ok()) return Fail(absl::StrCat("compile: ", compiled.status().message()));
  const int code = ExitCode(*compiled, flags.lint.require_checked);
  if (code == kExitOk) {
    const int written = FinishOutput(flags.lint.output, compiled->bytes, kExitOk);
    if (written != kExitOk) return written;
  }
  return Report(flags, options, *compiled, code);
}

void DeclareTarget(CLI::App& app, Flags& flags) {
  app.add_option("--to", flags.to,
                 "channel (the default): one channel file of all inputs;\n"
                 "sysmon-blob: the rule blob of one Sysmon configuration")
      ->check(CLI::IsMember({"channel", "sysmon-blob"}))
      ->option_text("FORM");
  app.add_flag("--skip-incompatible", flags.skip_incompatible,
               "Leave out what some sensor of the fleet cannot take, and list it");
  app.add_option("--content-version", flags.content_version,
                 "The version that the channel file states; it grows with every\nrelease")
      ->check(CLI::Range(1, 0x7FFFFFFF))
      ->option_text("N");
  app.add_flag("--compatible", flags.compatible,
               "Blobs: compile what Sysmon drops or does not understand as Sysmon\ndoes");
}

void DeclareOutput(CLI::App& app, LintFlags& flags) {
  app.add_flag("--require-checked", flags.require_checked,
               "Exit 2 if anything at all was not checked, or left out for it");
  app.add_option("--format", flags.format,
                 "How to say what was found: text (the default), on standard\n"
                 "error; or json, on standard output")
      ->check(CLI::IsMember({"text", "json"}))
      ->option_text("FORMAT");
  app.add_option("-o,--output", flags.output, "Write to this file")->option_text("FILE");
  app.add_flag("-q,--quiet", flags.quiet, "Say nothing but why there is no file");
}

std::function<int()> SetUp(CLI::App& app) {
  const auto flags = std::make_shared<Flags>();
  DeclareLintInput(app, flags->lint);
  DeclareLintSensors(app, flags->lint);
  DeclareTarget(app, *flags);
  DeclareOutput(app, flags->lint);
  return [flags] { return Run(*flags); };
}

}  // namespace

extern const Command kCompileCommand;
const Command kCompileCommand = {
    "compile", "compile content that has no errors to one binary",
    "sluice compile rules/ --fleet fleet.textproto -o rules.slc\n"
    "  sluice compile rules/ --sensor sysmon@4.22 --skip-incompatible -o rules.slc\n"
    "  sluice compile rules.xml --to sysmon-blob --sensor sysmon@4.70 -o rules.bin",
    SetUp};

}  // namespace sluice
