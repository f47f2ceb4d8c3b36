#include "parser/events/event_reader.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "schema/contract.h"
#include "schema/limits.h"
#include "schema/text.h"

namespace sluice {
namespace {

const Contract* NewestSysmon() { return ContractSet::BuiltIn().OfDialect(Dialect::kSysmon).back(); }

// An event that was read, apart from its reader.
struct Read {
  uint64_t number = 0;
  std::string at;     // "line:column"
  std::string error;  // "" where there is none
  uint32_t id = kNone;
  std::vector<std::string> types;
  std::vector<std::pair<std::string, std::string>> fields;
  std::vector<EventValueKind> kinds;

  std::string operator[](std::string_view name) const {
    for (const auto& [field, text] : fields) {
      if (field == name) return text;
    }
    return "(none)";
  }
  EventValueKind Kind(std::string_view name) const {
    for (size_t i = 0; i < fields.size(); ++i) {
      if (fields[i].first == name) return kinds[i];
    }
    return EventValueKind::kNull;
  }
  bool Is(std::string_view type) const { return std::ranges::count(types, type) == 1; }
  // How many fields have a name that begins so.
  size_t Count(std::string_view begin) const {
    return static_cast<size_t>(std::ranges::count_if(
        fields, [&](const auto& field) { return field.first.starts_with(begin); }));
  }
};

std::vector<Read> ReadAll(const std::string& text, const std::string& log_source = "") {
  std::istringstream in(text);
  EventReader reader(in, "e.json", EventTypes({NewestSysmon(), log_source}));
  std::vector<Read> all;
  while (reader.Next()) {
    Read& one = all.emplace_back();
    one.number = reader.number();
    one.at = absl::StrCat(reader.at().line, ":", reader.at().column);
    one.error = std::string(Standard(reader.status().message()));
    if (!reader.status().ok()) continue;
    one.id = reader.event().id;
    for (const std::string_view type : reader.event().types) one.types.emplace_back(type);
    for (const EventField& field : reader.event().fields) {
      one.fields.emplace_back(field.name, field.text);
      one.kinds.push_back(field.kind);
    }
  }
  EXPECT_TRUE(reader.end().ok());
  return all;
}

Read ReadOne(const std::string& text, const std::string& log_source = "") {
  std::vector<Read> all = ReadAll(text, log_source);
  EXPECT_EQ(all.size(), 1u);
  if (all.empty()) return {};
  EXPECT_EQ(all.front().error, "");
  return all.front();
}

constexpr char kXml[] = R"({"Event": {"#attributes": {"xmlns": "x"}, "System": {
    "Provider": {"#attributes": {"Name": "Microsoft-Windows-Sysmon", "Guid": "G"}},
    "EventID": {"#text": 1, "#attributes": {"Qualifiers": 7}}, "Level": 4,
    "Keywords": "0x8000000000000000", "Correlation": null,
    "Execution": {"@ProcessID": 3544, "@ThreadID": "4272"}, "Security": {"UserID": "S-1-5-18"},
    "Channel": "Microsoft-Windows-Sysmon/Operational", "Computer": "host"},
  "EventData": {"Image": "C:\\a.exe", "Process Id": 4460, "Level": "own", "EventID": 99,
    "Signed": true, "Empty": "", "Null": null}}})";

TEST(EventReader, FieldsOfAnXmlEventAsSigmaNamesThem) {
  const Read event = ReadOne(kXml);
  EXPECT_EQ(event["Image"], "C:\\a.exe");
  EXPECT_EQ(event["ProcessId"], "4460");
  EXPECT_EQ(event["Provider_Name"], "Microsoft-Windows-Sysmon");
  EXPECT_EQ(event["Provider_Guid"], "G");
  EXPECT_EQ(event["EventID_Qualifiers"], "7");
  EXPECT_EQ(event["Keywords"], "0x8000000000000000");
  EXPECT_EQ(event["Execution_ProcessID"], "3544");
  EXPECT_EQ(event["Execution_ThreadID"], "4272");
  EXPECT_EQ(event["Security_UserID"], "S-1-5-18");
  EXPECT_EQ(event["Computer"], "host");
  EXPECT_EQ(event.Count("xmlns"), 0u);
}

TEST(EventReader, OneOfTwoFieldsOfAName) {
  const Read event = ReadOne(kXml);
  EXPECT_EQ(event.Count("Level"), 1u);
  EXPECT_EQ(event["Level"], "own");  // the data's
  EXPECT_EQ(event["EventID"], "1");  // the header's: it says what the event is
  EXPECT_EQ(ReadOne(R"({"a": 1, "a": 2})")["a"], "1");
}

