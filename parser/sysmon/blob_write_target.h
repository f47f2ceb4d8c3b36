// The events of the sensor that a configuration is compiled for, and where the content's fields
// stand in them.

#ifndef SLUICE_PARSER_SYSMON_BLOB_WRITE_TARGET_H_
#define SLUICE_PARSER_SYSMON_BLOB_WRITE_TARGET_H_

#include <array>
#include <bitset>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "schema/content.h"
#include "schema/contract.h"

namespace sluice::blob {

// The most events that share a name.
inline constexpr size_t kMaxSeries = 4;

// Neighbouring events of one name, those without a name left out: an element of this name becomes
// a record of the first of them that has all its fields (Sysmon rule blob, section 5.2).
struct Series {
  std::string_view name;
  std::vector<const ContractType*> events;
  bool undescribed = false;  // the sensor has an event of this name whose fields nobody knows
};

// In the order of the sensor.
std::vector<Series> AllSeries(const Contract& contract);

class BlobEvents {
 public:
  BlobEvents(const Content& content, const Contract& contract);

  std::span<const Series> series() const { return series_; }
  // Of a type of the content; kNone when the sensor has no such event.
  uint32_t series_of(uint32_t type) const { return series_of_[type]; }
  // The index of a field of the content in event number `event` of its type's series; kNone when
  // that does not have it.
  uint32_t position(uint32_t field, size_t event) const { return positions_[field][event]; }
  // Whether any event of the series has the field.
  bool HasField(uint32_t field) const;
  // Whether one event of the series has every field of the record.
  bool HasRecord(const Instance& instance) const;

 private:
  using Positions = std::array<uint32_t, kMaxSeries>;

  const Content& content_;
  std::vector<Series> series_;
  std::vector<uint32_t> series_of_;   // by type
  std::vector<Positions> positions_;  // by field
};

// What some version of Sysmon knows: to tell what is wrong everywhere from what the target does not
// have. Looked up once for each field. Without `contracts` everything is known somewhere.
class OtherVersions {
 public:
  OtherVersions(const Content& content, const ContractSet* contracts);

  bool HasEvent(uint32_t type) const;
  bool HasField(uint32_t field) { return all_ || On(field).any(); }
  // Whether one event of one version has every field of the record.
  bool HasRecord(const Instance& instance);
  bool HasOption(std::string_view name) const;

 private:
  static constexpr size_t kMaxVersions = 64;
  // Bit `version * kMaxSeries + event`.
  using Events = std::bitset<kMaxVersions * kMaxSeries>;

  const Events& On(uint32_t field);

  const Content& content_;
  const bool all_;
  std::vector<const Contract*> contracts_;
  std::vector<Events> events_;  // by field
  std::vector<bool> known_;     // by field; empty until one is asked for
};

}  // namespace sluice::blob

#endif  // SLUICE_PARSER_SYSMON_BLOB_WRITE_TARGET_H_
