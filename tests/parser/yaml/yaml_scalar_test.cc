// The tables hold what PyYAML 6.0 says of each text.

#include "parser/yaml/yaml_scalar.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/parser/yaml/yaml_testing.h"

namespace sluice {
namespace {

void ExpectTypes(YamlType type, const std::vector<std::string_view>& texts) {
  for (const std::string_view text : texts) {
    EXPECT_EQ(PlainYamlType(text), type) << '"' << text << '"';
  }
}

YamlNode Plain(std::string_view text) {
  YamlNode node;
  node.value = text;
  return node;
}

TEST(YamlScalar, Null) {
  ExpectTypes(YamlType::kNull, {"", "~", "null", "Null", "NULL"});
  ExpectTypes(YamlType::kText, {"nULL", "nul", "none", "~~", "nil"});
}

TEST(YamlScalar, Bool) {
  ExpectTypes(YamlType::kBool, {"true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON",
                                "false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF"});
  ExpectTypes(YamlType::kText, {"y", "n", "tRUE", "oN", "truee", "t"});
  EXPECT_EQ(YamlBool(Plain("On")), true);
  EXPECT_EQ(YamlBool(Plain("no")), false);
  EXPECT_EQ(YamlBool(Plain("1")), std::nullopt);
}

TEST(YamlScalar, Integer) {
  ExpectTypes(YamlType::kInteger, {"0", "-0", "+12", "1_000", "0b1_1", "010", "0_", "0x1F", "-0xff",
                                   "1:30", "-1:5:59", "0x_", "4688"});
  ExpectTypes(YamlType::kText, {"_1", "-", "+", "1a", "08", "0b2", "0xg", "0o10", "1:60", "0:1",
                                "1:", "12 ", "--1"});
}

TEST(YamlScalar, Float) {
  ExpectTypes(YamlType::kFloat, {"1.", "1.5", "-1_0.5_0", ".5", "1.5e+3", ".5E-3", "1:30.5", ".inf",
                                 "-.Inf", "+.INF", ".nan", ".NaN", ".NAN", "01.5"});
  ExpectTypes(YamlType::kText,
              {".", "-.5", "1e3", "1.5e3", "-.nan", ".iNF", "1.2.3", "._5", "1:60.5"});
}

TEST(YamlScalar, Timestamp) {
  ExpectTypes(YamlType::kTimestamp,
              {"2024-01-31", "2024-1-3 1:02:03", "2024-01-31T10:20:30Z",
               "2024-01-31t10:20:30.5 +01:00", "2024-01-31 10:20:30. -1", "9999-99-99"});
  ExpectTypes(YamlType::kText,
              {"2024-1-31", "2024/01/31", "2024-01", "2024-01-31T", "2024-01-31 10:20",
               "2024-01-31T10:20:30Q", "24-01-31", "2024-01-31 10:20:30 +01:0", "2024-01-311"});
}

TEST(YamlScalar, MergeAndDefault) {
  ExpectTypes(YamlType::kMerge, {"<<"});
  ExpectTypes(YamlType::kDefault, {"="});
  ExpectTypes(YamlType::kText, {"<", "<<<", "=="});
}

TEST(YamlScalar, ValuesOfIntegers) {
  const auto value = [](std::string_view text) { return YamlInteger(Plain(text)); };
  EXPECT_EQ(value("-1_000"), -1000);
  EXPECT_EQ(value("010"), 8);
  EXPECT_EQ(value("-0b101"), -5);
  EXPECT_EQ(value("0x1f"), 31);
  EXPECT_EQ(value("1:30"), 90);
  EXPECT_EQ(value("-1:00:01"), -3601);
  EXPECT_EQ(value("0x_"), std::nullopt);
  EXPECT_EQ(value("1.5"), std::nullopt);
  EXPECT_EQ(value("9223372036854775807"), std::numeric_limits<int64_t>::max());
  EXPECT_EQ(value("-9223372036854775808"), std::numeric_limits<int64_t>::min());
  EXPECT_EQ(value("9223372036854775808"), std::nullopt);
  EXPECT_EQ(value("-0x8000000000000001"), std::nullopt);
  EXPECT_EQ(value("999999999999999999:00"), std::nullopt);
  EXPECT_EQ(value("2562047788015215:30:07"), std::numeric_limits<int64_t>::max());
}

TEST(YamlScalar, StyleAndTagDecideBeforeTheText) {
  const std::string text =
      "[1, '1', \"null\", !!str 1, !!int '1', !!bool x, ! 1, !t 1, [1], '', !!null ~]";
  const YamlDocument document = ParseYaml(text);
  std::vector<YamlType> types;
  for (const uint32_t i : document.Items(0)) types.push_back(YamlTypeOf(document.node(i)));
  using enum YamlType;
  EXPECT_EQ(types, (std::vector<YamlType>{kInteger, kText, kText, kText, kInteger, kBool, kInteger,
                                          kOther, kOther, kText, kNull}));
  EXPECT_EQ(YamlInteger(document.node(5)), 1);
  EXPECT_EQ(YamlBool(document.node(6)), std::nullopt);
  EXPECT_TRUE(IsYamlNull(document.node(document.node(0).end - 1)));
}

TEST(YamlScalar, TextsThatDoNotFitTheirTag) {
  for (const std::string text : {"!!int x", "!!int ''", "!!int '0xg'", "!!int '1::2'", "!!int '-'",
                                 "!!int \"\\u00e9\"", "!!int ':'"}) {
    EXPECT_EQ(YamlInteger(ParseYaml(text).node(0)), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace sluice
