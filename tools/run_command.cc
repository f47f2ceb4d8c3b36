// sluice run: content on events.

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "gate/run.h"
#include "report/text_parts.h"
#include "schema/text.h"
#include "tools/command.h"
#include "tools/lint_flags.h"
#include "tools/output.h"
#include "tools/run_report.h"
#include "tools/sensors.h"
#include "tools/terminal.h"

namespace sluice {
namespace {

constexpr uint64_t kListedProblems = 100;

struct Flags {
  LintFlags lint;  // those that both commands have
  std::string events;
  std::string sensor;
  std::string log_source;
  std::vector<std::string> only;
  bool skip_failing = false;
  bool explain = false;
};

// Rows to standard output, problems to standard error.
class Printer : public RunSink {
 public:
  void Row(const RunRow& row) override {
    const std::string line = RunRowJson(row);
    std::fwrite(line.data(), 1, line.size(), stdout);
  }
  void Problem(std::string_view message) override {
    if (++problems_ <= kListedProblems) FailAt(absl::StrCat(Abseil(message), ": not checked"));
  }
  // False when not all could be written.
  bool Finish() const {
    if (problems_ > kListedProblems) {
      FailAt(absl::StrCat(WithCommas(problems_ - kListedProblems), " more events not checked"));
    }
    return std::fflush(stdout) == 0 && std::ferror(stdout) == 0;
  }

