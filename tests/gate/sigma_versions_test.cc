// Every shared Sigma rule against all 21 versions of Sysmon: the fields that a version does not
// supply and the events that it does not have, compared with an independent calculation from the
// YAML and from Sysmon's manifest.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "gate/lint.h"
#include "parser/yaml/yaml_document.h"
#include "schema/contracts/built_in_fleets.h"
#include "tests/gate/manifest_oracle.h"
#include "tests/support/shared_data.h"

namespace sluice {
namespace {

// Source: Sigma specification 2.1.0, taxonomy appendix. Without 27 to 29, which the manifest leaves
// out and Windows has.
const std::map<std::string, std::vector<uint32_t>, std::less<>>& Events() {
  static const auto& events = *new std::map<std::string, std::vector<uint32_t>, std::less<>>{
      {"process_creation", {1}},    {"file_change", {2}},
      {"network_connection", {3}},  {"sysmon_status", {4, 16}},
      {"process_termination", {5}}, {"driver_load", {6}},
      {"image_load", {7}},          {"create_remote_thread", {8}},
      {"raw_access_thread", {9}},   {"process_access", {10}},
      {"file_event", {11}},         {"registry_add", {12}},
      {"registry_delete", {12}},    {"registry_set", {13}},
      {"registry_rename", {14}},    {"registry_event", {12, 13, 14}},
      {"create_stream_hash", {15}}, {"pipe_created", {17, 18}},
      {"wmi_event", {19, 20, 21}},  {"dns_query", {22}},
      {"file_delete", {23, 26}},    {"linux file_delete", {23}},
      {"clipboard_change", {24}},   {"process_tampering", {25}}};
  return events;
}

// Source: Windows event schema, SystemPropertiesType.
const std::set<std::string, std::less<>>& Header() {
  static const auto& header = *new std::set<std::string, std::less<>>{"Provider_Name",
                                                                      "Provider_Guid",
                                                                      "EventID",
                                                                      "Version",
                                                                      "Level",
                                                                      "Task",
                                                                      "Opcode",
                                                                      "Keywords",
                                                                      "EventRecordID",
                                                                      "Execution_ProcessID",
                                                                      "Execution_ThreadID",
                                                                      "Channel",
                                                                      "Computer",
                                                                      "Security_UserID"};
  return header;
}

// What a rule reads.
struct RuleFields {
  std::string category;  // empty: not of Sysmon
  std::set<std::string> fields;
  bool placeholders = false;
};

void AddKeys(const YamlDocument& yaml, uint32_t map, RuleFields& out) {
  for (const YamlEntry entry : yaml.Entries(map)) {
    const std::string key(yaml.node(entry.key).value);
    out.placeholders |= key.find("|expand") != std::string::npos;
    const std::string field = key.substr(0, key.find('|'));
    if (!field.empty()) out.fields.insert(field);
  }
}

void AddDetection(const YamlDocument& yaml, uint32_t detection, RuleFields& out) {
  for (const YamlEntry entry : yaml.Entries(detection)) {
    const std::string_view name = yaml.node(entry.key).value;
    if (name == "condition" || name == "timeframe") continue;
    const YamlNode& selection = yaml.node(entry.value);
    if (selection.kind == YamlKind::kMapping) AddKeys(yaml, entry.value, out);
    if (selection.kind != YamlKind::kSequence) continue;
    for (const uint32_t item : yaml.Items(entry.value)) {
      if (yaml.node(item).kind == YamlKind::kMapping) AddKeys(yaml, item, out);
    }
  }
}

// "" for what is no log source of Sysmon.
std::string CategoryOf(const YamlDocument& yaml, uint32_t log_source) {
  std::map<std::string, std::string, std::less<>> parts;
  for (const YamlEntry entry : yaml.Entries(log_source)) {
    parts[std::string(yaml.node(entry.key).value)] = yaml.node(entry.value).value;
  }
  const std::string& category = parts["category"];
  if (!parts["service"].empty()) return "";
  if (parts["product"] == "windows") return category;
  if (parts["product"] != "linux") return "";
  // Sysmon for Linux has a few events, with the same ids.
  if (category == "file_delete") return "linux file_delete";
  static const std::set<std::string> linux{"process_creation", "network_connection",
                                           "process_termination", "file_event"};
  return linux.contains(category) ? category : "";
}

RuleFields Read(const std::string& text) {
  YamlDocument yaml;
  EXPECT_FALSE(yaml.Parse(text).has_value());
  RuleFields out;
  for (const YamlEntry entry : yaml.Entries(yaml.roots().front().node)) {
    const std::string_view key = yaml.node(entry.key).value;
    if (key == "logsource") out.category = CategoryOf(yaml, entry.value);
    if (key == "detection") AddDetection(yaml, entry.value, out);
  }
  return out;
}

// What does not work: a field on a version; "" is the event itself.
using Broken = std::set<std::pair<std::string, std::string>>;

// Whether any of the events is there, and whether any has the field.
std::pair<bool, bool> Ask(const oracle::Version& version, const std::vector<uint32_t>& ids,
                          const std::string& field) {
  bool event = false;
  bool supplied = false;
  for (const oracle::Event& one : version.events) {
    if (std::ranges::find(ids, one.id) == ids.end()) continue;
    event = true;
    supplied |=
        Header().contains(field) || std::ranges::find(one.fields, field) != one.fields.end();
  }
  return {event, supplied};
}

Broken Expected(const RuleFields& rule, const std::vector<oracle::Version>& versions) {
  Broken broken;
  const auto events = Events().find(rule.category);
  if (events == Events().end() || rule.placeholders) return broken;
  for (const oracle::Version& version : versions) {
    if (!Ask(version, events->second, "").first) broken.insert({"", version.name});
    for (const std::string& field : rule.fields) {
      const auto [event, supplied] = Ask(version, events->second, field);
      if (event && !supplied) broken.insert({field, version.name});
    }
  }
  return broken;
}

Broken Stated(const Results& results, const Fleet& fleet) {
  Broken broken;
  for (const Finding& finding : results.findings) {
    const bool field = finding.rule->id == "SL201";
    if (!field && finding.rule->id != "SL206") continue;
    for (size_t s = 0; s < fleet.sensors().size(); ++s) {
      if (!finding.sensors[s]) continue;
      broken.insert({field ? finding.field : "", fleet.sensors()[s].version});
    }
  }
  return broken;
}

std::vector<std::filesystem::path> Rules() {
  std::vector<std::filesystem::path> files;
  for (const char* folder : {"rules", "rules-compliance", "rules-emerging-threats",
                             "rules-placeholder", "rules-threat-hunting"}) {
    std::error_code error;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(SharedData() / "sigma" / folder, error)) {
      if (entry.path().extension() == ".yml") files.push_back(entry.path());
    }
  }
  std::ranges::sort(files);
  return files;
}

TEST(SigmaVersions, EveryFieldOfEveryRuleOnEveryVersion) {
  const auto files = Rules();
  SLUICE_NEED_SHARED(files);
  const auto versions = oracle::ReadManifest((SharedData() / "sysmon/manifest.xml").string());
  ASSERT_EQ(versions.size(), 21u);
  LintOptions options;
  options.fleet = *BuiltInFleet("sysmon-all");
  options.fleet_requested = true;
  options.select = {"SL201", "SL206"};
  const auto linter = Linter::Make(options);
  ASSERT_TRUE(linter.ok());
  size_t of_sysmon = 0;
  std::map<std::string, size_t> broken_on;  // rules, by version
  for (const auto& file : files) {
    const auto bytes = Slurp(file);
    const RuleFields rule = Read(*bytes);
    of_sysmon += Events().contains(rule.category) ? 1 : 0;
    const Broken expected = Expected(rule, versions);
    const Results results = (*linter)->LintBytes(file.string(), bytes);
    EXPECT_EQ(Stated(results, options.fleet), expected) << file;
    std::set<std::string> on;
    for (const auto& [field, version] : expected) on.insert(version);
    for (const std::string& version : on) ++broken_on[version];
  }
  EXPECT_EQ(files.size(), 1927u);
  // Counted apart from this test, from the same rules and manifest.
  EXPECT_EQ(of_sysmon, 1226u);
  EXPECT_EQ(broken_on["4.90"], 12u);
  EXPECT_EQ(broken_on["4.2"], 365u);
}

}  // namespace
}  // namespace sluice
