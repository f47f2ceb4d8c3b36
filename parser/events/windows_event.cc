#include "parser/events/windows_event.h"

#include <algorithm>
#include <charconv>

namespace sluice {
namespace {

// What flat events have beside their data: the fields of im_msvistalog, those that NXLog adds, and
// those of Logstash. "EventTypeOrignal" is spelt as it is in the wild. Source: NXLog's reference
// manual, "Windows Event Log (im_msvistalog)"; Logstash's event API.
constexpr std::string_view kShipperKeys[] = {"AccountName",
                                             "AccountType",
                                             "ActivityID",
                                             "Category",
                                             "Channel",
                                             "Domain",
                                             "ERROR_EVT_UNRESOLVED",
                                             "EventID",
                                             "EventReceivedTime",
                                             "EventTime",
                                             "EventTypeOrignal",
                                             "ExecutionProcessID",
                                             "ExecutionThreadID",
                                             "Hostname",
                                             "Keywords",
                                             "Message",
                                             "Opcode",
                                             "OpcodeValue",
                                             "ProviderGuid",
                                             "RecordNumber",
                                             "RelatedActivityID",
                                             "Severity",
                                             "SeverityValue",
                                             "SourceModuleName",
                                             "SourceModuleType",
                                             "SourceName",
                                             "Task",
                                             "TaskValue",
                                             "ThreadID",
                                             "UserID",
                                             "Version",
                                             "host",
                                             "message",
                                             "port",
                                             "tags",
                                             "type"};

// What NXLog itself writes as EventType, which is also a field of some Sysmon events.
constexpr std::string_view kShipperEventTypes[] = {
    "AUDIT_FAILURE", "AUDIT_SUCCESS", "CRITICAL", "DEBUG", "ERROR", "INFO", "VERBOSE", "WARNING"};

bool IsShippers(const JsonNode& member) {
  if (!member.scalar() || member.key.starts_with('@')) return true;
  if (member.key == "EventType") {
    return std::ranges::find(kShipperEventTypes, member.text) != std::end(kShipperEventTypes);
  }
  return std::ranges::find(kShipperKeys, member.key) != std::end(kShipperKeys);
}

class EventReader {
 public:
  explicit EventReader(const JsonTree& tree) : tree_(tree) {}

  WindowsEvent Read() {
    const JsonNode& root = tree_.root();
    if (const JsonNode* event = tree_.Member(root, "Event")) {
      ReadXml(*event);
    } else if (const JsonNode* winlog = tree_.Member(root, "winlog")) {
      ReadWinlog(*winlog);
    } else if (tree_.Member(root, "event_data") != nullptr) {
      ReadWinlog(root);
    } else {
      ReadFlat(root);
    }
    return std::move(event_);
  }

 private:
  // A scalar's text; that of {"#text": ...} too, which an element with attributes is.
  std::string_view TextOf(const JsonNode* node) const {
    if (node != nullptr && !node->scalar()) node = tree_.Member(*node, "#text");
    return node != nullptr && node->scalar() ? std::string_view(node->text) : std::string_view();
  }

  void SetId(std::string_view text) { event_.id = EventIdOf(text); }

  void AddField(std::string_view name, const JsonNode& value) {
    std::string stripped(name);
    std::erase(stripped, ' ');
    if (stripped.empty()) return;
    const JsonNode* text = value.scalar() ? &value : tree_.Member(value, "#text");
    const bool has_text = text != nullptr && text->scalar();
    event_.fields.push_back({.name = std::move(stripped),
                             .text = has_text ? std::string_view(text->text) : std::string_view(),
                             .kind = has_text ? text->kind : value.kind,
                             .value = text != nullptr ? text : &value});
  }

  // {"@Name": "Image", "#text": "..."}; one without a name is no field.
  void AddNamed(const JsonNode& data) {
    if (data.kind != JsonKind::kObject) {
      event_.unnamed.push_back(&data);
      return;
    }
    const JsonNode* name = tree_.AnyMember(data, {"@Name", "Name"});
    for (const char* attributes : {"#attributes", "@attributes"}) {
      const JsonNode* node = tree_.Member(data, attributes);
      if (name == nullptr && node != nullptr) name = tree_.Member(*node, "Name");
    }
    const JsonNode* text = tree_.AnyMember(data, {"#text", "text", "content"});
    if (name == nullptr || !name->scalar()) {
      if (text != nullptr) event_.unnamed.push_back(text);
      return;
    }
    AddField(name->text, text != nullptr ? *text : data);
  }

  void AddData(const JsonNode& data) {
    if (data.kind == JsonKind::kArray) {
      tree_.ForEachBelow(data, [&](const JsonNode& one) { AddNamed(one); });
      return;
    }
    if (data.kind != JsonKind::kObject) return;
    tree_.ForEachBelow(data, [&](const JsonNode& member) {
      if (member.key.starts_with('#') || member.key.starts_with('@') || member.key == "xmlns" ||
          member.key == "xml_name") {
        return;
      }
      if (member.key == "Data" && member.kind == JsonKind::kArray) {
        tree_.ForEachBelow(member, [&](const JsonNode& one) { AddNamed(one); });
      } else if (member.key == "Data" && member.kind == JsonKind::kObject) {
        AddNamed(member);
      } else {
        AddField(member.key, member);
      }
    });
  }

  // The elements of the one element in it.
  void AddUserData(const JsonNode& data) {
    if (data.kind != JsonKind::kObject) return;
    tree_.ForEachBelow(data, [&](const JsonNode& element) {
      if (!element.key.starts_with('#') && !element.key.starts_with('@')) AddData(element);
    });
  }

  void ReadXml(const JsonNode& event) {
    event_.shape = EventShape::kXml;
    if (const JsonNode* system = tree_.Member(event, "System")) {
      event_.header = system;
      event_.channel = TextOf(tree_.Member(*system, "Channel"));
      SetId(TextOf(tree_.Member(*system, "EventID")));
    }
    if (const JsonNode* data = tree_.Member(event, "EventData")) AddData(*data);
    if (const JsonNode* data = tree_.Member(event, "UserData")) AddUserData(*data);
  }

  void ReadWinlog(const JsonNode& winlog) {
    event_.shape = EventShape::kWinlog;
    event_.header = &winlog;
    event_.channel = TextOf(tree_.AnyMember(winlog, {"channel", "log_name"}));
    SetId(TextOf(tree_.Member(winlog, "event_id")));
    if (const JsonNode* data = tree_.Member(winlog, "event_data")) AddData(*data);
    if (const JsonNode* data = tree_.Member(winlog, "user_data")) AddData(*data);
  }

  void ReadFlat(const JsonNode& root) {
    const JsonNode* channel = tree_.Member(root, "Channel");
    const JsonNode* id = tree_.Member(root, "EventID");
    if (channel == nullptr || id == nullptr) return;
    event_.shape = EventShape::kFlat;
    event_.header = &root;
    event_.channel = TextOf(channel);
    SetId(TextOf(id));
    tree_.ForEachBelow(root, [&](const JsonNode& member) {
      if (IsShippers(member)) {
        event_.left_out.push_back(member.key);
      } else {
        AddField(member.key, member);
      }
    });
  }

  const JsonTree& tree_;
  WindowsEvent event_;
};

}  // namespace

std::optional<uint32_t> EventIdOf(std::string_view text) {
  uint32_t id = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return id;
}

WindowsEvent ReadWindowsEvent(const JsonTree& tree) { return EventReader(tree).Read(); }

}  // namespace sluice
