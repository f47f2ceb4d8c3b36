#include "parser/events/contract_draft.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "parser/config/contract_reader.h"
#include "parser/config/contract_writer.h"
#include "parser/events/read_events.h"
#include "schema/contract.h"
#include "schema/limits.h"
#include "schema/text.h"
#include "tests/support/shared_data.h"

namespace sluice {
namespace {

const Contract& Newest() { return *ContractSet::BuiltIn().Find("sysmon@4.90"); }

ContractDraft NewDraft(const std::string& product = "windows") {
  return ContractDraft({.sensor = "acme", .version = "1.0", .rank = 7, .product = product},
                       Newest().log_sources);
}

std::string Event(const std::string& channel, uint32_t id, const std::string& data) {
  return absl::StrCat(R"({"Event": {"System": {"Channel": ")", channel, R"(", "EventID": )", id,
                      R"(}, "EventData": {)", data, "}}}\n");
}

std::string Sysmon(uint32_t id, const std::string& data) {
  return Event("Microsoft-Windows-Sysmon/Operational", id, data);
}

absl::Status AddTo(ContractDraft& draft, const std::string& events) {
  std::istringstream in(events);
  return ReadEvents(in, "e.ndjson", draft);
}

testing::AssertionResult RefusedAt(const absl::Status& status, const std::string& place) {
  if (Standard(status.message()).starts_with(absl::StrCat("e.ndjson:", place, ": "))) {
    return testing::AssertionSuccess();
  }
  return testing::AssertionFailure() << status.message();
}

std::vector<std::string> TypeNames(const v1::Contract& contract) {
  std::vector<std::string> names;
  for (const auto& type : contract.template_type()) names.push_back(type.name());
  return names;
}

// The fields of a type without those of the header.
std::vector<std::string> FieldsOf(const v1::Contract& contract, const std::string& name) {
  std::vector<std::string> fields;
  const auto header = Newest().LogSourceNamed("windows/process_creation")->header;
  for (const auto& type : contract.template_type()) {
    if (type.name() != name) continue;
    for (const auto& field : type.field()) {
      if (std::ranges::find(header, field.name()) == header.end()) fields.push_back(field.name());
    }
  }
  return fields;
}

using Names = std::vector<std::string>;

TEST(ContractDraft, EventsOfSysmonBelongToEveryLogSourceOfTheirId) {
  ContractDraft draft = NewDraft();
  ASSERT_TRUE(AddTo(draft, Sysmon(12, R"("Image": "a", "TargetObject": "k")") +
                               Sysmon(13, R"("Details": "d", "Image": "a")"))
                  .ok());
  const v1::Contract contract = draft.Contract();
  EXPECT_EQ(TypeNames(contract),
            (Names{"windows/registry_add", "windows/registry_delete", "windows/registry_event",
                   "windows/registry_set", "windows/sysmon"}));
  EXPECT_EQ(FieldsOf(contract, "windows/registry_add"), (Names{"Image", "TargetObject"}));
  EXPECT_EQ(FieldsOf(contract, "windows/registry_set"), (Names{"Details", "Image"}));
  EXPECT_EQ(FieldsOf(contract, "windows/registry_event"),
            (Names{"Image", "TargetObject", "Details"}));
}

TEST(ContractDraft, OtherChannelsAreServicesAndSomeEventsCategories) {
  ContractDraft draft = NewDraft();
  ASSERT_TRUE(AddTo(draft, Event("Security", 4688, R"("NewProcessName": "a")") +
                               Event("Microsoft-Windows-PowerShell/Operational", 4104,
                                     R"("ScriptBlockText": "s")"))
                  .ok());
  EXPECT_EQ(TypeNames(draft.Contract()),
            (Names{"windows/powershell", "windows/ps_script", "windows/security"}));
}

TEST(ContractDraft, TheHeaderIsInEveryType) {
  ContractDraft draft = NewDraft();
  ASSERT_TRUE(AddTo(draft, Event("Security", 4648, R"("Level": "own", "A": "1")")).ok());
  const v1::Contract contract = draft.Contract();
  ASSERT_EQ(contract.template_type_size(), 1);
  Names fields;
  for (const auto& field : contract.template_type(0).field()) fields.push_back(field.name());
  EXPECT_EQ(fields.front(), "Level");
  for (const char* name : {"Level", "EventID", "Channel", "Provider_Name", "Computer"}) {
    EXPECT_EQ(std::ranges::count(fields, name), 1) << name;
  }
}

TEST(ContractDraft, UnknownChannelsAreCountedAndNotDrafted) {
  ContractDraft draft = NewDraft();
  ASSERT_TRUE(AddTo(draft, Event("Acme", 1, "") + Event("Acme", 2, "") + "{}\n").ok());
  EXPECT_TRUE(draft.empty());
  EXPECT_EQ(draft.events(), 3u);
  EXPECT_EQ(draft.unknown_events(), 3u);
  EXPECT_EQ(draft.unknown().at("Acme"), 2u);
  EXPECT_EQ(draft.unknown().at(""), 1u);
}

TEST(ContractDraft, AnotherProduct) {
  ContractDraft draft = NewDraft("linux");
  ASSERT_TRUE(AddTo(draft, Event("Linux-Sysmon/Operational", 1, R"("Image": "/bin/sh")")).ok());
  EXPECT_EQ(TypeNames(draft.Contract()), (Names{"linux/process_creation", "linux/sysmon"}));
  EXPECT_EQ(draft.Contract().platform(), "linux");
}

TEST(ContractDraft, ReadsBackWhateverIsInTheEvents) {
  ContractDraft draft = NewDraft();
  ASSERT_TRUE(AddTo(draft, Sysmon(1, R"("a\"b\\": "1", "\u0000\n\u001b#": "2", "\u00e9": "3")") +
                               Event("Evil\\nsensor: \\\"x\\\"\\u001b", 1, ""))
                  .ok());
  const auto back = ReadContract(WriteContract(draft.Contract(), draft.Comment()), "draft");
  ASSERT_TRUE(back.ok()) << back.status().message();
  EXPECT_EQ((*back)->contract().Name(), "acme@1.0");
  EXPECT_EQ((*back)->contract().rank, 7u);
  EXPECT_EQ((*back)->contract().dialect, Dialect::kSigma);
  EXPECT_TRUE((*back)->contract().HasTypeNamed("windows/process_creation"));
}

TEST(ContractDraft, Limits) {
  ContractDraft draft = NewDraft();
  const std::string long_name(kMaxEventNameBytes + 1, 'x');
  EXPECT_TRUE(RefusedAt(AddTo(draft, "\n" + Event(long_name, 1, "")), "2:1"));
  EXPECT_TRUE(RefusedAt(AddTo(draft, Sysmon(1, absl::StrCat("\"", long_name, "\": 1"))), "1:1"));
  std::string fields;
  for (int i = 0; i < kMaxContractFields; ++i) {
    absl::StrAppend(&fields, i == 0 ? "" : ",", "\"f", i, "\": 1");
  }
  EXPECT_TRUE(RefusedAt(AddTo(draft, Sysmon(1, fields)), "1:1"));

  ContractDraft channels = NewDraft();
  std::string many;
  for (uint32_t i = 0; i <= kMaxUnknownChannels; ++i) many += Event(absl::StrCat("c", i), 1, "");
  ASSERT_TRUE(AddTo(channels, many).ok());
  EXPECT_EQ(channels.unknown().size(), kMaxUnknownChannels);
  EXPECT_EQ(channels.unknown_events(), kMaxUnknownChannels + 1);
}

// Real events: every one of them is taken, and its fields are those of Sysmon's manifest.
TEST(ContractDraft, RealEventsOfEveryShape) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(
           SharedData() / "sigma/regression_data", error)) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  SLUICE_NEED_SHARED(files);
  files.push_back(SharedData() / "events/sysmon-background.ndjson");
  ContractDraft draft = NewDraft();
  for (const auto& file : files) {
    std::ifstream in(file, std::ios::binary);
    const absl::Status status = ReadEvents(in, file.string(), draft);
    ASSERT_TRUE(status.ok()) << status.message();
  }
  EXPECT_EQ(draft.events(), 3352u);
  EXPECT_EQ(draft.unknown_events(), 0u);
  const v1::Contract contract = draft.Contract();
  const auto back = ReadContract(WriteContract(contract, draft.Comment()), "draft");
  ASSERT_TRUE(back.ok()) << back.status().message();
  size_t compared = 0;
  Names unknown;
  for (const LogSource& source : Newest().log_sources) {
    for (const std::string& field : FieldsOf(contract, std::string(source.name))) {
      bool known = false;
      for (const Contract* sysmon : ContractSet::BuiltIn().all()) {
        for (const ContractType& type : sysmon->types) {
          known |= std::ranges::find(source.events, type.id) != source.events.end() &&
                   FieldIndex(type, field) != kNone;
        }
      }
      ++compared;
      if (!known) unknown.push_back(absl::StrCat(std::string(source.name), " ", field));
    }
  }
  EXPECT_GT(compared, 150u);
  // What the shipper of the flat events adds under the name of a field.
  EXPECT_EQ(unknown,
            (Names{"windows/create_remote_thread ProcessId", "windows/process_access ProcessId"}));
}

}  // namespace
}  // namespace sluice
