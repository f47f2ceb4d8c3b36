// sluice codegen: a header for the sensor's own code.

#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "gate/codegen.h"
#include "schema/text.h"
#include "tools/command.h"
#include "tools/contract_verbs.h"
#include "tools/output.h"
#include "tools/sensors.h"

namespace sluice {
namespace {

struct Flags {
  std::string contract;
  std::vector<std::string> contracts;
  std::string language;
  std::string output;
};

// What the folders hold: the header must not take the place of a contract.
std::vector<std::string> FilesIn(const std::vector<std::string>& folders) {
  std::vector<std::string> files;
  for (const std::string& folder : folders) {
    std::error_code error;
    std::filesystem::directory_iterator entry(folder, error), end;
    for (; !error && entry != end; entry.increment(error)) files.push_back(entry->path().string());
  }
  return files;
}

int Run(const Flags& flags) {
  KnownContracts contracts;
  if (absl::Status status = contracts.Load(flags.contracts); !status.ok()) {
    return FailAt(Standard(status.message()));
  }
  const absl::StatusOr<const Contract*> contract = contracts.Find(flags.contract);
  if (!contract.ok()) {
    return Fail(absl::StrCat("codegen: --contract: ", contract.status().message()));
  }
  if (absl::Status status = CheckOutput(flags.output, FilesIn(flags.contracts)); !status.ok()) {
    return FailAt(Standard(status.message()));
  }
  const absl::StatusOr<std::string> header = GenerateHeader(
      **contract, flags.language == "c" ? CodegenLanguage::kC : CodegenLanguage::kCpp);
  if (!header.ok()) return Fail(absl::StrCat("codegen: ", header.status().message()));
  return FinishOutput(flags.output, *header, kExitOk);
}

std::function<int()> SetUp(CLI::App& app) {
  const auto flags = std::make_shared<Flags>();
  app.add_option("--contract", flags->contract,
                 "What the sensor supplies, by version or product\nversion")
      ->required()
      ->option_text("SENSOR@VERSION");
  DeclareContractFolders(app, flags->contracts);
  app.add_option("--lang", flags->language, "The language of the header: c (C11) or cpp (C++17)")
      ->required()
      ->check(CLI::IsMember({"c", "cpp"}))
      ->option_text("LANGUAGE");
  app.add_option("-o,--output", flags->output, "Write to this file")->option_text("FILE");
  return [flags] { return Run(*flags); };
}

}  // namespace

extern const Command kCodegenCommand;
const Command kCodegenCommand = {
    "codegen", "write a header with which a sensor checks its fields when it is compiled",
    "sluice codegen --contract sysmon@4.90 --lang c -o sysmon.h\n"
    "  sluice codegen --contract acme@7.11 --contracts contracts/ --lang cpp -o acme.h",
    SetUp};

}  // namespace sluice
