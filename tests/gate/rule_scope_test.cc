#include "schema/rule_scope.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <tuple>
#include <vector>

#include "corpus/case_builder.h"
#include "gate/lint.h"
#include "parser/channel/channel_writer.h"
#include "parser/config/contract_reader.h"
#include "parser/format.h"
#include "parser/text/content_text.h"
#include "tests/schema/rules/lint_case.h"

namespace sluice {
namespace {

// Sensors for what the cases of the rules leave out: a blob's value types and limits, and channel
// types of one platform.
constexpr const char* kMoreContracts[] = {
    "# proto-message: sluice.v1.Contract\n"
    "sensor: \"scope\" version: \"1\" rank: 600 dialect: \"sysmon\" operator: \"sysmon.is\"\n"
    "binary_major: 79 limits { max_instances: 1 }\n"
    "template_type { name: \"Net\" id: 3 field { name: \"A\" type: \"uint32\" } }",
    "# proto-message: sluice.v1.Contract\n"
    "sensor: \"scope\" version: \"2\" rank: 601 dialect: \"sysmon\" operator: \"sysmon.is\"\n"
    "binary_major: 79 template_type { name: \"Net\" id: 3 field { name: \"A\" type: \"string\" } }",
    "# proto-message: sluice.v1.Contract\n"
    "sensor: \"scoped\" version: \"1\" rank: 1 dialect: \"channel\" operator: \"equals\"\n"
    "template_type { name: \"IPC\" id: 7 platform: \"linux\" field { name: \"Pipe\" } }"};

// An instance with this criterion, and another one of its id without any.
std::string CompiledSigma(const std::string& criterion) {
  const std::string instance = "instance { id: \"1\" template_type: \"windows/process_creation\" ";
  return std::string(kContentTextHeader) + "\ndialect: \"sigma\"\n" + instance +
         "criterion { field_name: \"Image\" " + criterion + " } }\n" + instance + "}\n";
}

std::vector<std::string> MoreTexts() {
  const std::string record =
      "instance { template_type: \"Net\" template_type_id: 3\n"
      "  criterion { field_index: 0 operator: \"sysmon.is\" operand: \"1\" } }\n";
  return {Blob(79, record + record),
          Channel("instance { id: \"1\" template_type: \"IPC\" }\n"
                  "instance { id: \"2\" template_type: \"IPC\"\n"
                  "  criterion { field_index: 0 operator: \"equals\" operand: \"a\" } }"),
          Channel("instance { id: \"1\" template_type: \"IPC\"\n"
                  "  criterion { field_name: \"Nothing\" operator: \"regex\" operand: \"a\" } }"),
          CompiledSigma("operator: \"matches\" operand: \"a\""),
          CompiledSigma("operator: \"regex\" operand: \"(\"")};
}

const ContractSet& MoreContracts() {
  static const ContractSet& contracts = *[] {
    auto* set = new ContractSet(Contracts());
    for (const char* text : kMoreContracts) {
      auto owned = ReadContract(text, "scope.textproto");
      EXPECT_TRUE(owned.ok()) << owned.status().message();
      // They live as long as the set, which is never deleted.
      if (owned.ok()) set->Add(&owned->release()->contract());
    }
    return set;
  }();
  return contracts;
}

// All sensors that there are contracts of.
Fleet Everyone() {
  Fleet fleet;
  for (const Contract* contract : MoreContracts().all()) {
    fleet.Add({.name = std::string(contract->sensor),
               .version = std::string(contract->version),
               .contract = contract});
  }
  return fleet;
}

Fleet FleetOf(const RuleCase& one) {
  Fleet fleet;
  for (const std::string& name : one.fleet) fleet.Add(SensorNamed(name));
  return fleet;
}

// What stands between the quotes of `key: "value"`; empty when the line is another.
std::string ValueOf(const std::string& line, const std::string& key) {
  const size_t at = line.find(key + ": \"");
  if (at == std::string::npos || line.find_first_not_of(' ') != at) return "";
  const size_t begin = at + key.size() + 3;
  return line.substr(begin, line.find('"', begin) - begin);
}

// The text form of a configuration as that of a blob of binary version 15: its fields by index. A
// field that there is not is past the end.
std::string AsBlobText(const std::string& text) {
  const Contract& contract = *Contracts().Find("sysmon@4.50");
  const ContractType* type = nullptr;
  std::string blob = std::string(kContentTextHeader) + "\nmetadata { binary_major: 15 }\n";
  std::istringstream lines(text.substr(0, text.find("\nsetting {")));
  bool in_metadata = false;
  for (std::string line; std::getline(lines, line);) {
    const std::string name = ValueOf(line, "template_type");
    const std::string field = ValueOf(line, "field_name");
    in_metadata |= line == "metadata {";
    if (in_metadata || line.starts_with("#")) {
      in_metadata &= line != "}";
    } else if (!name.empty()) {
      const auto found = std::ranges::find(contract.types, name, &ContractType::name);
      type = found == contract.types.end() ? nullptr : &*found;
      blob += line + " template_type_id: " + std::to_string(type == nullptr ? 99 : type->id) + "\n";
    } else if (!field.empty()) {
      const uint32_t index = type == nullptr ? kNone : FieldIndex(*type, field);
      blob += "field_index: " + std::to_string(index == kNone ? 99 : index) + "\n";
    } else {
      blob += line + "\n";
    }
  }
  return blob;
}

// What the rules find in the corpus and in their own cases, in each of their forms.
class ScopeTest : public testing::Test {
 protected:
  // Without a fleet, and with this one; a blob also as if sensors loaded it.
  void LintEachWay(const std::string& name, const std::string& kind, const std::string& text,
                   const Fleet& fleet) {
    const auto bytes = std::make_shared<const std::string>(text);
    const Format* format = kind.empty() ? RecogniseFormat(*bytes) : FindFormat(kind);
    if (format == nullptr) return;
    const ReadResult read = format->read(bytes, {});
    if (!read.ok()) return;
    LintOptions options;
    options.contracts = &MoreContracts();
    options.kind = format->kind;
    Record(name, read.content(), options, bytes);
    options.fleet = fleet;
    options.fleet_requested = true;
    Record(name, read.content(), options, bytes);
    options.assume_loaded = true;
    Record(name, read.content(), options, bytes);
    const auto channel = WriteChannel(read.content());
    if (channel.ok() && format->kind != "channel") LintEachWay(name, "channel", *channel, fleet);
    if (format->kind != "sysmon-xml" && format->kind != "sysmon-blob") return;
    const std::string printed = PrintContentText(read.content());
    LintEachWay(name, "", printed, fleet);
    if (format->kind == "sysmon-xml") LintEachWay(name, "", AsBlobText(printed), fleet);
  }

