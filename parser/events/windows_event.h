// One event of a Windows channel, as the common exports write it in JSON.

#ifndef SLUICE_PARSER_EVENTS_WINDOWS_EVENT_H_
#define SLUICE_PARSER_EVENTS_WINDOWS_EVENT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parser/events/json_tree.h"

namespace sluice {

struct WindowsField {
  std::string name;       // without blanks
  std::string_view text;  // of the value
  JsonKind kind = JsonKind::kNull;
  const JsonNode* value = nullptr;  // all of it, of any kind
};

// Which of the shapes below an event has.
enum class EventShape : uint8_t { kXml, kWinlog, kFlat, kOther };

// Views the tree that it was made of.
struct WindowsEvent {
  std::string_view channel;  // "Microsoft-Windows-Sysmon/Operational"; "" where nothing says it
  std::optional<uint32_t> id;
  std::vector<WindowsField> fields;  // of the event's own data, in order
  // Of a flat event: the keys of the header and of the program that shipped it, which are no
  // fields.
  std::vector<std::string_view> left_out;
  // Values of the data that stand in no named element, as those of "Windows PowerShell" do.
  std::vector<const JsonNode*> unnamed;
  EventShape shape = EventShape::kOther;
  const JsonNode* header = nullptr;  // where it stands: "System", "winlog", or the event itself
};

// Takes these shapes, in this order:
//   {"Event": {"System": {...}, "EventData": {...}}}      evtx_dump, and other exports of the XML;
//   the
//       data as a map, or in "Data" as a list of {"@Name", "#text"}; "UserData" with one element
//   {"winlog": {"channel", "event_id", "event_data": {}}} Winlogbeat 7 and later; "user_data" too
//   {"log_name", "event_id", "event_data": {}}            Winlogbeat 6
//   {"Channel", "EventID", ...}                           flat, as NXLog writes it
// Anything else is an event without channel and id.
WindowsEvent ReadWindowsEvent(const JsonTree& tree);

// The number of an event as its digits; nullopt for anything else.
std::optional<uint32_t> EventIdOf(std::string_view text);

}  // namespace sluice

#endif  // SLUICE_PARSER_EVENTS_WINDOWS_EVENT_H_
