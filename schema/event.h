// One event, as engines evaluate it: what of it content can ask for.

#ifndef SLUICE_SCHEMA_EVENT_H_
#define SLUICE_SCHEMA_EVENT_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "schema/content.h"

namespace sluice {

// What a value is where the event was read from. A number has the digits that stand there.
enum class EventValueKind : uint8_t { kText, kNumber, kBoolean, kNull };

// A field of an event. Views what the event was read from.
struct EventField {
  std::string_view name;  // as content names it: "CommandLine", "Provider_Name"
  std::string_view text;  // any bytes at all; "" for null
  EventValueKind kind = EventValueKind::kText;
};

// Fields are distinct by name; a reader keeps the first of equal ones.
struct Event {
  // The sensor's number of the event; kNone where there is none. Sysmon content is asked by it.
  uint32_t id = kNone;
  // The template types that the event is of: for Sigma its log sources ("windows/process_creation",
  // "windows"), for a channel file the type's name.
  std::vector<std::string_view> types;
  std::vector<EventField> fields;
};

}  // namespace sluice

#endif  // SLUICE_SCHEMA_EVENT_H_
