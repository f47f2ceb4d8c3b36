#include "parser/channel/channel_writer.h"

#include <gtest/gtest.h>

#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "parser/channel/channel_limits.h"
#include "schema/content_builder.h"
#include "tests/parser/channel/channel_testing.h"

namespace sluice {
namespace {

// One instance with `criteria` criteria, whose operands are "0", "1", ...
std::string Instance(uint32_t criteria, const std::string& condition) {
  std::string out = "dialect: \"sigma\" instance { id: \"1\" template_type: \"T\"\n";
  for (uint32_t i = 0; i < criteria; ++i) {
    absl::StrAppend(&out, "criterion { field_name: \"f\" operator: \"equals\" operand: \"", i,
                    "\" }\n");
  }
  return absl::StrCat(out, condition, " }");
}

// "0 1 any2" as tokens of the text form.
std::string Tokens(const std::string& condition) {
  std::string out;
  for (const std::string& word :
       std::vector<std::string>(absl::StrSplit(condition, ' ', absl::SkipEmpty()))) {
    std::string said = absl::StrCat("criterion: ", word);
    if (word == "not") said = "negate: true";
    if (absl::StartsWith(word, "any")) said = absl::StrCat("any: ", word.substr(3));
    if (absl::StartsWith(word, "all")) said = absl::StrCat("all: ", word.substr(3));
    if (const size_t of = word.find('/'); of != std::string::npos) {
      said = absl::StrCat("at_least { n: ", word.substr(0, of), " of: ", word.substr(of + 1), " }");
    }
    absl::StrAppend(&out, "condition { ", said, " }\n");
  }
  return out;
}

// The operands of the criteria, and what the tokens of the file say.
std::string Canonical(const Content& content) {
  const sluice::Instance& instance = content.instances().front();
  std::vector<std::string> out;
  for (const Criterion& criterion : content.criteria(instance)) {
    out.emplace_back(content.operand_text(criterion));
  }
  out.push_back("|");
  for (const ConditionToken& token : content.condition(instance)) {
    constexpr const char* kWords[] = {"", "all", "any", "not", ""};
    std::string word = kWords[static_cast<size_t>(token.kind)];
    if (token.kind == ConditionToken::Kind::kAtLeast) absl::StrAppend(&word, token.n, "/");
    if (token.kind != ConditionToken::Kind::kNot) absl::StrAppend(&word, token.value);
    out.push_back(word);
  }
  return absl::StrJoin(out, " ");
}

struct ConditionCase {
  const char* what;
  uint32_t criteria;
  const char* condition;
  const char* canonical;  // operands, and tokens with chains as one token
};
void PrintTo(const ConditionCase& c, std::ostream* out) { *out << c.what; }

class ChannelWriterCondition : public testing::TestWithParam<ConditionCase> {};

TEST_P(ChannelWriterCondition, HasOneForm) {
  const ConditionCase& c = GetParam();
  const Content content = Text(Instance(c.criteria, Tokens(c.condition)));
  EXPECT_EQ(Canonical(Written(WriteChannel(content))), c.canonical);
}

INSTANTIATE_TEST_SUITE_P(
    All, ChannelWriterCondition,
    testing::Values(
        ConditionCase{"None", 2, "", "0 1 |"}, ConditionCase{"AllOfThem", 2, "0 1 all2", "0 1 |"},
        ConditionCase{"Single", 1, "0", "0 |"},
        ConditionCase{"AllInAnotherOrder", 3, "2 0 1 all3", "2 0 1 |"},
        ConditionCase{"AllNested", 3, "0 1 2 all2 all2", "0 1 2 |"},
        ConditionCase{"Unused", 4, "2 0 any2", "2 0 | 0 1 any2"},
        ConditionCase{"UnusedButOne", 3, "1", "1 |"},
        ConditionCase{"OrInOr", 4, "0 1 any2 2 3 any2 any2", "0 1 2 3 | 0 1 2 3 any4"},
        ConditionCase{"OrAtTheRight", 3, "0 1 2 any2 any2", "0 1 2 | 0 1 2 any3"},
        ConditionCase{"AndInOr", 3, "0 1 2 all2 any2", "0 1 2 | 0 1 2 all2 any2"},
        ConditionCase{"OrInAnd", 3, "0 1 any2 2 all2", "0 1 2 | 0 1 any2 2 all2"},
        ConditionCase{"OneOperand", 2, "0 any1 all1 1 any1 any2", "0 1 | 0 1 any2"},
        ConditionCase{"OneOfOne", 2, "0 1/1 1 any2", "0 1 | 0 1 any2"},
        ConditionCase{"NotNot", 2, "0 not not 1 any2", "0 1 | 0 1 any2"},
        ConditionCase{"NotNotOfAnOr", 3, "0 1 any2 not not 2 any2", "0 1 2 | 0 1 2 any3"},
        ConditionCase{"NotOfAnOr", 3, "0 1 any2 not 2 any2", "0 1 2 | 0 1 any2 not 2 any2"},
        ConditionCase{"NotThrice", 1, "0 not not not", "0 | 0 not"},
        ConditionCase{"OneOfThree", 3, "0 1 2 1/3", "0 1 2 | 0 1 2 any3"},
        ConditionCase{"ThreeOfThree", 3, "0 1 2 3/3", "0 1 2 |"},
        ConditionCase{"TwoOfThree", 3, "0 1 2 2/3", "0 1 2 | 0 1 2 2/3"},
        ConditionCase{"TwoOfThreeTwice", 3, "0 1 2 2/3 2 1 0 2/3 any2",
                      "0 1 2 | 0 1 2 2/3 2 1 0 2/3 any2"},
        ConditionCase{"Twice", 1, "0 0 all2", "0 | 0 0 all2"},
        ConditionCase{"UsedAgain", 3, "1 2 all2 1 0 all2 any2", "1 2 0 | 0 1 all2 0 2 all2 any2"}),
    [](const auto& param) { return std::string(param.param.what); });

// "all" and "any" by turns, each in the last place of the one around it.
std::string Nested(uint32_t criteria) {
  std::vector<std::string> words;
  for (uint32_t i = 0; i < criteria; ++i) words.push_back(absl::StrCat(i));
  for (uint32_t i = 1; i < criteria; ++i) words.emplace_back(i % 2 == 0 ? "all2" : "any2");
  return absl::StrJoin(words, " ");
}

TEST(ChannelWriter, ConditionsKeepToTheStack) {
  const uint32_t most = channel::kMaxConditionStack;
  EXPECT_TRUE(WriteChannel(Text(Instance(most, Tokens(Nested(most))))).ok());
  const Content over = Text(Instance(most + 1, Tokens(Nested(most + 1))));
  ChannelAssembler assembler(ChannelOptionsOf(over));
  const std::vector<ChannelRefusal> refused = assembler.Add(over);
  ASSERT_EQ(refused.size(), 1);
  EXPECT_EQ(refused[0].instance, 0);
  EXPECT_EQ(over.text().substr(refused[0].place.offset, 25), "condition { criterion: 64");
  EXPECT_EQ(refused[0].why, "the condition needs more than 64 results at a time");
}

TEST(ChannelWriter, AtLeastTakesNoMoreThanTheStack) {
  const auto of = [](uint32_t count) {
    std::string words;
    for (uint32_t i = 0; i < count; ++i) absl::StrAppend(&words, i, " ");
    return Text(Instance(count, Tokens(absl::StrCat(words, "2/", count))));
  };
  EXPECT_TRUE(WriteChannel(of(64)).ok());
  EXPECT_FALSE(WriteChannel(of(65)).ok());
}

TEST(ChannelWriter, ConditionsKeepToTheirTokens) {
  const auto any = [](uint32_t count, bool negated) {
    ContentBuilder builder(Dialect::kSigma, Binding::kByName, "test");
    const uint32_t type = builder.Type({.name = "T"});
    builder.BeginInstance({.type = type});
    const Operand operand{.text = "x"};
    builder.AddCriterion(
        {.field = builder.Field({.type = type, .name = "f"}), .op = Operator::kEquals},
        {&operand, 1});
    for (uint32_t i = 0; i < count; ++i) builder.AddConditionToken({});
    builder.AddConditionToken({.kind = ConditionToken::Kind::kOr, .value = count});
    if (negated) builder.AddConditionToken({.kind = ConditionToken::Kind::kNot, .value = 1});
    return std::move(builder).Build();
  };
  const uint32_t most = channel::kMaxTokensOfCondition / 2;
  EXPECT_EQ(Written(WriteChannel(any(most, true))).condition().size(), most + 2);
  EXPECT_FALSE(WriteChannel(any(most + 1, false)).ok());
}

struct RefusalCase {
  const char* what;
  std::string body;
  std::string at;  // what the place begins with; "" for no place
};
void PrintTo(const RefusalCase& c, std::ostream* out) { *out << c.what; }

class ChannelWriterRefuses : public testing::TestWithParam<RefusalCase> {};

TEST_P(ChannelWriterRefuses, AndSaysWhere) {
  const Content content = Text(GetParam().body);
  ChannelAssembler assembler(ChannelOptionsOf(content));
  const std::vector<ChannelRefusal> refused = assembler.Add(content);
  ASSERT_EQ(refused.size(), 1);
  EXPECT_EQ(content.text().substr(refused[0].place.offset, GetParam().at.size()), GetParam().at)
      << refused[0].why;
  EXPECT_FALSE(refused[0].why.empty());
  EXPECT_EQ(assembler.instance_count(), 0);
  // Nothing of it is left, so the file is one without it.
  const Content rest = Written(std::move(assembler).Finish());
  EXPECT_TRUE(rest.instances().empty());
  EXPECT_TRUE(rest.types().empty());
}

std::string OneCriterion(const std::string& inside) {
  return absl::StrCat("instance { template_type: \"T\" criterion { ", inside, " } }");
}
std::string Typed(const std::string& inside) {
  return absl::StrCat("template_type { name: \"T\" field { name: \"f\" } } ", OneCriterion(inside));
}
std::string Sysmon(const std::string& inside) {
  return absl::StrCat("dialect: \"sysmon\" instance { template_type: \"T\" ", inside, " }");
}

INSTANTIATE_TEST_SUITE_P(
    Criteria, ChannelWriterRefuses,
    testing::Values(
        RefusalCase{"UnknownOperator", OneCriterion("field_name: \"f\" operator: \"matches\""),
                    "operator: \"matches\""},
        RefusalCase{"OperatorOfSysmon",
                    OneCriterion("field_name: \"f\" operator: \"sysmon.is\" operand: \"a\""),
                    "operator"},
        RefusalCase{"OperatorInSysmon",
                    Sysmon("criterion { field_name: \"f\" operator: \"equals\" operand: \"a\" }"),
                    "operator"},
        RefusalCase{"NegatedWildcard",
                    OneCriterion("field_name: \"f\" operator: \"wildcard\" negated: true"),
                    "operator"},
        RefusalCase{"WildcardOfAnyField", OneCriterion("any_field: true operator: \"wildcard\""),
                    "any_field"},
        RefusalCase{
            "NumericContains",
            OneCriterion("field_name: \"f\" operator: \"contains\" operand: \"1\" numeric: true"),
            "operator"},
        RefusalCase{"TimePartOfText",
                    OneCriterion("field_name: \"f\" operator: \"contains\" operand: \"1\" "
                                 "time_part: \"hour\""),
                    "operator"},
        RefusalCase{"NoOperand", OneCriterion("field_name: \"f\" operator: \"equals\""),
                    "criterion"},
        RefusalCase{"OperandOfNull",
                    OneCriterion("field_name: \"f\" operator: \"is_null\" operand: \"a\""),
                    "criterion"},
        RefusalCase{
            "TwoOperandsOfExists",
            OneCriterion("field_name: \"f\" operator: \"exists\" operand: \"true\" operand: "
                         "\"false\""),
            "criterion"},
        RefusalCase{
            "LoneSurrogate",
            OneCriterion("field_name: \"f\" operator: \"equals\" operand: \"\\355\\240\\200\""),
            "operand"},
        RefusalCase{"NameOfSurrogate",
                    OneCriterion("field_name: \"\\355\\240\\200\" operator: \"is_null\""),
                    "field_name"}),
    [](const auto& param) { return std::string(param.param.what); });

INSTANTIATE_TEST_SUITE_P(
    Instances, ChannelWriterRefuses,
    testing::Values(
        RefusalCase{"NoCriteria", "instance { template_type: \"T\" }", "instance"},
        RefusalCase{"UndeclaredField", Typed("field_name: \"g\" operator: \"is_null\""),
                    "field_name: \"g\""},
        RefusalCase{"FieldPastTheType", Typed("field_index: 1 operator: \"is_null\""),
                    "field_index: 1"},
        RefusalCase{"UndeclaredTypeByIndex", OneCriterion("field_index: 0 operator: \"is_null\""),
                    "template_type"},
        RefusalCase{"TypeIdPast31Bits",
                    "instance { template_type_id: 2147483648 criterion { field_name: \"f\" "
                    "operator: \"is_null\" } }",
                    "template_type_id"},
        RefusalCase{"IdOfSurrogate",
                    "instance { id: \"\\355\\240\\200\" template_type: \"T\" criterion { "
                    "field_name: \"f\" operator: \"is_null\" } }",
                    "instance"},
        RefusalCase{"GroupIdPast31Bits", Sysmon("part { group { id: 2147483648 } }"), "group"},
        RefusalCase{"OtherFormatVersion", Instance(1, "") + " metadata { format_version: 2 }",
                    "format_version: 2"},
        RefusalCase{"VersionPast31Bits",
                    "template_type { name: \"T\" version: 2147483648 undeclared: true } " +
                        OneCriterion("field_name: \"f\" operator: \"is_null\""),
                    "template_type"},
        RefusalCase{"BinaryVersionPast31Bits",
                    "dialect: \"sysmon\" metadata { binary_major: 32768 }", "binary_major"},
        RefusalCase{"SettingOfSurrogate",
                    "dialect: \"sysmon\" setting { name: \"\\355\\240\\200\" }", "setting"}),
    [](const auto& param) { return std::string(param.param.what); });

TEST(ChannelWriter, SigmaRulesAreWritten) {
  const Content content = Written(WriteChannel(Sigma(kRule)));
  ASSERT_EQ(content.instances().size(), 1);
  EXPECT_EQ(content.kind(), "channel");
  EXPECT_EQ(content.dialect(), Dialect::kSigma);
  EXPECT_EQ(content.types()[0].name, "windows/process_creation");
  EXPECT_TRUE(content.types()[0].open);
  EXPECT_EQ(content.instances()[0].name, "One");
  EXPECT_EQ(Canonical(content), "\\a.exe \\b.exe  | 0 1 any2 2 all2 not");
}

TEST(ChannelWriter, OnlyWholeRulesAreTaken) {
  const std::string correlation =
      "title: C\ncorrelation: { type: event_count, rules: [a], timespan: 5m, condition: { gte: 1 } "
      "}\n";
  const std::string meaningless =
      "title: B\nlogsource: { product: windows }\ndetection: { a: { x: 1 }, condition: b }\n";
  for (const std::string& text : {correlation, meaningless}) {
    const Content content = Sigma(text);
    ChannelAssembler assembler(ChannelOptionsOf(content));
    const std::vector<ChannelRefusal> refused = assembler.Add(content);
    ASSERT_EQ(refused.size(), 1) << text;
    EXPECT_EQ(refused[0].place, content.instances()[0].place);
  }
}

TEST(ChannelWriter, ConditionsThatAreNeverTrueAreRefused) {
  const Content content = Sigma(
      "title: T\nlogsource: { product: windows }\n"
      "detection: { a1: { x: 1 }, condition: 2 of a* }\n");
  ASSERT_FALSE(content.instances()[0].incomplete);
  ChannelAssembler assembler(ChannelOptionsOf(content));
  const std::vector<ChannelRefusal> refused = assembler.Add(content);
  ASSERT_EQ(refused.size(), 1);
  EXPECT_EQ(content.text().substr(refused[0].place.offset, 7), "2 of a*");
}

TEST(ChannelWriter, CasedIsLeftOutWhereNoTextIsCompared) {
  const std::string body = OneCriterion("field_name: \"f\" operator: \"is_empty\" cased: true");
  EXPECT_EQ(Written(WriteChannel(Text(body))).criteria()[0].flags, 0);
}

// One Sigma instance, made without a text.
Content Made(uint32_t criteria, uint32_t operands, uint32_t fields, size_t bytes) {
  ContentBuilder builder(Dialect::kSigma, Binding::kByName, "test");
  const uint32_t type = builder.Type({.name = "T"});
  builder.BeginInstance({.type = type});
  const std::string_view text = builder.Keep(std::string(bytes, 'x'));
  const std::vector<Operand> all(operands, {.text = text});
  for (uint32_t i = 0; i < criteria; ++i) {
    const std::string_view name = builder.Keep(absl::StrCat("f", i % fields));
    builder.AddCriterion(
        {.field = builder.Field({.type = type, .name = name}), .op = Operator::kEquals}, all);
  }
  return std::move(builder).Build();
}

TEST(ChannelWriter, Limits) {
  EXPECT_TRUE(WriteChannel(Made(channel::kMaxCriteriaOfInstance, 1, 1, 1)).ok());
  EXPECT_FALSE(WriteChannel(Made(channel::kMaxCriteriaOfInstance + 1, 1, 1, 1)).ok());
  EXPECT_TRUE(WriteChannel(Made(1, channel::kMaxOperandsOfCriterion, 1, 1)).ok());
  EXPECT_FALSE(WriteChannel(Made(1, channel::kMaxOperandsOfCriterion + 1, 1, 1)).ok());
  const uint32_t fields = channel::kMaxFieldsOfType;
  EXPECT_TRUE(WriteChannel(Made(fields, 1, fields, 1)).ok());
  EXPECT_FALSE(WriteChannel(Made(fields + 1, 1, fields + 1, 1)).ok());
  EXPECT_TRUE(WriteChannel(Made(1, 1, 1, channel::kMaxStringBytes)).ok());
  EXPECT_FALSE(WriteChannel(Made(1, 1, 1, channel::kMaxStringBytes + 1)).ok());
}

TEST(ChannelWriter, DeclaredFieldsHaveNamesOfTheirOwn) {
  for (const std::string_view second : {"a", ""}) {
    ContentBuilder builder(Dialect::kChannel, Binding::kByName, "test");
    const FieldDecl fields[] = {{.name = "a"}, {.name = second}};
    builder.DeclareType({.name = "T"}, fields);
    const Content content = std::move(builder).Build();
    ChannelAssembler assembler(ChannelOptionsOf(content));
    EXPECT_EQ(assembler.Add(content).size(), 1);
    EXPECT_TRUE(Written(std::move(assembler).Finish()).types().empty());
  }
}

// Open or not: a criterion has a position, and only declared fields have one.
TEST(ChannelWriter, FieldsThatADeclaredTypeDoesNotDeclareAreRefused) {
  for (const bool open : {false, true}) {
    const Content content = Text(absl::StrCat(
        "binding: \"name\" template_type { name: \"T\" ", open ? "open: true " : "",
        "field { name: \"a\" } } ", OneCriterion("field_name: \"b\" operator: \"is_null\"")));
    ChannelAssembler assembler(ChannelOptionsOf(content));
    const std::vector<ChannelRefusal> refused = assembler.Add(content);
    ASSERT_EQ(refused.size(), 1);
    EXPECT_EQ(content.text().substr(refused[0].place.offset, 10), "field_name");
    EXPECT_NE(refused[0].why.find("does not declare the field \"b\""), std::string::npos);
    EXPECT_EQ(refused[0].why.find("though it is open") != std::string::npos, open);
  }
}

TEST(ChannelWriter, TheFileKeepsToItsSize) {
  const absl::StatusOr<std::string> over = WriteChannel(Made(1, 256, 1, channel::kMaxStringBytes));
  EXPECT_FALSE(over.ok());
  EXPECT_TRUE(WriteChannel(Made(1, 255, 1, channel::kMaxStringBytes)).ok());
}

TEST(ChannelWriter, TypesKeepToTheirNumber) {
  const auto of = [](uint32_t count) {
    ContentBuilder builder(Dialect::kChannel, Binding::kByName, "test");
    for (uint32_t i = 0; i < count; ++i) builder.DeclareType({.id = i}, {});
    return WriteChannel(std::move(builder).Build()).ok();
  };
  EXPECT_TRUE(of(channel::kMaxTypes));
  EXPECT_FALSE(of(channel::kMaxTypes + 1));
}

}  // namespace
}  // namespace sluice
