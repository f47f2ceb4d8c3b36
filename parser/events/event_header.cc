#include "parser/events/event_header.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace sluice {
namespace {

struct HeaderKey {
  std::string_view name;
  std::string_view path;  // keys joined by '.'
};

// Of two with one name the first that an event has counts. Source: Winlogbeat reference,
// "Winlogbeat fields"; that of version 6, "Common".
constexpr HeaderKey kWinlogKeys[] = {
    {"EventID", "event_id"},
    {"Channel", "channel"},
    {"Channel", "log_name"},
    {"Provider_Name", "provider_name"},
    {"Provider_Name", "source_name"},
    {"Provider_Guid", "provider_guid"},
    {"Version", "version"},
    {"Level", "level"},
    {"Task", "task"},
    {"Opcode", "opcode"},
    {"Keywords", "keywords"},
    {"EventRecordID", "record_id"},
    {"EventRecordID", "record_number"},
    {"Correlation_ActivityID", "activity_id"},
    {"Correlation_RelatedActivityID", "related_activity_id"},
    {"Execution_ProcessID", "process.pid"},
    {"Execution_ProcessID", "process_id"},
    {"Execution_ThreadID", "process.thread.id"},
    {"Execution_ThreadID", "thread_id"},
    {"Computer", "computer_name"},
    {"Security_UserID", "user.identifier"},
};

// Source: NXLog's reference manual, "Windows Event Log (im_msvistalog)".
constexpr HeaderKey kFlatKeys[] = {
    {"EventID", "EventID"},
    {"Channel", "Channel"},
    {"Provider_Name", "SourceName"},
    {"Provider_Guid", "ProviderGuid"},
    {"Opcode", "OpcodeValue"},
    {"Keywords", "Keywords"},
    {"TimeCreated_SystemTime", "EventTime"},
    {"EventRecordID", "RecordNumber"},
    {"Correlation_ActivityID", "ActivityID"},
    {"Correlation_RelatedActivityID", "RelatedActivityID"},
    {"Execution_ProcessID", "ExecutionProcessID"},
    {"Execution_ThreadID", "ExecutionThreadID"},
    {"Execution_ThreadID", "ThreadID"},
    {"Computer", "Hostname"},
    {"Security_UserID", "UserID"},
};

const JsonNode* Find(const JsonTree& tree, const JsonNode& parent, std::string_view path) {
  const JsonNode* node = &parent;
  while (node != nullptr) {
    const size_t dot = path.find('.');
    node = tree.Member(*node, path.substr(0, dot));
    if (dot == std::string_view::npos) break;
    path.remove_prefix(dot + 1);
  }
  return node;
}

template <size_t kCount>
void AddKeys(const JsonTree& tree, const JsonNode& parent, const HeaderKey (&keys)[kCount],
             std::vector<HeaderField>& out) {
  for (const HeaderKey& key : keys) {
    if (const JsonNode* value = Find(tree, parent, key.path)) {
      out.push_back({std::string(key.name), value});
    }
  }
}

bool IsAttributes(std::string_view key) { return key == "#attributes" || key == "@attributes"; }

// An element of "System" with its attributes, which stand in a map of their own, with '@' before
// their names, or as they are.
void AddElement(const JsonTree& tree, const JsonNode& element, std::vector<HeaderField>& out) {
  if (element.kind != JsonKind::kObject) {
    out.push_back({element.key, &element});
    return;
  }
  const auto add = [&](const JsonNode& attribute) {
    const std::string_view key = attribute.key;
    const std::string_view name = key.starts_with('@') ? key.substr(1) : key;
    out.push_back({element.key + "_" + std::string(name), &attribute});
  };
  tree.ForEachBelow(element, [&](const JsonNode& member) {
    if (member.key == "#text") {
      out.push_back({element.key, &member});
    } else if (IsAttributes(member.key)) {
      tree.ForEachBelow(member, add);
    } else {
      add(member);
    }
  });
}

void AddSystem(const JsonTree& tree, const JsonNode& system, std::vector<HeaderField>& out) {
  tree.ForEachBelow(system, [&](const JsonNode& element) {
    if (!element.key.starts_with('#') && !element.key.starts_with('@')) {
      AddElement(tree, element, out);
    }
  });
  std::stable_partition(out.begin(), out.end(), [](const HeaderField& field) {
    return field.name == "EventID" || field.name == "Channel";
  });
}

}  // namespace

std::vector<HeaderField> HeaderOf(const JsonTree& tree, const WindowsEvent& event) {
  std::vector<HeaderField> fields;
  if (event.header == nullptr) return fields;
  if (event.shape == EventShape::kXml) {
    AddSystem(tree, *event.header, fields);
  } else if (event.shape == EventShape::kWinlog) {
    AddKeys(tree, *event.header, kWinlogKeys, fields);
    const JsonNode* time = tree.Member(tree.root(), "@timestamp");
    if (time != nullptr) fields.push_back({"TimeCreated_SystemTime", time});
  } else {
    AddKeys(tree, *event.header, kFlatKeys, fields);
  }
  return fields;
}

}  // namespace sluice
