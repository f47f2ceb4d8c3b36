#include "parser/config/fleet_reader.h"

#include <algorithm>
#include <limits>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "parser/config/config_text.h"
#include "schema/proto/fleet.pb.h"
#include "schema/sensor_set.h"
#include "schema/text.h"

namespace sluice {
namespace {

// A sensor with its version looked up.
Sensor MakeSensor(std::string_view name, std::string_view version, const ContractSet& contracts) {
  const Contract* contract = contracts.Find(name, version);
  return {.name = std::string(name),
          .version = std::string(contract == nullptr ? version : contract->version),
          .contract = contract};
}

}  // namespace

std::string AmbiguousVersion(std::string_view name, std::string_view version,
                             const ContractSet& contracts) {
  std::string names;
  int count = 0;
  for (const Contract* contract : contracts.all()) {
    if (contract->sensor != name) continue;
    if (contract->version == version) return "";
    if (std::ranges::find(contract->aliases, version) == contract->aliases.end()) continue;
    absl::StrAppend(&names, count++ == 0 ? "" : " and ", Printable(contract->Name()));
  }
  if (count < 2) return "";
  return absl::StrCat(Printable(absl::StrCat(Abseil(name), "@", Abseil(version))),
                      " is a product version of ", names, "; say which contract is meant");
}

absl::StatusOr<Fleet> ReadFleet(std::string_view text, std::string_view path,
                                const ContractSet& contracts) {
  ConfigText config(text, path);
  v1::Fleet message;
  if (absl::Status status = config.Parse(&message); !status.ok()) return status;
  const auto error = [&](int sensor, std::string_view what) {
    return config.Error(message, config.root(), v1::Fleet::kSensorFieldNumber, sensor, what);
  };
  if (message.sensor_size() == 0) {
    return absl::InvalidArgumentError(
        absl::StrCat(Abseil(path),
                     ":1:1: no sensor in this fleet, so nothing would be checked; add one: sensor {"
                     " name: \"sysmon\" version: \"4.90\" endpoints: 1000 }"));
  }
  Fleet fleet;
  uint64_t total = 0;
  std::set<std::tuple<std::string_view, std::string_view, Platform, std::string_view>> entries;
  for (int i = 0; i < message.sensor_size(); ++i) {
    const v1::Fleet::Sensor& from = message.sensor(i);
    if (!IsSensorWord(from.name()) || !IsSensorWord(from.version())) {
      return error(i, absl::StrCat("a sensor needs a `name` and a `version`, as \"sysmon\" and "
                                   "\"4.22\"; ",
                                   Abseil(kSensorWordRule)));
    }
    const std::optional<Platform> platform = PlatformByName(from.platform());
    if (!platform) {
      return error(i, absl::StrCat("there is no platform \"", Printable(from.platform()),
                                   "\"; use \"windows\", \"linux\" or \"macos\", or leave it out"));
    }
    // Versions as they are written: two product versions may have one contract.
    if (!entries.emplace(from.name(), from.version(), *platform, from.ring()).second) {
      return error(i, absl::StrCat(from.name(), "@", from.version(),
                                   " is listed twice with the same ring and platform; remove one, "
                                   "or say which ring each is"));
    }
    if (from.endpoints() > std::numeric_limits<uint64_t>::max() - total) {
      return error(i, "the endpoints of this fleet add up to more than 64 bits hold");
    }
    total += from.endpoints();
    if (const std::string ambiguous = AmbiguousVersion(from.name(), from.version(), contracts);
        !ambiguous.empty()) {
      return error(i, ambiguous);
    }
    Sensor sensor = MakeSensor(from.name(), from.version(), contracts);
    sensor.endpoints = from.endpoints();
    sensor.ring = from.ring();
    sensor.platform = *platform;
    if (!fleet.Add(std::move(sensor))) {
      return error(i, absl::StrCat("more than ", kMaxSensors,
                                   " different sensors; split the fleet into several files"));
    }
  }
  return fleet;
}

absl::StatusOr<Sensor> ParseSensor(std::string_view name_at_version, const ContractSet& contracts) {
  const size_t at = name_at_version.find('@');
  const std::string_view name = name_at_version.substr(0, at);
  const std::string_view version =
      at == std::string_view::npos ? std::string_view() : name_at_version.substr(at + 1);
  if (!IsSensorWord(name) || !IsSensorWord(version)) {
    return absl::InvalidArgumentError(absl::StrCat("\"", Printable(name_at_version),
                                                   "\" is not a sensor: write NAME@VERSION, as "
                                                   "sysmon@4.22"));
  }
  if (const std::string ambiguous = AmbiguousVersion(name, version, contracts);
      !ambiguous.empty()) {
    return absl::InvalidArgumentError(ambiguous);
  }
  return MakeSensor(name, version, contracts);
}

}  // namespace sluice
