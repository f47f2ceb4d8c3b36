// Events that stand elsewhere than in EventFiltering or a RuleGroup: the sensor takes them at any
// depth (Sysmon rule blob, section 5.2).

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "schema/contract.h"
#include "schema/limits.h"
#include "schema/self_contract.h"
#include "tests/parser/sysmon_config/config_testing.h"

namespace sluice {
namespace {

constexpr ContractType kTypes[] = {
    {.name = "ProcessCreate", .id = 1}, {.name = "DriverLoad", .id = 6}, {.name = "", .id = 16}};

const SelfContracts& Contracts() {
  static const Contract contract = {
      .sensor = "sysmon", .version = "1", .rank = 1, .dialect = Dialect::kSysmon, .types = kTypes};
  static const SelfContracts contracts(ContractSet(), &contract);
  return contracts;
}

ReadResult ReadKnowing(std::string_view rules) {
  return ReadSysmonConfig(std::make_shared<const std::string>(Config(rules)),
                          {.self_contracts = &Contracts()});
}

Content MustReadKnowing(std::string_view rules) {
  ReadResult result = ReadKnowing(rules);
  EXPECT_TRUE(result.ok()) << (result.ok() ? "" : result.malformed().message);
  if (!result.ok()) result = ReadConfig("<Sysmon/>");
  return std::move(result).TakeContent();
}

std::vector<std::string_view> Types(const Content& content) {
  std::vector<std::string_view> types;
  for (const Instance& instance : content.instances()) {
    types.push_back(content.type(instance).name);
  }
  return types;
}

// The places of the elements that are ignored and belong to `instance`.
std::vector<std::string_view> Ignored(const Content& content, uint32_t instance = kNone) {
  std::vector<std::string_view> ignored;
  for (const Irregularity& found : content.irregularities()) {
    if (found.kind != IrregularityKind::kIgnoredElement || found.instance != instance) continue;
    ignored.push_back(At(content, found.place));
  }
  return ignored;
}

std::string Repeat(std::string_view what, size_t times) {
  std::string out;
  for (size_t i = 0; i < times; ++i) out += what;
  return out;
}

using Names = std::vector<std::string_view>;

TEST(ConfigNesting, SelfContractsKnowEventsByExactName) {
  EXPECT_TRUE(Contracts().IsSysmonEvent("DriverLoad"));
  EXPECT_FALSE(Contracts().IsSysmonEvent("driverload"));
  EXPECT_FALSE(Contracts().IsSysmonEvent(""));
}

TEST(ConfigNesting, Wrapper) {
  const Content content = MustReadKnowing(
      "<RuleGroup name='g' groupRelation='or'><Wrap a='1'>\n"
      "<DriverLoad onmatch='include'><Image>x</Image></DriverLoad></Wrap>\n"
      "<ProcessCreate onmatch='include'/></RuleGroup>");
  EXPECT_EQ(Types(content), (Names{"DriverLoad", "ProcessCreate"}));
  EXPECT_EQ(Ignored(content), (Names{"<Wrap a='1'>"}));
  EXPECT_EQ(content.irregularities().size(), 1u);
  EXPECT_EQ(content.irregularities()[0].detail, "Wrap");
  EXPECT_EQ(content.instances()[0].name, "");
  EXPECT_EQ(content.instances()[0].combine, Combine::kAnd);
  EXPECT_EQ(content.criteria(content.instances()[0]).size(), 1u);
  EXPECT_EQ(content.instances()[1].name, "g");
  EXPECT_EQ(content.instances()[1].combine, Combine::kOr);
}

TEST(ConfigNesting, WrappersInWrappersAndBesideOtherElements) {
  const Content content = MustReadKnowing(
      "<A/><B><C><D/></C><E><DriverLoad onmatch='include'/></E><F/></B><G/>"
      "<H><DriverLoad onmatch='include'/></H>");
  EXPECT_EQ(Ignored(content), (Names{"<B>", "<E>", "<H>"}));
  EXPECT_EQ(Types(content), (Names{"A", "C", "DriverLoad", "F", "G", "DriverLoad"}));
}

TEST(ConfigNesting, WrappersOfEachEventFiltering) {
  const std::string part =
      "<W><DriverLoad onmatch='include'/></W></EventFiltering><EventFiltering>";
  const Content content = MustReadKnowing(part + part);
  EXPECT_EQ(Types(content), (Names{"DriverLoad", "DriverLoad"}));
  EXPECT_EQ(Ignored(content), (Names{"<W>", "<W>"}));
}

TEST(ConfigNesting, ARuleGroupInAWrapperCounts) {
  const Content content = MustReadKnowing(
      "<Wrap><RuleGroup name='g' groupRelation='or'><DriverLoad onmatch='include'/></RuleGroup>"
      "</Wrap>");
  ASSERT_EQ(Types(content), (Names{"DriverLoad"}));
  EXPECT_EQ(content.instances()[0].name, "g");
  EXPECT_EQ(content.instances()[0].combine, Combine::kOr);
}

TEST(ConfigNesting, WithOnMatchOrWithoutContractsItIsARecord) {
  for (const std::string_view attribute : {"onmatch", "default"}) {
    const Content content = MustReadKnowing(
        Join({"<Wrap ", attribute, "='include'><DriverLoad onmatch='include'/></Wrap>"}));
    EXPECT_EQ(Types(content), (Names{"Wrap", "DriverLoad"}));
    EXPECT_EQ(Ignored(content), Names{});
  }
  const Content content = MustRead(Config("<Wrap><DriverLoad onmatch='include'/></Wrap>"));
  EXPECT_EQ(Types(content), (Names{"Wrap"}));
}

TEST(ConfigNesting, InARecord) {
  const Content content = MustReadKnowing(
      "<RuleGroup name='g' groupRelation='or'><ProcessCreate onmatch='include'>"
      "<DriverLoad onmatch='exclude'><Image>x</Image></DriverLoad><User>u</User></ProcessCreate>"
      "<ProcessCreate onmatch='exclude'/></RuleGroup>");
  ASSERT_EQ(Types(content), (Names{"ProcessCreate", "DriverLoad", "ProcessCreate"}));
  const Instance& outer = content.instances()[0];
  ASSERT_EQ(content.criteria(outer).size(), 2u);
  EXPECT_EQ(content.field(content.criteria(outer)[0]).name, "DriverLoad");
  EXPECT_EQ(Ignored(content, 0), (Names{"<Image>"}));
  const Instance& inner = content.instances()[1];
  EXPECT_EQ(inner.record_default, RecordDefault::kInclude);
  EXPECT_EQ(inner.combine, Combine::kAnd);
  EXPECT_EQ(inner.name, "");
  ASSERT_EQ(content.criteria(inner).size(), 1u);
  EXPECT_EQ(content.operand_text(content.criteria(inner)[0]), "x");
  EXPECT_EQ(content.instances()[2].name, "g");
}

TEST(ConfigNesting, InARuleAndInACondition) {
  const Content content = MustReadKnowing(
      "<ProcessCreate onmatch='include'><Rule><DriverLoad onmatch='include'><Image>x</Image>"
      "</DriverLoad></Rule></ProcessCreate>"
      "<ProcessCreate onmatch='include'><Image>a<b><DriverLoad onmatch='exclude'/></b></Image>"
      "</ProcessCreate>");
  ASSERT_EQ(Types(content), (Names{"ProcessCreate", "DriverLoad", "ProcessCreate", "DriverLoad"}));
  EXPECT_EQ(content.groups().size(), 1u);
  EXPECT_EQ(content.criteria(content.instances()[0]).size(), 1u);
  EXPECT_EQ(content.criteria(content.instances()[1]).size(), 1u);
  EXPECT_EQ(content.operand_text(content.criteria(content.instances()[2])[0]), "a");
  EXPECT_EQ(Ignored(content, 2), (Names{"<b>"}));
  EXPECT_EQ(content.instances()[3].record_default, RecordDefault::kInclude);
}

TEST(ConfigNesting, TheDirectParentRuleGroupInARecordCounts) {
  const Content content = MustReadKnowing(
      "<ProcessCreate onmatch='include'><RuleGroup name='g' groupRelation='or'>"
      "<DriverLoad onmatch='include'/><b><DriverLoad onmatch='include'/></b>"
      "<DriverLoad onmatch='include'/></RuleGroup></ProcessCreate>");
  ASSERT_EQ(content.instances().size(), 4u);
  for (const size_t i : {1u, 3u}) {
    EXPECT_EQ(content.instances()[i].name, "g") << i;
    EXPECT_EQ(content.instances()[i].combine, Combine::kOr) << i;
  }
  EXPECT_EQ(content.instances()[2].name, "");
  EXPECT_EQ(content.instances()[2].combine, Combine::kAnd);
}

TEST(ConfigNesting, SixtyLevelsAreReadOnceEach) {
  constexpr size_t kLevels = 60;
  constexpr size_t kInnermost = 4000;
  const std::string open = "<DriverLoad onmatch='include'>";
  const Content content = MustReadKnowing(
      Repeat(open, kLevels) + Repeat("<Image>01234567890123456789</Image>", kInnermost) +
      Repeat("</DriverLoad>", kLevels));
  EXPECT_EQ(content.instances().size(), kLevels);
  // Each but the outermost is a criterion of the one around it, and ignored by the next.
  EXPECT_EQ(content.criteria().size(), kLevels - 1 + kInnermost);
  const auto ignored = std::ranges::count(content.irregularities(),
                                          IrregularityKind::kIgnoredElement, &Irregularity::kind);
  EXPECT_EQ(static_cast<size_t>(ignored), kLevels - 2 + kInnermost);
}

TEST(ConfigNesting, SixtyWrappersAroundMuch) {
  constexpr size_t kLevels = 60;
  constexpr size_t kInnermost = 4000;
  const Content content = MustReadKnowing(
      Repeat("<W>", kLevels) + Repeat("<Other>01234567890123456789</Other>", kInnermost) +
      "<DriverLoad onmatch='include'/>" + Repeat("</W>", kLevels));
  EXPECT_EQ(content.instances().size(), kInnermost + 1);
  EXPECT_EQ(Ignored(content).size(), kLevels);
}

TEST(ConfigNesting, TooDeepIsMalformed) {
  const std::string event = "<DriverLoad onmatch='include'>";
  const auto nested = [&](std::string_view open, std::string_view close, size_t times) {
    return Repeat(open, times) + event + "</DriverLoad>" + Repeat(close, times);
  };
  const size_t most = kMaxXmlDepth - 3;
  for (const size_t times : {most + 1, size_t{5'000}}) {
    EXPECT_FALSE(ReadKnowing(nested("<W>", "</W>", times)).ok()) << times;
    EXPECT_FALSE(ReadKnowing(nested(event, "</DriverLoad>", times)).ok()) << times;
  }
  EXPECT_EQ(MustReadKnowing(nested("<W>", "</W>", most)).instances().size(), 1u);
  EXPECT_EQ(MustReadKnowing(nested(event, "</DriverLoad>", most)).instances().size(), most + 1);
}

TEST(ConfigNesting, NamesInWrappersAreChecked) {
  const std::string name(kMaxXmlNameBytes + 1, 'n');
  EXPECT_FALSE(ReadKnowing(Join({"<W><DriverLoad onmatch='include'><Image><", name,
                                 "/></Image></DriverLoad></W>"}))
                   .ok());
  EXPECT_FALSE(ReadKnowing(Join({"<W ", name, "=''><DriverLoad onmatch='include'/></W>"})).ok());
}

TEST(ConfigNesting, NamesBehindWrappersAreChecked) {
  const std::string long_name(kMaxXmlNameBytes + 1, 'n');
  const std::string_view wrapped = "<W><DriverLoad onmatch='include'><Image/></DriverLoad></W>";
  const auto with_setting = [&](std::string_view name) {
    return ReadKnowing(Join({wrapped, "</EventFiltering><HashAlgorithms><a><", name,
                             "/></a></HashAlgorithms><EventFiltering>"}));
  };
  EXPECT_TRUE(with_setting("b").ok());
  EXPECT_FALSE(with_setting(long_name).ok());
}

}  // namespace
}  // namespace sluice
