#include "tools/sensors.h"

#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "parser/config/config_file.h"
#include "parser/config/fleet_reader.h"
#include "schema/contracts/built_in_fleets.h"
#include "schema/text.h"
#include "tools/suggest.h"

namespace sluice {
namespace {

// A built-in fleet with the contracts of this run, as a folder may have replaced some.
Fleet WithContracts(const Fleet& fleet, const ContractSet& contracts) {
  Fleet bound;
  for (Sensor sensor : fleet.sensors()) {
    sensor.contract = contracts.Find(sensor.name, sensor.version);
    bound.Add(std::move(sensor));
  }
  return bound;
}

absl::StatusOr<Fleet> ReadFleetFile(const std::string& path, const ContractSet& contracts) {
  const absl::StatusOr<std::string> text = ReadConfigFile(path);
  if (text.ok()) return ReadFleet(*text, path, contracts);
  std::string names;
  for (const BuiltInFleetInfo& info : BuiltInFleets()) {
    absl::StrAppend(&names, names.empty() ? "" : ", ", std::string(info.name));
  }
  return absl::Status(text.status().code(),
                      absl::StrCat(text.status().message(), " (built-in fleets: ", names, ")"));
}

}  // namespace

absl::Status KnownContracts::Load(const std::vector<std::string>& folders) {
  for (const std::string& folder : folders) {
    absl::StatusOr<OwnedContracts> loaded = LoadContracts(folder, &set_);
    if (!loaded.ok()) return loaded.status();
    owned_.push_back(*std::move(loaded));
  }
  return absl::OkStatus();
}

absl::StatusOr<const Contract*> KnownContracts::Find(const std::string& sensor_at_version) const {
  const size_t at = sensor_at_version.find('@');
  if (at != std::string::npos) {
    const std::string ambiguous =
        AmbiguousVersion(sensor_at_version.substr(0, at), sensor_at_version.substr(at + 1), set_);
    if (!ambiguous.empty()) return absl::InvalidArgumentError(ambiguous);
  }
  const Contract* contract = set_.Find(sensor_at_version);
  if (contract != nullptr) return contract;
  // Versions first: a product version is suggested only where it is nearer.
  std::vector<std::string> names;
  for (const Contract* known : set_.all()) names.push_back(known->Name());
  for (const Contract* known : set_.all()) {
    for (const std::string_view alias : known->aliases) {
      names.push_back(absl::StrCat(std::string(known->sensor), "@", std::string(alias)));
    }
  }
  const std::vector<std::string_view> views(names.begin(), names.end());
  return absl::NotFoundError(absl::StrCat("there is no contract for \"",
                                          Printable(sensor_at_version), "\"",
                                          DidYouMean(ClosestSensor(sensor_at_version, views)),
                                          " (sluice contract list shows them all)"));
}

absl::StatusOr<Fleet> MakeFleet(const std::string& name, const std::string& path,
                                const std::vector<std::string>& sensors,
                                const ContractSet& contracts) {
  Fleet fleet;
  if (const Fleet* built_in = BuiltInFleet(name); built_in != nullptr) {
    fleet = WithContracts(*built_in, contracts);
  } else if (!path.empty()) {
    absl::StatusOr<Fleet> read = ReadFleetFile(path, contracts);
    if (!read.ok()) return read.status();
    fleet = *std::move(read);
  }
  for (const std::string& text : sensors) {
    absl::StatusOr<Sensor> sensor = ParseSensor(text, contracts);
    if (!sensor.ok()) {
      return absl::Status(sensor.status().code(),
                          absl::StrCat("sluice: ", sensor.status().message()));
    }
    if (fleet.Add(*std::move(sensor))) continue;
    return absl::InvalidArgumentError(
        absl::StrCat("sluice: a fleet holds at most ", kMaxSensors, " sensor versions"));
  }
  return fleet;
}

}  // namespace sluice
