// The naive evaluator against vectors by hand: what a configuration becomes, and what the loader
// makes of it. Every sentence of the description has its own (Sysmon rule blob, sections 5.2, 6.1).

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <string_view>

#include "tests/engine/naive_sysmon.h"
#include "tests/engine/naive_sysmon_testing.h"

namespace naive {
namespace {

// Section 5.2: what a node becomes, seen by what it decides.

TEST(NaiveSysmonCompiled, RecordsOfANameInDocumentOrderAtAnyDepth) {
  const std::string events =
      "<RuleGroup name='g'><DnsQuery onmatch='include'><QueryName>a</QueryName></DnsQuery>"
      "</RuleGroup><DnsQuery onmatch='include'><QueryName>a</QueryName></DnsQuery>";
  EXPECT_EQ(Decide(events, 22, {{"QueryName", "a"}}).record, 1);
  EXPECT_EQ(NameOf(events, 22, {{"QueryName", "a"}}), "");
}

TEST(NaiveSysmonCompiled, EventNamesAreCaseSensitiveAndUnknownOnesIgnored) {
  EXPECT_TRUE(
      Includes("<dnsQuery onmatch='include'/><Bogus/><ProcessCreate onmatch='exclude'>"
               "<Image>x</Image></ProcessCreate>",
               1, {}));
  EXPECT_FALSE(LoadSysmon(Blob("<dnsQuery onmatch='include'/>"), Build490()).refused);
  EXPECT_TRUE(LoadSysmon(Blob("<dnsQuery onmatch='include'/>"), Build490()).classes.empty());
}

TEST(NaiveSysmonCompiled, CombinesByTheSchemaVersionAndTheGroupAbove) {
  const std::string node =
      "<DnsQuery onmatch='include'><QueryName>a</QueryName><Image>i</Image></DnsQuery>";
  const SysmonEvent half{22, {{"QueryName", "a"}}};
  const auto includes = [&](const std::string& events, const std::string& version) {
    return DecideSysmon(LoadSysmon(Blob(events, Build490(), version), Build490()), half, Build490())
        .include;
  };
  EXPECT_TRUE(includes(node, "4.10"));
  EXPECT_FALSE(includes(node, "4.11"));
  EXPECT_FALSE(includes("<RuleGroup groupRelation='and'>" + node + "</RuleGroup>", "4.10"));
  EXPECT_TRUE(includes("<RuleGroup groupRelation='oR'>" + node + "</RuleGroup>", "4.90"));
  EXPECT_FALSE(includes("<RuleGroup groupRelation='other'>" + node + "</RuleGroup>", "4.10"));
  EXPECT_TRUE(includes("<RuleGroup groupRelation=''>" + node + "</RuleGroup>", "4.10"));
  EXPECT_FALSE(includes("<RuleGroup groupRelation='or'><x>" + node + "</x></RuleGroup>", "4.90"));
}

TEST(NaiveSysmonCompiled, OnMatchAndDefaultAreOpposites) {
  const auto node = [](const std::string& attribute) {
    return "<DnsQuery " + attribute + "><QueryName>a</QueryName></DnsQuery>";
  };
  const Values match{{"QueryName", "a"}};
  EXPECT_TRUE(Includes(node("onmatch='INCLUDE'"), 22, match));
  EXPECT_FALSE(Includes(node("onmatch='exclude'"), 22, match));
  EXPECT_TRUE(Includes(node("onmatch='exclude'"), 22, {}));
  EXPECT_FALSE(Includes(node("default='include'"), 22, match));
  EXPECT_TRUE(Includes(node("default='include'"), 22, {}));
  EXPECT_TRUE(Includes(node("default='exclude'"), 22, match));
  EXPECT_TRUE(Includes(node("onmatch='x'"), 22, match)) << "the type's own default is exclude";
  EXPECT_FALSE(
      Includes("<ProcessCreate onmatch=''><Image>a</Image></ProcessCreate>", 1, {{"Image", "a"}}));
  EXPECT_TRUE(Blob(node("onmatch='include' default='include'")).empty());
  EXPECT_TRUE(Blob(node("")).empty());
}

TEST(NaiveSysmonCompiled, NamesComeFromTheConditionTheRuleOrTheGroup) {
  const std::string events =
      "<RuleGroup name='g' groupRelation='or'><DnsQuery onmatch='include'>"
      "<QueryName name='own'>a</QueryName><QueryName name=''>b</QueryName><Rule name='r'>"
      "<Image>i</Image></Rule><Rule><Image name='o'>j</Image></Rule><Rule><Image>k</Image></Rule>"
      "</DnsQuery></RuleGroup>";
  EXPECT_EQ(NameOf(events, 22, {{"QueryName", "a"}}), "own");
  EXPECT_EQ(NameOf(events, 22, {{"QueryName", "b"}}), "g");
  EXPECT_EQ(NameOf(events, 22, {{"Image", "i"}}), "r");
  EXPECT_EQ(NameOf(events, 22, {{"Image", "j"}}), "o");
  EXPECT_EQ(NameOf(events, 22, {{"Image", "k"}}), "g");
}

TEST(NaiveSysmonCompiled, GroupsAreOrUnlessTheySayOtherwise) {
  const auto includes = [](const std::string& relation) {
    return Includes("<DnsQuery onmatch='include'><rule " + relation +
                        "><QueryName>a</QueryName><Image>i</Image></rule></DnsQuery>",
                    22, {{"QueryName", "a"}});
  };
  EXPECT_TRUE(includes(""));
  EXPECT_TRUE(includes("groupRelation=''"));
  EXPECT_TRUE(includes("groupRelation='OR'"));
  EXPECT_FALSE(includes("groupRelation='and'"));
  EXPECT_FALSE(includes("groupRelation='x'"));
}

TEST(NaiveSysmonCompiled, AConditionWithoutANameIsIs) {
  const std::string events =
      "<DnsQuery onmatch='include'><QueryName condition=''>a</QueryName>"
      "<Image condition='BEGIN with'>c:</Image></DnsQuery>";
  EXPECT_TRUE(Includes(events, 22, {{"QueryName", "A"}, {"Image", "C:\\x"}}));
  EXPECT_FALSE(Includes(events, 22, {{"QueryName", "ab"}, {"Image", "C:\\x"}}));
}

// The id of the event that the first record of `events` is compiled for; 0 without one.
uint32_t CompiledId(const std::string& events, const Build& build) {
  const std::string blob = Blob(events, build);
  return blob.empty() ? 0 : WordAt(blob, kRecordId);
}

TEST(NaiveSysmonCompiled, ASeriesTakesTheFirstTypeThatHasEveryField) {
  const auto registry = [](const std::string& conditions, const Build& build = Build490()) {
    return CompiledId("<RegistryEvent onmatch='include'>" + conditions + "</RegistryEvent>", build);
  };
  EXPECT_EQ(registry(""), 12);
  EXPECT_EQ(registry("<TargetObject>a</TargetObject><User>u</User>"), 12);
  EXPECT_EQ(registry("<TargetObject>a</TargetObject><Details>d</Details>"), 13);
  EXPECT_EQ(registry("<Rule><NewName>n</NewName></Rule>"), 14);
  EXPECT_EQ(registry("<Details>d</Details><NewName>n</NewName>"), 0);
  EXPECT_EQ(registry("<User>u</User>", Build470()), 0);
  EXPECT_EQ(CompiledId("<PipeEvent onmatch='include'><Image>i</Image></PipeEvent>", Build490()),
            17);
  const auto wmi = [](const std::string& conditions) {
    return CompiledId("<WmiEvent onmatch='include'>" + conditions + "</WmiEvent>", Build490());
  };
  EXPECT_EQ(wmi("<Operation>o</Operation>"), 19);
  EXPECT_EQ(wmi("<Name>n</Name><Query>q</Query>"), 19);
  EXPECT_EQ(wmi("<Name>n</Name><Type>t</Type>"), 20);
  EXPECT_EQ(wmi("<Filter>f</Filter>"), 21);
}

TEST(NaiveSysmonCompiled, AnIncorrectFieldDropsTheNodeAndAllLaterOnesOfItsName) {
  const std::string events =
      "<DnsQuery onmatch='include'><QueryName>a</QueryName></DnsQuery><DnsQuery onmatch='include'>"
      "<queryName>b</queryName></DnsQuery><DnsQuery onmatch='include'><QueryName>c</QueryName>"
      "</DnsQuery><ProcessTerminate onmatch='exclude'><Image>i</Image></ProcessTerminate>";
  EXPECT_TRUE(Includes(events, 22, {{"QueryName", "a"}}));
  EXPECT_FALSE(Includes(events, 22, {{"QueryName", "b"}}));
  EXPECT_FALSE(Includes(events, 22, {{"QueryName", "c"}}));
  EXPECT_FALSE(Includes(events, 5, {{"Image", "i"}}));
}

TEST(NaiveSysmonCompiled, ListOptionsComeBeforeTheConditionsOfTheirEvent) {
  const auto decide = [](const std::string& middle, const Values& values) {
    const Compiled compiled =
        Compile("<Sysmon schemaversion='4.90'><ImageLoad>a.exe,b,,c</ImageLoad><EventFiltering>" +
                    middle + "</EventFiltering></Sysmon>",
                Build490());
    return DecideSysmon(LoadSysmon(compiled.blob, Build490()), {7, values}, Build490()).include;
  };
  EXPECT_TRUE(decide("", {{"Image", "C:\\A.exe"}}));
  EXPECT_TRUE(decide("", {{"Image", "b,c"}}));
  EXPECT_FALSE(decide("", {{"Image", "d"}}));
  const std::string more = "<ImageLoad onmatch='include'><Signed>true</Signed></ImageLoad>";
  EXPECT_FALSE(decide(more, {{"Image", "a.exe"}}));
  EXPECT_TRUE(decide(more, {{"Image", "a.exe"}, {"Signed", "true"}}));
}

// Section 6.1.

TEST(NaiveSysmonLoad, TakesItsOwnMajorBinaryVersionAndSomeRecords) {
  const std::string blob = Blob(kDns);
  EXPECT_FALSE(LoadSysmon(blob, Build490()).refused);
  EXPECT_FALSE(LoadSysmon(With(blob, 0, 0x00120005), Build490()).refused);
  EXPECT_TRUE(LoadSysmon(With(blob, 0, 0x00110000), Build490()).refused);
  EXPECT_TRUE(LoadSysmon(With(blob, 4, 0), Build490()).refused);
}

TEST(NaiveSysmonLoad, RefusesDefaultsAndEventsThatItDoesNotKnow) {
  const std::string blob = Blob(kDns);
  EXPECT_TRUE(LoadSysmon(With(blob, kRecordDefault, 2), Build490()).refused);
  EXPECT_TRUE(LoadSysmon(With(blob, kRecordId, 101), Build490()).refused);
  EXPECT_FALSE(LoadSysmon(With(blob, kRecordId, 50), Build490()).refused);
  EXPECT_TRUE(LoadSysmon(With(Blob(kDns, Build470()), kRecordId, 27), Build470()).refused);
}

TEST(NaiveSysmonLoad, IgnoresTheSecondTableAndNegativeIds) {
  const std::string blob = Blob(kDns);
  for (const uint32_t id : {0x1000u, 0x8016u, 0x80000016u, 0xFFFFFFFFu}) {
    const SysmonRules rules = LoadSysmon(With(blob, kRecordId, id), Build490());
    EXPECT_FALSE(rules.refused) << id;
    EXPECT_TRUE(rules.classes.empty()) << id;
  }
}

TEST(NaiveSysmonLoad, ClassesAreTheHighestIdOfTheSeries) {
  const std::string blob = Blob(kDns);
  const std::map<uint32_t, uint32_t> classes = {{12, 14}, {13, 14}, {14, 14}, {17, 18},
                                                {18, 18}, {19, 21}, {20, 21}, {21, 21},
                                                {255, 0}, {15, 15}, {4, 4},   {0, 0}};
  for (const auto& [id, number] : classes) {
    const SysmonRules rules = LoadSysmon(With(blob, kRecordId, id), Build490());
    ASSERT_EQ(rules.classes.size(), 1) << id;
    EXPECT_EQ(rules.classes.begin()->first, number) << id;
  }
}

TEST(NaiveSysmonLoad, AChainEndsAtZeroAndPastTheEnd) {
  const std::string blob = Blob(kDns);
  for (const uint32_t next : {0u, static_cast<uint32_t>(blob.size()), 0xFFFFFFFFu}) {
    const SysmonRules rules = LoadSysmon(With(blob, kRecordNext, next), Build490());
    EXPECT_EQ(rules.classes.at(22).size(), 1);
    const SysmonRules cut = LoadSysmon(With(blob, 48 + 520, next), Build490());
    EXPECT_EQ(cut.classes.at(22)[0].conditions.size(), 1);
  }
}

TEST(NaiveSysmonLoad, ExcludesComeFirstAndEachKindInReverse) {
  const std::string include = "<DnsQuery onmatch='include'/>";
  const std::string exclude = "<DnsQuery onmatch='exclude'/>";
  const SysmonRules rules =
      LoadSysmon(Blob(include + exclude + include + exclude + exclude), Build490());
  std::string order;
  for (const SysmonRecord& record : rules.classes.at(22)) order += std::to_string(record.chain);
  EXPECT_EQ(order, "43120");
}

}  // namespace
}  // namespace naive
