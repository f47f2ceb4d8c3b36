#include "parser/channel/channel_verify.h"

namespace sluice {

// Counts alone, before any item but the last of a section is looked at: once the last end of a kind
// is the number of items, and no end is below the one before, no end is past them.
bool ChannelVerifier::Counts() { return Companions() && Ranges() && CountStrings(); }

bool ChannelVerifier::Ranges() {
  using namespace channel;
  return LastEndIsCount(Section::kTypes, type::kFieldsEnd, Section::kFields) &&
         LastEndIsCount(Section::kTypes, type::kInstancesEnd, Section::kInstances) &&
         LastEndIsCount(Section::kInstances, instance::kCriteriaEnd, Section::kCriteria) &&
         LastEndIsCount(Section::kInstances, instance::kConditionEnd, Section::kCondition) &&
         LastEndIsCount(Section::kRecords, record::kGroupsEnd, Section::kGroups) &&
         LastEndIsCount(Section::kSources, source::kPathEnd, Section::kSourcePaths) &&
         LastEndIsCount(Section::kStringEnds, string::kEnd, Section::kStringBytes);
}

// Sections that are there because of the dialect, or because of another section.
bool ChannelVerifier::Companions() {
  const uint32_t instances = Count(Section::kInstances), criteria = Count(Section::kCriteria);
  const bool sysmon = Is(channel::Dialect::kSysmon);
  const bool sources = Count(Section::kSources) > 0;
  if (!HasCount(Section::kSysmon, sysmon ? 1 : 0) ||
      !HasCount(Section::kRecords, sysmon ? instances : 0) ||
      !HasCount(Section::kInstanceOrigins, sources ? instances : 0) ||
      !HasCount(Section::kCriterionOrigins, sources ? criteria : 0)) {
    return false;
  }
  if (sources && Count(Section::kSourcePaths) == 0) {
    return FailSection(Code::kMissing, Section::kSourcePaths,
                       channel::FormatOf(Section::kSourcePaths).id, 1);
  }
  if (sysmon) {
    return HasCount(Section::kCondition, 0) &&
           (Count(Section::kCriterionNames) == 0 || HasCount(Section::kCriterionNames, criteria));
  }
  return HasCount(Section::kSettings, 0) && HasCount(Section::kCriterionNames, 0);
}

// The number of strings is that of the places that have one, and it gives each kind its first.
bool ChannelVerifier::CountStrings() {
  const uint32_t criteria = Count(Section::kCriteria);
  const uint32_t operands =
      criteria == 0 ? 0 : Value(Section::kCriteria, criteria - 1, channel::criterion::kOperandsEnd);
  ChannelView::Strings& first = view_.strings_;
  uint64_t sum = 2 * uint64_t{Count(Section::kContracts)};
  const auto next = [&sum](uint32_t* kind, uint64_t strings) {
    *kind = static_cast<uint32_t>(sum);
    sum += strings;
  };
  next(&first.types, Count(Section::kTypes));
  next(&first.fields, Count(Section::kFields));
  next(&first.instances, 2 * uint64_t{Count(Section::kInstances)});
  next(&first.sysmon, Count(Section::kSysmon));
  next(&first.settings, 2 * uint64_t{Count(Section::kSettings)});
  next(&first.groups, Count(Section::kGroups));
  next(&first.criterion_names, Count(Section::kCriterionNames));
  next(&first.operands, operands);
  next(&first.count, 0);
  return HasCount(Section::kStringEnds, sum);
}

bool ChannelVerifier::LastEndIsCount(Section owner, const Field& end, Section items) {
  const uint32_t owners = Count(owner), count = Count(items);
  if (owners == 0) return HasCount(items, 0);
  const uint32_t last = Value(owner, owners - 1, end);
  return last == count || Fail(Code::kNotAllItems, owner, owners - 1, end, last, count);
}

bool ChannelVerifier::HasCount(Section section, uint64_t count) {
  const uint32_t there = Count(section);
  if (there == count) return true;
  const uint32_t id = channel::FormatOf(section).id;
  if (there == 0) return FailSection(Code::kMissing, section, id, count);
  if (count == 0) return FailSection(Code::kNotAllowed, section, id, 0);
  return FailSection(Code::kWrongCount, section, there, count);
}

}  // namespace sluice
