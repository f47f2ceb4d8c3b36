// sluice contract check: lints content for two sensor versions, and shows what only the new one
// has.

#include <unistd.h>

#include <algorithm>
#include <memory>
#include <thread>

#include "absl/strings/str_cat.h"
#include "report/json_report.h"
#include "report/text_parts.h"
#include "report/text_report.h"
#include "schema/text.h"
#include "tools/command.h"
#include "tools/contract_check.h"
#include "tools/contract_verbs.h"
#include "tools/output.h"
#include "tools/terminal.h"
#include "tools/version.h"

namespace sluice {
namespace {

struct CheckFlags {
  ContractPair pair;
  std::vector<std::string> content;
  bool assume_loaded = false;
  std::string format = "text";
  std::string output;
};

std::string Text(const SensorChange& change, const ContractPair& pair, bool color) {
  const uint64_t added = change.results.findings.size() - change.malformed;
  const std::string malformed =
      change.malformed == 0 ? "" : absl::StrCat(", ", Counted(change.malformed, "malformed file"));
  return absl::StrCat(pair.Title(), ": ", Counted(added, "new finding"), ", ", change.gone, " gone",
                      malformed, "\n", TextReport(change.results, {.color = color}));
}

int Check(CheckFlags& flags) {
  ContractPair& pair = flags.pair;
  if (absl::Status status = pair.Find(); !status.ok()) return FailAt(Standard(status.message()));
  LintOptions options;
  options.contracts = &pair.contracts.set();
  options.assume_loaded = flags.assume_loaded;
  options.jobs = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  options.excerpts = flags.format == "text";
  const absl::StatusOr<SensorChange> change =
      CheckSensorChange(flags.content, *pair.before, *pair.after, options);
  if (!change.ok()) return Fail(absl::StrCat("contract check: ", change.status().message()));
  if (absl::Status status = CheckOutput(flags.output, ReadFrom(change->results, flags.content));
      !status.ok()) {
    return FailAt(Standard(status.message()));
  }
  const int code = ExitCode(change->results, FailOn::kError, /*require_checked=*/false);
  const bool to_terminal = flags.output.empty() || flags.output == "-";
  const bool color = to_terminal && UseColor(STDOUT_FILENO);
  const std::string report =
      flags.format == "json" ? JsonReport(change->results, kVersion) : Text(*change, pair, color);
  return FinishOutput(flags.output, report, code);
}

}  // namespace

std::function<int()> SetUpContractCheck(CLI::App& app) {
  const auto flags = std::make_shared<CheckFlags>();
  DeclareContractPair(app, flags->pair);
  app.add_option("--content", flags->content, "Files and folders of content in the field")
      ->required()
      ->option_text("PATH...");
  app.add_flag("--assume-loaded", flags->assume_loaded,
               "Check blobs as if sensors did not refuse other binary versions");
  app.add_option("--output,-o", flags->output, "Write to this file")->option_text("FILE");
  DeclareTextOrJson(app, flags->format);
  return [flags] { return Check(*flags); };
}

}  // namespace sluice
