// Where everything stands in a channel file, as far as its bytes say so: for what shows bytes,
// which must also work on files that OpenChannel refuses.
//
// Nothing is believed: what a broken file says may be wrong, never unsafe. Any bytes are cut into
// units, one after another and without a gap: the header, the entries of the section table, the
// items of sections, strings, and the rest.

#ifndef SLUICE_PARSER_CHANNEL_CHANNEL_OUTLINE_H_
#define SLUICE_PARSER_CHANNEL_CHANNEL_OUTLINE_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "parser/channel/channel_format.h"
#include "schema/place.h"

namespace sluice {

struct ChannelUnit {
  enum class Kind {
    kHeader,
    kTableEntry,  // `item` counts entries
    kItem,        // of `section`
    kString,      // not empty; `item` counts strings, or paths where `section` is kSourcePaths
    kFilling,     // of `section`: zero bytes up to a multiple of 4
    kUnknown,     // a section that this version does not know; `item` is its table entry
    kRest,        // belongs to nothing
    kChecksum,
  };
  Kind kind = Kind::kRest;
  Place place;
  channel::Section section = channel::Section::kStringEnds;
  uint32_t item = 0;
};

// What a string is of: the n-th of an item.
struct ChannelStringUse {
  channel::Section section = channel::Section::kContracts;  // kCriteria: an operand
  uint32_t item = 0;                                        // in that section
  uint32_t nth = 0;  // the second of a contract is its version; an operand of its criterion
};

class ChannelOutline {
 public:
  // Linear in the number of strings and table entries. `bytes` are at most 256 MiB, and must
  // outlive the outline.
  explicit ChannelOutline(std::string_view bytes);

  uint32_t size() const { return static_cast<uint32_t>(bytes_.size()); }
  std::string_view bytes() const { return bytes_; }

  // The unit that has the byte at `offset`, which is below size(). O(log n).
  ChannelUnit At(uint32_t offset) const;

  // How many items are whole: no more than the table counts, nor than there are bytes for. Of a
  // section without bytes, as many as the table counts.
  uint32_t Count(channel::Section section) const;

  // A field of an item below Count(); nothing otherwise. Fields are of 1, 2 or 4 bytes here.
  std::optional<uint32_t> Word(channel::Section section, uint32_t item, channel::Field field) const;

  // The item of `section` whose range, closed by the field `end`, has `position`; nothing when none
  // has. O(log n).
  std::optional<uint32_t> OwnerOf(channel::Section section, channel::Field end,
                                  uint32_t position) const;

  // Where the range of an item begins.
  uint32_t Begin(channel::Section section, uint32_t item, channel::Field end) const;

  // Where the first section of this id stands; nothing when there is none.
  std::optional<uint32_t> SectionOffset(uint32_t id) const;

  // A string or a path, "" when it is not there.
  std::string_view String(uint64_t index) const;
  std::string_view Path(uint64_t index) const;

  // What a string is of; nothing when it is too many. O(log n).
  std::optional<ChannelStringUse> UseOf(uint32_t string) const;
  // The first string of the n-th item of a section that has strings; not of kCriteria.
  uint64_t StringOf(channel::Section section, uint32_t item) const;

 private:
  struct Entry {
    Place place;  // of its bytes, cut to the file
    uint32_t id = 0;
    uint32_t count = 0;
    std::optional<channel::Section> known;
  };
  // Strings one after another: ends in one section, bytes in another.
  struct Pool {
    channel::Section ends;
    channel::Section bytes;
    channel::Field end;
    uint32_t good = 0;  // how many ends ascend, within the bytes
  };

  void ReadTable();
  void CountGood(Pool* pool) const;
  const Entry* Find(channel::Section section) const;
  ChannelUnit AtTable(uint32_t offset) const;
  ChannelUnit InSection(const Entry& entry, uint32_t offset) const;
  ChannelUnit InPool(const Pool& pool, const Entry& entry, uint32_t offset) const;
  std::string_view InPool(const Pool& pool, uint64_t index) const;
  // The first of `count` items whose end is above `position`.
  uint32_t FirstPast(channel::Section section, channel::Field end, uint32_t count,
                     uint32_t position) const;

  std::string_view bytes_;
  std::vector<Entry> entries_;                             // in the order of the table
  std::array<uint32_t, channel::kSectionCount> entry_of_;  // the first of each section, or kNone
  uint32_t table_end_ = 0;
  uint32_t sections_end_ = 0;
  uint32_t checksum_ = 0;  // where it begins; size() when there is none
  Pool strings_{channel::Section::kStringEnds, channel::Section::kStringBytes,
                channel::string::kEnd};
  Pool paths_{channel::Section::kSources, channel::Section::kSourcePaths,
              channel::source::kPathEnd};
};

}  // namespace sluice

#endif  // SLUICE_PARSER_CHANNEL_CHANNEL_OUTLINE_H_