TEST(EventReader, KindsOfValues) {
  const Read event = ReadOne(kXml);
  EXPECT_EQ(event.Kind("ProcessId"), EventValueKind::kNumber);
  EXPECT_EQ(event.Kind("Signed"), EventValueKind::kBoolean);
  EXPECT_EQ(event["Signed"], "true");
  EXPECT_EQ(event.Kind("Empty"), EventValueKind::kText);
  EXPECT_EQ(event["Null"], "");
  EXPECT_EQ(event.Kind("Null"), EventValueKind::kNull);
  EXPECT_EQ(ReadOne(R"({"a": -1.50})")["a"], "-1.50");
  EXPECT_EQ(ReadOne(R"({"a": "x\u0000y"})")["a"], std::string("x\0y", 3));
}

TEST(EventReader, LogSourcesOfSysmon) {
  const Read event = ReadOne(kXml);
  EXPECT_EQ(event.id, 1u);
  for (const char* type :
       {"windows/process_creation", "windows/sysmon", "windows", "*", "*/process_creation",
        "*/sysmon", "windows/process_creation/sysmon", "ProcessCreate"}) {
    EXPECT_TRUE(event.Is(type)) << type;
  }
  EXPECT_FALSE(event.Is("windows/network_connection"));
  EXPECT_FALSE(event.Is("linux/process_creation"));
  const Read registry =
      ReadOne(R"({"Channel": "microsoft-windows-sysmon/operational", "EventID": "12"})");
  for (const char* type : {"registry_add", "registry_delete", "registry_event"}) {
    EXPECT_TRUE(registry.Is(absl::StrCat("windows/", type))) << type;
  }
  EXPECT_FALSE(registry.Is("windows/registry_set"));
  const Read linux_event = ReadOne(R"({"Channel": "Linux-Sysmon/Operational", "EventID": 1})");
  EXPECT_TRUE(linux_event.Is("linux/process_creation"));
  EXPECT_FALSE(linux_event.Is("windows/process_creation"));
}

TEST(EventReader, SysmonIsKnownByItsProviderWhereNoChannelIs) {
  const Read event = ReadOne(R"({"Event": {"System": {"EventID": 22,
      "Provider": {"#attributes": {"Name": "Microsoft-Windows-Sysmon"}}}}})");
  EXPECT_EQ(event.id, 22u);
  EXPECT_TRUE(event.Is("windows/dns_query"));
}

TEST(EventReader, LogSourcesOfOtherChannels) {
  const Read security = ReadOne(R"({"Channel": "Security", "EventID": 4624})");
  EXPECT_TRUE(security.Is("windows/security"));
  EXPECT_TRUE(security.Is("windows"));
  EXPECT_TRUE(ReadOne(R"({"Channel": "Microsoft-Windows-PowerShell/Operational",
      "EventID": 4104})")
                  .Is("windows/ps_script"));
  EXPECT_TRUE(ReadOne(R"({"Channel": "Security", "LogonType": 3})").Is("windows/security"));
  const Read unknown = ReadOne(R"({"Channel": "Acme/Admin", "EventID": 1})");
  EXPECT_TRUE(unknown.Is("windows"));
  EXPECT_FALSE(unknown.Is("windows/process_creation"));
}

TEST(EventReader, OnlySysmonsEventsHaveAnId) {
  // System/1 is no process.
  EXPECT_EQ(ReadOne(R"({"Channel": "System", "EventID": 1})").id, kNone);
  EXPECT_EQ(ReadOne(R"({"Channel": "Acme/Admin", "EventID": 1})").id, kNone);
  EXPECT_EQ(ReadOne(R"({"EventID": 1, "Image": "a"})").id, 1u);
  EXPECT_EQ(ReadOne(R"({"EventID": "one"})").id, kNone);
  EXPECT_EQ(ReadOne(R"({"Image": "a"})").id, kNone);
}

TEST(EventReader, TheStatedLogSourceIsForEventsThatSayNone) {
  const Read plain = ReadOne(R"({"CommandLine": "ls"})", "Linux/Process_Creation");
  EXPECT_TRUE(plain.Is("linux/process_creation"));
  EXPECT_TRUE(plain.Is("linux"));
  EXPECT_TRUE(plain.Is("*/process_creation"));
  EXPECT_TRUE(ReadOne(R"({"a": 1})", "IPC").Is("IPC"));  // a channel file's type
  EXPECT_TRUE(ReadOne(R"({"a": 1})").types.empty());
  const Read security = ReadOne(R"({"Channel": "Security", "EventID": 1})", "linux/auditd");
  EXPECT_TRUE(security.Is("windows/security"));
  EXPECT_FALSE(security.Is("linux/auditd"));
  EXPECT_TRUE(ReadOne(R"({"Channel": "Acme", "EventID": 1})", "acme/admin").Is("acme/admin"));
}

