#include <gtest/gtest.h>

#include "parser/text/content_text.h"

namespace sluice {
namespace {

ReadResult Read(std::string_view body) {
  const std::string text = std::string(kContentTextHeader) + "\n" + std::string(body);
  return ReadContentText(std::make_shared<const std::string>(text), {});
}

std::string_view At(const Content& content, Place place) {
  return content.text().substr(place.offset, place.length);
}

constexpr std::string_view kChannel = R"(dialect: "channel"
metadata { format_version: 3 }
template_type {
  name: "IPC"
  id: 9
  field { name: "pipe" type: "string" }
  field { name: "flags" type: "uint32" }
}
instance {
  id: "1001"
  template_type: "IPC"
  criterion { field_index: 0 operator: "contains" operand: "evil" cased: true }
  criterion { field_index: 1 operator: "in_list" operand: ["1", "\062"] negated: true }
  criterion { field_name: "flags" operator: "matches" operand: "x" }
  condition { criterion: 0 }
  condition { criterion: 1 }
  condition { at_least { n: 1 of: 2 } }
  condition { criterion: 2 }
  condition { negate: true }
  condition { all: 2 }
}
instance { id: "1002" template_type: "Gone" criterion { any_field: true operator: "wildcard" } }
)";

TEST(ContentText, IsRecognisedByItsFirstLine) {
  EXPECT_TRUE(LooksLikeContentText("# proto-message: sluice.v1.Content"));
  EXPECT_TRUE(LooksLikeContentText("\xEF\xBB\xBF# proto-message: sluice.v1.Content\r\n"));
  EXPECT_FALSE(LooksLikeContentText("# proto-message: sluice.v1.Contents\n"));
  EXPECT_FALSE(LooksLikeContentText("# proto-message: sluice.v1.Fleet\n"));
  EXPECT_FALSE(LooksLikeContentText("\n# proto-message: sluice.v1.Content\n"));
}

TEST(ContentText, ReadsChannelContent) {
  const ReadResult result = Read(kChannel);
  ASSERT_TRUE(result.ok()) << result.malformed().message;
  const Content& content = result.content();
  EXPECT_EQ(content.dialect(), Dialect::kChannel);
  EXPECT_EQ(content.binding(), Binding::kByIndex);
  EXPECT_EQ(content.kind(), "content-text");
  EXPECT_EQ(content.metadata().format_version, 3);
  ASSERT_EQ(content.types().size(), 2);
  EXPECT_TRUE(content.types()[0].declared);
  EXPECT_EQ(content.types()[0].id, 9);
  EXPECT_EQ(content.field_decls()[1].name, "flags");
  EXPECT_EQ(content.field_decls()[1].type, ValueType::kUint32);
  EXPECT_EQ(content.types()[1].name, "Gone");
  EXPECT_FALSE(content.types()[1].declared);
  ASSERT_EQ(content.instances().size(), 2);
  EXPECT_EQ(content.instances()[0].id, "1001");
}

TEST(ContentText, ReadsCriteria) {
  const ReadResult result = Read(kChannel);
  ASSERT_TRUE(result.ok());
  const Content& content = result.content();
  const auto criteria = content.criteria(content.instances()[0]);
  ASSERT_EQ(criteria.size(), 3);
  EXPECT_EQ(criteria[0].op, Operator::kContains);
  EXPECT_EQ(criteria[0].flags, kCased);
  EXPECT_EQ(content.field(criteria[0]).kind, FieldKind::kIndex);
  EXPECT_EQ(criteria[1].flags, kNegated);
  ASSERT_EQ(content.operands(criteria[1]).size(), 2);
  EXPECT_EQ(content.operands(criteria[1])[1].text, "2");
  EXPECT_EQ(criteria[2].op, Operator::kUnknown);
  EXPECT_EQ(criteria[2].operator_text, "matches");
  EXPECT_EQ(content.field(criteria[2]).name, "flags");
  const Criterion& any = content.criteria(content.instances()[1])[0];
  EXPECT_EQ(content.field(any).kind, FieldKind::kAny);
  EXPECT_EQ(any.op, Operator::kWildcard);
}

TEST(ContentText, ReadsConditions) {
  using Kind = ConditionToken::Kind;
  const ReadResult result = Read(kChannel);
  ASSERT_TRUE(result.ok());
  const auto tokens = result.content().condition(result.content().instances()[0]);
  ASSERT_EQ(tokens.size(), 6);
  EXPECT_EQ(tokens[1].kind, Kind::kCriterion);
  EXPECT_EQ(tokens[1].value, 1);
  EXPECT_EQ(tokens[2].kind, Kind::kAtLeast);
  EXPECT_EQ(tokens[2].n, 1);
  EXPECT_EQ(tokens[2].value, 2);
  EXPECT_EQ(tokens[4].kind, Kind::kNot);
  EXPECT_EQ(tokens[5].kind, Kind::kAnd);
  EXPECT_TRUE(result.content().condition(result.content().instances()[1]).empty());
}

TEST(ContentText, EveryNodeKnowsItsPlace) {
  const ReadResult result = Read(kChannel);
  ASSERT_TRUE(result.ok());
  const Content& content = result.content();
  const Instance& instance = content.instances()[0];
  const auto criteria = content.criteria(instance);
  EXPECT_EQ(At(content, content.metadata().format_version_place), "format_version: 3");
  EXPECT_TRUE(At(content, content.types()[0].place).starts_with("template_type {\n"));
  EXPECT_EQ(At(content, content.types()[1].place), "template_type: \"Gone\"");
  EXPECT_EQ(At(content, content.field_decls()[0].place),
            "field { name: \"pipe\" type: \"string\" }");
  EXPECT_TRUE(At(content, instance.place).starts_with("instance {\n  id: \"1001\""));
  EXPECT_TRUE(At(content, criteria[0].place).ends_with("cased: true }"));
  EXPECT_EQ(At(content, criteria[0].field_place), "field_index: 0");
  EXPECT_EQ(At(content, criteria[2].operator_place), "operator: \"matches\"");
  EXPECT_EQ(At(content, content.operands(criteria[0])[0].place), "operand: \"evil\"");
  EXPECT_EQ(At(content, content.operands(criteria[1])[1].place), "\"\\062\"");
  EXPECT_EQ(At(content, content.condition(instance)[5].place), "condition { all: 2 }");
}

TEST(ContentText, ReadsSysmonContent) {
  const ReadResult result = Read(R"(dialect: "sysmon"
metadata { schema_version: "4.5" }
instance {
  name: "group" template_type: "ProcessCreate" on_match: "exclude" combine: "or"
  part { criterion { field_name: "Image" operator: "sysmon.end_with" operand: "a" name: "n" } }
  part { group { combine: "and" name: "r"
    criterion { field_name: "User" operator: "sysmon.is" operand: "b" }
    criterion { field_name: "Image" operator: "sysmon.is" operand: "" }
  } }
  part { group { } }
}
instance { template_type: "ProcessCreate" on_match: "include" }
setting { name: "HashAlgorithms" value: "*" }
)");
  ASSERT_TRUE(result.ok()) << result.malformed().message;
  const Content& content = result.content();
  EXPECT_EQ(content.dialect(), Dialect::kSysmon);
  EXPECT_EQ(content.binding(), Binding::kByName);
  EXPECT_TRUE(content.metadata().has_schema_version);
  EXPECT_EQ(content.metadata().schema_rank, 450);
  EXPECT_EQ(content.types().size(), 1);
  const Instance& first = content.instances()[0];
  EXPECT_EQ(first.record_default, RecordDefault::kInclude);
  EXPECT_EQ(first.combine, Combine::kOr);
  EXPECT_EQ(first.name, "group");
  ASSERT_EQ(content.criteria(first).size(), 3);
  ASSERT_EQ(content.groups(first).size(), 2);
  EXPECT_EQ(content.criteria(content.groups(first)[0]).size(), 2);
  EXPECT_EQ(content.groups(first)[0].combine, Combine::kAnd);
  EXPECT_EQ(content.criteria()[0].group, kNone);
  EXPECT_EQ(content.criteria()[1].group, 0);
  EXPECT_EQ(content.instances()[1].record_default, RecordDefault::kExclude);
  EXPECT_EQ(content.instances()[1].ordinal, 2);
  EXPECT_EQ(content.settings()[0].name, "HashAlgorithms");
}

// An empty group is in the model as it is: no irregularity says it a second time.
TEST(ContentText, KeepsAnEmptyGroup) {
  const ReadResult result =
      Read("dialect: \"sysmon\" instance { template_type: \"FileCreate\" part { group { } } }");
  ASSERT_TRUE(result.ok());
  ASSERT_EQ(result.content().groups().size(), 1);
  EXPECT_TRUE(result.content().groups()[0].criteria.empty());
  EXPECT_EQ(At(result.content(), result.content().groups()[0].place), "group { }");
  EXPECT_TRUE(result.content().irregularities().empty());
}

TEST(ContentText, BindsByIndexWhereTheFileSaysSo) {
  const auto binding = [](std::string_view body) { return Read(body).content().binding(); };
  EXPECT_EQ(binding("dialect: \"sysmon\" metadata { binary_major: 15 }"), Binding::kByIndex);
  EXPECT_EQ(binding("dialect: \"sysmon\" binding: \"index\""), Binding::kByIndex);
  EXPECT_EQ(binding("dialect: \"sysmon\" metadata { binary_minor: 15 }"), Binding::kByName);
  EXPECT_EQ(binding("instance { template_type: \"a\""
                    "  criterion { field_name: \"f\" operator: \"wildcard\" } }"),
            Binding::kByName);
}

TEST(ContentText, FindsTheTypeByNameOrId) {
  const ReadResult result = Read(R"(dialect: "sysmon" binding: "index"
template_type { name: "RegistryEvent" id: 12 }
template_type { name: "RegistryEvent" id: 13 }
template_type { name: "FileCreate" id: 11 }
template_type { id: 99 }
instance { template_type: "RegistryEvent" template_type_id: 13 }
instance { template_type: "FileCreate" }
instance { template_type_id: 99 }
instance { template_type_id: 11 }
instance { template_type: "FileCreate" template_type_id: 50 }
)");
  ASSERT_TRUE(result.ok()) << result.malformed().message;
  const auto instances = result.content().instances();
  EXPECT_EQ(instances[0].type, 1);
  EXPECT_EQ(instances[1].type, 2);
  EXPECT_EQ(instances[2].type, 3);
  EXPECT_EQ(instances[3].type, 2);
  EXPECT_EQ(instances[4].type, 4);
}

TEST(ContentText, PlacesDoNotCountTheByteOrderMark) {
  const std::string text = "\xEF\xBB\xBF" + std::string(kContentTextHeader) + "\ndialect: \"x\"";
  const ReadResult result = ReadContentText(std::make_shared<const std::string>(text), {});
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.malformed().place.offset, kContentTextHeader.size() + 1);
  EXPECT_EQ(result.text(), text.substr(3));
}

TEST(ContentText, OperandsAreViewsWhereTheBytesStandAsTheyAre) {
  const ReadResult result = Read(
      "instance { template_type: \"a\" criterion { field_index: 0 operator: \"equals\""
      " operand: \"plain\" } }");
  ASSERT_TRUE(result.ok());
  const std::string_view text = result.content().text();
  const std::string_view operand = result.content().operands()[0].text;
  EXPECT_EQ(operand, "plain");
  EXPECT_TRUE(operand.data() > text.data() && operand.data() < text.data() + text.size());
}

}  // namespace
}  // namespace sluice
