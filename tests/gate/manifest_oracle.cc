#include "tests/gate/manifest_oracle.h"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <iterator>
#include <pugixml.hpp>
#include <sstream>

namespace sluice::oracle {
namespace {

// Sysmon's conditions by number; the numbers are stable since binary version 14.0.
const char* const kConditions[] = {
    "is",        "is not",       "contains",       "contains any", "is any",   "contains all",
    "excludes",  "excludes any", "excludes all",   "begin with",   "end with", "less than",
    "more than", "image",        "not begin with", "not end with"};

uint32_t Word(const std::string& bytes, size_t offset) {
  uint32_t value = 0;
  std::memcpy(&value, bytes.data() + offset, 4);  // the tests run on little-endian machines
  return value;
}

std::string Lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

std::string Slurp(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

void AddCondition(const pugi::xml_node& node, uint32_t record, const std::string& event,
                  std::vector<Condition>& out) {
  Condition condition;
  condition.record = record;
  condition.event_name = event;
  condition.field_name = node.name();
  condition.condition = Lower(node.attribute("condition").value());
  if (condition.condition.empty()) condition.condition = "is";
  out.push_back(condition);
}

void AddRecord(const pugi::xml_node& node, uint32_t record, std::vector<Condition>& out) {
  for (const pugi::xml_node& child : node.children()) {
    if (child.type() != pugi::node_element) continue;
    if (Lower(child.name()) == "rule") {
      for (const pugi::xml_node& inner : child.children()) {
        if (inner.type() == pugi::node_element) AddCondition(inner, record, node.name(), out);
      }
    } else {
      AddCondition(child, record, node.name(), out);
    }
  }
}

bool Knows(const Version& version, const std::string& condition) {
  return std::ranges::find(version.conditions, condition) != version.conditions.end();
}

}  // namespace

std::vector<Version> ReadManifest(const std::string& path) {
  pugi::xml_document document;
  document.load_file(path.c_str());
  std::vector<Version> versions;
  for (const pugi::xml_node& manifest : document.child("manifests").children("manifest")) {
    Version version;
    version.name = manifest.attribute("schemaversion").value();
    version.binary_major = manifest.attribute("binaryversion").as_uint();
    for (const pugi::xml_node& event : manifest.child("events").children("event")) {
      Event& added = version.events.emplace_back();
      added.id = static_cast<uint32_t>(std::stoul(event.attribute("value").value(), nullptr, 0));
      added.rule_name = event.attribute("rulename").value();
      for (const pugi::xml_node& data : event.children("data")) {
        added.fields.push_back(data.attribute("name").value());
      }
    }
    std::stringstream filters(manifest.child("configuration").child_value("filters"));
    for (std::string name; std::getline(filters, name, ',');) version.conditions.push_back(name);
    versions.insert(versions.begin(), version);
  }
  return versions;
}

std::vector<Condition> ReadConfig(const std::string& path) {
  std::string bytes = Slurp(path);
  const bool wide = bytes.size() > 1 && (bytes[1] == 0 || bytes[0] == '\xFF');
  const size_t start = bytes.find('<');
  pugi::xml_document document;
  document.load_buffer(bytes.data() + start, bytes.size() - start, pugi::parse_default,
                       wide ? pugi::encoding_utf16_le : pugi::encoding_utf8);
  std::vector<Condition> out;
  uint32_t record = 0;
  for (const pugi::xml_node& filtering : document.child("Sysmon").children("EventFiltering")) {
    for (const pugi::xml_node& child : filtering.children()) {
      if (child.type() != pugi::node_element) continue;
      if (Lower(child.name()) != "rulegroup") {
        AddRecord(child, record++, out);
        continue;
      }
      for (const pugi::xml_node& event : child.children()) {
        if (event.type() == pugi::node_element) AddRecord(event, record++, out);
      }
    }
  }
  return out;
}

std::vector<Condition> ReadBlob(const std::string& bytes) {
  std::vector<Condition> out;
  uint32_t record = 0;
  for (uint32_t event = Word(bytes, 16); event != 0 && event < bytes.size();
       event = Word(bytes, event + 12), ++record) {
    for (uint32_t at = Word(bytes, event + 20); at != 0; at = Word(bytes, at + 520)) {
      Condition condition;
      condition.record = record;
      condition.event_id = Word(bytes, event);
      condition.field_index = Word(bytes, at);
      condition.condition = kConditions[Word(bytes, at + 516)];
      out.push_back(condition);
    }
  }
  return out;
}

Outcome AskConfig(const Version& version, const Condition& condition) {
  Outcome outcome{.answer = Answer::kNoSuchEvent};
  outcome.knows_condition = Knows(version, condition.condition);
  for (const Event& event : version.events) {
    if (event.rule_name != condition.event_name) continue;
    if (outcome.answer == Answer::kNoSuchEvent) outcome.answer = Answer::kFieldMissing;
    if (std::ranges::find(event.fields, condition.field_name) != event.fields.end()) {
      outcome.answer = Answer::kWorks;
    }
  }
  return outcome;
}

Outcome AskBlob(const Version& version, const Version& compiled_for, const Condition& condition) {
  const auto field = [&](const Version& v) -> const std::string* {
    const auto event = std::ranges::find(v.events, condition.event_id, &Event::id);
    if (event == v.events.end() || condition.field_index >= event->fields.size()) return nullptr;
    return &event->fields[condition.field_index];
  };
  Outcome outcome;
  outcome.knows_condition = Knows(version, condition.condition);
  if (std::ranges::find(version.events, condition.event_id, &Event::id) == version.events.end()) {
    outcome.answer = Answer::kNoSuchEvent;
  } else if (field(version) == nullptr) {
    outcome.answer = Answer::kFieldMissing;
  } else if (*field(version) != *field(compiled_for)) {
    outcome.answer = Answer::kReadsOther;
    outcome.reads = *field(version);
  }
  return outcome;
}

}  // namespace sluice::oracle
