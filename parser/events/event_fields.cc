#include "parser/events/event_fields.h"

#include <charconv>
#include <cstdint>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "parser/events/event_header.h"
#include "schema/limits.h"
#include "schema/text.h"

namespace sluice {
namespace {

EventValueKind KindOf(JsonKind kind) {
  switch (kind) {
    case JsonKind::kNumber:
      return EventValueKind::kNumber;
    case JsonKind::kBoolean:
      return EventValueKind::kBoolean;
    case JsonKind::kString:
      return EventValueKind::kText;
    default:
      return EventValueKind::kNull;
  }
}

bool LeadsTheHeader(std::string_view name) { return name == "EventID" || name == "Channel"; }

// The event log writes its keywords as a bit mask, "0x8020000000000000"; NXLog as the same number,
// with a sign.
std::optional<std::string> KeywordMask(std::string_view name, const JsonNode& value) {
  if (name != "Keywords" || value.kind != JsonKind::kNumber) return std::nullopt;
  const char* end = value.text.data() + value.text.size();
  int64_t bits = 0;
  if (const auto [at, error] = std::from_chars(value.text.data(), end, bits);
      error != std::errc() || at != end) {
    return std::nullopt;
  }
  return absl::StrCat("0x", absl::Hex(static_cast<uint64_t>(bits)));
}

// Appends the scalars among the nodes from `begin` to `end`, in the order of the text.
void AppendScalars(const JsonTree& tree, uint32_t begin, uint32_t end, std::string& text) {
  for (uint32_t i = begin; i < end; ++i) {
    if (!tree.node(i).scalar()) continue;
    absl::StrAppend(&text, text.empty() ? "" : ", ", tree.node(i).text);
  }
}

}  // namespace

absl::Status EventFields::Read(const JsonTree& tree, const WindowsEvent& event, Event& out) {
  tree_ = &tree;
  out_ = &out;
  out.fields.clear();
  kept_.clear();
  names_.clear();
  name_bytes_ = 0;
  AddHeader(event, /*first=*/true);
  for (const WindowsField& field : event.fields) Add(field.name, *field.value);
  AddUnnamed(event);
  AddHeader(event, /*first=*/false);
  const bool other = event.shape == EventShape::kOther;
  if (other || event.shape == EventShape::kFlat) AddKeys(tree.root());
  if (name_bytes_ > kMaxEventBytes) {
    return absl::InvalidArgumentError(absl::StrCat("the names of nested members take more than ",
                                                   kMaxEventBytes, " bytes together"));
  }
  return absl::OkStatus();
}

void EventFields::AddHeader(const WindowsEvent& event, bool first) {
  for (HeaderField& field : HeaderOf(*tree_, event)) {
    if (LeadsTheHeader(field.name) != first) continue;
    const std::string_view name = Keep(std::move(field.name));
    if (std::optional<std::string> mask = KeywordMask(name, *field.value)) {
      AddText(name, Keep(*std::move(mask)), EventValueKind::kText);
    } else {
      Add(name, *field.value);
    }
  }
}

// NXLog has a field EventType of its own, and spells the event's so.
void EventFields::AddKeys(const JsonNode& root) {
  if (const JsonNode* original = tree_->Member(root, "EventTypeOrignal")) {
    Add("EventType", *original);
  }
  AddMembers("", root);
}

void EventFields::AddUnnamed(const WindowsEvent& event) {
  if (event.unnamed.empty()) return;
  if (event.unnamed.size() == 1) return Add("Data", *event.unnamed.front());
  std::string text;
  for (const JsonNode* value : event.unnamed) {
    AppendScalars(*tree_, IndexOf(*value), value->end, text);
  }
  AddText("Data", Keep(std::move(text)), EventValueKind::kText);
}

void EventFields::Add(std::string_view name, const JsonNode& value) {
  if (value.scalar()) return AddText(name, value.text, KindOf(value.kind));
  if (value.kind == JsonKind::kArray) return AddList(name, value);
  AddMembers(name, value);
}

void EventFields::AddText(std::string_view name, std::string_view text, EventValueKind kind) {
  if (names_.insert(Abseil(name)).second) {
    out_->fields.push_back({.name = name, .text = text, .kind = kind});
  }
}

// Whatever is in it; the text of a single scalar is not copied.
void EventFields::AddList(std::string_view name, const JsonNode& list) {
  const uint32_t first = IndexOf(list) + 1;
  if (first == list.end) return AddText(name, "", EventValueKind::kNull);
  if (first + 1 == list.end && tree_->node(first).scalar()) return Add(name, tree_->node(first));
  std::string text;
  AppendScalars(*tree_, first, list.end, text);
  AddText(name, Keep(std::move(text)), EventValueKind::kText);
}

// An element with attributes is its text. Objects in objects are gone through without recursion.
void EventFields::AddMembers(std::string_view name, const JsonNode& object) {
  struct Open {
    uint32_t end;
    size_t path;  // bytes before it was opened
  };
  std::vector<Open> open;
  std::string path(name);
  for (uint32_t i = IndexOf(object) + 1; i < object.end;) {
    while (!open.empty() && i >= open.back().end) {
      path.resize(open.back().path);
      open.pop_back();
    }
    const JsonNode& member = tree_->node(i);
    const JsonNode* text = tree_->Member(member, "#text");
    const size_t before = path.size();
    if (member.kind == JsonKind::kObject && text == nullptr) {
      open.push_back({member.end, before});
      absl::StrAppend(&path, path.empty() ? "" : ".", member.key);
      ++i;
      continue;
    }
    i = member.end;
    const JsonNode& value = text != nullptr && text->scalar() ? *text : member;
    if (path.empty()) {
      Add(member.key, value);
      continue;
    }
    name_bytes_ += path.size() + 1 + member.key.size();
    if (name_bytes_ > kMaxEventBytes) return;
    Add(Keep(absl::StrCat(path, ".", member.key)), value);
  }
}

}  // namespace sluice
