#include "schema/contracts/built_in_fleets.h"

#include <vector>

namespace sluice {
namespace {

constexpr BuiltInFleetInfo kFleets[] = {
    {"sysmon-all", "every Sysmon schema version that has a built-in contract"},
    {"sysmon-current", "the newest Sysmon schema version"},
};

const Fleet* MakeFleet(bool newest_only) {
  std::vector<const Contract*> contracts;
  // Ordered by rank within a sensor.
  for (const Contract* contract : ContractSet::BuiltIn().all()) {
    if (contract->sensor != "sysmon") continue;
    if (newest_only) contracts.clear();
    contracts.push_back(contract);
  }
  return new Fleet(FleetOf(contracts));
}

}  // namespace

std::span<const BuiltInFleetInfo> BuiltInFleets() { return kFleets; }

const Fleet* BuiltInFleet(std::string_view name) {
  if (name == kFleets[0].name) {
    static const Fleet& all = *MakeFleet(false);
    return &all;
  }
  if (name == kFleets[1].name) {
    static const Fleet& current = *MakeFleet(true);
    return &current;
  }
  return nullptr;
}

}  // namespace sluice
