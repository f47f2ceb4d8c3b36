#include "parser/channel/channel_outline.h"

#include <algorithm>

#include "parser/channel/channel_limits.h"
#include "parser/channel/channel_load.h"

namespace sluice {
namespace {

using channel::Field;
using channel::Section;

// Sections whose items have strings, in the order of the page, but for the operands at the end.
struct StringUser {
  Section section;
  uint32_t strings;  // of each item
};
constexpr StringUser kStringUsers[] = {{Section::kContracts, 2}, {Section::kTypes, 1},
                                       {Section::kFields, 1},    {Section::kInstances, 2},
                                       {Section::kSysmon, 1},    {Section::kSettings, 2},
                                       {Section::kGroups, 1},    {Section::kCriterionNames, 1}};

uint32_t Load(std::string_view bytes, uint32_t size) {
  const auto* at = reinterpret_cast<const uint8_t*>(bytes.data());
  return size == 1 ? *at : size == 2 ? channel::Load16(at) : channel::Load32(at);
}

std::optional<Section> KnownSection(uint32_t id) {
  for (uint32_t i = 0; i < channel::kSectionCount; ++i) {
    if (channel::kSections[i].id == id) return static_cast<Section>(i);
  }
  return std::nullopt;
}

}  // namespace

ChannelOutline::ChannelOutline(std::string_view bytes) : bytes_(bytes) {
  entry_of_.fill(channel::kNone);
  ReadTable();
  CountGood(&strings_);
  CountGood(&paths_);
}

void ChannelOutline::ReadTable() {
  namespace header = channel::header;
  namespace table = channel::table;
  checksum_ = table_end_ = sections_end_ = size();
  if (size() < header::kSize) return;
  // A file that is shorter than it says has lost its checksum.
  const uint32_t said = Load(bytes_.substr(header::kFileSize.offset), header::kFileSize.size);
  if (said <= size() && size() - header::kSize >= channel::kChecksumSize) {
    checksum_ = size() - channel::kChecksumSize;
  }
  uint32_t entries = Load(bytes_.substr(header::kSectionCount.offset), 4);
  entries = std::min({entries, channel::kMaxSections, (checksum_ - header::kSize) / table::kSize});
  table_end_ = header::kSize + entries * table::kSize;
  uint32_t at = table_end_;
  for (uint32_t i = 0; i < entries; ++i) {
    const std::string_view row = bytes_.substr(header::kSize + i * table::kSize, table::kSize);
    const uint32_t length = Load(row.substr(table::kLength.offset), table::kLength.size);
    const Place place{at, std::min(length, checksum_ - at)};
    const uint32_t id = Load(row, table::kId.size);
    entries_.push_back({.place = place,
                        .id = id,
                        .count = Load(row.substr(table::kCount.offset), table::kCount.size),
                        .known = KnownSection(id)});
    if (entries_.back().known.has_value()) {
      uint32_t& entry = entry_of_[static_cast<uint8_t>(*entries_.back().known)];
      if (entry == channel::kNone) entry = i;
    }
    at = place.end();
  }
  sections_end_ = at;
}

void ChannelOutline::CountGood(Pool* pool) const {
  const uint32_t room = Count(pool->bytes);
  uint32_t before = 0;
  for (const uint32_t count = Count(pool->ends); pool->good < count; ++pool->good) {
    const uint32_t end = *Word(pool->ends, pool->good, pool->end);
    if (end < before || end > room) return;
    before = end;
  }
}

const ChannelOutline::Entry* ChannelOutline::Find(Section section) const {
  const uint32_t entry = entry_of_[static_cast<uint8_t>(section)];
  return entry == channel::kNone ? nullptr : &entries_[entry];
}

ChannelUnit ChannelOutline::At(uint32_t offset) const {
  using Kind = ChannelUnit::Kind;
  const uint32_t header_end = std::min(channel::header::kSize, size());
  if (offset < header_end) return {.kind = Kind::kHeader, .place = {0, header_end}};
  if (offset >= checksum_)
    return {.kind = Kind::kChecksum, .place = {checksum_, size() - checksum_}};
  if (offset < table_end_) return AtTable(offset);
  if (offset >= sections_end_) {
    return {.kind = Kind::kRest, .place = {sections_end_, checksum_ - sections_end_}};
  }
  const auto entry = std::ranges::partition_point(
      entries_, [offset](const Entry& e) { return e.place.end() <= offset; });
  return InSection(*entry, offset);
}

ChannelUnit ChannelOutline::AtTable(uint32_t offset) const {
  const uint32_t item = (offset - channel::header::kSize) / channel::table::kSize;
  const uint32_t begin = channel::header::kSize + item * channel::table::kSize;
  return {.kind = ChannelUnit::Kind::kTableEntry,
          .place = {begin, channel::table::kSize},
          .item = item};
}

ChannelUnit ChannelOutline::InSection(const Entry& entry, uint32_t offset) const {
  using Kind = ChannelUnit::Kind;
  if (!entry.known.has_value()) {
    return {.kind = Kind::kUnknown,
            .place = entry.place,
            .item = static_cast<uint32_t>(&entry - entries_.data())};
  }
  if (*entry.known == Section::kStringBytes) return InPool(strings_, entry, offset);
  if (*entry.known == Section::kSourcePaths) return InPool(paths_, entry, offset);
  const uint32_t size = channel::FormatOf(*entry.known).item_size;
  const uint32_t items = size == 0 ? 0 : std::min(entry.count, entry.place.length / size);
  const uint32_t item = size == 0 ? 0 : (offset - entry.place.offset) / size;
  if (item < items) {
    return {.kind = Kind::kItem,
            .place = {entry.place.offset + item * size, size},
            .section = *entry.known,
            .item = item};
  }
  const uint32_t begin = entry.place.offset + items * size;
  return {
      .kind = Kind::kRest, .place = {begin, entry.place.end() - begin}, .section = *entry.known};
}

ChannelUnit ChannelOutline::InPool(const Pool& pool, const Entry& entry, uint32_t offset) const {
  using Kind = ChannelUnit::Kind;
  const uint32_t at = offset - entry.place.offset;
  const uint32_t good_end = Begin(pool.ends, pool.good, pool.end);
  const uint32_t bytes = std::min(entry.count, entry.place.length);
  ChannelUnit unit;
  unit.section = *entry.known;
  uint32_t begin = 0;
  uint32_t end = 0;
  if (at < good_end && good_end <= bytes) {
    unit.kind = Kind::kString;
    unit.item = FirstPast(pool.ends, pool.end, pool.good, at);
    begin = Begin(pool.ends, unit.item, pool.end);
    end = Begin(pool.ends, unit.item + 1, pool.end);
  } else if (at < bytes) {
    begin = good_end <= bytes ? good_end : 0;
    end = bytes;
  } else {
    // What is more than a filling can be belongs to nothing.
    unit.kind = entry.place.length - bytes < 4 ? Kind::kFilling : Kind::kRest;
    begin = bytes;
    end = entry.place.length;
  }
  unit.place = {entry.place.offset + begin, end - begin};
  return unit;
}

uint32_t ChannelOutline::Count(Section section) const {
  const Entry* entry = Find(section);
  if (entry == nullptr) return 0;
  const uint32_t size = channel::FormatOf(section).item_size;
  return size == 0 ? entry->count : std::min(entry->count, entry->place.length / size);
}

std::optional<uint32_t> ChannelOutline::Word(Section section, uint32_t item, Field field) const {
  const uint32_t size = channel::FormatOf(section).item_size;
  if (size == 0 || item >= Count(section)) return std::nullopt;
  return Load(bytes_.substr(Find(section)->place.offset + item * size + field.offset), field.size);
}

uint32_t ChannelOutline::FirstPast(Section section, Field end, uint32_t count,
                                   uint32_t position) const {
  uint32_t first = 0;
  while (count > 0) {
    const uint32_t half = count / 2;
    if (*Word(section, first + half, end) <= position) {
      first += half + 1;
      count -= half + 1;
    } else {
      count = half;
    }
  }
  return first;
}

std::optional<uint32_t> ChannelOutline::OwnerOf(Section section, Field end,
                                                uint32_t position) const {
  const uint32_t count = Count(section);
  const uint32_t owner = FirstPast(section, end, count, position);
  if (owner == count || Begin(section, owner, end) > position) return std::nullopt;
  return owner;
}

uint32_t ChannelOutline::Begin(Section section, uint32_t item, Field end) const {
  return item == 0 ? 0 : Word(section, item - 1, end).value_or(0);
}

std::optional<uint32_t> ChannelOutline::SectionOffset(uint32_t id) const {
  const auto found = std::ranges::find(entries_, id, &Entry::id);
  if (found == entries_.end()) return std::nullopt;
  return found->place.offset;
}

std::string_view ChannelOutline::InPool(const Pool& pool, uint64_t index) const {
  const Entry* bytes = Find(pool.bytes);
  if (index >= pool.good || bytes == nullptr) return {};
  const auto item = static_cast<uint32_t>(index);
  const uint32_t begin = Begin(pool.ends, item, pool.end);
  const uint32_t end = Begin(pool.ends, item + 1, pool.end);
  return bytes_.substr(bytes->place.offset + begin, end - begin);
}

std::string_view ChannelOutline::String(uint64_t index) const { return InPool(strings_, index); }
std::string_view ChannelOutline::Path(uint64_t index) const { return InPool(paths_, index); }

uint64_t ChannelOutline::StringOf(Section section, uint32_t item) const {
  uint64_t first = 0;
  for (const StringUser& user : kStringUsers) {
    if (user.section == section) return first + uint64_t{item} * user.strings;
    first += uint64_t{Count(user.section)} * user.strings;
  }
  return first;
}

std::optional<ChannelStringUse> ChannelOutline::UseOf(uint32_t string) const {
  uint64_t first = 0;
  for (const StringUser& user : kStringUsers) {
    const uint64_t count = uint64_t{Count(user.section)} * user.strings;
    if (string < first + count) {
      const auto at = static_cast<uint32_t>(string - first);
      return ChannelStringUse{user.section, at / user.strings, at % user.strings};
    }
    first += count;
  }
  const auto operand = static_cast<uint32_t>(string - first);
  const auto owner = OwnerOf(Section::kCriteria, channel::criterion::kOperandsEnd, operand);
  if (!owner) return std::nullopt;
  const uint32_t begin = Begin(Section::kCriteria, *owner, channel::criterion::kOperandsEnd);
  return ChannelStringUse{Section::kCriteria, *owner, operand - begin};
}

}  // namespace sluice
