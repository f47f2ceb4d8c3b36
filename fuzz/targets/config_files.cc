// Any bytes read as a contract, a taxonomy, a fleet, settings, placeholders, a supplement, a Sysmon
// schema dump or events are taken, or refused with the path and a reason. A contract that is taken
// has unique ids and names; what is made of a schema dump or of events reads back as a contract.

#include <cstdint>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "fuzz/property.h"
#include "parser/config/contract_reader.h"
#include "parser/config/contract_writer.h"
#include "parser/config/fleet_reader.h"
#include "parser/config/placeholder_reader.h"
#include "parser/config/settings_reader.h"
#include "parser/config/sysmon_manifest.h"
#include "parser/config/taxonomy_reader.h"
#include "parser/events/read_events.h"
#include "schema/contract.h"
#include "schema/limits.h"

namespace sluice {
namespace {

constexpr std::string_view kPath = "input";

// True when it was taken. A refusal must begin with the path.
bool TakenOrExplained(const absl::Status& status) {
  ++(status.ok() ? Inputs().accepted : Inputs().refused);
  if (status.ok()) return true;
  const std::string message(status.message());
  Require(message.starts_with(std::string(kPath) + ":"), "a refusal names the path");
  Require(message.size() > kPath.size() + 2, "a refusal gives a reason");
  return false;
}

template <typename T>
bool TakenOrExplained(const absl::StatusOr<T>& result) {
  return TakenOrExplained(result.status());
}

void RequireSound(const Contract& contract) {
  Require(!contract.sensor.empty() && !contract.version.empty(), "a contract has a name");
  std::set<uint32_t> ids;
  for (const ContractType& type : contract.types) {
    Require(ids.insert(type.id).second, "type ids are unique");
    Require(!type.undescribed || type.fields.empty(), "an undescribed type has no fields");
    std::set<std::string_view> names;
    for (const ContractField& field : type.fields) {
      Require(names.insert(field.name).second, "field names are unique in a type");
    }
  }
}

void ReadDump(std::string_view text) {
  const auto bytes = std::make_shared<const std::string>(text);
  const auto import = ReadSysmonManifest(bytes, kPath, "sysmon", nullptr);
  if (!TakenOrExplained(import)) return;
  Require(!import->contracts.empty(), "a schema dump gives a contract");
  for (const ImportedContract& made : import->contracts) {
    const auto back = ReadContract(WriteContract(made.contract, made.comment), kPath);
    Require(back.ok(), "what is made of a schema dump reads back");
    RequireSound((*back)->contract());
  }
}

void RequireSound(const OwnedTaxonomy& taxonomy) {
  Require(!taxonomy.sensor().empty() && !taxonomy.log_sources().empty(),
          "a taxonomy says something");
  std::set<std::string_view> names;
  for (const LogSource& source : taxonomy.log_sources()) {
    Require(names.insert(source.name).second, "log sources are unique");
    Require(!source.events.empty(), "a log source has events");
  }
}

void ReadPlaceholders(std::string_view text) {
  Placeholders placeholders;
  const bool taken = TakenOrExplained(placeholders.Add(text, kPath));
  Require(taken == !placeholders.empty(), "what is taken has a value, what is refused has none");
}

// What is drafted reads back, but for what is over a limit of its size.
void ReadAsEvents(std::string_view text) {
  std::istringstream in{std::string(text)};
  const LogSource sysmon[] = {{.name = "windows/process_creation"}};
  ContractDraft draft({.sensor = "a", .version = "1"}, sysmon);
  if (!TakenOrExplained(ReadEvents(in, std::string(kPath), draft)) || draft.empty()) return;
  const std::string written = WriteContract(draft.Contract(), draft.Comment());
  if (written.size() > kMaxConfigBytes) return;
  const auto back = ReadContract(written, kPath);
  Require(back.ok(), "what is drafted from events reads back");
  RequireSound((*back)->contract());
}

void ReadAll(std::string_view text) {
  const auto contract = ReadContract(text, kPath);
  if (TakenOrExplained(contract)) RequireSound((*contract)->contract());
  const auto fleet = ReadFleet(text, kPath, ContractSet::BuiltIn());
  if (TakenOrExplained(fleet)) {
    Require(!fleet->empty() && fleet->sensors().size() <= kMaxSensors, "sensors of a fleet");
  }
  const auto taxonomy = ReadTaxonomy(text, kPath);
  if (TakenOrExplained(taxonomy)) RequireSound(**taxonomy);
  ReadPlaceholders(text);
  ReadAsEvents(text);
  TakenOrExplained(ReadSettings(text, kPath));
  TakenOrExplained(ReadSupplement(text, kPath));
  ReadDump(text);
}

}  // namespace
}  // namespace sluice

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  sluice::ReadAll({reinterpret_cast<const char*>(data), size});
  return 0;
}
