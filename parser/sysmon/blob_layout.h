// The layout of Sysmon's compiled rule blob: every offset, size and name of a field, once, and the
// only code that looks at its bytes. docs/sysmon-blob.md describes the format.
//
// All integers are 32-bit little-endian, all strings UTF-16LE, all links are offsets from the start
// of the file, and 0 is no link. Records stand at multiples of 8.

#ifndef SLUICE_PARSER_SYSMON_BLOB_LAYOUT_H_
#define SLUICE_PARSER_SYSMON_BLOB_LAYOUT_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "schema/place.h"

namespace sluice::blob {

// Where a field stands in its record, in bytes.
struct Field {
  uint32_t offset;
  uint32_t size;
  std::string_view name;
};

inline constexpr uint32_t kAlignment = 8;

// Files of this version word or lower have a header of two words, and their events follow it.
inline constexpr uint32_t kLastLegacyVersion = 0x00010000;

namespace header {
inline constexpr Field kBinaryVersion{0, 4, "binary version"};  // high half major, low half minor
inline constexpr Field kEventCount{4, 4, "number of event records"};
inline constexpr Field kHeaderSize{8, 4, "header size"};
inline constexpr Field kSchemaVersion{12, 4, "schema version"};  // high half major, low half minor
inline constexpr Field kFirstEvent{16, 4, "first event record"};
inline constexpr Field kFirstAggregation{20, 4, "first aggregation record"};
inline constexpr uint32_t kSize = 24;
inline constexpr uint32_t kLegacySize = 8;
}  // namespace header

namespace event {
inline constexpr Field kId{0, 4, "event id"};
inline constexpr Field kDefault{4, 4, "default"};  // 0 include, 1 exclude
inline constexpr Field kCombine{8, 4, "combine"};  // 0 OR, 1 AND
inline constexpr Field kNext{12, 4, "next event record"};
inline constexpr Field kConditionCount{16, 4, "number of conditions"};
inline constexpr Field kFirstCondition{20, 4, "first condition"};
inline constexpr uint32_t kSize = 24;
}  // namespace event

namespace condition {
inline constexpr Field kFieldIndex{0, 4, "field index"};
inline constexpr Field kName{4, 512, "rule name"};
inline constexpr Field kOperator{516, 4, "operator"};
inline constexpr Field kNext{520, 4, "next condition"};
inline constexpr Field kDataSize{524, 4, "data size"};
inline constexpr Field kAggregationId{528, 4, "aggregation id"};
inline constexpr Field kAggregation{532, 4, "aggregation record"};
inline constexpr uint32_t kDataOffset = 536;
// What a record takes beside its data: the fields, and one unused byte after the data.
inline constexpr uint32_t kFixedSize = kDataOffset + 1;
inline constexpr Field Data(uint32_t data_size) { return {kDataOffset, data_size, "data"}; }
}  // namespace condition

namespace aggregation {
inline constexpr Field kName{0, 256, "group name"};
inline constexpr Field kMessageId{256, 8, "message id"};  // the only field of 64 bits; always 0
inline constexpr Field kId{264, 4, "aggregation id"};
inline constexpr Field kFirstCondition{268, 4, "first condition"};
inline constexpr Field kNext{272, 4, "next aggregation record"};
inline constexpr Field kConditionCount{276, 4, "number of conditions"};
inline constexpr Field kCombine{280, 4, "combine"};  // 0 OR, 1 AND
inline constexpr Field kCounters{284, 8, "counters"};
inline constexpr uint32_t kSize = 292;
inline constexpr uint32_t kStoredSize = 296;
}  // namespace aggregation

// The operator's low half is the condition number; the loader sets this bit where the data holds
// '%'.
inline constexpr uint32_t kOperatorNumberMask = 0xFFFF;
inline constexpr uint32_t kOperatorEnvironmentBit = uint32_t{1} << 30;

// `length` rounded up to a multiple of 8. `length` is at most 2^32 - 8.
inline constexpr uint32_t StoredSize(uint32_t length) {
  return (length + (kAlignment - 1)) & ~(kAlignment - 1);
}

// "15.0": the halves of the binary version word. "4.50", "4.05": those of the schema version word.
std::string BinaryVersionText(uint32_t word);
std::string SchemaVersionText(uint32_t word);

// The fixed part of a record, proven to lie inside the file. Only a `Cursor` makes one.
class Record {
 public:
  uint32_t offset() const { return offset_; }
  uint32_t size() const { return static_cast<uint32_t>(bytes_.size()); }
  Place place() const { return {offset_, size()}; }

  // `field` lies inside the record: reading beyond gives 0 and no bytes.
  uint32_t U32(const Field& field) const;
  std::string_view Bytes(const Field& field) const;
  Place At(const Field& field) const { return {offset_ + field.offset, field.size}; }

 private:
  friend class Cursor;
  Record(std::string_view bytes, uint32_t offset) : bytes_(bytes), offset_(offset) {}

  std::string_view bytes_;
  uint32_t offset_;
};

// Gives out records of a file of at most 256 MiB. Lengths are compared with what remains; nothing
// is added before it has been compared.
class Cursor {
 public:
  explicit Cursor(std::string_view bytes) : bytes_(bytes) {}

  uint32_t size() const { return static_cast<uint32_t>(bytes_.size()); }
  // Bytes from `offset` to the end of the file; 0 past the end.
  uint32_t Remaining(uint32_t offset) const { return offset < size() ? size() - offset : 0; }
  // The record of `length` bytes at `offset`; nullopt when it is not whole.
  std::optional<Record> Take(uint32_t offset, uint32_t length) const;

 private:
  std::string_view bytes_;
};

// The number of UTF-16 units before the first zero unit of `bytes`, or nullopt when it has none.
std::optional<uint32_t> TerminatedUnits(std::string_view bytes);

// Whether the record is what an empty `<Rule>` leaves behind: an aggregation without conditions.
bool IsEmptyAggregation(const Record& record);

// Which parts of the file records have claimed, in granules of 8 bytes: 1/64 of the file's size.
class Coverage {
 public:
  explicit Coverage(uint32_t file_size);

  // Claims the granules of `length` bytes at `offset`, a multiple of 8; both inside the file.
  // False, and nothing claimed, when any of them is claimed already.
  bool Claim(uint32_t offset, uint32_t length);
  // The first unclaimed range that starts at or after `from`, rounded up to a multiple of 8;
  // nullopt when there is none. The last range ends with the file.
  std::optional<Place> NextGap(uint32_t from) const;

 private:
  // The first granule in [from, limit) whose claim is `claimed`; `limit` when there is none.
  uint32_t Find(uint32_t from, uint32_t limit, bool claimed) const;

  uint32_t file_size_;
  uint32_t granules_;
  std::vector<uint64_t> words_;
};

}  // namespace sluice::blob

#endif  // SLUICE_PARSER_SYSMON_BLOB_LAYOUT_H_
