// The Sysmon evaluator, beside what it shares with the naive one (sysmon_property_test.cc):
// options, contracts, budget, trace, explanations.

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schema/rule_text.h"
#include "tests/engine/sysmon_engine_testing.h"

namespace sluice {
namespace {

std::string Config(std::string_view events, std::string_view options = "") {
  return Cat("<Sysmon schemaversion=\"4.50\">", options, "<EventFiltering>", events,
             "</EventFiltering></Sysmon>");
}

SysmonEngine EngineOfXml(std::string_view events, std::string_view options = "",
                         const EngineOptions& engine = {}) {
  return EngineOf(ContentOfXml(Config(events, options)), {}, engine);
}

// A DNS query.
Event Dns(std::initializer_list<EventField> fields) {
  return {.id = 22, .types = {}, .fields = fields};
}

EventField Number(std::string_view name, std::string_view digits) {
  return {.name = name, .text = digits, .kind = EventValueKind::kNumber};
}

constexpr std::string_view kQueryIsA =
    "<DnsQuery onmatch=\"include\"><QueryName name=\"n\">a</QueryName></DnsQuery>";

TEST(SysmonEngine, SaysWhichRecordDecidedAndItsName) {
  SysmonEngine engine =
      EngineOfXml(Cat(kQueryIsA, "<DnsQuery onmatch=\"exclude\"><Image>i</Image></DnsQuery>"));
  const Outcome& included = engine.Run(Dns({{"QueryName", "A"}}));
  EXPECT_TRUE(included.sysmon.include);
  EXPECT_EQ(included.sysmon.instance, 0);
  EXPECT_EQ(included.sysmon.rule_name, "n");
  const Outcome& excluded = engine.Run(Dns({{"QueryName", "A"}, {"Image", "i"}}));
  EXPECT_FALSE(excluded.sysmon.include);
  EXPECT_EQ(excluded.sysmon.instance, 1);
  EXPECT_EQ(excluded.sysmon.rule_name, "");
  const Outcome& neither = engine.Run(Dns({}));
  EXPECT_FALSE(neither.sysmon.include);
  EXPECT_EQ(neither.sysmon.instance, kNone);
  EXPECT_FALSE(neither.exhausted);
  EXPECT_TRUE(neither.failed.empty());
}

TEST(SysmonEngine, EventsWithoutARecordHaveTheDefaultOfTheirType) {
  SysmonEngine engine = EngineOfXml("");
  for (const uint32_t id : {1u, 5u}) EXPECT_TRUE(engine.Run({.id = id}).sysmon.include) << id;
  for (const uint32_t id : {2u, 3u, 22u}) EXPECT_FALSE(engine.Run({.id = id}).sysmon.include) << id;
}

TEST(SysmonEngine, EventsOfTheServiceAreIncludedWhateverTheRecordsSay) {
  SysmonEngine engine = EngineOfXml(kQueryIsA);
  for (const uint32_t id : {4u, 16u, 255u}) EXPECT_TRUE(engine.Run({.id = id}).sysmon.include);
}

TEST(SysmonEngine, WhatTheSensorDoesNotReportIsExcluded) {
  SysmonEngine engine = EngineOfXml(kQueryIsA);
  for (const uint32_t id : {kNone, 0u, 99u, 4688u}) {
    EXPECT_FALSE(engine.Run({.id = id}).sysmon.include) << id;
  }
}

TEST(SysmonEngine, ValuesAreTheTextsThatTheEventHas) {
  SysmonEngine engine = EngineOfXml(
      "<RuleGroup groupRelation=\"or\"><NetworkConnect onmatch=\"include\">"
      "<SourcePort name=\"port\">443</SourcePort><Initiated name=\"bool\">true</Initiated>"
      "<User name=\"missing\">-</User></NetworkConnect></RuleGroup>");
  const auto name = [&](std::vector<EventField> fields) {
    return std::string(engine.Run({.id = 3, .types = {}, .fields = fields}).sysmon.rule_name);
  };
  const EventField user{.name = "User", .text = "u"};
  EXPECT_EQ(name({Number("SourcePort", "443"), user}), "port");
  EXPECT_EQ(name({{"Initiated", "true", EventValueKind::kBoolean}, user}), "bool");
  EXPECT_EQ(name({{"User", "", EventValueKind::kNull}}), "missing");
  EXPECT_EQ(name({{"User", ""}}), "missing");
  EXPECT_EQ(name({}), "missing");
  EXPECT_EQ(name({user}), "");
}

TEST(SysmonEngine, OfEqualFieldsTheFirstCounts) {
  SysmonEngine engine = EngineOfXml(kQueryIsA);
  EXPECT_TRUE(engine.Run(Dns({{"QueryName", "a"}, {"QueryName", "b"}})).sysmon.include);
  EXPECT_FALSE(engine.Run(Dns({{"QueryName", "b"}, {"QueryName", "a"}})).sysmon.include);
}

// List options (Sysmon rule blob, section 5.2, step 8).

constexpr std::string_view kPrograms = "<NetworkConnect>a.exe,b,,c</NetworkConnect>";

bool IncludesProgram(SysmonEngine& engine, std::string_view image) {
  return engine.Run({.id = 3, .types = {}, .fields = {{.name = "Image", .text = image}}})
      .sysmon.include;
}

TEST(SysmonEngine, AListOptionAddsARecord) {
  SysmonEngine engine = EngineOfXml("", kPrograms);
  EXPECT_TRUE(IncludesProgram(engine, "C:\\A.exe"));
  EXPECT_TRUE(IncludesProgram(engine, "b,c"));
  EXPECT_FALSE(IncludesProgram(engine, "b"));
}

TEST(SysmonEngine, AListOptionGoesIntoTheRecordsOfItsEvent) {
  SysmonEngine engine = EngineOfXml(
      "<NetworkConnect onmatch=\"include\"><Image>d</Image></NetworkConnect>", kPrograms);
  EXPECT_TRUE(IncludesProgram(engine, "a.exe")) << "conditions on one field are ORed";
  EXPECT_TRUE(IncludesProgram(engine, "d"));
  EXPECT_FALSE(IncludesProgram(engine, "e"));
}

// Contracts.

TEST(SysmonEngine, OnlyRecordsThatAreTakenCount) {
  const std::string config = Config(
      "<FileCreateTime onmatch=\"exclude\"><Image>i</Image></FileCreateTime>"
      "<FileCreateTime onmatch=\"include\"><User>u</User></FileCreateTime>");
  const Event event{.id = 2, .types = {}, .fields = {{.name = "User", .text = "u"}}};
  SysmonEngine newest = EngineOf(ContentOfXml(config));
  EXPECT_EQ(newest.Run(event).sysmon.instance, 1);
  // 4.50 has no User there.
  const Contract& old = SysmonContract("4.50");
  EXPECT_FALSE(Verify(ContentOfXml(config), ContractSet::BuiltIn(), {.contract = &old}).ok());
  SysmonEngine skipping = EngineOf(ContentOfXml(config), {.contract = &old, .skip_failing = true});
  EXPECT_TRUE(skipping.Run(event).sysmon.include) << "one record is left, and says its default";
  EXPECT_EQ(skipping.Run(event).sysmon.instance, kNone);
}

TEST(SysmonEngine, AConfigurationIsBoundAsEachSensorCompilesIt) {
  const std::string config = Config(
      "<RegistryEvent onmatch=\"include\"><User condition=\"contains\">u</User>"
      "</RegistryEvent>");
  const auto includes = [&](std::string_view version, uint32_t id) {
    SysmonEngine engine = EngineOf(ContentOfXml(config), {.contract = &SysmonContract(version)});
    return engine.Run({.id = id, .types = {}, .fields = {{.name = "User", .text = "u"}}})
        .sysmon.include;
  };
  EXPECT_TRUE(includes("4.90", 12));
  EXPECT_FALSE(includes("4.90", 13)) << "another position in the fields of 13";
  EXPECT_FALSE(includes("4.90", 14));
}

// A contract with a condition that Sluice does not know.
struct WithUnknownCondition {
  WithUnknownCondition() {
    contract = SysmonContract("4.90");
    operators.assign(contract.operators.begin(), contract.operators.end());
    operators.push_back("matches");
    contract.operators = operators;
    contract.version = "9.99";
    contract.rank = 999;
    contracts.Add(&contract);
  }
  Contract contract;
  std::vector<std::string_view> operators;
  ContractSet contracts;
};

TEST(SysmonEngine, ARecordWithAnUnknownConditionIsNotRunAndFails) {
  const WithUnknownCondition sensor;
  Content content =
      ContentOfXml(Config("<DnsQuery onmatch=\"exclude\"><QueryName>b</QueryName>"
                          "<QueryName condition=\"matches\">a</QueryName></DnsQuery>"));
  Verification verified =
      Verify(std::move(content), sensor.contracts, {.contract = &sensor.contract});
  ASSERT_TRUE(verified.ok()) << verified.errors[0].message;
  SysmonEngine engine(*std::move(verified.content));
  ASSERT_EQ(engine.engine().not_run().size(), 1);
  EXPECT_EQ(engine.engine().not_run()[0].instance.instance, 0);
  const Outcome& failed = engine.Run(Dns({{"QueryName", "a"}}));
  EXPECT_TRUE(failed.sysmon.include) << "as if it did not match";
  EXPECT_EQ(failed.failed, std::vector<uint32_t>{0});
  const Outcome& before = engine.Run(Dns({{"QueryName", "b"}}));
  EXPECT_FALSE(before.sysmon.include) << "later conditions on a matched field are not asked";
  EXPECT_TRUE(before.failed.empty());
}

TEST(SysmonEngine, AWildcardReadsNothingAndHolds) {
  Content content = ContentOf(ReadContentText, R"(# proto-message: sluice.v1.Content
dialect: "sysmon"
metadata { schema_version: "4.50" }
template_type { name: "DnsQuery" }
instance { template_type: "DnsQuery" on_match: "include"
  part { criterion { field_name: "QueryName" operator: "wildcard" } }
  part { criterion { field_name: "QueryName" operator: "sysmon.is" operand: "a" } } }
)");
  SysmonEngine engine = EngineOf(std::move(content), {}, {.trace = true});
  EXPECT_TRUE(engine.Run(Dns({{"QueryName", "a"}})).sysmon.include);
  EXPECT_FALSE(engine.Run(Dns({{"QueryName", "b"}})).sysmon.include);
}

// Budget, trace, explanations.

TEST(SysmonEngine, WithoutBudgetNothingIsDecided) {
  const std::string value(1000, 'b');
  const Event event = Dns({{"QueryName", value}, {"Image", "i"}});
  const std::string_view config =
      "<DnsQuery onmatch=\"include\"><QueryName condition=\"contains\">a</QueryName></DnsQuery>"
      "<DnsQuery onmatch=\"exclude\"><Image>j</Image></DnsQuery>";
  SysmonEngine enough = EngineOfXml(config);
  const uint64_t work = enough.Run(event).work;
  EXPECT_GT(work, value.size());
  EXPECT_LT(work, 4 * value.size());
  for (const uint64_t budget : {uint64_t{0}, uint64_t{1}, uint64_t{500}, work - 1, work}) {
    SysmonEngine engine = EngineOfXml(config, "", {.budget = budget});
    const Outcome& outcome = engine.Run(event);
    EXPECT_EQ(outcome.exhausted, budget < work) << budget;
    EXPECT_LE(outcome.work, budget);
    EXPECT_EQ(outcome.sysmon.instance, kNone);
  }
}

TEST(SysmonEngine, LongListsOnLongValuesEndWithTheBudget) {
  std::string list;
  for (int i = 0; i < 20'000; ++i) list += ";b";
  const std::string value(200'000, 'a');
  SysmonEngine engine =
      EngineOfXml("<DnsQuery onmatch=\"include\"><QueryName condition=\"contains any\">" + list +
                      "</QueryName></DnsQuery>",
                  "", {.budget = 10'000'000});
  const Outcome& outcome = engine.Run(Dns({{"QueryName", value}}));
  EXPECT_TRUE(outcome.exhausted);
  EXPECT_FALSE(outcome.sysmon.include);
}

TEST(SysmonEngine, TracesTheFieldsThatItAskedFor) {
  SysmonEngine engine = EngineOfXml(
      "<DnsQuery onmatch=\"include\"><QueryName>a</QueryName><QueryName>b</QueryName>"
      "<Image>i</Image></DnsQuery>",
      "", {.trace = true});
  const std::vector<FieldRead> first = {{.content = 0, .field = 0}};
  const std::vector<FieldRead> both = {{.content = 0, .field = 0}, {.content = 0, .field = 1}};
  EXPECT_EQ(engine.Run(Dns({{"QueryName", "c"}})).reads, first);
  EXPECT_EQ(engine.Run(Dns({{"QueryName", "b"}})).reads, both);
  EXPECT_TRUE(engine.Run({.id = 3}).reads.empty());
}

TEST(SysmonEngine, TracesAreKeptOnlyWhenAskedFor) {
  SysmonEngine engine = EngineOfXml(kQueryIsA);
  EXPECT_TRUE(engine.Run(Dns({{"QueryName", "a"}})).reads.empty());
}

TEST(SysmonEngine, ExplainsEveryCriterionByItself) {
  SysmonEngine engine = EngineOfXml(
      "<DnsQuery onmatch=\"include\"><Image>i</Image><Rule groupRelation=\"and\">"
      "<QueryName>b</QueryName><QueryName condition=\"contains\">a</QueryName></Rule>"
      "<User>-</User></DnsQuery>");
  const Event event = Dns({{"QueryName", "xa"}, {"Image", "i"}});
  const std::vector<CriterionOutcome> explained = engine.Explain(event, 0);
  ASSERT_EQ(explained.size(), 4);
  const bool holds[] = {true, false, true, true};
  const EventField* fields[] = {&event.fields[1], &event.fields[0], &event.fields[0], nullptr};
  for (uint32_t i = 0; i < 4; ++i) {
    EXPECT_EQ(explained[i].criterion, i);
    EXPECT_EQ(explained[i].holds, holds[i]) << i;
    EXPECT_EQ(explained[i].field, fields[i]) << i;
  }
  for (const CriterionOutcome& other : engine.Explain({.id = 3}, 0)) {
    EXPECT_FALSE(other.holds);
    EXPECT_EQ(other.field, nullptr);
  }
}

TEST(SysmonEngine, ExplainsRecordsOfASeriesForTheEventThatIsThere) {
  SysmonEngine engine = EngineOfXml(
      "<RegistryEvent onmatch=\"include\"><User condition=\"is not\">x</User>"
      "<TargetObject condition=\"is not\">x</TargetObject></RegistryEvent>");
  for (const uint32_t id : {12u, 13u}) {
    const std::vector<CriterionOutcome> explained = engine.Explain({.id = id}, 0);
    ASSERT_EQ(explained.size(), 2);
    EXPECT_EQ(explained[0].holds, id == 12) << "User stands elsewhere in 13";
    EXPECT_TRUE(explained[1].holds);
  }
}

}  // namespace
}  // namespace sluice
