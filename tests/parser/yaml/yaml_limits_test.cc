// Each limit at its value and one past it; and the texts that cost other readers their memory,
// their stack or their time.

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "schema/limits.h"
#include "tests/parser/yaml/yaml_testing.h"

namespace sluice {
namespace {

void ExpectAccepted(std::string_view text) {
  YamlDocument document;
  const std::optional<Malformed> malformed = document.Parse(text);
  EXPECT_FALSE(malformed) << malformed->message;
  EXPECT_EQ(YamlFlaw(document), "");
}

uint32_t OverLimitAt(std::string_view text) {
  const Malformed malformed = RefusedYaml(text);
  EXPECT_TRUE(malformed.over_limit) << malformed.message;
  return malformed.place.offset;
}

uint32_t TooDeepAt(std::string_view text) {
  const Malformed malformed = RefusedYaml(text);
  EXPECT_FALSE(malformed.over_limit);
  EXPECT_NE(malformed.message.find("deeper than 64"), std::string::npos) << malformed.message;
  return malformed.place.offset;
}

TEST(YamlLimits, Bytes) {
  std::string text = "a: " + std::string(kMaxYamlBytes - 3, 'x');
  ExpectAccepted(text);
  text += 'x';
  EXPECT_EQ(OverLimitAt(text), 0u);
}

TEST(YamlLimits, Depth) {
  ExpectAccepted(Repeat("[", kMaxYamlDepth) + Repeat("]", kMaxYamlDepth));
  EXPECT_EQ(TooDeepAt(Repeat("[", kMaxYamlDepth + 1) + Repeat("]", kMaxYamlDepth + 1)),
            kMaxYamlDepth);
  ExpectAccepted(Repeat("- ", kMaxYamlDepth) + "a");
  EXPECT_EQ(TooDeepAt(Repeat("- ", kMaxYamlDepth + 1) + "a"), 2 * kMaxYamlDepth);
}

TEST(YamlLimits, NestingIsRefusedHoweverDeep) {
  constexpr size_t kDeep = 100'000;
  for (const std::string_view open : {"[", "{", "- ", "? ", "[{", "{a: ", "{a:\n", "[\n", "- ? ",
                                      "[a: ", "{? ", "&a [", "!t {a: "}) {
    const uint32_t at = TooDeepAt(Repeat(open, kDeep));
    EXPECT_LE(at, (kMaxYamlDepth + 1) * open.size()) << open;
  }
  std::string stairs;
  for (size_t i = 0; i < 1000; ++i) stairs += Repeat(" ", i) + "a:\n";
  TooDeepAt(stairs);
}

TEST(YamlLimits, Nodes) {
  const std::string most = "[" + Repeat("a,", kMaxYamlNodes - 2);
  ExpectAccepted(most + "a]");
  EXPECT_EQ(OverLimitAt(most + "a,b]"), most.size() + 2);
}

TEST(YamlLimits, Documents) {
  const std::string most = Repeat("---\n", kMaxYamlDocuments);
  ExpectAccepted(most);
  EXPECT_EQ(OverLimitAt(most + "---\n"), most.size());
}

TEST(YamlLimits, Anchors) {
  const std::string most = Repeat("- &a b\n", kMaxYamlAnchors);
  ExpectAccepted(most);
  EXPECT_EQ(OverLimitAt(most + "- &c d\n"), most.size() + 5);
}

TEST(YamlLimits, Aliases) {
  const std::string most = "- &a b\n" + Repeat("- *a\n", kMaxYamlAliases);
  ExpectAccepted(most);
  EXPECT_EQ(OverLimitAt(most + "- *a\n"), most.size() + 2);
}

TEST(YamlLimits, RunsOfWhiteSpaceWhereverTheyBegin) {
  for (const std::string_view space : {" ", "\t", "\n", "\r", "\xC2\x85", "\xE2\x80\xA8"}) {
    for (const size_t before : {3u, 100u, 4090u, 4096u, 5000u}) {
      const std::string front = "a: \"" + std::string(before, 'x');
      const std::string run = Repeat(space, kMaxYamlSpaceRun / space.size());
      ExpectAccepted(front + run + "y\"");
      EXPECT_EQ(OverLimitAt(front + run + std::string(space) + "y\""), front.size());
    }
  }
}

TEST(YamlLimits, OtherLettersAreNoWhiteSpace) {
  // U+00A8 and U+2026 share bytes with line breaks.
  ExpectAccepted("'" + Repeat("\xC2\xA8", 10'000) + Repeat("\xE2\x80\xA6", 10'000) + "'");
}

TEST(YamlLimits, TagDirectives) {
  // "%TAG !x! " takes 9 bytes.
  const std::string most = "%TAG !x! " + std::string(kMaxYamlTagBytes - 9, 't');
  ExpectAccepted(most + "\n--- !x!a b\n");
  EXPECT_EQ(OverLimitAt(most + "t\n--- !x!a b\n"), 0u);
  const std::string many = Repeat("%TAG !x! tttt\n---\n...\n", kMaxYamlTagBytes / 13);
  ExpectAccepted(many);
  EXPECT_EQ(OverLimitAt(many + "%TAG !x! tttt\n---\n"), many.size());
  ExpectAccepted("a: 'x" + Repeat(" %TAG", 1000) + "'");
}

// Ten levels of nine aliases each stand for 9^10 values, and take 101 nodes.
TEST(YamlLimits, ABombIsNotExpanded) {
  std::string text = "a0: &a0 x\n";
  for (int i = 1; i <= 10; ++i) {
    absl::StrAppend(&text, "a", i, ": &a", i, " [");
    for (int j = 0; j < 9; ++j) absl::StrAppend(&text, j == 0 ? "" : ",", "*a", i - 1);
    text += "]\n";
  }
  const YamlDocument document = ParseYaml(text);
  EXPECT_EQ(document.nodes().size(), 1u + 11 * 2 + 10 * 9);
}

// Without a cut, each of these takes libyaml minutes.
TEST(YamlLimits, WhatTakesQuadraticTimeIsRefused) {
  constexpr size_t kHalf = 5'000'000;
  OverLimitAt("a: \"x" + std::string(kHalf, ' ') + Repeat("y ", kHalf / 2) + "\"");
  OverLimitAt("a: |\n  x" + std::string(kHalf, '\n') + Repeat("  y\n", kHalf / 4));
  std::string directives;
  for (int i = 0; i < 300'000; ++i) absl::StrAppend(&directives, "%TAG !a", i, "! x\n");
  OverLimitAt(directives + "---\n");
  OverLimitAt("%TAG !a! " + std::string(kHalf, 'x') + "\n---\n" + Repeat("- !a!y z\n", 100'000));
}

TEST(YamlLimits, LargeValuesAreRead) {
  constexpr size_t kLarge = 10'000'000;
  for (const std::string& text :
       {"a: " + std::string(kLarge, 'x'), "a: '" + Repeat("''", kLarge / 2) + "'",
        "a: \"" + Repeat("\\x41", kLarge / 4) + "\"", "a: |\n" + Repeat("  x\n", kLarge / 4),
        "a: >\n" + Repeat("  \xC3\xA9\n\n", kLarge / 6), Repeat("# c\n", kLarge / 4) + "a: b",
        "a: &" + std::string(kLarge, 'x') + " b", "a: !" + std::string(kLarge, 'x') + " b"}) {
    ExpectAccepted(text);
  }
}

}  // namespace
}  // namespace sluice