 private:
  uint64_t problems_ = 0;
};

// Flags that do not go together; empty when all is well.
std::string WhyNotFlags(const Flags& flags) {
  const LintFlags& lint = flags.lint;
  const bool content_is_stdin = std::ranges::find(lint.paths, "-") != lint.paths.end();
  if (lint.paths.empty()) return "name the content: a file or a folder";
  if (flags.events.empty())
    return "name the events: --events FILE, or --events - for standard input";
  if (content_is_stdin && flags.events == "-") {
    return "content and events cannot both come from standard input; name a file";
  }
  if (!lint.settings.empty() && lint.no_settings) {
    return "--settings and --no-settings contradict each other; leave one of them out";
  }
  return "";
}

// A log of Windows in its own form begins so.
bool IsEvtx(std::istream& in) {
  char begin[8] = {};
  in.read(begin, sizeof begin);
  const bool is_evtx =
      in.gcount() == 8 && std::string_view(begin, 8) == std::string_view("ElfFile\0", 8);
  in.clear();
  in.seekg(0);
  return is_evtx;
}

absl::Status OpenEvents(const std::string& path, std::ifstream& in) {
  const std::string name = Printable(path, 4096);
  in.open(path, std::ios::binary);
  // Opening a folder succeeds; reading from it does not.
  if (!in || (in.peek(), in.bad())) {
    return absl::NotFoundError(absl::StrCat(name, ": cannot be read; name a file of events, or -"));
  }
  in.clear();
  if (in.peek() != 'E' || !IsEvtx(in)) return absl::OkStatus();
  return absl::UnimplementedError(
      absl::StrCat(name,
                   ": is an .evtx file, which is not read; export its events as JSON, with "
                   "evtx_dump -o jsonl"));
}

absl::StatusOr<RunOptions> MakeRunOptions(const Flags& flags, KnownContracts& contracts,
                                          Placeholders& placeholders) {
  RunOptions options;
  if (absl::Status status = contracts.Load(flags.lint.contracts); !status.ok()) return status;
  options.contracts = &contracts.set();
  if (!flags.sensor.empty()) {
    const absl::StatusOr<const Contract*> contract = contracts.Find(flags.sensor);
    if (!contract.ok()) {
      return absl::Status(contract.status().code(),
                          absl::StrCat("sluice: --sensor: ", contract.status().message()));
    }
    options.contract = *contract;
  }
  if (absl::Status status = placeholders.Load(flags.lint.placeholders); !status.ok()) {
    return status;
  }
  options.placeholders = &placeholders;
  options.kind = flags.lint.kind;
  if (!flags.lint.stdin_filename.empty()) options.stdin_filename = flags.lint.stdin_filename;
  options.found_settings = flags.lint.found_settings;
  options.assume_loaded = flags.lint.assume_loaded;
  options.skip_failing = flags.skip_failing;
  options.log_source = flags.log_source;
  options.explain = flags.explain;
  options.only = flags.only;
  return options;
}

void Say(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::fflush(stderr);
}

int RunEvents(const Flags& flags, ContentRunner& runner, std::istream& in) {
  Say(RunReport(runner.results(), UseColor(STDERR_FILENO), flags.lint.quiet));
  if (runner.instances() == 0) {
    Fail("run: no instance of the content can be run");
    return ExitCode(runner.results(), runner.totals());
  }
  Printer printer;
  runner.Run(in, flags.events == "-" ? "-" : Printable(flags.events, 4096), printer);
  if (!printer.Finish()) return Fail("run: standard output cannot be written");
  const int code = ExitCode(runner.results(), runner.totals());
  if (runner.totals().asked == 0) Fail("run: the content was not asked about any event");
  if (!flags.lint.quiet) FailAt(RunSummary(runner.totals(), runner.instances()));
  return code;
}

int Run(Flags& flags) {
  if (const std::string why = WhyNotFlags(flags); !why.empty()) {
    return Fail(absl::StrCat("run: ", why));
  }
  if (absl::Status status = ApplySettings(flags.lint); !status.ok()) {
    return FailAt(Standard(status.message()));
  }
  std::ifstream file;
  if (flags.events != "-") {
    if (absl::Status status = OpenEvents(flags.events, file); !status.ok()) {
      return FailAt(Standard(status.message()));
    }
  }
  KnownContracts contracts;
  Placeholders placeholders;
  const absl::StatusOr<RunOptions> options = MakeRunOptions(flags, contracts, placeholders);
  if (!options.ok()) return FailAt(Standard(options.status().message()));
  absl::StatusOr<std::unique_ptr<ContentRunner>> runner =
      ContentRunner::Load(flags.lint.paths, *options);
  if (!runner.ok()) return Fail(absl::StrCat("run: ", runner.status().message()));
  return RunEvents(flags, **runner, flags.events == "-" ? std::cin : file);
}

// It must not swallow the paths that follow it.
CLI::Option* Repeatable(CLI::Option* option) { return option->allow_extra_args(false); }

void DeclareContent(CLI::App& app, LintFlags& flags) {
  app.add_option("CONTENT", flags.paths, "Files, folders (with all below them), or - for one file")
      ->option_text("...");
  app.add_option("--kind", flags.kind,
                 "Read every file as this kind instead of judging by its bytes:\n"
                 "channel, content-text, sigma, sysmon-blob, sysmon-xml")
      ->option_text("KIND");
  app.add_option("--settings", flags.settings,
                 "Use this settings file, not the nearest sluice.textproto above\nthe content")
      ->option_text("FILE");
  app.add_flag("--no-settings", flags.no_settings, "Use no settings file");
  Repeatable(app.add_option("--contracts", flags.contracts,
                            "Also use the contracts in this folder (repeatable)"))
      ->option_text("DIR");
  Repeatable(app.add_option("--placeholders", flags.placeholders,
                            "Sigma: what the placeholders of rules stand for (repeatable)"))
      ->option_text("FILE");
}

std::function<int()> SetUp(CLI::App& app) {
  const auto flags = std::make_shared<Flags>();
  DeclareContent(app, flags->lint);
  app.add_option("--events", flags->events,
                 "The events: JSON objects, one a line or over several lines; -\n"
                 "for standard input")
      ->option_text("FILE");
  app.add_option("--sensor", flags->sensor,
                 "Run as this sensor version does: what it does not supply, no event\nhas")
      ->option_text("NAME@VERSION");
  app.add_option("--log-source", flags->log_source,
                 "The log source of events whose channel says nothing:\n"
                 "linux/process_creation; for a channel file, the template type")
      ->option_text("NAME");
  app.add_flag("--explain", flags->explain,
               "Say of every instance why it matches or not, criterion by\ncriterion");
  Repeatable(app.add_option("--instance", flags->only,
                            "Print nothing but of this instance, by id or name (repeatable)"))
      ->option_text("ID");
  app.add_flag("--skip-failing", flags->skip_failing,
               "Leave out the instances that have errors, and run the rest of their\nfile");
  app.add_flag("--assume-loaded", flags->lint.assume_loaded,
               "Run blobs as if sensors did not refuse other binary versions");
  app.add_flag("-q,--quiet", flags->lint.quiet, "Say nothing but what was not checked");
  return [flags] { return Run(*flags); };
}

}  // namespace

extern const Command kRunCommand;
const Command kRunCommand = {"run", "run content on events, and print what matches",
                             "sluice run rules/ --events events.ndjson\n"
                             "  sluice run rules.xml --events events.ndjson --sensor sysmon@4.50\n"
                             "  sluice run rule.yml --events - --explain < events.ndjson",
                             SetUp};

}  // namespace sluice
