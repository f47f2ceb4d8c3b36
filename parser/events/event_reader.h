// Events as JSON, one by one, for the engine.
//
//   EventReader reader(in, "events.ndjson", EventTypes({.sysmon = newest}));
//   while (reader.Next()) {
//     if (!reader.status().ok()) continue;  // this one is broken; the next may not be
//     engine.Run(reader.event(), scratch, outcome);
//   }
//   if (!reader.end().ok()) ...  // the input could not be read to its end

#ifndef SLUICE_PARSER_EVENTS_EVENT_READER_H_
#define SLUICE_PARSER_EVENTS_EVENT_READER_H_

#include <cstdint>
#include <istream>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "parser/events/event_fields.h"
#include "parser/events/event_types.h"
#include "parser/events/json_objects.h"
#include "parser/events/json_tree.h"
#include "parser/events/windows_event.h"
#include "schema/event.h"
#include "schema/place.h"

namespace sluice {

// Reads JSON objects, one a line or over several lines, in the shapes of
// parser/events/windows_event.h, and any other flat object. Holds one event at a time, and no more
// of it than docs/limits.md says.
class EventReader {
 public:
  // `in` must outlive it; `path` names it in errors.
  EventReader(std::istream& in, const std::string& path, EventTypes types)
      : path_(path), objects_(in, path), types_(std::move(types)) {}

  // Moves to the next event, or to what stands in the place of one. False at the end.
  bool Next();

  // Of what `Next` has moved to: its number, from 0, and where it begins.
  uint64_t number() const { return count_ - 1; }
  LineColumn at() const { return at_; }
  // Why it is no event, with "path:line:column: " (kInvalidArgument): no object, no JSON, over a
  // limit. `event()` is that of no use.
  const absl::Status& status() const { return status_; }
  // Until the next call of `Next`.
  const Event& event() const { return event_; }

  // After the last one: why there may be more (kUnavailable), otherwise OK.
  const absl::Status& end() const { return end_; }

 private:
  absl::Status Read(const JsonText& text);

  const std::string path_;
  JsonObjects objects_;
  EventTypes types_;
  EventFields fields_;
  std::optional<JsonTree> tree_;
  WindowsEvent windows_;
  Event event_;
  uint64_t count_ = 0;
  LineColumn at_;
  absl::Status status_;
  absl::Status end_;
};

}  // namespace sluice

#endif  // SLUICE_PARSER_EVENTS_EVENT_READER_H_
