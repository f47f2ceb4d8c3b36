// The header of a Windows event as content names it, whatever program has exported the event.

#ifndef SLUICE_PARSER_EVENTS_EVENT_HEADER_H_
#define SLUICE_PARSER_EVENTS_EVENT_HEADER_H_

#include <string>
#include <vector>

#include "parser/events/json_tree.h"
#include "parser/events/windows_event.h"

namespace sluice {

struct HeaderField {
  std::string name;  // "Provider_Name"
  const JsonNode* value = nullptr;
};

// The fields of the header, `EventID` and `Channel` first where they are: element and attribute of
// the XML joined by '_', or the element alone. The keys of Winlogbeat and NXLog get those names.
// Source: facts of Sigma, "Fields of Windows events"; Windows event schema, SystemPropertiesType.
std::vector<HeaderField> HeaderOf(const JsonTree& tree, const WindowsEvent& event);

}  // namespace sluice

#endif  // SLUICE_PARSER_EVENTS_EVENT_HEADER_H_
