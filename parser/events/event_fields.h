// The fields of an event as content asks for them.

#ifndef SLUICE_PARSER_EVENTS_EVENT_FIELDS_H_
#define SLUICE_PARSER_EVENTS_EVENT_FIELDS_H_

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "parser/events/json_tree.h"
#include "parser/events/windows_event.h"
#include "schema/event.h"

namespace sluice {

// Flattens one event after the other, and keeps the names and texts that it makes until the next.
//
// A Windows event has its data under their names, values without a name joined under "Data", and
// its header (parser/events/event_header.h); of two fields with one name that of the data counts,
// but for EventID and Channel. A flat event has every key besides. Any other object has its keys.
// Members of a nested object are named with the keys above them, joined by '.'; the values in a
// list are one text, joined by ", ".
class EventFields {
 public:
  // Sets `out.fields`. They view `tree` and `event`, which must outlive them, and this. Errors
  // (kInvalidArgument, without a place): joined names of more than `kMaxEventBytes`.
  absl::Status Read(const JsonTree& tree, const WindowsEvent& event, Event& out);

 private:
  void AddHeader(const WindowsEvent& event, bool first);
  void AddKeys(const JsonNode& root);
  void AddUnnamed(const WindowsEvent& event);
  void Add(std::string_view name, const JsonNode& value);
  void AddMembers(std::string_view name, const JsonNode& object);
  void AddText(std::string_view name, std::string_view text, EventValueKind kind);
  void AddList(std::string_view name, const JsonNode& list);
  // The index in the tree.
  uint32_t IndexOf(const JsonNode& node) const {
    return static_cast<uint32_t>(&node - &tree_->root());
  }
  std::string_view Keep(std::string text) { return kept_.emplace_back(std::move(text)); }

  const JsonTree* tree_ = nullptr;
  Event* out_ = nullptr;
  std::deque<std::string> kept_;
  size_t name_bytes_ = 0;  // of names in kept_
  absl::flat_hash_set<absl::string_view> names_;
};

}  // namespace sluice

#endif  // SLUICE_PARSER_EVENTS_EVENT_FIELDS_H_
