#include "parser/yaml/yaml_document.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/parser/yaml/yaml_testing.h"

namespace sluice {
namespace {

using std::string_literals::operator""s;

std::string ShapeOf(std::string_view text) { return Shape(ParseYaml(text)); }

TEST(YamlDocument, Collections) {
  EXPECT_EQ(ShapeOf("a: 1\nb:\n- c\n- d: e\n  f: g\n-\n  - h\n"), "{a 1 b [c {d e f g} [h]]}");
  EXPECT_EQ(ShapeOf("[a, {b: c, d}, [], {}, e: f]"), "[a {b c d } [] {} {e f}]");
  EXPECT_EQ(ShapeOf("? a\n? [b]\n: c\n"), "{a  [b] c}");
  EXPECT_EQ(ShapeOf("scalar"), "scalar");
}

TEST(YamlDocument, StylesOfScalars) {
  EXPECT_EQ(ShapeOf("- a\n- 'b'\n- \"c\"\n- |\n  d\n- >\n  e\n"), "[a 'b \"c |d\n >e\n]");
}

TEST(YamlDocument, StylesOfCollections) {
  const YamlDocument document = ParseYaml("- a: b\n- [{c: d}, e: f]\n");
  std::vector<YamlStyle> styles;
  for (const YamlNode& node : document.nodes()) {
    if (node.kind != YamlKind::kScalar) styles.push_back(node.style);
  }
  EXPECT_EQ(styles, (std::vector<YamlStyle>{YamlStyle::kBlock, YamlStyle::kBlock, YamlStyle::kFlow,
                                            YamlStyle::kFlow, YamlStyle::kFlow}));
}

TEST(YamlDocument, ValuesAreDecoded) {
  EXPECT_EQ(ShapeOf("'it''s'"), "'it's");
  EXPECT_EQ(ShapeOf(R"("\x41\u00e9\U0001F600\t\\\"\/")"), "\"A\xC3\xA9\xF0\x9F\x98\x80\t\\\"/");
  EXPECT_EQ(ShapeOf(R"("a\0b")"), "\"a\0b"s);
  EXPECT_EQ(ShapeOf("a\n  b\n\n  c"), "a b\nc");
  EXPECT_EQ(ShapeOf("\"a\n  b\\\n  c\""), "\"a bc");
  EXPECT_EQ(ShapeOf(">\n a\n b\n\n c\n"), ">a b\nc\n");
  EXPECT_EQ(ShapeOf("|2-\n   a\n  b\n"), "| a\nb");
  EXPECT_EQ(ShapeOf("|+\n a\n\n\n"), "|a\n\n\n");
}

TEST(YamlDocument, ValuesThatStandAsTheyAreAreViewsIntoTheText) {
  const std::string text = "[plain, 'sq', \"dq\", \xC3\xA9, 'it''s', \"\\n\"]";
  const YamlDocument document = ParseYaml(text);
  std::vector<bool> views;
  for (const uint32_t i : document.Items(0)) {
    const char* value = document.node(i).value.data();
    views.push_back(value >= text.data() && value < text.data() + text.size());
  }
  EXPECT_EQ(views, (std::vector<bool>{true, true, true, true, false, false}));
}

TEST(YamlDocument, ValuesStayWhenTheDocumentMoves) {
  const std::string text = "[\"a\\tb\", c]";
  YamlDocument document = ParseYaml(text);
  const YamlDocument moved = std::move(document);
  EXPECT_EQ(Shape(moved), "[\"a\tb c]");
}

TEST(YamlDocument, ParsingAgainDropsWhatWasThere) {
  YamlDocument document;
  ASSERT_FALSE(document.Parse("a: [b, \"\\n\"]\n---\nc"));
  ASSERT_TRUE(document.Parse("[").has_value());
  EXPECT_TRUE(document.nodes().empty());
  EXPECT_TRUE(document.roots().empty());
  ASSERT_FALSE(document.Parse("d: e"));
  EXPECT_EQ(Shape(document), "{d e}");
  EXPECT_EQ(document.roots().size(), 1u);
  EXPECT_EQ(document.text(), "d: e");
}

TEST(YamlDocument, LineBreaksOfEveryKind) {
  for (const std::string end : {"\n", "\r\n", "\r", "\xC2\x85"}) {
    EXPECT_EQ(ShapeOf("a: b" + end + "c: |" + end + "  d" + end + "  e" + end + "f: g"),
              "{a b c |d\ne\n f g}");
  }
  // These two are breaks, and stay what they are (YAML 1.1, section 5.4).
  for (const std::string end : {"\xE2\x80\xA8", "\xE2\x80\xA9"}) {
    EXPECT_EQ(ShapeOf("a: b" + end + "c: |" + end + "  d" + end + "e: f"),
              "{a b c |d" + end + " e f}");
  }
}

TEST(YamlDocument, DocumentsOfAStream) {
  const std::string text = "a: b\n---\n# nothing\n--- c\n...\n--- [d]\n---\n";
  const YamlDocument document = ParseYaml(text);
  ASSERT_EQ(document.roots().size(), 5u);
  std::vector<uint32_t> roots;
  std::vector<uint32_t> markers;
  for (const YamlRoot& root : document.roots()) {
    roots.push_back(root.node);
    markers.push_back(root.marker.offset);
  }
  EXPECT_EQ(roots, (std::vector<uint32_t>{0, kNoYamlNode, 3, 4, kNoYamlNode}));
  EXPECT_EQ(markers, (std::vector<uint32_t>{0, 5, 19, 29, 37}));
  EXPECT_EQ(document.roots()[0].marker.length, 0u);
  EXPECT_EQ(At(text, document.roots()[3].marker), "---");
  EXPECT_FALSE(document.roots()[1].has_node());
}

TEST(YamlDocument, MarkerBehindDirectives) {
  const std::string text = "# c\n%YAML 1.1\n%TAG !e! tag:e,2000:\n--- !e!x a";
  const YamlDocument document = ParseYaml(text);
  ASSERT_EQ(document.roots().size(), 1u);
  EXPECT_EQ(At(text, document.roots()[0].marker), "---");
  EXPECT_EQ(Shape(document), "<tag:e,2000:x>a");
}

TEST(YamlDocument, NothingIsNoDocument) {
  for (const std::string text : {"", "\n", "# c", "  # c\n\n", "\xEF\xBB\xBF"}) {
    const YamlDocument document = ParseYaml(text);
    EXPECT_TRUE(document.roots().empty()) << Printable(text);
    EXPECT_TRUE(document.nodes().empty());
  }
}

TEST(YamlDocument, AnEmptyRootWithATagIsANode) {
  EXPECT_EQ(ShapeOf("--- !!str\n"), "<tag:yaml.org,2002:str>");
  EXPECT_EQ(ShapeOf("--- &a\n"), "");
  EXPECT_TRUE(ParseYaml("--- &a\n").roots()[0].has_node());
}

TEST(YamlDocument, Tags) {
  EXPECT_EQ(ShapeOf("[!!int 'a', !t b, !<tag:x> c, ! d, !!map {}, !s [] ]"),
            "[<tag:yaml.org,2002:int>'a <!t>b <tag:x>c d <tag:yaml.org,2002:map>{} <!s>[]]");
  EXPECT_EQ(ShapeOf("a: !t%41\n  - b\n"), "{a <!tA>[b]}");
}

TEST(YamlDocument, AliasesLeadToCompleteNodes) {
  EXPECT_EQ(ShapeOf("a: &x [b, &y c]\nd: *x\ne: *y\n*y : f"), "{a [b c] d *2 e *4 *4 f}");
  EXPECT_EQ(ShapeOf("[&a x, &a y, *a]"), "[x y *2]");
  EXPECT_EQ(ShapeOf("[&a , *a]"), "[*1]");
}

TEST(YamlDocument, ResolveFollowsAliasesOnly) {
  const YamlDocument document = ParseYaml("[&a x, *a]");
  EXPECT_EQ(document.Resolve(2), 1u);
  EXPECT_EQ(document.Resolve(1), 1u);
  EXPECT_EQ(document.Resolve(0), 0u);
}

TEST(YamlDocument, UndefinedAliasIsMalformed) {
  const std::string text = "a: &x b\nc: *y\n";
  EXPECT_EQ(At(text, RefusedYaml(text).place), "*y");
  EXPECT_EQ(RefusedYaml("[*a, &a b]").place.offset, 1u);
}

TEST(YamlDocument, AnchorsEndWithTheirDocument) {
  EXPECT_EQ(RefusedYaml("--- &a x\n--- *a\n").place.offset, 13u);
}

TEST(YamlDocument, AliasInsideOfItsOwnNodeIsMalformed) {
  for (const std::string text :
       {"&a [*a]", "&a {b: [c, *a]}", "&a\n- b: *a\n", "[&a x, &a [*a]]"}) {
    const Malformed malformed = RefusedYaml(text);
    EXPECT_EQ(At(text, malformed.place), "*a");
    EXPECT_FALSE(malformed.over_limit);
  }
}

TEST(YamlDocument, ItemsAndEntriesPassOverWhatStandsBelow) {
  const YamlDocument document = ParseYaml("a: [b, c]\nd: {e: f}\n? [g]\n: h\n");
  std::vector<std::pair<uint32_t, uint32_t>> entries;
  for (const YamlEntry entry : document.Entries(0)) entries.emplace_back(entry.key, entry.value);
  EXPECT_EQ(entries, (std::vector<std::pair<uint32_t, uint32_t>>{{1, 2}, {5, 6}, {9, 11}}));
  std::vector<std::string_view> items;
  for (const uint32_t i : document.Items(2)) items.push_back(document.node(i).value);
  EXPECT_EQ(items, (std::vector<std::string_view>{"b", "c"}));
  for (const uint32_t i : document.Items(1)) FAIL() << "node " << i << " below a scalar";
}

TEST(YamlDocument, Find) {
  const YamlDocument document = ParseYaml("a: 1\n'b': 2\n[c]: 3\na: 4\n&k d: 5\n*k : 6\n? \n: 7\n");
  EXPECT_EQ(document.node(document.Find(0, "a")).value, "1");
  EXPECT_EQ(document.node(document.Find(0, "b")).value, "2");
  EXPECT_EQ(document.node(document.Find(0, "d")).value, "5");
  EXPECT_EQ(document.node(document.Find(0, "")).value, "7");
  EXPECT_EQ(document.Find(0, "c"), kNoYamlNode);
}

std::vector<uint32_t> RepeatedIn(std::string_view text) { return ParseYaml(text).RepeatedKeys(0); }

TEST(YamlDocument, RepeatedKeys) {
  EXPECT_EQ(RepeatedIn("{a: b, b: a, c: {a: b}}"), std::vector<uint32_t>{});
  EXPECT_EQ(RepeatedIn("{a: 1, 'a': 2, b: 3, \"\\x61\": 4}"), (std::vector<uint32_t>{3, 7}));
  EXPECT_EQ(RepeatedIn("{&k a: 1, *k : 2}"), std::vector<uint32_t>{3});
  EXPECT_EQ(RepeatedIn("{[a]: 1, [a]: 2}"), std::vector<uint32_t>{});
}

TEST(YamlDocument, RepeatedKeysAmongMany) {
  std::string text;
  for (int i = 0; i < 100; ++i) absl::StrAppend(&text, "k", i, ": v\n");
  EXPECT_TRUE(RepeatedIn(text).empty());
  EXPECT_EQ(RepeatedIn(text + "k0: v\nk99: v\nk50: v\nk100: v\n"),
            (std::vector<uint32_t>{201, 203, 205}));
}

}  // namespace
}  // namespace sluice
