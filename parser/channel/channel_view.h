// The channel file as a sensor reads it: one buffer in, views out. docs/channel-format.md is the
// format.
//
//   ChannelView view;
//   const ChannelError error = OpenChannel(data, size, &view);
//   if (!error.ok()) return Refuse(error);  // names the structure, the offset and the bound
//   for (const ChannelType type : view.types()) {
//     if (!SameLayout(type.name, type.fingerprint)) return RefuseType(type);
//     for (const ChannelInstance instance : view.instances(type)) {
//       for (const ChannelCriterion criterion : view.criteria(instance)) {
//         for (const ChannelText operand : view.operands(criterion)) Add(criterion, operand);
//       }
//     }
//   }
//
// What it proves. OpenChannel checks everything that the page says, in one pass and in linear time,
// before it gives out a view. Afterwards nothing can fail: every position is below the number of
// what it points to, every range lies within its section, every string is whole UTF-8 of at most 1
// MiB, every operator is known and has the operands it takes, and every condition leaves one result
// on a stack of at most 64. What it cannot know is the sensor: whether `field` is one that the
// sensor supplies is between ChannelType::fields, its fingerprint and the sensor's own table, so
// compare them before anything is evaluated.
//
// What it needs. The freestanding headers, what a compiler calls by itself (memcpy and memset at
// most), and 2 KB of stack. It throws nothing, allocates nothing, and keeps nothing but what the
// processor can do. It uses vector registers where the processor has them; SLUICE_CHANNEL_PORTABLE
// (channel_cpu.h) keeps it to what it is compiled for.
//
// Lifetime. The view and all that it gives out point into the buffer and are good as long as it is;
// lists (ChannelList) also as long as the view that gave them out. The buffer must not change after
// it has been checked: copy what another process or device can write.
//
// Threads. A view is read-only: any number of threads may use one, and open others.

#ifndef SLUICE_PARSER_CHANNEL_CHANNEL_VIEW_H_
#define SLUICE_PARSER_CHANNEL_CHANNEL_VIEW_H_

#include <cstddef>
#include <cstdint>

#include "parser/channel/channel_error.h"
#include "parser/channel/channel_format.h"
#include "parser/channel/channel_limits.h"

namespace sluice {

// A string of the file: UTF-8, not terminated, may hold U+0000.
struct ChannelText {
  const char* data;
  uint32_t size;  // bytes
};

// Positions from `begin` to before `end`, in a section.
struct ChannelRange {
  uint32_t begin;
  uint32_t end;
  constexpr uint32_t size() const { return end - begin; }
};

// A sensor version that the file was built for.
struct ChannelContract {
  ChannelText sensor;
  ChannelText version;
  uint32_t rank;  // among the versions of its sensor
};

struct ChannelType {
  uint32_t index;
  ChannelText name;
  uint32_t id;  // or channel::kNone
  uint32_t version;
  bool declared;  // its fields are in the order of supply; otherwise they are the names in use
  bool open;
  uint64_t fingerprint;  // of name, id, version and fields, when declared
  ChannelRange fields;
  ChannelRange instances;
};

struct ChannelField {
  ChannelText name;
  channel::ValueType value_type;
};

struct ChannelInstance {
  uint32_t index;
  ChannelText id;
  ChannelText name;
  ChannelRange criteria;
  ChannelRange condition;  // empty: all criteria must match
};

struct ChannelCriterion {
  uint32_t index;
  uint32_t field;  // position in its type's fields; channel::kNone: any field
  channel::Operator op;
  uint8_t flags;  // channel::criterion::kNegated and the others
  channel::TimePart time_part;
  ChannelRange operands;

  bool Has(uint8_t flag) const { return (flags & flag) != 0; }
};

// One step of a condition: takes results off a stack and puts one on.
struct ChannelToken {
  channel::TokenKind kind;
  uint32_t criterion;  // kCriterion: position among the instance's criteria; otherwise 0
  uint32_t at_least;   // kAtLeast: so many of `of`
  uint32_t of;
};

struct ChannelSetting {
  ChannelText name;
  ChannelText value;
};

// What Sysmon's event records say beside the instance of the same position.
struct ChannelRecord {
  channel::RecordDefault when_nothing_matches;
  channel::Combine combine;
  ChannelRange groups;
};

struct ChannelGroup {
  ChannelText name;
  uint32_t id;
  channel::Combine combine;
  ChannelRange criteria;  // positions among the instance's criteria
};

// A file that the content was compiled from.
struct ChannelSourceFile {
  ChannelText path;
  const uint8_t* sha256;  // 32 bytes
};

struct ChannelOrigin {
  uint32_t source;
  uint32_t line;    // from 1; 0: the source is binary
  uint32_t column;  // from 1, in characters; in a binary source the byte, from 0
};

// A section as it stands in the file, for what shows or annotates bytes.
struct ChannelSection {
  uint32_t id;
  uint32_t count;   // of items
  uint32_t offset;  // in the file
  uint32_t length;  // bytes
};

class ChannelView;

// Items of a view, made when they are asked for.
template <typename Item>
class ChannelList {
 public:
  class Iterator {
   public:
    Item operator*() const;
    Iterator& operator++() {
      ++index_;
      return *this;
    }
    bool operator==(const Iterator& other) const { return index_ == other.index_; }

