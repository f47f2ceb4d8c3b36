#include <gtest/gtest.h>

#include <ostream>

#include "parser/text/content_text.h"

namespace sluice {
namespace {

struct Case {
  const char* what;
  std::string body;
  std::string at;         // what the place begins with
  std::string structure;  // what the message must name
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.what; }

class ContentTextMalformed : public testing::TestWithParam<Case> {};

TEST_P(ContentTextMalformed, SaysWhere) {
  const std::string text = std::string(kContentTextHeader) + "\n" + GetParam().body;
  const ReadResult result = ReadContentText(std::make_shared<const std::string>(text), {});
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.malformed().structure, GetParam().structure);
  EXPECT_FALSE(result.malformed().message.empty());
  const Place place = result.malformed().place;
  EXPECT_EQ(text.substr(place.offset, GetParam().at.size()), GetParam().at)
      << "at " << place.offset << ": " << result.malformed().message;
}

std::string Instance(std::string_view inside) {
  return "instance { template_type: \"T\" criterion { field_index: 0 operator: \"wildcard\" } " +
         std::string(inside) + " }";
}

std::string Criterion(std::string_view inside) {
  return "instance { template_type: \"T\" criterion { " + std::string(inside) + " } }";
}

INSTANTIATE_TEST_SUITE_P(
    Head, ContentTextMalformed,
    testing::Values(
        Case{"NotProtobuf", "]", "]", "content"},
        Case{"HiddenInAComment", "# a\rdialect: \"sysmon\"\n", "\rdialect", "content"},
        Case{"Dialect", "dialect: \"snort\"", "dialect: \"snort\"", "content"},
        Case{"Binding", "binding: \"both\"", "binding", "content"},
        Case{"SchemaOfSigma", "dialect: \"sigma\" metadata { schema_version: \"4.50\" }",
             "schema_version", "content"},
        Case{"SchemaOfChannel", "metadata { schema_version: \"4.50\" }", "schema_version",
             "content"},
        Case{"BinaryOfChannel", "metadata { binary_major: 0 }", "binary_major: 0", "content"},
        Case{"ContentVersionPast31Bits", "metadata { content_version: 2147483648 }",
             "content_version", "content"},
        Case{"SettingOfChannel", "setting { name: \"a\" }", "setting", "content"},
        Case{"NotWtf8", "dialect: \"sysmon\" setting { value: \"\\377\" }", "value: \"\\377\"",
             "content"}),
    [](const auto& param) { return std::string(param.param.what); });

INSTANTIATE_TEST_SUITE_P(
    Types, ContentTextMalformed,
    testing::Values(
        Case{"ListedTwice", "template_type { name: \"T\" } template_type { name: \"T\" }",
             "template_type { name: \"T\" }", "template type 2"},
        Case{"ValueType", "template_type { name: \"T\" field { name: \"f\" type: \"float\" } }",
             "type: \"float\"", "template type 1"},
        Case{"FieldTwice", "template_type { field { name: \"f\" } field { name: \"f\" } }",
             "field { name: \"f\" } }", "template type 1"},
        Case{"FieldNameless", "template_type { name: \"T\" field { } }", "field { }",
             "template type 1"},
        Case{"FieldsOfUndeclared",
             "template_type { name: \"T\" undeclared: true field { name: \"f\" } }",
             "template_type", "template type 1"},
        Case{"FieldsOfSysmon", "dialect: \"sysmon\" template_type { field { name: \"f\" } }",
             "field { name", "template type 1"},
        Case{"DeclaredChannel", "template_type { name: \"T\" declared: true }", "declared: true",
             "template type 1"},
        Case{"UndeclaredSysmon",
             "dialect: \"sysmon\" template_type { name: \"T\" undeclared: true }",
             "undeclared: true", "template type 1"},
        Case{"FieldsOfSigma", "dialect: \"sigma\" template_type { field { name: \"f\" } }",
             "field { name", "template type 1"},
        Case{"Nameless", "instance { id: \"1\" }", "instance", "instance 1"},
        Case{"AmbiguousName",
             "template_type { name: \"T\" id: 1 } template_type { name: \"T\" id: 2 }"
             "instance { template_type: \"T\" }",
             "template_type: \"T\" }", "instance 1"},
        Case{"AmbiguousId",
             "template_type { name: \"A\" id: 1 } template_type { name: \"B\" id: 1 }"
             "instance { template_type_id: 1 }",
             "template_type_id: 1", "instance 1"}),
    [](const auto& param) { return std::string(param.param.what); });

INSTANTIATE_TEST_SUITE_P(
    Criteria, ContentTextMalformed,
    testing::Values(
        Case{"NoField", Criterion("operator: \"wildcard\""), "criterion",
             "criterion 1 of instance 1"},
        Case{"NoOperator", Criterion("field_index: 1"), "criterion", "criterion 1 of instance 1"},
        Case{"TwoFields", Criterion("field_index: 0 field_name: \"a\""), ":", "content"},
        Case{"AnyFieldFalse", Criterion("any_field: false operator: \"wildcard\""),
             "any_field: false", "criterion 1 of instance 1"},
        Case{"IndexBoundByName",
             "binding: \"name\" " + Criterion("field_index: 4 operator: \"wildcard\""),
             "field_index: 4", "criterion 1 of instance 1"},
        Case{"NameInABlob",
             "dialect: \"sysmon\" metadata { binary_major: 15 }" +
                 Criterion("field_name: \"Image\" operator: \"sysmon.is\""),
             "field_name", "criterion 1 of instance 1"},
        Case{"NegatedSysmon",
             "dialect: \"sysmon\" " +
                 Criterion("field_name: \"Image\" operator: \"sysmon.is\" negated: true"),
             "negated: true", "criterion 1 of instance 1"},
        Case{"EnvironmentOfChannel",
             Criterion("field_index: 0 operator: \"equals\" environment: true"),
             "environment: true", "criterion 1 of instance 1"},
        Case{"OperandNotWtf8",
             Criterion("field_index: 0 operator: \"equals\" operand: \"ok\" operand: \"\\xC3\""),
             "operand: \"\\xC3\"", "criterion 1 of instance 1"},
        Case{"PartOfChannel", "instance { template_type: \"T\" part { } }", "part", "instance 1"},
        Case{"OnMatchOfChannel", Instance("on_match: \"include\""), "on_match", "instance 1"},
        Case{"PartOfSigma", "dialect: \"sigma\" instance { template_type: \"T\" part { } }", "part",
             "instance 1"},
        Case{"NumericSysmon",
             "dialect: \"sysmon\" " +
                 Criterion("field_name: \"Image\" operator: \"sysmon.is\" numeric: true"),
             "numeric: true", "criterion 1 of instance 1"},
        Case{"TimePartOfSysmon",
             "dialect: \"sysmon\" " +
                 Criterion("field_name: \"Image\" operator: \"sysmon.is\" time_part: \"hour\""),
             "time_part", "criterion 1 of instance 1"},
        Case{"TimePart", Criterion("field_index: 0 operator: \"equals\" time_part: \"second\""),
             "time_part: \"second\"", "criterion 1 of instance 1"},
        Case{"OnMatch", "dialect: \"sysmon\" instance { template_type: \"T\" on_match: \"both\" }",
             "on_match", "instance 1"},
        Case{"Combine", "dialect: \"sysmon\" instance { template_type: \"T\" combine: \"xor\" }",
             "combine", "instance 1"},
        Case{"EmptyPart", "dialect: \"sysmon\" instance { template_type: \"T\" part { } }",
             "part { }", "instance 1"},
        Case{"CriterionAndPart",
             "dialect: \"sysmon\" instance { template_type: \"T\" part { group { } }"
             " criterion { field_name: \"f\" operator: \"sysmon.is\" } }",
             "part { group", "criterion 1 of instance 1"},
        Case{"GroupCombine",
             "dialect: \"sysmon\" instance { template_type: \"T\""
             " part { group { combine: \"nor\" } } }",
             "combine: \"nor\"", "instance 1"}),
    [](const auto& param) { return std::string(param.param.what); });

const char kDigest[] = "\"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\"";

std::string Source(const std::string& path) {
  return "source { path: \"" + path + "\" sha256: " + kDigest + " } ";
}

// An instance with a source, and these origins.
std::string Origins(const std::string& instance, const std::string& criterion) {
  return Source("a") + "instance { template_type: \"T\" " + instance +
         " criterion { field_index: 0 operator: \"wildcard\" " + criterion + " } }";
}

INSTANTIATE_TEST_SUITE_P(
    Compiled, ContentTextMalformed,
    testing::Values(
        Case{"BuiltForTwice", "built_for { sensor: \"a\" } built_for { sensor: \"a\" rank: 0 }",
             "built_for { sensor: \"a\" rank", "content"},
        Case{"BuiltForDescends",
             "built_for { sensor: \"a\" rank: 2 } built_for { sensor: \"a\" rank: 1 }",
             "built_for { sensor: \"a\" rank: 1", "content"},
        Case{"DigestShort", "source { path: \"a\" sha256: \"01\" }", "sha256: \"01\"", "content"},
        Case{"DigestAbsent", "source { path: \"a\" }", "source", "content"},
        Case{"SourcesTwice", Source("a") + Source("a"), "source", "content"},
        Case{"SourcesDescend", Source("b") + Source("a"), "source { path: \"a\"", "content"},
        Case{"NoOriginOfInstance", Origins("", "origin { source: 0 line: 1 column: 1 }"),
             "instance", "instance 1"},
        Case{"NoOriginOfCriterion", Origins("origin { source: 0 line: 1 column: 1 }", ""),
             "criterion", "criterion 1 of instance 1"},
        Case{"OriginOfNoSource", Instance("origin { source: 0 line: 1 column: 1 }"), "origin",
             "instance 1"},
        Case{"OriginPastTheSources", Origins("origin { source: 1 line: 1 column: 1 }", ""),
             "origin { source: 1", "instance 1"},
        Case{"OriginPast31Bits", Origins("origin { line: 2147483648 column: 1 }", ""),
             "origin { line", "instance 1"},
        Case{"OriginWithoutColumn", Origins("origin { line: 1 }", ""), "origin { line",
             "instance 1"}),
    [](const auto& param) { return std::string(param.param.what); });

INSTANTIATE_TEST_SUITE_P(
    Conditions, ContentTextMalformed,
    testing::Values(
        Case{"CriterionOutOfRange", Instance("condition { criterion: 1 }"), "criterion: 1",
             "condition token 1 of instance 1"},
        Case{"Underflow", Instance("condition { criterion: 0 } condition { all: 2 }"),
             "condition { all: 2 }", "condition token 2 of instance 1"},
        Case{"HugeCount", Instance("condition { criterion: 0 } condition { any: 4294967295 }"),
             "condition { any", "condition token 2 of instance 1"},
        Case{"Zero", Instance("condition { all: 0 }"), "all: 0", "condition token 1 of instance 1"},
        Case{"LeftOver", Instance("condition { criterion: 0 } condition { criterion: 0 }"),
             "condition { criterion: 0 } }", "instance 1"},
        Case{"NegateFalse", Instance("condition { criterion: 0 } condition { negate: false }"),
             "negate: false", "condition token 2 of instance 1"},
        Case{"AtLeastTooMany",
             Instance("condition { criterion: 0 } condition { at_least { n: 2 of: 1 } }"),
             "at_least", "condition token 2 of instance 1"},
        Case{"AtLeastNone",
             Instance("condition { criterion: 0 } condition { at_least { n: 0 of: 1 } }"),
             "at_least", "condition token 2 of instance 1"},
        Case{"EmptyToken", Instance("condition { }"), "condition { }",
             "condition token 1 of instance 1"},
        Case{"OfSysmon",
             "dialect: \"sysmon\" instance { template_type: \"T\" condition { all: 1 } }",
             "condition", "instance 1"}),
    [](const auto& param) { return std::string(param.param.what); });

TEST(ContentTextMalformedHeader, IsNamed) {
  const ReadResult result =
      ReadContentText(std::make_shared<const std::string>("dialect: \"sysmon\"\n"), {});
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.malformed().place, (Place{0, 17}));
}

