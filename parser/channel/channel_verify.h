// The checks behind OpenChannel, in the order in which they run. Each returns whether all is well;
// otherwise it has set the error, and nothing after it runs.
//
// Arrays are checked twice when something is wrong: a tight loop collects whether anything is, and
// a slow one looks for what it is. Where the two must agree is tested by breaking every bound.

#ifndef SLUICE_PARSER_CHANNEL_CHANNEL_VERIFY_H_
#define SLUICE_PARSER_CHANNEL_CHANNEL_VERIFY_H_

#include <cstddef>
#include <cstdint>

#include "parser/channel/channel_error.h"
#include "parser/channel/channel_format.h"
#include "parser/channel/channel_limits.h"
#include "parser/channel/channel_load.h"
#include "parser/channel/channel_view.h"

namespace sluice {

class ChannelVerifier {
 public:
  ChannelVerifier(const uint8_t* data, size_t size) : data_(data), size_(size) {}

  bool Verify();
  const ChannelView& view() const { return view_; }
  const ChannelError& error() const { return error_; }

 private:
  using Code = ChannelErrorCode;
  using Section = channel::Section;
  using Field = channel::Field;

  // The file as a whole: channel_verify_file.cc.
  bool Header();
  bool HeaderNumbers();
  bool Table();
  bool TableEntry(uint32_t entry, uint32_t* next, uint32_t* offset);
  bool KnownSection(uint32_t entry, Section section);
  bool Checksum();

  // Which sections are there, and how many items they have: channel_verify_counts.cc.
  bool Counts();
  bool Ranges();
  bool Companions();
  bool CountStrings();
  bool LastEndIsCount(Section owner, const Field& end, Section items);
  bool HasCount(Section section, uint64_t count);

  // channel_verify_strings.cc
  bool Strings();
  bool Utf8(Section section);
  bool Instances();
  bool Characters(Section section, const Field& end, Section bytes);

  // channel_verify_types.cc
  bool Contracts();
  bool Types();
  bool Type(const ChannelType& type);
  bool TypeNumbers(const ChannelType& type);
  bool TypeOrder();
  bool Fields(const ChannelType& type);
  bool FieldNames(const ChannelType& type);
  bool Fingerprint(const ChannelType& type);
  uint32_t NamesCrc(const ChannelType& type) const;
  uint32_t FieldsCrc(const ChannelType& type) const;

  // channel_verify_order.cc
  uint32_t FirstNotAbove(Section section, const Field& end, Section bytes, uint32_t first,
                         uint32_t last) const;
  bool FailOrder(int order, Section section, uint32_t item, const Field& field);

  // channel_verify_criteria.cc
  bool Criteria();
  bool CriteriaOfType(const ChannelType& type, ChannelRange criteria);
  bool AllUsed(const ChannelType& type, const uint8_t* used);
  bool Criterion(const ChannelType& type, uint32_t index);
  bool Operands(const ChannelCriterion& criterion, const channel::OperatorFormat& row);

  // channel_verify_condition.cc
  bool Conditions();
  bool Condition(const ChannelInstance& instance);
  bool Token(uint32_t index, uint32_t used, uint32_t before);

  // channel_verify_sysmon.cc
  bool Sysmon();
  bool Names();
  bool Records();
  bool Groups();
  bool GroupsOf(ChannelRange groups, uint32_t criteria);
  bool Group(uint32_t index, uint32_t criteria, uint32_t* end);

  // channel_verify_origins.cc
  bool Sources();
  bool Origins(Section section);
  bool Origin(Section section, uint32_t index);

  // Ends of ranges that each hold `least` to `most` items.
  bool Ends(Section section, const Field& end, Section items, uint32_t least, uint32_t most);

  // Numbers of one item. A number is below 2^31.
  bool Number(Section section, uint32_t item, const Field& field, bool may_be_none);
  bool AtMost(Section section, uint32_t item, const Field& field, uint32_t last);
  bool Zero(Section section, uint32_t item, const Field& field);

  // Set the error, and return false.
  bool FailHeader(Code code, const Field& field, uint64_t found, uint64_t bound);
  bool FailTable(Code code, uint32_t entry, const Field& field, uint64_t found, uint64_t bound);
  bool FailSection(Code code, Section section, uint64_t found, uint64_t bound);
  bool Fail(Code code, Section section, uint32_t item, const Field& field, uint64_t found,
            uint64_t bound);
  bool FailByte(Code code, const char* structure, uint32_t offset, uint64_t found, uint64_t bound);
  void SetOwner(Section section, uint32_t item);
  void SetOwnerOfString(uint32_t index);
  void SetOwnerOfOperand(uint32_t operand);

  uint32_t Count(Section section) const { return view_.Count(section); }
  const uint8_t* At(Section section, uint32_t item) const { return view_.At(section, item); }
  // A number of 1 to 4 bytes.
  uint32_t Value(Section section, uint32_t item, const Field& field) const {
    const uint8_t* at = At(section, item) + field.offset;
    if (field.size == 4) return channel::Load32(at);
    if (field.size == 1) return *at;
    const uint32_t low = channel::Load16(at);
    return field.size == 2 ? low : low | uint32_t{at[2]} << 16;
  }
  // Bytes of the file from `at`, which is in it.
  uint32_t Remaining(const uint8_t* at) const { return static_cast<uint32_t>(data_ + size_ - at); }
  bool Is(channel::Dialect dialect) const { return view_.dialect_ == dialect; }

  const uint8_t* data_;
  size_t size_;
  ChannelView view_;  // filled in as it is proven
  ChannelError error_;
};

// -1, 0 or 1, by bytes.
int Compare(ChannelText a, ChannelText b);

}  // namespace sluice

#endif  // SLUICE_PARSER_CHANNEL_CHANNEL_VERIFY_H_
