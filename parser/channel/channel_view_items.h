// How ChannelView makes its items out of bytes. Included by channel_view.h only.

#ifndef SLUICE_PARSER_CHANNEL_CHANNEL_VIEW_ITEMS_H_
#define SLUICE_PARSER_CHANNEL_CHANNEL_VIEW_ITEMS_H_

#include "parser/channel/channel_load.h"
#include "parser/channel/channel_view.h"

namespace sluice {

inline const uint8_t* ChannelView::At(channel::Section section, uint32_t index) const {
  return data_ + OffsetOf(section, index);
}

inline uint32_t ChannelView::Word(channel::Section section, uint32_t index,
                                  const channel::Field& field) const {
  return channel::Load32(At(section, index) + field.offset);
}

inline uint32_t ChannelView::Begin(channel::Section section, uint32_t index,
                                   const channel::Field& end) const {
  return index == 0 ? 0 : Word(section, index - 1, end);
}

inline ChannelText ChannelView::String(uint32_t index) const {
  using channel::Section;
  const uint32_t begin = Begin(Section::kStringEnds, index, channel::string::kEnd);
  const uint32_t end = Word(Section::kStringEnds, index, channel::string::kEnd);
  const uint8_t* bytes = data_ + sections_[static_cast<uint8_t>(Section::kStringBytes)].offset;
  return {reinterpret_cast<const char*>(bytes + begin), end - begin};
}

template <>
inline ChannelContract ChannelView::Get(uint32_t i) const {
  return {String(2 * i), String(2 * i + 1),
          Word(channel::Section::kContracts, i, channel::contract::kRank)};
}

template <>
inline ChannelType ChannelView::Get(uint32_t i) const {
  using channel::Load32;
  namespace layout = channel::type;
  const uint8_t* item = At(channel::Section::kTypes, i);
  const uint8_t flags = item[layout::kFlags.offset];
  return {i,
          String(strings_.types + i),
          Load32(item + layout::kId.offset),
          Load32(item + layout::kVersion.offset),
          (flags & layout::kDeclared) != 0,
          (flags & layout::kOpen) != 0,
          channel::Load64(item + layout::kFingerprint.offset),
          {Begin(channel::Section::kTypes, i, layout::kFieldsEnd),
           Load32(item + layout::kFieldsEnd.offset)},
          {Begin(channel::Section::kTypes, i, layout::kInstancesEnd),
           Load32(item + layout::kInstancesEnd.offset)}};
}

template <>
inline ChannelField ChannelView::Get(uint32_t i) const {
  const uint8_t* item = At(channel::Section::kFields, i);
  return {String(strings_.fields + i),
          static_cast<channel::ValueType>(item[channel::field::kValueType.offset])};
}

template <>
inline ChannelInstance ChannelView::Get(uint32_t i) const {
  using channel::Section;
  namespace layout = channel::instance;
  return {i,
          String(strings_.instances + 2 * i),
          String(strings_.instances + 2 * i + 1),
          {Begin(Section::kInstances, i, layout::kCriteriaEnd),
           Word(Section::kInstances, i, layout::kCriteriaEnd)},
          {Begin(Section::kInstances, i, layout::kConditionEnd),
           Word(Section::kInstances, i, layout::kConditionEnd)}};
}

template <>
inline ChannelCriterion ChannelView::Get(uint32_t i) const {
  namespace layout = channel::criterion;
  const uint8_t* item = At(channel::Section::kCriteria, i);
  return {i,
          channel::Load32(item + layout::kField.offset),
          static_cast<channel::Operator>(item[layout::kOperator.offset]),
          item[layout::kFlags.offset],
          static_cast<channel::TimePart>(item[layout::kTimePart.offset]),
          {Begin(channel::Section::kCriteria, i, layout::kOperandsEnd),
           channel::Load32(item + layout::kOperandsEnd.offset)}};
}

// The position is that of the string.
template <>
inline ChannelText ChannelView::Get(uint32_t i) const {
  return String(i);
}

template <>
inline ChannelToken ChannelView::Get(uint32_t i) const {
  const uint32_t word = Word(channel::Section::kCondition, i, channel::token::kWord);
  const uint32_t value = word & channel::token::kValueMask;
  const auto kind = static_cast<channel::TokenKind>(word >> channel::token::kValueBits);
  if (kind == channel::TokenKind::kAtLeast) return {kind, 0, value >> 8, value & 0xFF};
  return {kind, value, 0, 0};
}

template <>
inline ChannelSetting ChannelView::Get(uint32_t i) const {
  return {String(strings_.settings + 2 * i), String(strings_.settings + 2 * i + 1)};
}

template <>
inline ChannelRecord ChannelView::Get(uint32_t i) const {
  namespace layout = channel::record;
  const uint8_t* item = At(channel::Section::kRecords, i);
  return {static_cast<channel::RecordDefault>(item[layout::kDefault.offset]),
          static_cast<channel::Combine>(item[layout::kCombine.offset]),
          {Begin(channel::Section::kRecords, i, layout::kGroupsEnd),
           channel::Load32(item + layout::kGroupsEnd.offset)}};
}

template <>
inline ChannelGroup ChannelView::Get(uint32_t i) const {
  namespace layout = channel::group;
  const uint8_t* item = At(channel::Section::kGroups, i);
  const uint32_t first = channel::Load32(item + layout::kFirstCriterion.offset);
  return {String(strings_.groups + i),
          channel::Load32(item + layout::kId.offset),
          static_cast<channel::Combine>(item[layout::kCombine.offset]),
          {first, first + channel::Load32(item + layout::kCriteria.offset)}};
}

template <>
inline ChannelSourceFile ChannelView::Get(uint32_t i) const {
  using channel::Section;
  namespace layout = channel::source;
  const uint8_t* paths = data_ + sections_[static_cast<uint8_t>(Section::kSourcePaths)].offset;
  const uint32_t begin = Begin(Section::kSources, i, layout::kPathEnd);
  const uint32_t end = Word(Section::kSources, i, layout::kPathEnd);
  return {{reinterpret_cast<const char*>(paths + begin), end - begin},
          At(Section::kSources, i) + layout::kSha256.offset};
}

// The position is that of an instance, or that of a criterion plus the number of instances.
template <>
inline ChannelOrigin ChannelView::Get(uint32_t i) const {
  using channel::Load32;
  using channel::Section;
  namespace layout = channel::origin;
  const uint32_t instances = Count(Section::kInstances);
  const uint8_t* item = i < instances ? At(Section::kInstanceOrigins, i)
                                      : At(Section::kCriterionOrigins, i - instances);
  return {Load32(item + layout::kSource.offset), Load32(item + layout::kLine.offset),
          Load32(item + layout::kColumn.offset)};
}

template <typename Item>
Item ChannelList<Item>::Iterator::operator*() const {
  return view_->template Get<Item>(index_);
}

template <typename Item>
Item ChannelList<Item>::operator[](uint32_t i) const {
  return view_->template Get<Item>(range_.begin + i);
}

template <typename Item>
ChannelList<Item> ChannelView::All(channel::Section section) const {
  return {this, {0, Count(section)}};
}

inline ChannelList<ChannelContract> ChannelView::contracts() const {
  return All<ChannelContract>(channel::Section::kContracts);
}
inline ChannelList<ChannelType> ChannelView::types() const {
  return All<ChannelType>(channel::Section::kTypes);
}
inline ChannelList<ChannelField> ChannelView::fields(const ChannelType& type) const {
  return {this, type.fields};
}
inline ChannelList<ChannelInstance> ChannelView::instances() const {
  return All<ChannelInstance>(channel::Section::kInstances);
}
inline ChannelList<ChannelInstance> ChannelView::instances(const ChannelType& type) const {
  return {this, type.instances};
}
inline ChannelList<ChannelCriterion> ChannelView::criteria() const {
  return All<ChannelCriterion>(channel::Section::kCriteria);
}
inline ChannelList<ChannelCriterion> ChannelView::criteria(const ChannelInstance& instance) const {
  return {this, instance.criteria};
}
inline ChannelList<ChannelText> ChannelView::operands(const ChannelCriterion& criterion) const {
  return {
      this,
      {strings_.operands + criterion.operands.begin, strings_.operands + criterion.operands.end}};
}
inline ChannelList<ChannelToken> ChannelView::condition(const ChannelInstance& instance) const {
  return {this, instance.condition};
}
inline ChannelList<ChannelSetting> ChannelView::settings() const {
  return All<ChannelSetting>(channel::Section::kSettings);
}
inline ChannelList<ChannelRecord> ChannelView::records() const {
  return All<ChannelRecord>(channel::Section::kRecords);
}
inline ChannelList<ChannelGroup> ChannelView::groups(const ChannelRecord& record) const {
  return {this, record.groups};
}
inline ChannelList<ChannelText> ChannelView::criterion_names() const {
  const uint32_t first = strings_.criterion_names;
  return {this, {first, first + Count(channel::Section::kCriterionNames)}};
}
inline ChannelList<ChannelSourceFile> ChannelView::sources() const {
  return All<ChannelSourceFile>(channel::Section::kSources);
}
inline ChannelList<ChannelOrigin> ChannelView::instance_origins() const {
  return All<ChannelOrigin>(channel::Section::kInstanceOrigins);
}
inline ChannelList<ChannelOrigin> ChannelView::criterion_origins() const {
  const uint32_t first = Count(channel::Section::kInstances);
  return {this, {first, first + Count(channel::Section::kCriterionOrigins)}};
}

inline ChannelText ChannelView::schema_version() const {
  return Count(channel::Section::kSysmon) == 0 ? ChannelText{"", 0} : String(strings_.sysmon);
}
inline uint32_t ChannelView::schema_rank() const {
  return Count(channel::Section::kSysmon) == 0
             ? channel::kNone
             : Word(channel::Section::kSysmon, 0, channel::sysmon::kSchemaRank);
}
inline uint32_t ChannelView::binary_version() const {
  return Count(channel::Section::kSysmon) == 0
             ? 0
             : Word(channel::Section::kSysmon, 0, channel::sysmon::kBinaryVersion);
}

inline ChannelSection ChannelView::section(channel::Section section) const {
  return sections_[static_cast<uint8_t>(section)];
}
inline uint32_t ChannelView::OffsetOf(channel::Section section, uint32_t item) const {
  return sections_[static_cast<uint8_t>(section)].offset +
         item * channel::FormatOf(section).item_size;
}
inline uint32_t ChannelView::OffsetOf(ChannelText text) const {
  return static_cast<uint32_t>(reinterpret_cast<const uint8_t*>(text.data) - data_);
}

}  // namespace sluice

#endif  // SLUICE_PARSER_CHANNEL_CHANNEL_VIEW_ITEMS_H_