   private:
    friend class ChannelList;
    Iterator(const ChannelView* view, uint32_t index) : view_(view), index_(index) {}
    const ChannelView* view_;
    uint32_t index_;
  };

  uint32_t size() const { return range_.size(); }
  bool empty() const { return size() == 0; }
  Item operator[](uint32_t i) const;  // i < size()
  Iterator begin() const { return {view_, range_.begin}; }
  Iterator end() const { return {view_, range_.end}; }

 private:
  friend class ChannelView;
  ChannelList(const ChannelView* view, ChannelRange range) : view_(view), range_(range) {}
  const ChannelView* view_;
  ChannelRange range_;
};

// A file that has been checked; by itself, an empty one. Everything is O(1). Arguments must be what
// this view gave out.
class ChannelView {
 public:
  const uint8_t* data() const { return data_; }
  uint32_t size() const { return size_; }  // bytes, with the checksum

  uint32_t content_version() const { return content_version_; }  // from 1
  channel::Dialect dialect() const { return dialect_; }
  channel::Binding binding() const { return binding_; }

  ChannelList<ChannelContract> contracts() const;  // none: built for no version in particular
  ChannelList<ChannelType> types() const;
  ChannelList<ChannelField> fields(const ChannelType& type) const;
  ChannelList<ChannelInstance> instances() const;
  ChannelList<ChannelInstance> instances(const ChannelType& type) const;
  ChannelList<ChannelCriterion> criteria() const;
  ChannelList<ChannelCriterion> criteria(const ChannelInstance& instance) const;
  ChannelList<ChannelText> operands(const ChannelCriterion& criterion) const;
  ChannelList<ChannelToken> condition(const ChannelInstance& instance) const;

  // Sysmon's file as a whole: only in the dialect sysmon.
  ChannelText schema_version() const;  // as the configuration writes it; "" elsewhere
  uint32_t schema_rank() const;        // or channel::kNone
  uint32_t binary_version() const;     // of a blob: major x 65536 + minor; otherwise 0
  ChannelList<ChannelSetting> settings() const;
  ChannelList<ChannelRecord> records() const;  // one for each instance
  ChannelList<ChannelGroup> groups(const ChannelRecord& record) const;
  ChannelList<ChannelText> criterion_names() const;  // one for each criterion, or none

  // Where it came from: origins are one for each instance and criterion, or none.
  ChannelList<ChannelSourceFile> sources() const;
  ChannelList<ChannelOrigin> instance_origins() const;
  ChannelList<ChannelOrigin> criterion_origins() const;

  // The bytes themselves. `section_at` takes those that this version does not know, too.
  uint32_t section_count() const { return section_count_; }
  ChannelSection section_at(uint32_t i) const;                       // i < section_count()
  ChannelSection section(channel::Section section) const;            // count 0 when it is absent
  uint32_t OffsetOf(channel::Section section, uint32_t item) const;  // item < its count
  uint32_t OffsetOf(ChannelText text) const;                         // that this view gave out

 private:
  friend class ChannelVerifier;
  template <typename Item>
  friend class ChannelList;

  // The first string of each kind, in the order of the page.
  struct Strings {
    uint32_t types, fields, instances, sysmon, settings, groups, criterion_names, operands, count;
  };

  template <typename Item>
  Item Get(uint32_t index) const;
  template <typename Item>
  ChannelList<Item> All(channel::Section section) const;
  const uint8_t* At(channel::Section section, uint32_t index) const;
  uint32_t Word(channel::Section section, uint32_t index, const channel::Field& field) const;
  // Where the range of an item begins: the end of the one before.
  uint32_t Begin(channel::Section section, uint32_t index, const channel::Field& end) const;
  ChannelText String(uint32_t index) const;
  uint32_t Count(channel::Section section) const {
    return sections_[static_cast<uint8_t>(section)].count;
  }

  const uint8_t* data_ = nullptr;
  uint32_t size_ = 0;
  uint32_t content_version_ = 0;
  uint32_t section_count_ = 0;
  channel::Dialect dialect_ = channel::Dialect::kChannel;
  channel::Binding binding_ = channel::Binding::kByIndex;
  ChannelSection sections_[channel::kSectionCount] = {};
  Strings strings_ = {};
};

// Checks `size` bytes at `data` and makes `view` show them. When something is wrong, says what, and
// `view` is empty.
[[nodiscard]] ChannelError OpenChannel(const uint8_t* data, size_t size, ChannelView* view);

}  // namespace sluice

#include "parser/channel/channel_view_items.h"

#endif  // SLUICE_PARSER_CHANNEL_CHANNEL_VIEW_H_
