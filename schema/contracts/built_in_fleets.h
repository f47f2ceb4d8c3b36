// Fleets that need no file: `--fleet sysmon-all`.

#ifndef SLUICE_SCHEMA_CONTRACTS_BUILT_IN_FLEETS_H_
#define SLUICE_SCHEMA_CONTRACTS_BUILT_IN_FLEETS_H_

#include <span>
#include <string_view>

#include "schema/fleet.h"

namespace sluice {

struct BuiltInFleetInfo {
  std::string_view name;
  std::string_view summary;  // one line
};

// "sysmon-all" (every Sysmon schema version) and "sysmon-current" (the newest one). Their sensors
// have no endpoints: nobody knows your numbers but you.
std::span<const BuiltInFleetInfo> BuiltInFleets();

// By name, exact; nullptr when there is none. Lives as long as the program.
const Fleet* BuiltInFleet(std::string_view name);

}  // namespace sluice

#endif  // SLUICE_SCHEMA_CONTRACTS_BUILT_IN_FLEETS_H_
