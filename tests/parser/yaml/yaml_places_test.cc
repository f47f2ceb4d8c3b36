// Where everything stands: each place is checked through the bytes it covers.

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "tests/parser/yaml/yaml_testing.h"

namespace sluice {
namespace {

// What every node covers, in document order.
std::vector<std::string> Covered(std::string_view text) {
  const YamlDocument document = ParseYaml(text);
  std::vector<std::string> out;
  for (const YamlNode& node : document.nodes()) out.emplace_back(At(text, node.place));
  return out;
}

using Texts = std::vector<std::string>;

TEST(YamlPlaces, ScalarsWithTheirQuotes) {
  EXPECT_EQ(Covered("[a b , 'c''d' ,\"e\\\"f\" ]"),
            (Texts{"[a b , 'c''d' ,\"e\\\"f\" ]", "a b", "'c''d'", "\"e\\\"f\""}));
}

TEST(YamlPlaces, ScalarsOfSeveralLines) {
  EXPECT_EQ(Covered("- a\n  b  \n- 'c\n\n  d'\n"),
            (Texts{"- a\n  b  \n- 'c\n\n  d'", "a\n  b", "'c\n\n  d'"}));
}

TEST(YamlPlaces, BlockCollectionsFromFirstToLastItem) {
  EXPECT_EQ(Covered("# c\n\na:\n  b: 1\n  c: 2\n\n# d\n"),
            (Texts{"a:\n  b: 1\n  c: 2", "a", "b: 1\n  c: 2", "b", "1", "c", "2"}));
  EXPECT_EQ(Covered("a:\n- b\n-  c  # d\n\n"),
            (Texts{"a:\n- b\n-  c", "a", "- b\n-  c", "b", "c"}));
  EXPECT_EQ(Covered("- - a\n  - b\n- c\n"),
            (Texts{"- - a\n  - b\n- c", "- a\n  - b", "a", "b", "c"}));
  EXPECT_EQ(Covered("? a\n: - b\n"), (Texts{"? a\n: - b", "a", "- b", "b"}));
}

TEST(YamlPlaces, FlowCollectionsWithTheirBrackets) {
  EXPECT_EQ(Covered("a: [ {b: c} , [] ]  # d\n"),
            (Texts{"a: [ {b: c} , [] ]", "a", "[ {b: c} , [] ]", "{b: c}", "b", "c", "[]"}));
}

TEST(YamlPlaces, PairsWithoutBraces) {
  EXPECT_EQ(Covered("[a: b , {c: d} : e , ? f ]"),
            (Texts{"[a: b , {c: d} : e , ? f ]", "a: b", "a", "b", "{c: d} : e", "{c: d}", "c", "d",
                   "e", "? f", "f", ""}));
}

TEST(YamlPlaces, BlockScalarsEndWithTheirText) {
  EXPECT_EQ(Covered("a: |\n  b\n  c\n\n\nd: 1\n"),
            (Texts{"a: |\n  b\n  c\n\n\nd: 1", "a", "|\n  b\n  c", "d", "1"}));
  EXPECT_EQ(Covered("a: >-  # b\n  c  \n   \n# d\n"),
            (Texts{"a: >-  # b\n  c  ", "a", ">-  # b\n  c  "}));
  EXPECT_EQ(Covered("a: |\n  b"), (Texts{"a: |\n  b", "a", "|\n  b"}));
  EXPECT_EQ(Covered("- |\n\n- >\n"), (Texts{"- |\n\n- >", "|", ">"}));
  EXPECT_EQ(Covered("a: |\r\n  b\r\n\r\nc: d"),
            (Texts{"a: |\r\n  b\r\n\r\nc: d", "a", "|\r\n  b", "c", "d"}));
}

TEST(YamlPlaces, WithoutAnchorsAndTags) {
  EXPECT_EQ(Covered("- &a b\n- !t &c 'd'\n- &e !!seq [f]\n- *e\n"),
            (Texts{"- &a b\n- !t &c 'd'\n- &e !!seq [f]\n- *e", "b", "'d'", "[f]", "f", "*e"}));
  EXPECT_EQ(Covered("&a # b\n\n  # !c\n  !<tag:d> \n  e: &f\n   - g\n"),
            (Texts{"e: &f\n   - g", "e", "- g", "g"}));
  EXPECT_EQ(Covered("a: &b\n- c\n"), (Texts{"a: &b\n- c", "a", "- c", "c"}));
  EXPECT_EQ(Covered("a: !t |\n  b\n"), (Texts{"a: !t |\n  b", "a", "|\n  b"}));
  EXPECT_EQ(Covered("[!t , &a ]"), (Texts{"[!t , &a ]", "", ""}));
}

// Where the places of length 0 are.
std::vector<uint32_t> EmptyAt(std::string_view text) {
  const YamlDocument document = ParseYaml(text);
  std::vector<uint32_t> out;
  for (const YamlNode& node : document.nodes()) {
    if (node.place.length == 0) out.push_back(node.place.offset);
  }
  return out;
}

TEST(YamlPlaces, WhatIsLeftEmptyStandsWhereItWouldBegin) {
  EXPECT_EQ(EmptyAt("a:\nb: \n\n# c\n"), (std::vector<uint32_t>{2, 5}));
  EXPECT_EQ(EmptyAt("-\n- \n"), (std::vector<uint32_t>{1, 3}));
  EXPECT_EQ(EmptyAt("{a: , b }"), (std::vector<uint32_t>{3, 7}));
  EXPECT_EQ(EmptyAt("? a\n\n? b\n"), (std::vector<uint32_t>{3, 8}));
  EXPECT_EQ(EmptyAt("a: &x\nb: !t\n"), (std::vector<uint32_t>{5, 11}));
  EXPECT_EQ(EmptyAt("a: ''\n"), std::vector<uint32_t>{});
}

TEST(YamlPlaces, BytesNotCodePoints) {
  EXPECT_EQ(Covered("\xC3\xA9: \xF0\x9F\x98\x80 x\n'\xE2\x82\xAC': \"\xC3\xA9\"\nb: c\n"),
            (Texts{"\xC3\xA9: \xF0\x9F\x98\x80 x\n'\xE2\x82\xAC': \"\xC3\xA9\"\nb: c", "\xC3\xA9",
                   "\xF0\x9F\x98\x80 x", "'\xE2\x82\xAC'", "\"\xC3\xA9\"", "b", "c"}));
}

TEST(YamlPlaces, BytesBehindLongTextsOfEveryWidth) {
  for (const std::string_view character : {"x", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80"}) {
    for (size_t ascii = 0; ascii < 20; ++ascii) {
      const std::string value = Repeat("y", ascii) + Repeat(character, 50) + Repeat("z", ascii);
      const std::string text = "'" + value + "': [" + value + ", last]";
      EXPECT_EQ(Covered(text),
                (Texts{text, "'" + value + "'", "[" + value + ", last]", value, "last"}));
    }
  }
}

TEST(YamlPlaces, MarksOfDocumentsAndByteOrderMarks) {
  const std::string text =
      "\xEF\xBB\xBF"
      "a: b\n";
  EXPECT_EQ(Covered(text), (Texts{"a: b", "a", "b"}));
  EXPECT_EQ(Covered("--- &a\n\xEF\xBB\xBF'b'"), (Texts{"'b'"}));
}

TEST(YamlPlaces, LineBreaksOfSeveralBytes) {
  EXPECT_EQ(Covered("a: |\xE2\x80\xA8  b\xE2\x80\xA8\xE2\x80\xA9"
                    "c: d\xC2\x85\xC2\x85"),
            (Texts{"a: |\xE2\x80\xA8  b\xE2\x80\xA8\xE2\x80\xA9"
                   "c: d",
                   "a", "|\xE2\x80\xA8  b", "c", "d"}));
}

}  // namespace
}  // namespace sluice
