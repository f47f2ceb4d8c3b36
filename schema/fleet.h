// A fleet: the sensor versions in the field, each with its contract.

#ifndef SLUICE_SCHEMA_FLEET_H_
#define SLUICE_SCHEMA_FLEET_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "schema/contract.h"
#include "schema/sensor_set.h"

namespace sluice {

struct Sensor {
  std::string name;     // "sysmon"
  std::string version;  // the contract's version, or as requested when there is no contract
  uint64_t endpoints = 0;
  std::string ring;
  Platform platform = Platform::kAny;  // kAny: not stated
  const Contract* contract = nullptr;  // nullptr: no contract (SL208)

  std::string Name() const { return name + "@" + version; }
};

// Sensors ordered by name and rank. At most kMaxSensors.
class Fleet {
 public:
  // A sensor that is already there (name, version, platform) gets the endpoints added. False when
  // the fleet is full.
  bool Add(Sensor sensor);

  const std::vector<Sensor>& sensors() const { return sensors_; }
  bool empty() const { return sensors_.empty(); }

  // The sensors with a contract that lists the same types in the same order, by id and name, as
  // that of the sensor before: what content names stands at the same positions there.
  const SensorSet& same_types() const { return same_types_; }

  // All sensors whose contract takes content of this dialect.
  SensorSet OfDialect(Dialect dialect) const;
  SensorSet WithoutContract() const;
  uint64_t Endpoints(const SensorSet& sensors) const;
  std::vector<std::string> Names(const SensorSet& sensors) const;

  // A run of sensors of one name that are neighbours by rank in this fleet.
  struct Interval {
    std::string first;  // "sysmon@4.0"
    std::string last;   // "sysmon@4.22"; equal to `first` for a single one
    uint32_t sensors = 0;
    uint64_t endpoints = 0;
  };
  std::vector<Interval> Intervals(const SensorSet& sensors) const;

 private:
  void CompareTypes(size_t sensor);

  std::vector<Sensor> sensors_;
  SensorSet same_types_;
};

// All contracts as a fleet of one sensor each, without endpoints: for checks without a fleet.
Fleet FleetOf(const std::vector<const Contract*>& contracts);

}  // namespace sluice

#endif  // SLUICE_SCHEMA_FLEET_H_
