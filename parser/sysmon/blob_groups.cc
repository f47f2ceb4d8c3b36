#include "parser/sysmon/blob_groups.h"

#include <algorithm>
#include <tuple>

namespace sluice::blob {
namespace {

// An empty group that stands inside a run goes after it.
void KeepGroupsApart(std::vector<GroupEntry>* groups) {
  GroupEntry run;
  for (GroupEntry& group : *groups) {
    if (!group.conditions.empty()) {
      run = group;
    } else if (group.event == run.event && group.conditions.begin < run.conditions.end) {
      group.conditions = {run.conditions.end, run.conditions.end};
    }
  }
}

}  // namespace

void PlaceEmptyGroups(std::vector<uint32_t> offsets, const Cursor& cursor, Records* records) {
  if (offsets.empty()) return;
  std::ranges::sort(offsets);
  for (const uint32_t offset : offsets) {
    const auto after = std::ranges::upper_bound(records->events, offset, {}, &EventEntry::offset);
    const auto owner = after == records->events.begin() ? after : after - 1;
    const Range conditions = owner->conditions;
    const auto begin = records->conditions.begin();
    const auto next = std::ranges::upper_bound(begin + conditions.begin, begin + conditions.end,
                                               offset, {}, &ConditionEntry::offset);
    const auto at = static_cast<uint32_t>(next - begin);
    const auto name =
        TerminatedUnits(cursor.Take(offset, aggregation::kSize)->Bytes(aggregation::kName));
    records->groups.push_back({.offset = offset,
                               .event = static_cast<uint32_t>(owner - records->events.begin()),
                               .conditions = {at, at},
                               .name_units = name.value_or(0)});
  }
  const auto order = [](const GroupEntry& group) {
    return std::tuple(group.event, group.conditions.begin, group.conditions.end, group.offset);
  };
  std::ranges::sort(records->groups, {}, order);
  KeepGroupsApart(&records->groups);
  for (EventEntry& entry : records->events) entry.groups = {};
  for (uint32_t i = 0; i < records->groups.size(); ++i) {
    Range& groups = records->events[records->groups[i].event].groups;
    if (groups.empty()) groups.begin = i;
    groups.end = i + 1;
  }
}

}  // namespace sluice::blob