TEST(EventReader, WinlogbeatsHeader) {
  const Read event = ReadOne(R"({"@timestamp": "T", "winlog": {"channel": "Security",
      "event_id": "4624", "computer_name": "h", "provider_name": "P", "keywords": ["a", "b"],
      "process": {"pid": 5, "thread": {"id": 6}}, "event_data": {"LogonType": "3"}}})");
  EXPECT_EQ(event["LogonType"], "3");
  EXPECT_EQ(event["EventID"], "4624");
  EXPECT_EQ(event["Channel"], "Security");
  EXPECT_EQ(event["Provider_Name"], "P");
  EXPECT_EQ(event["Computer"], "h");
  EXPECT_EQ(event["Keywords"], "a, b");
  EXPECT_EQ(event["Execution_ProcessID"], "5");
  EXPECT_EQ(event["Execution_ThreadID"], "6");
  EXPECT_EQ(event["TimeCreated_SystemTime"], "T");
  const Read six = ReadOne(R"({"log_name": "System", "event_id": 7045, "source_name": "SCM",
      "event_data": {"ServiceName": "s"}})");
  EXPECT_EQ(six["Provider_Name"], "SCM");
  EXPECT_TRUE(six.Is("windows/system"));
}

TEST(EventReader, NxlogsHeader) {
  const Read event = ReadOne(R"({"Channel": "Security", "EventID": 4625, "SourceName": "P",
      "Hostname": "h", "ExecutionProcessID": 5, "Keywords": -9218868437227405312,
      "EventType": "AUDIT_FAILURE", "Opcode": "Info", "OpcodeValue": 0, "AccountName": "bob"})");
  EXPECT_EQ(event["Provider_Name"], "P");
  EXPECT_EQ(event["Computer"], "h");
  EXPECT_EQ(event["Execution_ProcessID"], "5");
  EXPECT_EQ(event["Keywords"], "0x8010000000000000");
  EXPECT_EQ(event["Opcode"], "0");
  EXPECT_EQ(event["AccountName"], "bob");  // whoever put it there
  const Read registry = ReadOne(R"({"Channel": "Microsoft-Windows-Sysmon/Operational",
      "EventID": 13, "EventType": "INFO", "EventTypeOrignal": "SetValue"})");
  EXPECT_EQ(registry["EventType"], "SetValue");
}

TEST(EventReader, DataWithoutNamesIsOneField) {
  const std::string head =
      R"({"Event": {"System": {"Channel": "Windows PowerShell",
      "EventID": 400}, "EventData": )";
  EXPECT_EQ(ReadOne(head + R"({"Data": ["Available", "None", "x=1"]}}})")["Data"],
            "Available, None, x=1");
  EXPECT_EQ(ReadOne(head + R"({"Data": {"#text": ["a", "b"]}, "Binary": null}}})")["Data"], "a, b");
  EXPECT_EQ(ReadOne(head + R"({"Data": "one"}}})")["Data"], "one");
  EXPECT_EQ(ReadOne(head + R"({"Data": [{"@Name": "A", "#text": "1"}, {"#text": "2"}]}}})")["Data"],
            "2");
}

TEST(EventReader, NestedMembersAndLists) {
  const Read event = ReadOne(
      R"({"userIdentity": {"type": "Root", "session": {"mfa": false, "x": {}},
      "last": 1}, "one": ["a"], "list": [1, [2, {"k": "3"}]], "none": [], "t": {"#text": "v"}})");
  EXPECT_EQ(event["userIdentity.type"], "Root");
  EXPECT_EQ(event["userIdentity.session.mfa"], "false");
  EXPECT_EQ(event["userIdentity.last"], "1");
  EXPECT_EQ(event["one"], "a");
  EXPECT_EQ(event["list"], "1, 2, 3");
  EXPECT_EQ(event.Kind("none"), EventValueKind::kNull);
  EXPECT_EQ(event["t"], "v");
  EXPECT_EQ(event.fields.size(), 7u);
}

TEST(EventReader, OverSeveralLinesAndManyInAFile) {
  const std::vector<Read> all = ReadAll(
      "\xEF\xBB\xBF{\n  \"a\": [\n{\"b\": 1},\n{\"b\": 2}\n]\n}\n"
      "{\"c\": {\n\"d\":\n{\"e\": 3}}} {\"f\": 4}");
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[0]["a"], "1, 2");
  EXPECT_EQ(all[1]["c.d.e"], "3");
  EXPECT_EQ(all[2]["f"], "4");
  EXPECT_EQ(all[2].number, 2u);
  EXPECT_EQ(all[1].at, "7:1");
}

