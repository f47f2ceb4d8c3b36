// A set of sensors of one fleet, by their position in it.

#ifndef SLUICE_SCHEMA_SENSOR_SET_H_
#define SLUICE_SCHEMA_SENSOR_SET_H_

#include <bitset>
#include <cstddef>

namespace sluice {

// The most sensor versions that one fleet can hold (docs/limits.md).
inline constexpr size_t kMaxSensors = 256;

using SensorSet = std::bitset<kMaxSensors>;

}  // namespace sluice

#endif  // SLUICE_SCHEMA_SENSOR_SET_H_
