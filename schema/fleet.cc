#include "schema/fleet.h"

#include <algorithm>
#include <tuple>

namespace sluice {
namespace {

auto Key(const Sensor& sensor) {
  const uint32_t rank = sensor.contract == nullptr ? 0 : sensor.contract->rank;
  return std::tuple(std::string_view(sensor.name), rank, std::string_view(sensor.version),
                    sensor.platform);
}

bool SameTypes(const Contract& a, const Contract& b) {
  return std::ranges::equal(a.types, b.types, [](const ContractType& x, const ContractType& y) {
    return x.id == y.id && x.name == y.name;
  });
}

SensorSet Where(const std::vector<Sensor>& sensors, auto condition) {
  SensorSet set;
  for (size_t i = 0; i < sensors.size(); ++i) set[i] = condition(sensors[i]);
  return set;
}

}  // namespace

bool Fleet::Add(Sensor sensor) {
  const auto at = std::ranges::lower_bound(sensors_, Key(sensor), {}, Key);
  if (at != sensors_.end() && Key(*at) == Key(sensor)) {
    at->endpoints += sensor.endpoints;
    return true;
  }
  if (sensors_.size() == kMaxSensors) return false;
  const auto index = static_cast<size_t>(at - sensors_.begin());
  sensors_.insert(at, std::move(sensor));
  for (size_t s = sensors_.size() - 1; s > index; --s) same_types_[s] = same_types_[s - 1];
  CompareTypes(index);
  CompareTypes(index + 1);
  return true;
}

void Fleet::CompareTypes(size_t sensor) {
  if (sensor >= sensors_.size()) return;
  const Contract* contract = sensors_[sensor].contract;
  const Contract* before = sensor == 0 ? nullptr : sensors_[sensor - 1].contract;
  same_types_[sensor] = contract != nullptr && before != nullptr && SameTypes(*contract, *before);
}

SensorSet Fleet::OfDialect(Dialect dialect) const {
  return Where(sensors_, [&](const Sensor& s) {
    return s.contract != nullptr && s.contract->dialect == dialect;
  });
}

SensorSet Fleet::WithoutContract() const {
  return Where(sensors_, [](const Sensor& s) { return s.contract == nullptr; });
}

uint64_t Fleet::Endpoints(const SensorSet& sensors) const {
  uint64_t total = 0;
  for (size_t i = 0; i < sensors_.size(); ++i) {
    if (sensors[i]) total += sensors_[i].endpoints;
  }
  return total;
}

std::vector<std::string> Fleet::Names(const SensorSet& sensors) const {
  std::vector<std::string> names;
  for (size_t i = 0; i < sensors_.size(); ++i) {
    if (!sensors[i]) continue;
    std::string name = sensors_[i].Name();
    // One version can stand twice, once a platform.
    if (names.empty() || names.back() != name) names.push_back(std::move(name));
  }
  return names;
}

std::vector<Fleet::Interval> Fleet::Intervals(const SensorSet& sensors) const {
  std::vector<Interval> intervals;
  bool open = false;
  for (size_t i = 0; i < sensors_.size(); ++i) {
    const bool same_sensor = i > 0 && sensors_[i].name == sensors_[i - 1].name;
    if (!sensors[i]) {
      open = false;
      continue;
    }
    if (!open || !same_sensor) intervals.push_back({.first = sensors_[i].Name()});
    open = true;
    intervals.back().last = sensors_[i].Name();
    intervals.back().sensors += 1;
    intervals.back().endpoints += sensors_[i].endpoints;
  }
  return intervals;
}

Fleet FleetOf(const std::vector<const Contract*>& contracts) {
  Fleet fleet;
  for (const Contract* contract : contracts) {
    fleet.Add({.name = std::string(contract->sensor),
               .version = std::string(contract->version),
               .platform = contract->platform,
               .contract = contract});
  }
  return fleet;
}

}  // namespace sluice
