// sluice contract import: a sensor's schema dump to contracts.

#include <filesystem>
#include <memory>
#include <optional>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "parser/config/config_file.h"
#include "parser/config/contract_writer.h"
#include "parser/config/sysmon_manifest.h"
#include "schema/text.h"
#include "tools/command.h"
#include "tools/contract_verbs.h"
#include "tools/output.h"

namespace sluice {
namespace {

struct ImportFlags {
  std::string dump;
  std::string output;
  std::string supplement;
  std::string sensor = "sysmon";
};

absl::StatusOr<ManifestImport> ReadDump(const ImportFlags& flags) {
  std::optional<v1::ContractSupplement> supplement;
  if (!flags.supplement.empty()) {
    const absl::StatusOr<std::string> text = ReadConfigFile(flags.supplement);
    if (!text.ok()) return text.status();
    absl::StatusOr<v1::ContractSupplement> read = ReadSupplement(*text, flags.supplement);
    if (!read.ok()) return read.status();
    supplement = *std::move(read);
  }
  absl::StatusOr<std::string> bytes = ReadConfigFile(flags.dump);
  if (!bytes.ok()) return bytes.status();
  return ReadSysmonManifest(std::make_shared<const std::string>(*std::move(bytes)), flags.dump,
                            flags.sensor, supplement ? &*supplement : nullptr);
}

int Import(const ImportFlags& flags) {
  const absl::StatusOr<ManifestImport> import = ReadDump(flags);
  if (!import.ok()) return FailAt(Standard(import.status().message()));
  for (const std::string& warning : import->warnings) FailAt(warning);

  std::error_code error;
  const std::filesystem::path folder = flags.output;
  std::filesystem::create_directories(folder, error);
  if (error) return Fail(absl::StrCat(flags.output, ": cannot be made: ", error.message()));
  std::string written;
  for (const auto& [contract, comment] : import->contracts) {
    const std::string path = (folder / ContractFileName(contract)).string();
    absl::Status status = CheckOutput(path, {flags.dump, flags.supplement});
    if (status.ok()) status = WriteOutput(path, WriteContract(contract, comment));
    if (!status.ok()) return FailAt(Standard(status.message()));
    absl::StrAppend(&written, Printable(path, 4096), "\n");
  }
  return FinishOutput("", written, kExitOk);
}

}  // namespace

std::function<int()> SetUpContractImport(CLI::App& app) {
  const auto flags = std::make_shared<ImportFlags>();
  app.add_option("SCHEMA", flags->dump,
                 "What `sysmon -s` prints, or a file of several manifests; - is standard input")
      ->required()
      ->option_text("FILE");
  app.add_option("--output,-o", flags->output,
                 "Write the contracts into this folder, SENSOR-VERSION.textproto each")
      ->required()
      ->option_text("DIR");
  app.add_option("--supplement", flags->supplement, "Add what this file says and the dump does not")
      ->option_text("FILE");
  app.add_option("--sensor", flags->sensor, "The sensor's name, sysmon by default")
      ->option_text("NAME");
  return [flags] { return Import(*flags); };
}

}  // namespace sluice
