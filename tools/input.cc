#include "tools/input.h"

#include <unistd.h>

#include <cstdio>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gate/file.h"
#include "gate/lint.h"
#include "report/text_report.h"
#include "schema/text.h"
#include "tools/command.h"
#include "tools/output.h"
#include "tools/suggest.h"
#include "tools/terminal.h"

namespace sluice {
namespace {

absl::StatusOr<const Format*> ChooseFormat(const InputFlags& flags, std::string_view bytes) {
  if (flags.kind.empty()) {
    const Format* format = RecogniseFormat(bytes);
    if (format != nullptr) return format;
    return absl::InvalidArgumentError(
        absl::StrCat(Printable(flags.path, 4096),
                     ": no reader knows these bytes; say what they are with --kind"));
  }
  if (const Format* format = FindFormat(flags.kind); format != nullptr) return format;
  std::vector<std::string_view> kinds;
  for (const Format& format : Formats()) kinds.push_back(format.kind);
  return absl::InvalidArgumentError(absl::StrCat(
      "sluice: there is no kind \"", Printable(flags.kind), "\"", Suggestion(flags.kind, kinds)));
}

}  // namespace

void DeclareInputFlags(CLI::App& app, InputFlags& flags) {
  app.add_option("FILE", flags.path, "The file, or - for standard input")
      ->required()
      ->option_text(" ");
  app.add_option("--kind", flags.kind,
                 "Read the file as this kind instead of judging by its bytes:\n"
                 "channel, content-text, sigma, sysmon-blob, sysmon-xml")
      ->option_text("KIND");
  app.add_option("--as", flags.as, "Name types and fields as this version does: sysmon@4.50")
      ->option_text("NAME@VERSION");
}

void DeclarePlaceholders(CLI::App& app, InputFlags& flags) {
  app.add_option("--placeholders", flags.placeholders,
                 "Sigma: what the placeholders of rules stand for (repeatable)")
      ->allow_extra_args(false)
      ->option_text("FILE");
}

absl::StatusOr<Input> LoadInput(const InputFlags& flags) {
  Input input;
  input.path = flags.path;
  absl::StatusOr<Bytes> bytes = ReadFile(flags.path);
  if (!bytes.ok()) {
    return absl::Status(bytes.status().code(),
                        absl::StrCat(Printable(flags.path, 4096), ": ", bytes.status().message()));
  }
  input.bytes = *std::move(bytes);
  absl::StatusOr<const Format*> format = ChooseFormat(flags, *input.bytes);
  if (!format.ok()) return format.status();
  input.format = *format;

  input.placeholders = std::make_unique<Placeholders>();
  if (absl::Status status = input.placeholders->Load(flags.placeholders); !status.ok()) {
    return status;
  }
  input.contracts = std::make_unique<KnownContracts>();
  const Contract* as = nullptr;
  if (!flags.as.empty()) {
    const absl::StatusOr<const Contract*> found = input.contracts->Find(flags.as);
    if (!found.ok()) {
      return absl::Status(found.status().code(),
                          absl::StrCat("sluice: --as: ", found.status().message()));
    }
    as = *found;
  }
  input.self_contracts = std::make_unique<SelfContracts>(input.contracts->set(), as);
  return input;
}

int FailMalformed(const Input& input) {
  LintOptions options;
  options.kind = input.format->kind;
  options.select = {"SL001"};
  options.excerpts = true;
  const absl::StatusOr<Results> results = LintBytes(input.path, input.bytes, options);
  if (!results.ok()) return Fail(Standard(results.status().message()));
  const std::string report =
      TextReport(*results, {.color = UseColor(STDERR_FILENO), .summary = false});
  std::fputs(report.c_str(), stderr);
  for (const NotChecked& entry : results->not_checked) {
    if (entry.requested) FailAt(NotCheckedLine(entry));
  }
  return ExitCode(*results, FailOn::kError, /*require_checked=*/false);
}

}  // namespace sluice
