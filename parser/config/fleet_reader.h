// Reads fleets: which sensor versions are in the field, and how many endpoints run each
// (docs/fleets.md).

#ifndef SLUICE_PARSER_CONFIG_FLEET_READER_H_
#define SLUICE_PARSER_CONFIG_FLEET_READER_H_

#include <string_view>

#include "absl/status/statusor.h"
#include "schema/contract.h"
#include "schema/fleet.h"

namespace sluice {

// Reads `sluice.v1.Fleet` in protobuf text form. Versions are looked up in `contracts`, product
// versions among the aliases; a sensor that has none keeps its version as written and a null
// contract, which is the gate's to report (SL208). Entries of one contract and platform, in several
// rings or by several product versions, are one sensor, with their endpoints added. `contracts` and
// what it views must outlive the fleet.
//
// Errors are kInvalidArgument, "path:line:column: what is wrong and what to do": text that is not
// of the message, no sensor at all, a sensor without name or version, an unknown platform, an entry
// that repeats name, version, platform and ring of another, an ambiguous version (below), more than
// `kMaxSensors` different sensors, endpoints whose sum is past 64 bits.
absl::StatusOr<Fleet> ReadFleet(std::string_view text, std::string_view path,
                                const ContractSet& contracts);

// "sysmon@4.22", as `--sensor` takes it: a sensor without endpoints, its version looked up as
// above. Errors: kInvalidArgument when it is not NAME@VERSION, or ambiguous.
absl::StatusOr<Sensor> ParseSensor(std::string_view name_at_version, const ContractSet& contracts);

// What is wrong with a version that no contract has and several have as an alias, with their names;
// "" for any other. Two such contracts differ, and no one can tell which of them is in the field.
std::string AmbiguousVersion(std::string_view name, std::string_view version,
                             const ContractSet& contracts);

}  // namespace sluice

#endif  // SLUICE_PARSER_CONFIG_FLEET_READER_H_
