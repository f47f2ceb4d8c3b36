#include "parser/sigma/sigma_apply.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "schema/limits.h"

namespace sluice {
namespace {

using Problem = SigmaProblem::Kind;
using Type = SigmaScalar::Type;
using Strings = std::vector<std::string>;

SigmaScalar Text(std::string_view text) { return {Type::kText, text}; }
SigmaScalar Number(std::string_view text) { return {Type::kNumber, text}; }
SigmaScalar Boolean(std::string_view text) { return {Type::kBoolean, text}; }
SigmaScalar Null() { return {Type::kNull, "null"}; }

const std::vector<std::string>* Values(std::string_view name) {
  static const std::map<std::string, Strings, std::less<>> values = {
      {"admins", {"alice", "bob*", "eve"}},
      {"net", {"10.0.0.0/8", "::1"}},
      {"bad", {"x/8"}},
      {"none", {}}};
  const auto found = values.find(name);
  return found == values.end() ? nullptr : &found->second;
}

SigmaItem Apply(std::string_view key, const std::vector<SigmaScalar>& values) {
  SigmaBudget budget;
  return ApplySigmaModifiers(ParseSigmaKey(key), values, values.size() > 1, &Values, budget);
}

struct TextCase {
  std::string_view key;
  std::string_view value;
  Operator op;
  Strings operands;
};

TEST(SigmaApply, WhereTheValueStands) {
  const TextCase cases[] = {
      {"a", "foo", Operator::kEquals, {"foo"}},
      {"a", "foo*", Operator::kStartsWith, {"foo"}},
      {"a", "*foo", Operator::kEndsWith, {"foo"}},
      {"a", "*foo*", Operator::kContains, {"foo"}},
      {"a", "f?o", Operator::kGlob, {"f?o"}},
      {"a", R"(C:\\*\a)", Operator::kGlob, {R"(C:\\*\\a)"}},
      {"a", "*", Operator::kGlob, {"*"}},
      {"a", "", Operator::kIsEmpty, {}},
      {"a|contains", "foo", Operator::kContains, {"foo"}},
      {"a|startswith", R"(C:\)", Operator::kStartsWith, {R"(C:\)"}},
      {"a|endswith", R"(\cmd.exe)", Operator::kEndsWith, {R"(\cmd.exe)"}},
      // Wildcards inside, and those that say the same as the modifier.
      {"a|contains", "f*o", Operator::kGlob, {"*f*o*"}},
      {"a|endswith", "f?o", Operator::kGlob, {"*f?o"}},
      {"a|contains", "*foo*", Operator::kContains, {"foo"}},
      {"a|endswith", "foo*", Operator::kContains, {"foo"}},
      {"a|contains", R"(C:\Temp\*)", Operator::kContains, {R"(C:\Temp*)"}},
      {"a|contains", "", Operator::kGlob, {"*"}},
      // Without `expand`, a percent sign is plain.
      {"a", "%admins%", Operator::kEquals, {"%admins%"}},
  };
  for (const TextCase& c : cases) {
    const SigmaItem item = Apply(c.key, {Text(c.value)});
    ASSERT_EQ(item.tests.size(), 1u) << c.key << c.value;
    EXPECT_EQ(item.tests[0].op, c.op) << c.key << c.value;
    EXPECT_EQ(item.tests[0].operands, c.operands) << c.key << c.value;
    EXPECT_EQ(item.tests[0].flags, 0) << c.key << c.value;
    EXPECT_TRUE(item.problems.empty()) << c.key << c.value;
  }
}

TEST(SigmaApply, KeywordsStandAnywhere) {
  EXPECT_EQ(Apply("", {Text("mimikatz")}).tests[0].op, Operator::kContains);
  EXPECT_EQ(Apply("", {Text("a*b")}).tests[0].operands, Strings{"*a*b*"});
  EXPECT_EQ(Apply("", {Number("4624")}).tests[0].op, Operator::kContains);
  EXPECT_EQ(Apply("|all", {Text("a"), Text("b")}).combine, Combine::kAnd);
  EXPECT_EQ(Apply("|re", {Text("a.b")}).tests[0].op, Operator::kRegex);
}

TEST(SigmaApply, NumbersNullsAndBooleans) {
  const SigmaItem number = Apply("a", {Number("0x10")});
  EXPECT_EQ(number.tests[0].op, Operator::kEquals);
  EXPECT_EQ(number.tests[0].operands, Strings{"16"});
  EXPECT_EQ(number.tests[0].type, Type::kNumber);
  EXPECT_EQ(Apply("a", {Boolean("True")}).tests[0].operands, Strings{"true"});
  const SigmaItem null = Apply("a", {Null()});
  EXPECT_EQ(null.tests[0].op, Operator::kIsNull);
  EXPECT_TRUE(null.problems.empty());
  EXPECT_EQ(Apply("a|neq", {Null()}).tests[0].flags, kNegated);
}

TEST(SigmaApply, NullMayNotStandInAList) {
  const SigmaItem item = Apply("a", {Text("x"), Null()});
  ASSERT_EQ(item.problems.size(), 1u);
  EXPECT_EQ(item.problems[0].kind, Problem::kNullInList);
  EXPECT_EQ(item.problems[0].value, 1u);
  EXPECT_TRUE(item.fatal());
  EXPECT_EQ(item.tests.size(), 1u);
}

TEST(SigmaApply, HowValuesCombine) {
  const std::vector<SigmaScalar> two = {Text("x"), Text("y")};
  EXPECT_EQ(Apply("a", two).combine, Combine::kOr);
  EXPECT_EQ(Apply("a|all", two).combine, Combine::kAnd);
  EXPECT_TRUE(Apply("a|contains|all", two).problems.empty());
  // Different from all of them; `all` turned round.
  EXPECT_EQ(Apply("a|neq", two).combine, Combine::kAnd);
  EXPECT_EQ(Apply("a|neq", two).tests[1].flags, kNegated);
  EXPECT_EQ(Apply("a|neq|all", two).combine, Combine::kOr);
  const SigmaItem single = Apply("a|contains|all", {Text("x")});
  ASSERT_EQ(single.problems.size(), 1u);
  EXPECT_EQ(single.problems[0].kind, Problem::kAllOnSingleValue);
  EXPECT_EQ(single.problems[0].place, (Place{11, 3}));
  EXPECT_FALSE(single.fatal());
  EXPECT_TRUE(Apply("a", {}).tests.empty());
}

TEST(SigmaApply, Exists) {
  EXPECT_EQ(Apply("a|exists", {Boolean("true")}).tests[0].operands, Strings{"true"});
  EXPECT_EQ(Apply("a|exists", {Boolean("False")}).tests[0].operands, Strings{"false"});
  const SigmaItem text = Apply("a|exists", {Text("true")});
  EXPECT_EQ(text.problems[0].kind, Problem::kValueType);
  EXPECT_EQ(text.tests[0].op, Operator::kExists);
  EXPECT_TRUE(Apply("a|exists", {Text("yes")}).fatal());
  EXPECT_TRUE(Apply("a|exists", {Number("1")}).fatal());
}

TEST(SigmaApply, Cased) {
  EXPECT_EQ(Apply("a|cased", {Text("Foo")}).tests[0].flags, kCased);
  EXPECT_EQ(Apply("a|contains|cased|neq", {Text("Foo")}).tests[0].flags, kCased | kNegated);
}

TEST(SigmaApply, RegularExpressions) {
  const auto flags = [](std::string_view key) {
    return Apply(key, {Text(R"(a\*)")}).tests[0].flags;
  };
  EXPECT_EQ(flags("a|re"), kCased);
  EXPECT_EQ(flags("a|re|i"), 0);
  EXPECT_EQ(flags("a|re|m|s"), kCased | kFlagM | kFlagS);
  EXPECT_EQ(flags("a|re|i|m|neq"), kFlagM | kNegated);
  EXPECT_EQ(Apply("a|re", {Text(R"(\\\*.*)")}).tests[0].operands, Strings{R"(\\\*.*)"});
  const std::string at(kMaxSigmaRegexBytes, 'a');
  EXPECT_FALSE(Apply("a|re", {Text(at)}).fatal());
  EXPECT_EQ(Apply("a|re", {Text(at + "a")}).problems[0].kind, Problem::kRegexTooLong);
}

TEST(SigmaApply, Windash) {
  const SigmaItem item = Apply("a|contains|windash", {Text(" -f "), Text("/c")});
  ASSERT_EQ(item.tests.size(), 2u);
  EXPECT_EQ(item.tests[0].op, Operator::kContains);
  EXPECT_EQ(item.tests[0].operands,
            (Strings{" -f ", " /f ", " \u2013f ", " \u2014f ", " \u2015f "}));
  EXPECT_EQ(item.tests[1].value, 1u);
  EXPECT_EQ(item.tests[1].operands.size(), 5u);
  EXPECT_EQ(Apply("a|windash|contains", {Text(" -f ")}).tests[0], item.tests[0]);
  const SigmaItem none = Apply("a|windash", {Text("x")});
  EXPECT_EQ(none.problems[0].kind, Problem::kNoEffect);
  EXPECT_EQ(none.tests[0].operands, Strings{"x"});
  const SigmaItem many = Apply("a|windash", {Text("------")});
  EXPECT_EQ(many.problems[0].kind, Problem::kTooManyExpansions);
  EXPECT_TRUE(many.fatal());
  EXPECT_TRUE(many.tests.empty());
}

TEST(SigmaApply, FiftyThousandValuesStayInTheBudget) {
  const std::vector<SigmaScalar> values(50'000, Text("-a-b-c-d-e"));
  const SigmaItem item = Apply("a|windash", values);
  EXPECT_TRUE(item.fatal());
  EXPECT_LT(item.tests.size(), 1000u);
  EXPECT_EQ(Apply("a|contains", std::vector<SigmaScalar>(50'000, Text("x"))).tests.size(), 50'000u);
}

TEST(SigmaApply, Encodings) {
  const TextCase cases[] = {
      {"a|base64", "foobar", Operator::kEquals, {"Zm9vYmFy"}},
      {"a|base64|contains", "foobar", Operator::kContains, {"Zm9vYmFy"}},
      {"a|base64offset|contains",
       "foobar",
       Operator::kContains,
       {"Zm9vYmFy", "Zvb2Jhc", "mb29iYX"}},
      {"a|base64|base64", "f", Operator::kEquals, {"Wmc9PQ=="}},
      {"a|wide|base64", "ab", Operator::kEquals, {"YQBiAA=="}},
      {"a|utf16le|base64", "ab", Operator::kEquals, {"YQBiAA=="}},
      {"a|utf16be|base64", "ab", Operator::kEquals, {"AGEAYg=="}},
      {"a|utf16|base64", "ab", Operator::kEquals, {"//5hAGIA"}},
      {"a|wide|base64", "\u00FF", Operator::kEquals, {"/wA="}},
      {"a|wide|base64offset|contains",
       "ping",
       Operator::kContains,
       {"cABpAG4AZw", "AAaQBuAGcA", "wAGkAbgBnA"}},
      // An escaped wildcard is text.
      {"a|base64", R"(a\*)", Operator::kEquals, {"YSo="}},
      {"a|wide|base64|wide|base64", "a", Operator::kEquals, {"WQBRAEEAPQA="}},
  };
  for (const TextCase& c : cases) {
    const SigmaItem item = Apply(c.key, {Text(c.value)});
    ASSERT_EQ(item.tests.size(), 1u) << c.key;
    EXPECT_EQ(item.tests[0].op, c.op) << c.key;
    EXPECT_EQ(item.tests[0].operands, c.operands) << c.key;
    EXPECT_FALSE(item.fatal()) << c.key;
  }
}

TEST(SigmaApply, BareUtf16IsOneCodePointForEachByte) {
  EXPECT_EQ(Apply("a|wide", {Text("a\u00E9")}).tests[0].operands,
            Strings{std::string("a\0\u00E9\0", 5)});
  EXPECT_EQ(Apply("a|utf16|contains", {Text("a")}).tests[0].operands,
            Strings{std::string("\u00FF\u00FE"
                                "a\0",
                                6)});
  EXPECT_EQ(Apply("a|wide", {Text("a*")}).tests[0].op, Operator::kStartsWith);
}

TEST(SigmaApply, WhatCannotBeEncoded) {
  EXPECT_EQ(Apply("a|base64", {Text("a*b")}).problems[0].kind, Problem::kWildcardInside);
  EXPECT_EQ(Apply("a|wide|base64", {Text("a?b")}).problems[0].kind, Problem::kWildcardInside);
  const SigmaItem one = Apply("a|base64offset|contains", {Text("x")});
  EXPECT_EQ(one.problems[0].kind, Problem::kTooShort);
  EXPECT_TRUE(one.fatal());
  EXPECT_TRUE(one.tests.empty());
  const SigmaItem two = Apply("a|base64offset|contains", {Text("xy")});
  EXPECT_EQ(two.problems[0].kind, Problem::kTooShort);
  EXPECT_FALSE(two.fatal());
  // Sixteen encodings of a large value would be gigabytes.
  const std::string large(1 << 20, 'x');
  std::string key = "a";
  for (int i = 0; i < 8; ++i) key += "|wide|base64";
  EXPECT_EQ(Apply(key, {Text(large)}).problems[0].kind, Problem::kTooManyExpansions);
}

TEST(SigmaApply, Expand) {
  const SigmaItem item = Apply("a|expand", {Text("%admins%")});
  ASSERT_EQ(item.tests.size(), 2u);
  EXPECT_EQ(item.tests[0].op, Operator::kEquals);
  EXPECT_EQ(item.tests[0].operands, (Strings{"alice", "eve"}));
  EXPECT_EQ(item.tests[1].op, Operator::kStartsWith);
  EXPECT_EQ(item.tests[1].operands, Strings{"bob"});
  EXPECT_EQ(item.tests[1].value, 0u);
  EXPECT_EQ(Apply("a|contains|expand", {Text("x%admins%")}).tests[0].operands,
            (Strings{"xalice", "xbob", "xeve"}));
  EXPECT_EQ(Apply("a|expand|base64", {Text("%net%")}).tests[0].operands.size(), 2u);
}

TEST(SigmaApply, ExpandWithoutADefinitionIsRejected) {
  const SigmaItem item = Apply("a|expand", {Text("%admins%"), Text("%users%")});
  ASSERT_EQ(item.problems.size(), 1u);
  EXPECT_EQ(item.problems[0].kind, Problem::kPlaceholderUndefined);
  EXPECT_EQ(item.problems[0].detail, "users");
  EXPECT_EQ(item.problems[0].value, 1u);
  EXPECT_TRUE(item.fatal());
  EXPECT_EQ(Apply("a|expand", {Text("100%")}).problems[0].kind, Problem::kNoEffect);
  EXPECT_TRUE(Apply("a|expand", {Text("%none%")}).tests.empty());
}

TEST(SigmaApply, Comparisons) {
  const std::pair<std::string_view, Operator> cases[] = {{"a|lt", Operator::kLess},
                                                         {"a|lte", Operator::kLessOrEqual},
                                                         {"a|gt", Operator::kGreater},
                                                         {"a|gte", Operator::kGreaterOrEqual}};
  for (const auto& [key, op] : cases) {
    const SigmaItem item = Apply(key, {Number("1.50")});
    EXPECT_EQ(item.tests[0].op, op);
    EXPECT_EQ(item.tests[0].operands, Strings{"1.5"});
    EXPECT_TRUE(item.problems.empty());
    const SigmaItem text = Apply(key, {Text("12")});
    EXPECT_EQ(text.problems[0].kind, Problem::kValueType);
    EXPECT_EQ(text.tests[0].operands, Strings{"12"});
    EXPECT_TRUE(Apply(key, {Text("many")}).fatal());
    EXPECT_TRUE(Apply(key, {Null()}).fatal());
    EXPECT_TRUE(Apply(key, {Boolean("true")}).fatal());
    EXPECT_TRUE(Apply(key, {Number(".inf")}).fatal());
  }
}

TEST(SigmaApply, PartsOfADate) {
  struct Case {
    std::string_view key;
    SigmaTimePart part;
    std::string_view least, greatest, below, above;
  };
  const Case cases[] = {{"a|minute", SigmaTimePart::kMinute, "0", "59", "-1", "60"},
                        {"a|hour", SigmaTimePart::kHour, "0", "23", "-1", "24"},
                        {"a|day", SigmaTimePart::kDay, "1", "31", "0", "32"},
                        {"a|week", SigmaTimePart::kWeek, "1", "53", "0", "54"},
                        {"a|month", SigmaTimePart::kMonth, "1", "12", "0", "13"},
                        {"a|year", SigmaTimePart::kYear, "0", "9999", "-1", "10000"}};
  for (const Case& c : cases) {
    for (const std::string_view good : {c.least, c.greatest}) {
      const SigmaItem item = Apply(c.key, {Number(good)});
      EXPECT_EQ(item.tests[0].time_part, c.part);
      EXPECT_EQ(item.tests[0].op, Operator::kEquals);
      EXPECT_TRUE(item.problems.empty()) << c.key << good;
    }
    for (const std::string_view bad : {c.below, c.above, std::string_view("1.5")}) {
      const SigmaItem item = Apply(c.key, {Number(bad)});
      ASSERT_EQ(item.problems.size(), 1u) << c.key << bad;
      EXPECT_EQ(item.problems[0].kind, Problem::kOutOfRange);
    }
  }
  EXPECT_EQ(Apply("a|hour|gte", {Number("8")}).tests[0].op, Operator::kGreaterOrEqual);
  EXPECT_EQ(Apply("a", {Number("8")}).tests[0].time_part, SigmaTimePart::kWhole);
}

TEST(SigmaApply, Cidr) {
  const SigmaItem item = Apply("a|cidr", {Text("10.0.0.0/8"), Text("fe80::1/10")});
  EXPECT_EQ(item.tests[0].op, Operator::kIpNetwork);
  EXPECT_EQ(item.tests[0].operands, Strings{"10.0.0.0/8"});
  EXPECT_EQ(item.tests[1].operands, Strings{"fe80::/10"});
  ASSERT_EQ(item.problems.size(), 1u);
  EXPECT_EQ(item.problems[0].kind, Problem::kHostBits);
  EXPECT_EQ(item.problems[0].value, 1u);
  EXPECT_FALSE(item.fatal());
  EXPECT_EQ(Apply("a|cidr", {Text("host")}).problems[0].kind, Problem::kNotANetwork);
  EXPECT_EQ(Apply("a|cidr", {Text("10.*")}).problems[0].kind, Problem::kWildcardInside);
  EXPECT_EQ(Apply("a|cidr|expand", {Text("%net%")}).tests[0].operands,
            (Strings{"10.0.0.0/8", "::1/128"}));
  EXPECT_TRUE(Apply("a|cidr|expand", {Text("%bad%")}).fatal());
}

TEST(SigmaApply, FieldReferences) {
  const std::pair<std::string_view, Operator> cases[] = {
      {"a|fieldref", Operator::kFieldEquals},
      {"a|fieldref|contains", Operator::kFieldContains},
      {"a|startswith|fieldref", Operator::kFieldStartsWith},
      {"a|fieldref|endswith", Operator::kFieldEndsWith}};
  for (const auto& [key, op] : cases) {
    const SigmaItem item = Apply(key, {Text("ParentImage")});
    EXPECT_EQ(item.tests[0].op, op);
    EXPECT_EQ(item.tests[0].operands, Strings{"ParentImage"});
  }
  EXPECT_EQ(Apply("a|fieldref|neq", {Text("b")}).tests[0].flags, kNegated);
  EXPECT_TRUE(Apply("a|fieldref", {Text("")}).fatal());
}

TEST(SigmaApply, NumbersUnderTextModifiersAreTheirText) {
  const SigmaItem item = Apply("a|contains", {Number("0010")});
  ASSERT_EQ(item.problems.size(), 1u);
  EXPECT_EQ(item.problems[0].kind, Problem::kValueType);
  EXPECT_EQ(item.problems[0].place, (Place{2, 8}));
  EXPECT_FALSE(item.fatal());
  EXPECT_EQ(item.tests[0].operands, Strings{"0010"});
  EXPECT_TRUE(Apply("a|contains", {Null()}).fatal());
}

TEST(SigmaApply, NoTestsUnderAFatalKey) {
  EXPECT_TRUE(Apply("a|re|contains", {Text("x")}).tests.empty());
  EXPECT_TRUE(Apply("a|nothing", {Text("x")}).tests.empty());
  EXPECT_FALSE(Apply("a|contains|contains", {Text("x")}).tests.empty());
  // Twice the same is once.
  EXPECT_EQ(Apply("a|windash|windash", {Text("-")}).tests[0].operands.size(), 5u);
}

}  // namespace
}  // namespace sluice
