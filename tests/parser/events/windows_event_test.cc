#include "parser/events/windows_event.h"

#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "parser/events/windows_log_sources.h"

namespace sluice {
namespace {

// "CHANNEL ID name=text name=text | left out" of one event.
std::string Summary(const std::string& json) {
  std::istringstream in(json);
  JsonObjects objects(in, "e");
  const auto next = objects.Next();
  const auto tree = ParseJsonTree("e", **next);
  EXPECT_TRUE(tree.ok()) << tree.status().message();
  if (!tree.ok()) return "";
  const WindowsEvent event = ReadWindowsEvent(*tree);
  std::string out =
      absl::StrCat(std::string(event.channel), " ", event.id ? absl::StrCat(*event.id) : "-");
  for (const WindowsField& field : event.fields) {
    absl::StrAppend(&out, " ", field.name, "=", std::string(field.text));
  }
  if (!event.left_out.empty()) out += " |";
  for (const std::string_view key : event.left_out) absl::StrAppend(&out, " ", std::string(key));
  return out;
}

TEST(WindowsEvent, EventDataAsAMap) {
  EXPECT_EQ(Summary(R"({"Event": {"#attributes": {"xmlns": "x"},
      "System": {"Provider": {"#attributes": {"Name": "P"}}, "EventID": 7, "Channel": "C"},
      "EventData": {"#attributes": {"Name": "n"}, "Image": "a", "Process Id": 4, "Empty": null}}})"),
            "C 7 Image=a ProcessId=4 Empty=");
}

TEST(WindowsEvent, EventDataAsAList) {
  EXPECT_EQ(Summary(R"({"Event": {"System": {"EventID": {"#text": "4", "@Qualifiers": "0"},
      "Channel": "C"}, "EventData": {"Data": [{"@Name": "A", "#text": "1"}, {"@Name": "B"},
      {"#attributes": {"Name": "D"}, "#text": 2}, {"#text": "no name"}, "plain"]}}})"),
            "C 4 A=1 B= D=2");
  EXPECT_EQ(Summary(R"({"Event": {"System": {"EventID": 4, "Channel": "C"},
      "EventData": [{"@Name": "A", "#text": "1"}]}})"),
            "C 4 A=1");
  EXPECT_EQ(Summary(R"({"Event": {"System": {"EventID": 4, "Channel": "C"},
      "EventData": {"Data": {"@Name": "A", "#text": "1"}}}})"),
            "C 4 A=1");
}

TEST(WindowsEvent, UserDataHoldsOneElement) {
  EXPECT_EQ(Summary(R"({"Event": {"System": {"EventID": 5858, "Channel": "C"}, "UserData":
      {"Operation": {"#attributes": {"xmlns": "x"}, "Id": "1", "User": "u"}}}})"),
            "C 5858 Id=1 User=u");
}

TEST(WindowsEvent, Winlogbeat) {
  EXPECT_EQ(Summary(R"({"@timestamp": "t", "winlog": {"channel": "C", "event_id": "11",
      "computer_name": "h", "event_data": {"Image": "a"}}})"),
            "C 11 Image=a");
  EXPECT_EQ(Summary(R"({"winlog": {"channel": "C", "event_id": 1,
      "user_data": {"xml_name": "X", "Id": "1"}}})"),
            "C 1 Id=1");
  EXPECT_EQ(Summary(R"({"log_name": "C", "event_id": 3, "event_data": {"Image": "a"}})"),
            "C 3 Image=a");
}

TEST(WindowsEvent, FlatWithoutWhatTheShipperAdds) {
  EXPECT_EQ(Summary(R"({"EventID": 13, "Channel": "C", "host": "h", "tags": ["t"], "@version": "1",
      "EventType": "SetValue", "Image": "a"})"),
            "C 13 EventType=SetValue Image=a | EventID Channel host tags @version");
  EXPECT_EQ(Summary(R"({"EventID": 1, "Channel": "C", "EventType": "INFO"})"),
            "C 1 | EventID Channel EventType");
}

TEST(WindowsEvent, AnythingElseHasNoChannel) {
  EXPECT_EQ(Summary("{}"), " -");
  EXPECT_EQ(Summary(R"({"EventID": 1, "Image": "a"})"), " -");
  EXPECT_EQ(Summary(R"({"Event": "x"})"), " -");
  EXPECT_EQ(Summary(R"({"Event": {"System": [], "EventData": 4, "UserData": "u"}})"), " -");
  EXPECT_EQ(Summary(R"({"winlog": null})"), " -");
  EXPECT_EQ(Summary(R"({"Channel": {"a": 1}, "EventID": "4294967296", "A": 1})"),
            " - A=1 | Channel EventID");
}

TEST(WindowsLogSources, ChannelsAndEvents) {
  EXPECT_EQ(ServiceOfChannel("Security"), "security");
  EXPECT_EQ(ServiceOfChannel("security"), "security");
  EXPECT_EQ(ServiceOfChannel("Microsoft-Windows-PowerShell/Operational"), "powershell");
  EXPECT_EQ(ServiceOfChannel("Windows PowerShell"), "powershell-classic");
  EXPECT_EQ(ServiceOfChannel("Acme"), "");
  EXPECT_EQ(ServiceOfChannel(""), "");
  EXPECT_EQ(CategoryOfEvent("powershell", 4104), "ps_script");
  EXPECT_EQ(CategoryOfEvent("powershell", 4105), "");
  EXPECT_EQ(CategoryOfEvent("security", 4104), "");
  EXPECT_TRUE(IsSysmonChannel("Linux-Sysmon/Operational"));
  EXPECT_FALSE(IsSysmonChannel("Security"));
}

}  // namespace
}  // namespace sluice
