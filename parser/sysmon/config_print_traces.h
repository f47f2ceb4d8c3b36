// What a compiler leaves in a rule blob of things that it drops or skips: ids of groups that are
// used up, and events of a series that no condition asks for. A configuration must have such things
// again, to give the same bytes.

#ifndef SLUICE_PARSER_SYSMON_CONFIG_PRINT_TRACES_H_
#define SLUICE_PARSER_SYSMON_CONFIG_PRINT_TRACES_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "parser/sysmon/config_print_check.h"
#include "parser/sysmon/config_print_options.h"
#include "schema/content.h"

namespace sluice {

// Of one event record.
struct RecordTrace {
  // Records of these events stood before it, each with a group, and were dropped.
  std::vector<std::string_view> dropped;
  // It had a condition on this field that was skipped, behind so many of its groups; "": it had
  // none that shows.
  std::string_view skipped_field;
  uint32_t skipped_behind = 0;
};

// The traces of each instance, for content bound by index that `CheckIndexed` refuses nothing of.
// Refuses a record whose event no condition can ask for. Ids that this does not explain are left
// for the comparison of bytes.
std::vector<RecordTrace> FindTraces(const Content& content, const EventSeries& series,
                                    const ListOptions& options, Refusals& out);

}  // namespace sluice

#endif  // SLUICE_PARSER_SYSMON_CONFIG_PRINT_TRACES_H_