// Each broken event takes a number, says its place, and those after it are
// read.
TEST(EventReader, WhatIsBrokenDoesNotTakeItsNeighbours) {
  const struct {
    std::string text;
    std::string place;
  } cases[] = {
      {"{\"a\": tru}", "2:10"},
      {"{\"a\": \"\xFF\"}", "2:8"},
      {"{\"a\": 1", "3:1"},
      {"{\"a\": \"1", "2:9"},
      {"{\"a\": [1", "3:1"},
      {"{\"a\": [1}", "2:9"},
      {"{", "3:1"},
      {"[1, 2]", "2:1"},
      {"2026-01-01 text", "2:1"},
      {"{\"a\": 1e999}", "2:11"},
      {absl::StrCat("{\"a\": ", std::string(kMaxEventDepth, '['), std::string(kMaxEventDepth, ']'),
                    "}"),
       "2:1"},
      {absl::StrCat("{\"a\": \"", std::string(kMaxEventBytes, 'x'), "\"}"), "2:1"},
  };
  for (const auto& [text, place] : cases) {
    const std::vector<Read> all = ReadAll("{\"n\": 0}\n" + text + "\n{\"n\": 2}\n{\"n\": 3}\n");
    const std::string shown = text.substr(0, 40);
    ASSERT_EQ(all.size(), 4u) << shown;
    EXPECT_TRUE(all[1].error.starts_with("e.json:" + place + ": ")) << shown << all[1].error;
    EXPECT_EQ(all[2]["n"], "2") << shown;
    EXPECT_EQ(all[3]["n"], "3") << shown;
    EXPECT_EQ(all[3].number, 3u);
  }
}

// Whatever happens to an event, the one behind it is read: but where the one could go on with it.
TEST(EventReader, NoDamageReachesTheNextEvent) {
  const std::string event = kXml;
  const auto last_of = [](const std::string& damaged) {
    const std::vector<Read> all = ReadAll(damaged + "\n{\"n\": \"last\"}\n");
    return all.empty() ? std::string() : all.back()["n"];
  };
  for (size_t size = 0; size < event.size(); ++size) {
    const std::string torn = event.substr(0, size);
    const size_t last = torn.find_last_not_of(" \n");
    if (last != std::string::npos && torn[last] == ':') continue;
    ASSERT_EQ(last_of(torn), "last") << size;
  }
  for (size_t bit = 0; bit < event.size() * 8; ++bit) {
    std::string damaged = event;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << (bit % 8)));
    ASSERT_EQ(last_of(damaged), "last") << bit;
  }
}

// An event that is too long over several lines ends where the next one can
// begin.
TEST(EventReader, GoesOnBehindALongEventOfSeveralLines) {
  std::string text = "{\n";
  while (text.size() <= kMaxEventBytes) text += "  \"list\": [\n    {\"a\": 1}\n  ],\n";
  const std::vector<Read> all = ReadAll(text + "  \"z\": 0\n}\n{\"n\": 1}\n");
  ASSERT_EQ(all.size(), 2u);
  EXPECT_TRUE(all[0].error.starts_with("e.json:1:1: ")) << all[0].error;
  EXPECT_EQ(all[1]["n"], "1");
}

// Names of nested members multiply: they are bounded together.
TEST(EventReader, NamesOfNestedMembersAreBounded) {
  const std::string key(10'000, 'k');
  std::string text = "{\"" + key + "\": {\"a0\": 0";
  for (int i = 1; i < 1000; ++i) absl::StrAppend(&text, ", \"a", i, "\": 0");
  const std::vector<Read> all = ReadAll(text + "}}\n{\"n\": 1}\n");
  ASSERT_EQ(all.size(), 2u);
  EXPECT_TRUE(all[0].error.starts_with("e.json:1:1: ")) << all[0].error;
  EXPECT_EQ(all[1]["n"], "1");
}

// Lines that each begin an event and never end one are gone through once.
TEST(EventReader, LinearOnTornLines) {
  std::string text;
  for (int i = 0; i < 200'000; ++i) text += "{\"a\":{\n";
  const std::vector<Read> all = ReadAll(text);
  EXPECT_EQ(all.size(), 200'000u);
  EXPECT_TRUE(std::ranges::none_of(all, [](const Read& one) { return one.error.empty(); }));
}

}  // namespace
}  // namespace sluice
