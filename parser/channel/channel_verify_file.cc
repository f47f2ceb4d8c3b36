#include "parser/channel/channel_crc32c.h"
#include "parser/channel/channel_verify.h"

namespace sluice {
namespace {

using channel::Load16;
using channel::Load32;

constexpr uint32_t kSmallest = channel::header::kSize + channel::kChecksumSize;

// The most items that a section may have, where the page says so for the section as a whole.
uint32_t MostItems(channel::Section section) {
  switch (section) {
    case channel::Section::kContracts:
      return channel::kMaxContracts;
    case channel::Section::kTypes:
      return channel::kMaxTypes;
    case channel::Section::kInstances:
      return channel::kMaxInstances;
    case channel::Section::kSettings:
      return channel::kMaxSettings;
    case channel::Section::kSources:
      return channel::kMaxSources;
    default:
      return channel::kMaxNumber;
  }
}

}  // namespace

bool ChannelVerifier::Verify() {
  return Header() && Table() && Checksum() && Counts() && Strings() && Contracts() && Types() &&
         Instances() && Criteria() && Conditions() && Sysmon() && Sources();
}

bool ChannelVerifier::Header() {
  namespace header = channel::header;
  const auto there = static_cast<uint32_t>(size_ < kSmallest ? size_ : kSmallest);
  for (uint32_t i = 0; i < header::kMagic.size && i < there; ++i) {
    if (data_[i] == channel::kMagic[i]) continue;
    return FailHeader(Code::kNotMagic, {0, there < 8 ? there : 8, header::kMagic.name}, i, 0);
  }
  if (there < kSmallest) {
    return FailHeader(Code::kTooShort, {0, there, "header"}, there, kSmallest);
  }
  const uint32_t major = Load16(data_ + header::kMajor.offset);
  const uint32_t minor = Load16(data_ + header::kMinor.offset);
  if (major != channel::kMajor) {
    return FailHeader(Code::kUnknownVersion, header::kMajor, major, channel::kMajor);
  }
  if (minor != channel::kMinor) {
    return FailHeader(Code::kUnknownVersion, header::kMinor, minor, channel::kMinor);
  }
  const uint32_t size = Load32(data_ + header::kFileSize.offset);
  const uint64_t larger = size_ > size ? size_ : size;
  if (larger > channel::kMaxFileSize) {
    return FailHeader(Code::kPastLimit, header::kFileSize, larger, channel::kMaxFileSize);
  }
  if (size != size_) return FailHeader(Code::kNotFileSize, header::kFileSize, size, size_);
  return HeaderNumbers();
}

bool ChannelVerifier::HeaderNumbers() {
  namespace header = channel::header;
  const uint32_t version = Load32(data_ + header::kContentVersion.offset);
  if (version < 1) return FailHeader(Code::kTooSmall, header::kContentVersion, version, 1);
  if (version > channel::kMaxNumber) {
    return FailHeader(Code::kNotANumber, header::kContentVersion, version, channel::kMaxNumber);
  }
  const uint8_t dialect = data_[header::kDialect.offset];
  if (dialect > static_cast<uint8_t>(channel::Dialect::kSigma)) {
    return FailHeader(Code::kUnknownValue, header::kDialect, dialect, 2);
  }
  const uint8_t binding = data_[header::kBinding.offset];
  if (binding > static_cast<uint8_t>(channel::Binding::kByName)) {
    return FailHeader(Code::kUnknownValue, header::kBinding, binding, 1);
  }
  const uint32_t zero = Load16(data_ + header::kZero.offset);
  if (zero != 0) return FailHeader(Code::kNotZero, header::kZero, zero, 0);
  view_.data_ = data_;
  view_.size_ = static_cast<uint32_t>(size_);
  view_.content_version_ = version;
  view_.dialect_ = static_cast<channel::Dialect>(dialect);
  view_.binding_ = static_cast<channel::Binding>(binding);
  return true;
}

bool ChannelVerifier::Table() {
  namespace header = channel::header;
  const uint32_t count = Load32(data_ + header::kSectionCount.offset);
  if (count > channel::kMaxSections) {
    return FailHeader(Code::kPastLimit, header::kSectionCount, count, channel::kMaxSections);
  }
  const uint32_t needed = count * channel::table::kSize;
  const uint32_t remaining = view_.size_ - kSmallest;
  if (needed > remaining) {
    return FailHeader(Code::kPastEnd, header::kSectionCount, needed, remaining);
  }
  view_.section_count_ = count;
  uint32_t offset = header::kSize + needed, next = 0;
  for (uint32_t entry = 0; entry < count; ++entry) {
    if (!TableEntry(entry, &next, &offset)) return false;
  }
  const uint32_t left = view_.size_ - channel::kChecksumSize - offset;
  if (left != 0) return FailByte(Code::kLeftOver, "section table", offset, left, 0);
  return true;
}

// `offset` is that of the section; it becomes that of the next. No section before `next` that is
// known has its id; it becomes the first that may have the next one.
bool ChannelVerifier::TableEntry(uint32_t entry, uint32_t* next, uint32_t* offset) {
  namespace table = channel::table;
  const uint8_t* item = data_ + channel::header::kSize + entry * table::kSize;
  const uint32_t id = Load32(item + table::kId.offset);
  const uint32_t count = Load32(item + table::kCount.offset);
  const uint32_t length = Load32(item + table::kLength.offset);
  if (id > channel::kMaxNumber) {
    return FailTable(Code::kNotANumber, entry, table::kId, id, channel::kMaxNumber);
  }
  if (entry > 0) {
    const uint32_t before = Load32(item - table::kSize + table::kId.offset);
    if (id <= before) return FailTable(Code::kSectionOrder, entry, table::kId, id, before);
  }
  while (*next < channel::kSectionCount && channel::kSections[*next].id < id) ++*next;
  const bool known = *next < channel::kSectionCount && channel::kSections[*next].id == id;
  if (!known && id < channel::kFirstOptionalSection) {
    return FailTable(Code::kUnknownSection, entry, table::kId, id, 0);
  }
  if (count < 1) return FailTable(Code::kTooSmall, entry, table::kCount, count, 1);
  if (count > channel::kMaxNumber) {
    return FailTable(Code::kNotANumber, entry, table::kCount, count, channel::kMaxNumber);
  }
  const uint32_t remaining = view_.size_ - channel::kChecksumSize - *offset;
  if (length > remaining)
    return FailTable(Code::kPastEnd, entry, table::kLength, length, remaining);
  if (length % 4 != 0) {
    return FailTable(Code::kWrongLength, entry, table::kLength, length, length / 4 * 4);
  }
  if (known) {
    view_.sections_[*next] = {id, count, *offset, length};
    if (!KnownSection(entry, static_cast<Section>(*next))) return false;
  }
  *offset += length;
  return true;
}

bool ChannelVerifier::KnownSection(uint32_t entry, Section section) {
  namespace table = channel::table;
  const ChannelSection there = view_.section(section);
  if (there.count > MostItems(section)) {
    return FailTable(Code::kPastLimit, entry, table::kCount, there.count, MostItems(section));
  }
  const uint64_t bytes = uint64_t{there.count} * channel::FormatOf(section).item_size;
  const uint64_t length = (bytes + 3) / 4 * 4;
  if (there.length != length) {
    return FailTable(Code::kWrongLength, entry, table::kLength, there.length, length);
  }
  for (uint32_t i = static_cast<uint32_t>(bytes); i < there.length; ++i) {
    const uint8_t byte = data_[there.offset + i];
    if (byte != 0)
      return FailByte(Code::kNotZero, channel::FormatOf(section).name, there.offset + i, byte, 0);
  }
  return true;
}

bool ChannelVerifier::Checksum() {
  const uint32_t covered = view_.size_ - channel::kChecksumSize;
  const uint32_t found = Load32(data_ + covered);
  const uint32_t needed = channel::Crc32c(data_, covered);
  if (found == needed) return true;
  error_ = {};
  error_.code = Code::kChecksum;
  error_.structure = "checksum";
  error_.field = "checksum";
  error_.offset = covered;
  error_.size = channel::kChecksumSize;
  error_.found = found;
  error_.bound = needed;
  return false;
}

}  // namespace sluice
