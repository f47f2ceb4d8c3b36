#include "parser/channel/channel_verify.h"

namespace sluice {
namespace {

using channel::Field;
using channel::Section;

// What an item belongs to: an item of `section`, whose range ends at `end`.
struct Owner {
  Section section;
  const Field* end;  // nullptr: to nothing
};

Owner OwnerOf(Section section) {
  switch (section) {
    case Section::kFields:
      return {Section::kTypes, &channel::type::kFieldsEnd};
    case Section::kInstances:
      return {Section::kTypes, &channel::type::kInstancesEnd};
    case Section::kCriteria:
      return {Section::kInstances, &channel::instance::kCriteriaEnd};
    case Section::kCondition:
      return {Section::kInstances, &channel::instance::kConditionEnd};
    case Section::kGroups:
      return {Section::kRecords, &channel::record::kGroupsEnd};
    default:
      return {section, nullptr};
  }
}

}  // namespace

bool ChannelVerifier::Number(Section section, uint32_t item, const Field& field, bool may_be_none) {
  const uint32_t found = Value(section, item, field);
  if (found <= channel::kMaxNumber || (may_be_none && found == channel::kNone)) return true;
  return Fail(Code::kNotANumber, section, item, field, found, channel::kMaxNumber);
}

bool ChannelVerifier::AtMost(Section section, uint32_t item, const Field& field, uint32_t last) {
  const uint32_t found = Value(section, item, field);
  return found <= last || Fail(Code::kUnknownValue, section, item, field, found, last);
}

bool ChannelVerifier::Zero(Section section, uint32_t item, const Field& field) {
  const uint32_t found = Value(section, item, field);
  return found == 0 || Fail(Code::kNotZero, section, item, field, found, 0);
}

bool ChannelVerifier::FailByte(Code code, const char* structure, uint32_t offset, uint64_t found,
                               uint64_t bound) {
  error_ = {};
  error_.code = code;
  error_.structure = structure;
  error_.offset = offset;
  error_.size = 1;
  error_.found = found;
  error_.bound = bound;
  return false;
}

bool ChannelVerifier::FailHeader(Code code, const Field& field, uint64_t found, uint64_t bound) {
  FailByte(code, "header", field.offset, found, bound);
  error_.field = field.name;
  error_.size = field.size;
  return false;
}

bool ChannelVerifier::FailTable(Code code, uint32_t entry, const Field& field, uint64_t found,
                                uint64_t bound) {
  const uint32_t offset = channel::header::kSize + entry * channel::table::kSize + field.offset;
  FailByte(code, "section table", offset, found, bound);
  error_.field = field.name;
  error_.size = field.size;
  error_.item = entry;
  return false;
}

bool ChannelVerifier::FailSection(Code code, Section section, uint64_t found, uint64_t bound) {
  uint32_t entry = 0;
  while (entry < view_.section_count() &&
         view_.section_at(entry).id != channel::FormatOf(section).id) {
    ++entry;
  }
  const bool absent = entry == view_.section_count();
  const Field& field = absent ? channel::header::kSectionCount : channel::table::kCount;
  if (absent) {
    FailHeader(code, field, found, bound);
  } else {
    FailTable(code, entry, field, found, bound);
  }
  error_.owner_structure = channel::FormatOf(section).name;
  return false;
}

bool ChannelVerifier::Fail(Code code, Section section, uint32_t item, const Field& field,
                           uint64_t found, uint64_t bound) {
  FailByte(code, channel::FormatOf(section).item, view_.OffsetOf(section, item) + field.offset,
           found, bound);
  error_.field = field.name;
  error_.size = field.size;
  error_.item = item;
  SetOwner(section, item);
  return false;
}

// Ranges that own others are proven before what they own is looked at.
void ChannelVerifier::SetOwner(Section section, uint32_t item) {
  if (section == Section::kStringEnds) return SetOwnerOfString(item);
  const Owner owner = OwnerOf(section);
  if (owner.end == nullptr) return;
  uint32_t begin = 0;
  for (uint32_t i = 0; i < Count(owner.section); ++i) {
    const uint32_t end = Value(owner.section, i, *owner.end);
    if (item >= begin && item < end) {
      error_.owner_structure = channel::FormatOf(owner.section).item;
      error_.owner = i;
      error_.item_of_owner = item - begin;
      return;
    }
    begin = end;
  }
}

void ChannelVerifier::SetOwnerOfString(uint32_t index) {
  const ChannelView::Strings& first = view_.strings_;
  const struct {
    uint32_t end;
    Section section;
    uint32_t strings;  // that each item has
  } kinds[] = {
      {first.types, Section::kContracts, 2},        {first.fields, Section::kTypes, 1},
      {first.instances, Section::kFields, 1},       {first.sysmon, Section::kInstances, 2},
      {first.settings, Section::kSysmon, 1},        {first.groups, Section::kSettings, 2},
      {first.criterion_names, Section::kGroups, 1}, {first.operands, Section::kCriterionNames, 1},
  };
  uint32_t begin = 0;
  for (const auto& kind : kinds) {
    if (index < kind.end) {
      error_.owner_structure = channel::FormatOf(kind.section).item;
      error_.owner = (index - begin) / kind.strings;
      error_.item_of_owner = (index - begin) % kind.strings;
      return;
    }
    begin = kind.end;
  }
  SetOwnerOfOperand(index - begin);
}

void ChannelVerifier::SetOwnerOfOperand(uint32_t operand) {
  uint32_t begin = 0;
  for (uint32_t i = 0; i < Count(Section::kCriteria); ++i) {
    const uint32_t end = Value(Section::kCriteria, i, channel::criterion::kOperandsEnd);
    if (operand >= begin && operand < end) {
      error_.owner_structure = channel::FormatOf(Section::kCriteria).item;
      error_.owner = i;
      error_.item_of_owner = operand - begin;
      return;
    }
    begin = end;
  }
}

}  // namespace sluice
