// How a configuration is held in the content model.

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "tests/parser/sysmon_config/config_testing.h"

namespace sluice {
namespace {

TEST(ConfigModel, SchemaVersion) {
  const Content content = MustRead("<Sysmon schemaversion=\" 4.5\"/>");
  EXPECT_EQ(content.dialect(), Dialect::kSysmon);
  EXPECT_EQ(content.binding(), Binding::kByName);
  EXPECT_EQ(content.kind(), "sysmon-xml");
  EXPECT_FALSE(content.binary());
  EXPECT_TRUE(content.metadata().has_schema_version);
  EXPECT_EQ(content.metadata().schema_version, " 4.5");
  EXPECT_EQ(content.metadata().schema_rank, 450u);
  EXPECT_EQ(At(content, content.metadata().schema_version_place), " 4.5");
}

TEST(ConfigModel, SchemaVersionAbsentOrNoNumber) {
  EXPECT_FALSE(MustRead("<Sysmon/>").metadata().has_schema_version);
  const Content content = MustRead("<Sysmon schemaversion='new'/>");
  EXPECT_FALSE(content.metadata().has_schema_version);
  EXPECT_EQ(At(content, content.metadata().schema_version_place), "new");
}

TEST(ConfigModel, OtherRootIsMalformed) {
  EXPECT_FALSE(ReadConfig("<sysmon/>").ok());
  EXPECT_FALSE(ReadConfig("<manifests/>").ok());
  EXPECT_FALSE(ReadConfig("<a><Sysmon/></a>").ok());
  EXPECT_FALSE(ReadConfig("<!-- nothing -->").ok());
}

TEST(ConfigModel, Settings) {
  const Content content = MustRead(
      "<Sysmon schemaversion='4.90'><HashAlgorithms>md5,&amp;</HashAlgorithms><CheckRevocation/>"
      "<eventfiltering/></Sysmon>");
  ASSERT_EQ(content.settings().size(), 3u);
  EXPECT_EQ(content.settings()[0].name, "HashAlgorithms");
  EXPECT_EQ(content.settings()[0].value, "md5,&");
  EXPECT_EQ(At(content, content.settings()[0].place), "<HashAlgorithms>md5,&amp;</HashAlgorithms>");
  EXPECT_EQ(content.settings()[1].name, "CheckRevocation");
  EXPECT_EQ(content.settings()[1].value, "");
  EXPECT_EQ(content.settings()[2].name, "eventfiltering");
  EXPECT_TRUE(content.irregularities().empty());
}

TEST(ConfigModel, OneCriterion) {
  const Content content =
      MustRead(Record("<Image name=\"T1\" condition=\"End With\"> a&amp;b\r\n.exe </Image>"));
  ASSERT_EQ(content.instances().size(), 1u);
  const Instance& instance = content.instances()[0];
  EXPECT_EQ(content.type(instance).name, "ProcessCreate");
  EXPECT_EQ(content.type(instance).id, kNone);
  EXPECT_EQ(At(content, content.type(instance).place), "ProcessCreate");
  EXPECT_EQ(instance.ordinal, 1u);
  EXPECT_EQ(instance.record_default, RecordDefault::kExclude);
  EXPECT_EQ(instance.combine, Combine::kAnd);
  EXPECT_EQ(At(content, instance.place), "<ProcessCreate onmatch=\"include\">");
  ASSERT_EQ(content.criteria(instance).size(), 1u);
  const Criterion& criterion = content.criteria(instance)[0];
  EXPECT_EQ(content.field(criterion).kind, FieldKind::kName);
  EXPECT_EQ(content.field(criterion).name, "Image");
  EXPECT_EQ(criterion.op, Operator::kSysmonEndWith);
  EXPECT_EQ(criterion.operator_text, "End With");
  EXPECT_EQ(criterion.name, "T1");
  EXPECT_EQ(criterion.group, kNone);
  EXPECT_EQ(content.operand_text(criterion), " a&b\n.exe ");
  EXPECT_EQ(At(content, criterion.place),
            "<Image name=\"T1\" condition=\"End With\"> a&amp;b\r\n.exe </Image>");
  EXPECT_EQ(At(content, criterion.field_place), "Image");
  EXPECT_EQ(At(content, criterion.operator_place), "End With");
  EXPECT_EQ(At(content, criterion.name_place), "T1");
  EXPECT_EQ(At(content, content.operands(criterion)[0].place), " a&amp;b\r\n.exe ");
}

TEST(ConfigModel, ConditionAbsentEmptyOrUnknown) {
  const Content content = MustRead(
      Record("<Image>a</Image><Image condition=''>b</Image><Image condition='like'>c</Image>"));
  ASSERT_EQ(content.criteria().size(), 3u);
  for (const size_t i : {0u, 1u}) {
    const Criterion& criterion = content.criteria()[i];
    EXPECT_EQ(criterion.op, Operator::kSysmonIs);
    EXPECT_EQ(criterion.operator_text, "");
    EXPECT_EQ(criterion.operator_place, (Place{criterion.field_place.offset, 0}));
  }
  EXPECT_EQ(content.criteria()[2].op, Operator::kUnknown);
  EXPECT_EQ(content.criteria()[2].operator_text, "like");
}

TEST(ConfigModel, EveryCondition) {
  for (uint32_t number = 0; number < kSysmonConditionCount; ++number) {
    const OperatorInfo& info = Info(*SysmonOperator(number));
    const Content content =
        MustRead(Record(Join({"<Image condition='", info.as_written, "'>a</Image>"})));
    EXPECT_EQ(content.criteria()[0].op, info.op) << info.as_written;
  }
}

TEST(ConfigModel, ConditionsAndFieldsSeenBeforeAreToldApart) {
  // More words than any cache of the reader's holds, twice, and on two types.
  std::string criteria;
  for (int round = 0; round < 2; ++round) {
    for (int i = 0; i < 40; ++i) {
      const std::string field = Join({"F", std::to_string(i)});
      const Operator op = *SysmonOperator(static_cast<uint32_t>(i % 16));
      criteria += Join({"<", field, " condition='", Info(op).as_written, "'>x</", field, ">"});
    }
  }
  const Content content = MustRead(
      Config("<A onmatch='include'>" + criteria + "</A><B onmatch='include'>" + criteria + "</B>"));
  ASSERT_EQ(content.criteria().size(), 160u);
  EXPECT_EQ(content.fields().size(), 80u);
  for (size_t i = 0; i < 160; ++i) {
    const Criterion& criterion = content.criteria()[i];
    EXPECT_EQ(content.field(criterion).name, Join({"F", std::to_string(i % 40)}));
    EXPECT_EQ(content.field(criterion).type, i / 80);
    EXPECT_EQ(criterion.op, *SysmonOperator(static_cast<uint32_t>(i % 40 % 16)));
  }
}

TEST(ConfigModel, EmptyValuesHaveAPlaceBehindTheStartTag) {
  const Content content = MustRead(Record("<Image></Image><User/><User> </User>"));
  ASSERT_EQ(content.criteria().size(), 3u);
  for (const Criterion& criterion : content.criteria()) {
    const Operand& operand = content.operands(criterion)[0];
    EXPECT_EQ(operand.text, "");
    EXPECT_EQ(operand.place.length, 0u);
    EXPECT_EQ(content.text()[operand.place.offset - 1], '>');
    EXPECT_GT(operand.place.offset, criterion.place.offset);
    EXPECT_LE(operand.place.offset, criterion.place.end());
  }
}

TEST(ConfigModel, ValueIsTheFirstTextOrCdata) {
  const Content content =
      MustRead(Record("<Image><![CDATA[<a> & \r\n]]></Image><Image><!-- c -->text</Image>"
                      "<Image><x/>text</Image><Image>a<![CDATA[b]]></Image>"));
  ASSERT_EQ(content.operands().size(), 4u);
  EXPECT_EQ(content.operands()[0].text, "<a> & \n");
  EXPECT_EQ(content.operands()[1].text, "text");
  EXPECT_EQ(content.operands()[2].text, "text");
  EXPECT_EQ(content.operands()[3].text, "a");
}

TEST(ConfigModel, RecordDefaults) {
  const auto record_default = [](const std::string& attribute) {
    const Content content = MustRead(Config("<DriverLoad " + attribute + "/>"));
    return content.instances()[0].record_default;
  };
  EXPECT_EQ(record_default("onmatch='include'"), RecordDefault::kExclude);
  EXPECT_EQ(record_default("onmatch='Exclude'"), RecordDefault::kInclude);
  EXPECT_EQ(record_default("default='include'"), RecordDefault::kInclude);
  EXPECT_EQ(record_default("default='EXCLUDE'"), RecordDefault::kExclude);
  EXPECT_EQ(record_default("onmatch='maybe'"), RecordDefault::kTypeDefault);
  EXPECT_EQ(record_default("onmatch=''"), RecordDefault::kTypeDefault);
  EXPECT_EQ(record_default(""), RecordDefault::kTypeDefault);
}

TEST(ConfigModel, CombineDependsOnTheSchemaVersion) {
  const auto combine = [](const std::string& version) {
    return MustRead("<Sysmon schemaversion='" + version +
                    "'><EventFiltering><DriverLoad onmatch='include'/></EventFiltering></Sysmon>")
        .instances()[0]
        .combine;
  };
  EXPECT_EQ(combine("4.00"), Combine::kOr);
  EXPECT_EQ(combine("4.1"), Combine::kOr);
  EXPECT_EQ(combine("4.11"), Combine::kAnd);
  EXPECT_EQ(combine("4.90"), Combine::kAnd);
}

TEST(ConfigModel, RuleGroups) {
  const Content content = MustRead(Config(
      "<RuleGroup name='outer' groupRelation='or'>"
      "  <DriverLoad onmatch='include'/>"
      "  <rulegroup name='inner' groupRelation='AND'><DriverLoad onmatch='include'/></rulegroup>"
      "  <RULEGROUP><DriverLoad onmatch='include'/></RULEGROUP>"
      "  <DriverLoad onmatch='include'><ImageLoaded>a</ImageLoaded></DriverLoad>"
      "  <RuleGroup/>"
      "</RuleGroup>"
      "<RuleGroup groupRelation=''><DriverLoad onmatch='include'/></RuleGroup>"
      "<DriverLoad onmatch='include'/>"));
  const auto records = content.instances();
  ASSERT_EQ(records.size(), 6u);
  const std::vector<std::string_view> names = {"outer", "inner", "", "outer", "", ""};
  const std::vector<Combine> combines = {Combine::kOr, Combine::kAnd, Combine::kAnd,
                                         Combine::kOr, Combine::kAnd, Combine::kAnd};
  for (size_t i = 0; i < records.size(); ++i) {
    EXPECT_EQ(records[i].name, names[i]) << i;
    EXPECT_EQ(At(content, records[i].name_place), names[i]) << i;
    EXPECT_EQ(records[i].combine, combines[i]) << i;
    EXPECT_EQ(records[i].ordinal, i + 1);
  }
  EXPECT_EQ(content.criteria()[0].name, "outer");
  EXPECT_TRUE(content.irregularities().empty());
}

TEST(ConfigModel, Rules) {
  const Content content = MustRead(Config(
      "<RuleGroup name='g' groupRelation='or'><DriverLoad onmatch='include'>"
      "<ImageLoaded>1</ImageLoaded>"
      "<Rule name='r' groupRelation='and'><Signed>2</Signed><Signed name='s'>3</Signed></Rule>"
      "<rule groupRelation='OR'><Rule>4</Rule></rule>"
      "<Rule groupRelation=''/>"
      "<ImageLoaded>5</ImageLoaded></DriverLoad></RuleGroup>"));
  ASSERT_EQ(content.criteria().size(), 5u);
  const auto groups = content.groups(content.instances()[0]);
  ASSERT_EQ(groups.size(), 3u);
  EXPECT_EQ(groups[0].combine, Combine::kAnd);
  EXPECT_EQ(groups[0].name, "r");
  EXPECT_EQ(At(content, groups[0].name_place), "r");
  EXPECT_EQ(At(content, groups[0].place), "<Rule name='r' groupRelation='and'>");
  EXPECT_EQ(groups[0].criteria, (Range{1, 3}));
  EXPECT_EQ(groups[1].combine, Combine::kOr);
  EXPECT_EQ(groups[1].criteria, (Range{3, 4}));
  EXPECT_EQ(groups[1].name, "");
  EXPECT_EQ(groups[2].combine, Combine::kOr);
  EXPECT_TRUE(groups[2].criteria.empty());
  const std::vector<std::string_view> names = {"g", "r", "s", "g", "g"};
  const std::vector<uint32_t> in = {kNone, 0, 0, 1, kNone};
  for (size_t i = 0; i < 5; ++i) {
    EXPECT_EQ(content.criteria()[i].name, names[i]) << i;
    EXPECT_EQ(At(content, content.criteria()[i].name_place), names[i]) << i;
    EXPECT_EQ(content.criteria()[i].group, in[i]) << i;
  }
  EXPECT_EQ(content.field(content.criteria()[3]).name, "Rule");
}

TEST(ConfigModel, UnknownEventsAreRecordsToo) {
  const Content content =
      MustRead(Config("<NoSuchEvent onmatch='include'/><processcreate onmatch='include'/>"));
  ASSERT_EQ(content.instances().size(), 2u);
  EXPECT_EQ(content.type(content.instances()[0]).name, "NoSuchEvent");
  EXPECT_EQ(content.type(content.instances()[1]).name, "processcreate");
}

TEST(ConfigModel, EveryEventFilteringCounts) {
  const std::string part = "<EventFiltering><DriverLoad onmatch='include'/></EventFiltering>";
  const Content content = MustRead("<Sysmon schemaversion='4.90'>" + part + part + "</Sysmon>");
  ASSERT_EQ(content.instances().size(), 2u);
  EXPECT_EQ(content.instances()[1].ordinal, 2u);
  EXPECT_EQ(content.types().size(), 1u);
}

}  // namespace
}  // namespace sluice
