#include "parser/channel/channel_verify.h"

namespace sluice {

using channel::Load32;

bool ChannelVerifier::Sysmon() {
  if (!Is(channel::Dialect::kSysmon)) return true;
  if (!Number(Section::kSysmon, 0, channel::sysmon::kSchemaRank, true) ||
      !Number(Section::kSysmon, 0, channel::sysmon::kBinaryVersion, false)) {
    return false;
  }
  return Names() && Records() && Groups();
}

// Names are there because one of them is not empty: they take at least one byte together.
bool ChannelVerifier::Names() {
  const ChannelList<ChannelText> names = view_.criterion_names();
  if (names.empty()) return true;
  const ChannelText last = names[names.size() - 1];
  if (last.data + last.size != names[0].data) return true;
  return FailSection(Code::kAllEmpty, Section::kCriterionNames, names.size(), 0);
}

bool ChannelVerifier::Records() {
  namespace layout = channel::record;
  constexpr Section kRecords = Section::kRecords;
  constexpr uint32_t kLast = static_cast<uint32_t>(channel::RecordDefault::kOfType);
  const uint32_t count = Count(kRecords);
  const uint8_t* at = At(kRecords, 0);
  uint32_t bad = 0, before = 0;
  for (uint32_t i = 0; i < count; ++i, at += 8) {
    const uint32_t word = Load32(at + layout::kDefault.offset);
    const uint32_t end = Load32(at + layout::kGroupsEnd.offset);
    bad |= ((word & 0xFF) > kLast) | (word >> 8 > 1);  // combine, and zero above it
    bad |= (end - before > channel::kMaxGroupsOfInstance) | end >> 31;
    before = end;
  }
  if (bad != 0 &&
      !Ends(kRecords, layout::kGroupsEnd, Section::kGroups, 0, channel::kMaxGroupsOfInstance)) {
    return false;
  }
  for (uint32_t i = 0; bad != 0 && i < count; ++i) {
    if (!AtMost(kRecords, i, layout::kDefault, kLast) ||
        !AtMost(kRecords, i, layout::kCombine, 1) || !Zero(kRecords, i, layout::kZero)) {
      return false;
    }
  }
  return true;
}

bool ChannelVerifier::Groups() {
  const uint32_t count = Count(Section::kGroups);
  const uint8_t* record = At(Section::kRecords, 0) + channel::record::kGroupsEnd.offset;
  const uint8_t* instance = At(Section::kInstances, 0) + channel::instance::kCriteriaEnd.offset;
  uint32_t group = 0, criterion = 0;
  for (; group < count; record += 8, instance += 8) {
    const uint32_t groups_end = Load32(record), criteria_end = Load32(instance);
    if (group != groups_end && !GroupsOf({group, groups_end}, criteria_end - criterion)) {
      return false;
    }
    group = groups_end;
    criterion = criteria_end;
  }
  return true;
}

// The groups of an instance with so many criteria.
bool ChannelVerifier::GroupsOf(ChannelRange groups, uint32_t criteria) {
  namespace layout = channel::group;
  const uint8_t* at = At(Section::kGroups, groups.begin);
  uint32_t end = 0, bad = 0;
  for (uint32_t i = groups.begin; i < groups.end; ++i, at += 16) {
    const uint32_t first = Load32(at + layout::kFirstCriterion.offset);
    const uint32_t count = Load32(at + layout::kCriteria.offset);
    bad |= (first < end) | (first > criteria) | (count > criteria - first);
    bad |= Load32(at + layout::kCombine.offset) > 1;  // and zero above it
    bad |= Load32(at + layout::kId.offset) >> 31;
    end = first + count;
  }
  end = 0;
  for (uint32_t i = groups.begin; bad != 0 && i < groups.end; ++i) {
    if (!Group(i, criteria, &end)) return false;
  }
  return true;
}

// One group, to say what is wrong with it. `end` is that of the group before, and becomes its own.
bool ChannelVerifier::Group(uint32_t index, uint32_t criteria, uint32_t* end) {
  namespace layout = channel::group;
  constexpr Section kGroups = Section::kGroups;
  const uint8_t* at = At(kGroups, index);
  const uint32_t first = Load32(at + layout::kFirstCriterion.offset);
  const uint32_t count = Load32(at + layout::kCriteria.offset);
  if (first < *end)
    return Fail(Code::kOverlap, kGroups, index, layout::kFirstCriterion, first, *end);
  if (first > criteria) {
    return Fail(Code::kPastItems, kGroups, index, layout::kFirstCriterion, first, criteria);
  }
  if (count > criteria - first) {
    return Fail(Code::kPastItems, kGroups, index, layout::kCriteria, count, criteria - first);
  }
  *end = first + count;
  return Number(kGroups, index, layout::kId, false) &&
         AtMost(kGroups, index, layout::kCombine, 1) && Zero(kGroups, index, layout::kZero);
}

}  // namespace sluice
