// Files made to break the reader end, soon, as content or as a refusal with a place.

#include <gtest/gtest.h>

#include <string>

#include "parser/sigma/sigma_reader.h"
#include "schema/limits.h"
#include "tests/parser/sigma/sigma_testing.h"

namespace sluice {
namespace {

using Kind = IrregularityKind;

std::string Repeat(std::string_view text, size_t times) {
  std::string out;
  for (size_t i = 0; i < times; ++i) out += text;
  return out;
}

std::string Lines(size_t count, std::string_view before, std::string_view after) {
  std::string out;
  for (size_t i = 0; i < count; ++i) {
    out += before;
    out += std::to_string(i);
    out += after;
  }
  return out;
}

// What is not read is refused by a limit, with a place inside of the text.
void ExpectOverLimit(const std::string& text) {
  const ReadResult result = ReadSigmaText(text);
  ASSERT_FALSE(result.ok());
  EXPECT_TRUE(result.malformed().over_limit) << result.malformed().message;
  EXPECT_FALSE(result.malformed().message.empty());
  EXPECT_LE(result.malformed().place.end(), text.size());
}

TEST(SigmaHostile, FiftyThousandValues) {
  const Content content = SigmaContent(
      RuleWith("  s:\n    A|contains:\n" + Lines(50'000, "      - v", "\n") + "  condition: s\n"));
  EXPECT_EQ(content.criteria().size(), 50'000u);
  EXPECT_EQ(content.instances()[0].condition.size(), 50'001u);
}

TEST(SigmaHostile, FiftyThousandSelections) {
  const Content content = SigmaContent(
      RuleWith(Lines(50'000, "  s", ": {A: 1}\n") + "  condition: 1 of s* or all of them\n"));
  EXPECT_EQ(content.selections().size(), 50'000u);
  EXPECT_EQ(content.selections()[7].uses, 2u);
}

TEST(SigmaHostile, ManyPatternsOverManySelections) {
  ExpectOverLimit(RuleWith(Lines(50'000, "  selection_", ": {A: 1}\n") +
                           "  condition: " + Repeat("1 of *1*2*3 or ", 10'000) + "1 of them\n"));
}

TEST(SigmaHostile, OneSelectionNamedManyTimes) {
  ExpectOverLimit(RuleWith("  s:\n    A:\n" + Lines(10'000, "      - v", "\n") +
                           "  condition: " + Repeat("s or ", 10'000) + "s\n"));
}

TEST(SigmaHostile, AHundredThousandParentheses) {
  ExpectOverLimit(RuleWith("  s: {A: b}\n  condition: " + std::string(100'000, '(') + "s" +
                           std::string(100'000, ')') + "\n"));
}

TEST(SigmaHostile, DepthOfAHundredThousand) {
  const ReadResult result = ReadSigmaText(RuleWith("  s: " + std::string(100'000, '[')));
  ASSERT_FALSE(result.ok());
  EXPECT_GE(result.malformed().place.offset, RuleWith("").size());
}

TEST(SigmaHostile, AliasesThatMultiply) {
  std::string text = "a: &a0 [x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 12; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    text += "b" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + Repeat(before + ", ", 8) +
            before + "]\n";
  }
  ExpectOverLimit(text + RuleWith("  s: {A: b}\n  condition: s\n"));
}

TEST(SigmaHostile, LargeValuesBehindAliases) {
  ExpectOverLimit(
      "a: &a '" + std::string(1 << 20, 'x') + "'\n" +
      RuleWith("  s:\n    A|contains:\n" + Repeat("      - *a\n", 1000) + "  condition: s\n"));
}

TEST(SigmaHostile, AnAnchorInItself) {
  const ReadResult result = ReadSigmaText(RuleWith("  s: &s\n    A: *s\n  condition: s\n"));
  ASSERT_FALSE(result.ok());
  EXPECT_FALSE(result.malformed().over_limit);
  EXPECT_EQ(LineTable(result.text()).Locate(result.malformed().place.offset), (LineColumn{8, 8}));
}

TEST(SigmaHostile, TenMegabytesInOneScalar) {
  const std::string large(10 << 20, 'x');
  EXPECT_EQ(SigmaContent(RuleWith("  s: {A: " + large + "}\n  condition: s\n")).operands()[0].text,
            large);
  const Content title = SigmaContent("title: " + large + "\n" + RuleWith("  s: {A: b}\n"));
  EXPECT_EQ(title.instances()[0].name.size(), large.size());
}

TEST(SigmaHostile, RegularExpressionsThatCostMuch) {
  ExpectOverLimit(RuleWith("  s:\n    A|re:\n" +
                           Lines(10'000, "      - '(\\w{50}|\\d{30}[a-z]{40}){5}", "'\n") +
                           "  condition: s\n"));
}

TEST(SigmaHostile, DashesThatMultiply) {
  const Content content =
      SigmaContent(RuleWith("  s:\n    A|windash|contains:\n" +
                            Lines(5000, "      - '-a -b -c -d -e", "'\n") + "  condition: s\n"));
  EXPECT_TRUE(content.instances()[0].incomplete);
  EXPECT_FALSE(Of(content, Kind::kSigmaTooManyExpansions).empty());
}

TEST(SigmaHostile, KeysThatRepeat) {
  const Content content =
      SigmaContent(RuleWith("  s:\n" + Repeat("    A: 1\n", 20'000) + "  condition: s\n"));
  EXPECT_EQ(Of(content, Kind::kSigmaDuplicateKey).size(), 19'999u);
}

TEST(SigmaHostile, LongKeysOnTheWay) {
  const std::string key(1000, 'k');
  const Content content = SigmaContent("title: t\n" + key + ":\n  title:\n    x: y\n");
  ASSERT_EQ(content.attributes().size(), 4u);
  EXPECT_EQ(content.attributes()[2].key, ".title");
  EXPECT_EQ(content.attributes()[3].key, ".title.x");
}

TEST(SigmaHostile, TabsAreRefusedWithTheirPlace) {
  const ReadResult result = ReadSigmaText(RuleWith("\ts: {A: b}\n"));
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(LineTable(result.text()).Locate(result.malformed().place.offset).line, 7u);
}

TEST(SigmaHostile, EveryEncoding) {
  const std::string rule = RuleWith("  s: {A: b}\n  condition: s\n");
  std::string little = "\xFF\xFE";
  std::string big = "\xFE\xFF";
  for (const char c : rule) {
    little += c;
    little += '\0';
    big += '\0';
    big += c;
  }
  for (const std::string& text : {little, big}) {
    EXPECT_TRUE(LooksLikeSigma(text));
    const Content content = SigmaContent(text);
    EXPECT_EQ(Of(content, Kind::kSigmaEncoding).size(), 1u);
    EXPECT_EQ(content.criteria().size(), 1u);
  }
  EXPECT_FALSE(ReadSigmaText(little.substr(2)).ok());
  EXPECT_FALSE(ReadSigmaText("title: caf\xE9\n").ok());
}

TEST(SigmaHostile, NothingAtAll) {
  for (const std::string text : {"", "\n", "# a comment\n", "---\n", "~\n"}) {
    const ReadResult result = ReadSigmaText(text);
    ASSERT_FALSE(result.ok()) << text;
    EXPECT_FALSE(result.malformed().over_limit) << text;
  }
}

TEST(SigmaRecognition, TakesRulesAndNothingElse) {
  EXPECT_TRUE(LooksLikeSigma("title: x\ndetection:\n  a: b\n"));
  EXPECT_TRUE(LooksLikeSigma("# c\r\n'logsource' : {product: a}\r\n"));
  EXPECT_TRUE(
      LooksLikeSigma("\xEF\xBB\xBF"
                     "detection:\n"));
  EXPECT_TRUE(LooksLikeSigma("title: x\ncorrelation:\n"));
  EXPECT_TRUE(LooksLikeSigma("action: global\ntitle: x\n"));
  EXPECT_FALSE(LooksLikeSigma("title: x\ntags: [a]\n"));
  EXPECT_FALSE(LooksLikeSigma("filter: x\n"));
  EXPECT_FALSE(LooksLikeSigma("a:\n  detection: x\n"));
  EXPECT_FALSE(LooksLikeSigma("detection:x\n"));
  // One byte does not hide a rule: it makes it malformed.
  EXPECT_TRUE(LooksLikeSigma(std::string("detection:\n\0", 12)));
  EXPECT_FALSE(LooksLikeSigma(""));
}

}  // namespace
}  // namespace sluice
