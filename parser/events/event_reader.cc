#include "parser/events/event_reader.h"

#include <algorithm>
#include <string_view>

#include "schema/text.h"

namespace sluice {
namespace {

std::string_view Provider(const Event& event) {
  const auto field = std::ranges::find(event.fields, "Provider_Name", &EventField::name);
  return field == event.fields.end() ? std::string_view() : field->text;
}

// A flat event may say only one of the two.
void ReadChannelOrId(const JsonTree& tree, WindowsEvent& event) {
  const JsonNode* id = tree.Member(tree.root(), "EventID");
  if (id != nullptr) event.id = EventIdOf(id->text);
  const JsonNode* channel = tree.Member(tree.root(), "Channel");
  if (channel != nullptr) event.channel = channel->text;
}

}  // namespace

bool EventReader::Next() {
  objects_.Recover();
  const absl::StatusOr<std::optional<JsonText>> text = objects_.Next();
  if (absl::IsUnavailable(text.status())) {
    end_ = text.status();
    return false;
  }
  if (text.ok() && !text->has_value()) return false;
  ++count_;
  at_ = text.ok() ? (*text)->at : objects_.at();
  status_ = text.ok() ? Read(**text) : text.status();
  if (!status_.ok()) event_ = Event();
  return true;
}

absl::Status EventReader::Read(const JsonText& text) {
  absl::StatusOr<JsonTree> tree = ParseJsonTree(path_, text);
  if (!tree.ok()) return tree.status();
  tree_ = *std::move(tree);
  windows_ = ReadWindowsEvent(*tree_);
  if (windows_.shape == EventShape::kOther) ReadChannelOrId(*tree_, windows_);
  if (absl::Status status = fields_.Read(*tree_, windows_, event_); !status.ok()) {
    return JsonError(path_, text, 0, Standard(status.message()));
  }
  types_.Find(windows_, Provider(event_), event_.types, event_.id);
  return absl::OkStatus();
}

}  // namespace sluice