// The whole file would be one comment.
TEST(ContentTextMalformedHeader, DoesNotEndInACrAlone) {
  const std::string text = std::string(kContentTextHeader) + "\rdialect: \"sysmon\"\r";
  const ReadResult result = ReadContentText(std::make_shared<const std::string>(text), {});
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.malformed().place, (Place{static_cast<uint32_t>(kContentTextHeader.size()), 1}));
}

// Any cut and any flipped bit: content, or a place inside the text.
TEST(ContentTextHostile, EveryTruncationAndBitFlip) {
  const std::string text = std::string(kContentTextHeader) +
                           "\ntemplate_type { name: \"T\" id: 3 " +
                           "field { name: \"f\" type: \"ip\" } } " +
                           Instance("condition { criterion: 0 } condition { negate: true }");
  const auto check = [](std::string bytes) {
    const size_t size = bytes.size();
    const ReadResult result =
        ReadContentText(std::make_shared<const std::string>(std::move(bytes)), {});
    if (result.ok()) return;
    ASSERT_FALSE(result.malformed().message.empty());
    ASSERT_LE(result.malformed().place.end(), size);
  };
  for (size_t length = 0; length < text.size(); ++length) check(text.substr(0, length));
  for (size_t bit = 0; bit < text.size() * 8; ++bit) {
    std::string flipped = text;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
    check(std::move(flipped));
  }
}

}  // namespace
}  // namespace sluice