  void Record(const std::string& name, const Content& content, const LintOptions& options,
              const std::shared_ptr<const std::string>& bytes) {
    const absl::StatusOr<Results> results = LintBytes(name, bytes, options);
    ASSERT_TRUE(results.ok()) << results.status().message();
    for (const Finding& finding : results->findings) {
      const std::tuple found(finding.rule->id, ClassOf(content), options.fleet_requested);
      if (!found_.insert(found).second) continue;
      EXPECT_TRUE(finding.rule->scope.SpeaksOf(ClassOf(content), options.fleet_requested))
          << name << " " << finding.rule->id << (options.fleet_requested ? " with a fleet" : "");
    }
  }

  void LintEverything() {
    const Fleet everyone = Everyone();
    for (const std::string& path : FindCases("corpus")) {
      const auto description = ReadCase(path);
      ASSERT_TRUE(description.ok());
      auto built = BuildCase(*description, path);
      ASSERT_TRUE(built.ok());
      LintEachWay(path, description->kind(), *built, everyone);
    }
    for (const RuleCase& one : AllCases()) {
      const std::string name = one.rule + ": " + one.shows;
      LintEachWay(name, "", one.text, everyone);
      if (!one.fleet.empty()) LintEachWay(name, "", one.text, FleetOf(one));
    }
    for (const std::string& text : MoreTexts()) LintEachWay(text, "", text, everyone);
  }

  // Rules see the same in a blob and in its text form, but for what only its bytes hide.
  bool Found(std::string_view rule, ContentClass content, bool fleet) const {
    return found_.contains({rule, content, fleet}) ||
           (content == ContentClass::kBlob &&
            found_.contains({rule, ContentClass::kBlobText, fleet}));
  }

