#include "parser/sysmon/blob_layout.h"

#include <algorithm>
#include <bit>

#include "absl/strings/str_format.h"

namespace sluice::blob {

std::string BinaryVersionText(uint32_t word) {
  return absl::StrFormat("%u.%u", word >> 16, word & 0xFFFF);
}

std::string SchemaVersionText(uint32_t word) {
  return absl::StrFormat("%u.%02u", word >> 16, word & 0xFFFF);
}

uint32_t Record::U32(const Field& field) const {
  const std::string_view bytes = Bytes(field);
  if (bytes.size() < 4) return 0;
  uint32_t value = 0;
  for (int i = 3; i >= 0; --i) value = (value << 8) | static_cast<unsigned char>(bytes[i]);
  return value;
}

std::string_view Record::Bytes(const Field& field) const {
  if (field.offset > bytes_.size() || field.size > bytes_.size() - field.offset) return {};
  return bytes_.substr(field.offset, field.size);
}

std::optional<Record> Cursor::Take(uint32_t offset, uint32_t length) const {
  if (length > Remaining(offset)) return std::nullopt;
  return Record(bytes_.substr(offset, length), offset);
}

std::optional<uint32_t> TerminatedUnits(std::string_view bytes) {
  for (size_t i = 0; i + 1 < bytes.size(); i += 2) {
    if (bytes[i] == 0 && bytes[i + 1] == 0) return static_cast<uint32_t>(i / 2);
  }
  return std::nullopt;
}

bool IsEmptyAggregation(const Record& record) {
  return record.size() >= aggregation::kSize && record.U32(aggregation::kId) != 0 &&
         record.U32(aggregation::kConditionCount) == 0 &&
         record.U32(aggregation::kFirstCondition) == 0 && record.U32(aggregation::kCombine) <= 1 &&
         TerminatedUnits(record.Bytes(aggregation::kName)).has_value();
}

Coverage::Coverage(uint32_t file_size)
    : file_size_(file_size),
      granules_(file_size / kAlignment + (file_size % kAlignment != 0 ? 1 : 0)),
      words_(granules_ / 64 + 1) {}

bool Coverage::Claim(uint32_t offset, uint32_t length) {
  const uint32_t begin = offset / kAlignment;
  const uint32_t end = begin + StoredSize(length) / kAlignment;
  if (Find(begin, end, true) < end) return false;
  for (uint32_t at = begin; at < end;) {
    const uint32_t bit = at % 64;
    const uint32_t count = std::min(64 - bit, end - at);
    words_[at / 64] |= (~uint64_t{0} >> (64 - count)) << bit;
    at += count;
  }
  return true;
}

std::optional<Place> Coverage::NextGap(uint32_t from) const {
  const uint32_t begin = Find(StoredSize(from) / kAlignment, granules_, false);
  if (begin >= granules_) return std::nullopt;
  const uint32_t end = std::min(Find(begin, granules_, true) * kAlignment, file_size_);
  return Place{begin * kAlignment, end - begin * kAlignment};
}

uint32_t Coverage::Find(uint32_t from, uint32_t limit, bool claimed) const {
  for (uint32_t at = from; at < limit; at = (at / 64 + 1) * 64) {
    uint64_t wanted = claimed ? words_[at / 64] : ~words_[at / 64];
    wanted &= ~uint64_t{0} << (at % 64);
    if (wanted != 0) return std::min(at / 64 * 64 + std::countr_zero(wanted), limit);
  }
  return limit;
}

}  // namespace sluice::blob
