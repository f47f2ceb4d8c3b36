// What is refused, and where.

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "tests/parser/yaml/yaml_testing.h"

namespace sluice {
namespace {

using std::string_literals::operator""s;

struct Case {
  std::string text;
  uint32_t offset;
  std::string structure;
};

class YamlProblem : public testing::TestWithParam<Case> {};

TEST_P(YamlProblem, HasAPlaceAndAStructure) {
  const Malformed malformed = RefusedYaml(GetParam().text);
  EXPECT_EQ(malformed.place.offset, GetParam().offset) << malformed.message;
  EXPECT_EQ(malformed.structure, GetParam().structure) << malformed.message;
  EXPECT_FALSE(malformed.over_limit);
}

INSTANTIATE_TEST_SUITE_P(Tabs, YamlProblem,
                         testing::Values(Case{"\ta: b", 0, "YAML"}, Case{"a:\n\tb: c", 3, "YAML"},
                                         Case{"a:\n  - b\n\t- c", 9, "value without quotes"},
                                         Case{"a: |\n\tb", 5, "block value"}));

INSTANTIATE_TEST_SUITE_P(
    Bytes, YamlProblem,
    testing::Values(Case{"a: \0"s, 3, "YAML"}, Case{"a: \x01", 3, "YAML"},
                    Case{"a: '\x7F'", 4, "YAML"}, Case{"a: \xC2\x80", 3, "YAML"},
                    Case{"\xC3\xA9: \xFF", 4, "YAML"}, Case{"a: \xC3", 3, "YAML"},
                    Case{"a: \xED\xA0\x80", 3, "YAML"}, Case{"a: \xC0\x80", 3, "YAML"},
                    Case{"a\0:\0"s, 1, "YAML"}, Case{"a: \xEF\xBF\xBF", 3, "YAML"}));

INSTANTIATE_TEST_SUITE_P(NotClosed, YamlProblem,
                         testing::Values(Case{"a: 'b\nc: d\n", 3, "quoted value"},
                                         Case{"a: \"b\n", 3, "quoted value"},
                                         Case{"a: [b, c\n", 3, "list in brackets"},
                                         Case{"\xC3\xA9: {b", 4, "mapping in braces"},
                                         Case{"a: [b\nc: d", 7, "list in brackets"},
                                         Case{"a: [b}", 5, "list in brackets"},
                                         Case{"a: 'b\n---\n", 6, "quoted value"}));

INSTANTIATE_TEST_SUITE_P(
    Structure, YamlProblem,
    testing::Values(Case{"a: b: c", 4, "YAML"}, Case{"a: b\n c: d\n", 7, "YAML"},
                    Case{"a: b\n- c\n", 5, "mapping"}, Case{"- a\nb: c\n", 4, "list"},
                    Case{"a: 'b' c\n", 7, "mapping"}, Case{"a\n---b: c\nd\n", 6, "YAML"},
                    Case{"a: b\nc\n", 5, "key"}, Case{"[a]\nb\n", 4, "YAML"},
                    Case{"a: ]", 3, "value"}, Case{"a: - b", 3, "YAML"}));

INSTANTIATE_TEST_SUITE_P(
    Signs, YamlProblem,
    testing::Values(Case{"a: %b", 3, "YAML"}, Case{"a: @b", 3, "YAML"}, Case{"a: `b`", 3, "YAML"},
                    Case{"a: *.exe", 4, "alias"}, Case{"a: &", 3, "anchor"},
                    Case{"a: !x!b c", 3, "tag"}, Case{"a: \"\\q\"", 4, "quoted value"},
                    Case{"a: \"\\xZ1\"", 6, "quoted value"},
                    Case{"a: \"\\ud800\"", 6, "quoted value"}, Case{"a: |x\n", 4, "block value"},
                    Case{"a: |0\n", 4, "block value"}, Case{"%FOO x\n---\n", 4, "directive"},
                    Case{"%YAML 2.0\n---\n", 0, "YAML"}));

TEST(YamlProblems, SayWhatToDo) {
  for (const auto& [text, advice] : {std::pair<std::string, std::string>{"a:\n\tb: c", "spaces"},
                                     {"a: %b", "quotes"},
                                     {"a: *.exe", "quotes"},
                                     {"a: \"\\p\"", "single quotes"},
                                     {"a: *b", "quotes"},
                                     {"a\0:\0"s, "UTF-16"},
                                     {"a: \xE9", "UTF-8"},
                                     {"a: b: c", "quotes"}}) {
    const Malformed malformed = RefusedYaml(text);
    EXPECT_NE(malformed.message.find(advice), std::string::npos) << malformed.message;
  }
}

TEST(YamlProblems, CoverTheCharacter) {
  EXPECT_EQ(RefusedYaml("- a\n\xC3\xA9: b").place, (Place{4, 2}));
  EXPECT_EQ(RefusedYaml("a: \xC2\x80").place, (Place{3, 2}));
  EXPECT_EQ(RefusedYaml("a: \xFF").place, (Place{3, 1}));
}

}  // namespace
}  // namespace sluice