  std::set<std::tuple<std::string_view, ContentClass, bool>> found_;
};

TEST_F(ScopeTest, RulesFindNothingElsewhereAndSomethingThere) {
  LintEverything();
  for (const Rule* rule : Rules()) {
    if (rule->check == nullptr) continue;  // readers and the gate report it
    for (size_t i = 0; i < kContentClasses; ++i) {
      const auto content = static_cast<ContentClass>(i);
      for (const bool fleet : {false, true}) {
        if (!rule->info.scope.SpeaksOf(content, fleet)) continue;
        EXPECT_TRUE(Found(rule->info.id, content, fleet))
            << rule->info.id << " " << i << (fleet ? " with a fleet" : "");
      }
    }
  }
}

TEST(RuleScope, EveryRuleHasAScope) {
  for (const Rule* rule : Rules()) {
    EXPECT_FALSE(rule->info.scope.with_fleet.empty()) << rule->info.id << " speaks of nothing";
  }
}

TEST(RuleScope, TellsContentApart) {
  const auto speaks_of = [](const char* id, bool fleet) {
    std::string classes;
    for (size_t i = 0; i < kContentClasses; ++i) {
      classes += FindRule(id)->info.scope.SpeaksOf(static_cast<ContentClass>(i), fleet) ? 'x' : '-';
    }
    return classes;
  };
  EXPECT_EQ(speaks_of("SL001", false), "xxxxxxxx");
  EXPECT_EQ(speaks_of("SL105", false), "----xxxx");
  EXPECT_EQ(speaks_of("SL118", false), "x-------");
  EXPECT_EQ(speaks_of("SL119", false), "xx------");
  EXPECT_EQ(speaks_of("SL201", false), "--------");
  EXPECT_EQ(speaks_of("SL201", true), "xxxxxxxx");
  EXPECT_EQ(speaks_of("SL203", true), "--xxx---");
  EXPECT_EQ(speaks_of("SL209", false), "--xx----");
  EXPECT_EQ(speaks_of("SL502", false), "xxxx----");
  EXPECT_EQ(speaks_of("SL515", true), "--x-----");
  EXPECT_EQ(speaks_of("SL600", false), "------x-");
  EXPECT_TRUE(FindRule("SL201")->info.scope.needs_fleet());
  EXPECT_FALSE(FindRule("SL209")->info.scope.needs_fleet());
}

Content MustRead(const std::string& kind, std::string bytes) {
  ReadResult read =
      FindFormat(kind)->read(std::make_shared<const std::string>(std::move(bytes)), {});
  EXPECT_TRUE(read.ok());
  return std::move(read).TakeContent();
}

TEST(ClassOf, IsFormatDialectAndBinding) {
  const std::string line = std::string(kContentTextHeader) + "\n";
  const auto of_text = [&](const char* text) {
    return ClassOf(MustRead("content-text", line + text));
  };
  EXPECT_EQ(ClassOf(MustRead("sysmon-xml", "<Sysmon/>")), ContentClass::kConfiguration);
  EXPECT_EQ(ClassOf(MustRead("sysmon-blob", BlobWithHole())), ContentClass::kBlob);
  EXPECT_EQ(of_text("dialect: \"sysmon\" binding: \"name\""), ContentClass::kConfigurationText);
  EXPECT_EQ(of_text("dialect: \"sysmon\" binding: \"index\""), ContentClass::kBlobText);
  EXPECT_EQ(of_text("dialect: \"channel\" binding: \"name\""), ContentClass::kChannelByName);
  EXPECT_EQ(of_text("dialect: \"sigma\""), ContentClass::kCompiledSigma);
  EXPECT_EQ(of_text("dialect: \"channel\" binding: \"index\""), ContentClass::kChannelByIndex);
  const auto of_channel = [&](const char* text) {
    return ClassOf(
        MustRead("channel", WriteChannel(MustRead("content-text", line + text)).value()));
  };
  EXPECT_EQ(of_channel("dialect: \"sysmon\" binding: \"name\""), ContentClass::kConfigurationText);
  EXPECT_EQ(of_channel("dialect: \"sysmon\" binding: \"index\""), ContentClass::kBlobText);
  EXPECT_EQ(of_channel("dialect: \"channel\" binding: \"name\""), ContentClass::kChannelByName);
  EXPECT_EQ(of_channel("dialect: \"sigma\""), ContentClass::kCompiledSigma);
  EXPECT_EQ(ClassOf(MustRead("sigma", "title: a\ndetection: {}\n")), ContentClass::kSigma);
}

}  // namespace
}  // namespace sluice
