// Whatever a Sigma rule can get wrong is recorded at its place, and marks the rule when it leaves
// it without a meaning.

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "parser/sigma/sigma_reader.h"
#include "tests/parser/sigma/sigma_testing.h"

namespace sluice {
namespace {

using Kind = IrregularityKind;

struct Case {
  std::string_view name;
  std::string_view detection;  // from line 7 on
  Kind kind;
  bool fatal;
  std::string_view at;  // "line:column text"
  std::string_view detail;
  std::string_view other = "";
};

// The only irregularity of a text.
void ExpectOne(const Content& content, const Case& c) {
  const std::vector<Irregularity> found = Of(content, c.kind);
  ASSERT_EQ(found.size(), 1u) << c.name;
  EXPECT_EQ(At(content, found[0].place), c.at) << c.name;
  EXPECT_EQ(found[0].detail, c.detail) << c.name;
  EXPECT_EQ(found[0].other, c.other) << c.name;
  EXPECT_EQ(found[0].fatal, c.fatal) << c.name;
  EXPECT_EQ(found[0].instance, 0u) << c.name;
  EXPECT_EQ(content.instances()[0].incomplete, c.fatal) << c.name;
}

constexpr Case kSelections[] = {
    {"duplicate field", "  s:\n    A: 1\n    A: 2\n  condition: s\n", Kind::kSigmaDuplicateKey,
     true, "9:5 A", "A"},
    {"duplicate selection", "  s: {A: 1}\n  s: {A: 2}\n  condition: s\n", Kind::kSigmaDuplicateKey,
     true, "8:3 s", "s"},
    {"merge key", "  s: &x {A: 1}\n  t: {<<: *x, B: 1}\n  condition: s and t\n",
     Kind::kSigmaMergeKey, true, "8:7 <<", ""},
    {"alias", "  s: &x {A: 1}\n  t: *x\n  condition: s and t\n", Kind::kSigmaAlias, false, "8:6 *x",
     "*x"},
    {"tag", "  s: {A: !py b}\n  condition: s\n", Kind::kSigmaTag, true, "7:14 b", "!py"},
    {"list as key", "  s: {[a]: b, A: c}\n  condition: s\n", Kind::kSigmaKeyNotScalar, true,
     "7:7 [a]", ""},
    {"number as key", "  s: {4688: b}\n  condition: s\n", Kind::kSigmaKeyNotText, false, "7:7 4688",
     "4688"},
    {"no selection", "  condition: s\n", Kind::kSigmaSelectionsMissing, true, "6:1 detection", ""},
    {"no condition", "  s: {A: b}\n", Kind::kSigmaConditionMissing, true, "6:1 detection", ""},
    {"condition of nothing", "  s: {A: b}\n  condition:\n", Kind::kSigmaConditionMissing, true,
     "6:1 detection", ""},
    {"condition as map", "  s: {A: b}\n  condition: {a: b}\n", Kind::kSigmaConditionNotText, true,
     "8:14 {a: b}", ""},
    {"condition in a list of lists", "  s: {A: b}\n  condition: [s, [s]]\n",
     Kind::kSigmaConditionNotText, true, "8:18 [s]", ""},
    {"empty list of conditions", "  s: {A: b}\n  condition: []\n", Kind::kSigmaConditionListEmpty,
     true, "8:14 []", ""},
    {"selection of nothing", "  s:\n  condition: s\n", Kind::kSigmaSelectionEmpty, true, "7:3 s",
     "s"},
    {"selection of no entry", "  s: {}\n  condition: s\n", Kind::kSigmaSelectionEmpty, true,
     "7:6 {}", "s"},
    {"selection of no item", "  s: []\n  condition: s\n", Kind::kSigmaSelectionEmpty, true,
     "7:6 []", "s"},
    {"map of no entry", "  s: [{}, {A: b}]\n  condition: s\n", Kind::kSigmaEmptyMap, true, "7:7 {}",
     "s"},
    {"list in a list", "  s: [[a]]\n  condition: s\n", Kind::kSigmaNestedList, true, "7:7 [a]",
     "s"},
    {"list in a list of values", "  s: {A: [b, [c]]}\n  condition: s\n", Kind::kSigmaNestedList,
     true, "7:14 [c]", "A"},
    {"map under a field", "  s: {A: {b: c}}\n  condition: s\n", Kind::kSigmaNestedMap, true,
     "7:10 {b: c}", "A"},
    {"map in a list of values", "  s: {A: [{b: c}]}\n  condition: s\n", Kind::kSigmaNestedMap, true,
     "7:11 {b: c}", "A"},
    {"list without values", "  s: {A: []}\n  condition: s\n", Kind::kSigmaEmptyList, true,
     "7:10 []", "A"},
};

TEST(SigmaIrregularities, OfSelections) {
  for (const Case& c : kSelections) ExpectOne(SigmaContent(RuleWith(c.detection)), c);
}

// Two selections; the condition begins at 9:14.
constexpr Case kConditions[] = {
    {"empty", "''", Kind::kSigmaConditionEmpty, true, "9:14 ''", "*"},
    {"syntax", "s1 and", Kind::kSigmaConditionSyntax, true, "9:20 ", "*"},
    {"aggregation", "s1 | count() by A > 5", Kind::kSigmaConditionAggregation, true,
     "9:17 | count() by A > 5", "*", "*"},
    {"near", "s1 | near s2", Kind::kSigmaConditionNear, true, "9:17 | near s2", "*", "*"},
    {"undefined", "s1 and s3", Kind::kSigmaSelectionUndefined, true, "9:21 s3", "s3"},
    {"unmatched", "1 of x*", Kind::kSigmaPatternUnmatched, true, "9:14 1 of x*", "x*"},
    {"too few", "3 of s*", Kind::kSigmaOfTooFew, false, "9:14 3 of s*", "s*", "2"},
    {"single", "1 of s1*", Kind::kSigmaOfSingle, false, "9:14 1 of s1*", "s1*"},
    {"parentheses", "s1 and (s2)", Kind::kSigmaRedundantParentheses, false, "9:21 (s2)", ""},
    {"case", "s1 AND s2", Kind::kSigmaKeywordCase, false, "9:17 AND", "AND"},
    {"mixed", "s1 and s2 or s1", Kind::kSigmaMixedOperators, false, "9:24 or", ""},
};

TEST(SigmaIrregularities, OfConditions) {
  for (Case c : kConditions) {
    const Content content = SigmaContent(
        RuleWith("  s1: {A: b}\n  s2: {A: c}\n  condition: " + std::string(c.detection) + "\n"));
    const std::vector<Irregularity> found = Of(content, c.kind);
    ASSERT_EQ(found.size(), 1u) << c.name;
    const std::string at = At(content, found[0].place);
    if (c.at == "*") c.at = at;
    if (c.detail == "*") c.detail = found[0].detail;
    if (c.other == "*") c.other = found[0].other;
    ExpectOne(content, c);
  }
}

// The item begins at 8:5.
constexpr Case kItems[] = {
    {"nothing", "A|: b", Kind::kSigmaModifierEmpty, true, "8:7 ", ""},
    {"unknown", "A|Contains: b", Kind::kSigmaModifierUnknown, true, "8:7 Contains", "Contains",
     "contains"},
    {"too many", "A|all|all|all|all|all|all|all|all|all|all|all|all|all|all|all|all|x: b",
     Kind::kSigmaModifiersTooMany, true, "8:71 x", ""},
    {"repeated", "A|contains|contains: b", Kind::kSigmaModifierRepeated, false, "8:16 contains",
     "contains", "contains"},
    {"incompatible", "A|contains|endswith: b", Kind::kSigmaModifiersIncompatible, true,
     "8:16 endswith", "endswith", "contains"},
    {"order", "A|contains|base64: b", Kind::kSigmaModifierOrder, true, "*", "*", "*"},
    {"needs re", "A|i: b", Kind::kSigmaModifierNeedsRe, true, "8:7 i", "i"},
    {"needs contains", "A|base64offset: bcdef", Kind::kSigmaModifierNeedsContains, false,
     "8:7 base64offset", "base64offset"},
    {"needs encoding", "A|wide: b", Kind::kSigmaModifierNeedsEncoding, false, "8:7 wide",
     "utf16le"},
    {"all on one", "A|contains|all: b", Kind::kSigmaAllOnSingleValue, false, "8:16 all", "all"},
    {"type", "A|gt: x", Kind::kSigmaValueType, true, "8:11 x", "gt"},
    {"type that can be taken", "A|gt: '1'", Kind::kSigmaValueType, false, "8:11 '1'", "gt"},
    {"null in a list", "A: [b, null]", Kind::kSigmaNullInList, true, "8:12 null", ""},
    {"no effect", "A|windash: b", Kind::kSigmaModifierNoEffect, false, "8:16 b", "windash"},
    {"wildcard inside", "A|base64: 'b*'", Kind::kSigmaWildcardInside, true, "8:15 'b*'", "base64"},
    {"short", "A|base64offset|contains: bc", Kind::kSigmaValueTooShort, false, "8:30 bc",
     "base64offset"},
    {"expansions", "A|windash: '-------'", Kind::kSigmaTooManyExpansions, true, "8:16 '-------'",
     "windash"},
    {"no network", "A|cidr: 10.0.0", Kind::kSigmaNotANetwork, true, "8:13 10.0.0", "cidr"},
    {"host bits", "A|cidr: 10.0.0.1/8", Kind::kSigmaHostBits, false, "8:13 10.0.0.1/8", "cidr"},
    {"range", "A|hour: 24", Kind::kSigmaOutOfRange, false, "8:13 24", "hour"},
    {"regex", "A|re: 'a(b'", Kind::kSigmaRegexInvalid, true, "*", "group not closed"},
    {"look-ahead", "A|re: 'a(?=b)'", Kind::kSigmaRegexUnsupported, false, "*", "look-ahead"},
    {"explosive", "A|re: '(a+)+b'", Kind::kSigmaRegexExplosive, false, "8:12 (a+)+", ""},
};

TEST(SigmaIrregularities, OfKeysAndValues) {
  for (Case c : kItems) {
    const Content content =
        SigmaContent(RuleWith("  s:\n    " + std::string(c.detection) + "\n  condition: s\n"));
    const std::vector<Irregularity> found = Of(content, c.kind);
    ASSERT_GE(found.size(), 1u) << c.name;
    // The same modifier again is repeated each time.
    const std::string at = At(content, found[0].place);
    if (c.at == "*") c.at = at;
    if (c.detail == "*") c.detail = found[0].detail;
    if (c.other == "*") c.other = found[0].other;
    ExpectOne(content, c);
  }
}

constexpr Case kDocuments[] = {
    {"no rule", "a: b\n", Kind::kSigmaNotARule, true, "1:1 a: b", ""},
    {"a list", "- a\n", Kind::kSigmaNotARule, true, "1:1 - a", ""},
    {"a text", "a\n", Kind::kSigmaNotARule, true, "1:1 a", ""},
    {"no detection", "logsource: {product: a}\n", Kind::kSigmaDetectionMissing, true,
     "1:1 logsource: {product: a}", ""},
    {"detection of nothing", "logsource: {product: a}\ndetection:\n", Kind::kSigmaDetectionNotAMap,
     true, "2:1 detection", ""},
    {"detection as list", "logsource: {product: a}\ndetection: [a]\n", Kind::kSigmaDetectionNotAMap,
     true, "2:12 [a]", ""},
    {"no log source", "detection: {s: {A: b}, condition: s}\n", Kind::kSigmaLogSourceMissing, false,
     "1:1 detection: {s: {A: b}, condition: s}", ""},
    {"log source as text", "logsource: a\ndetection: {s: {A: b}, condition: s}\n",
     Kind::kSigmaLogSourceNotAMap, true, "1:12 a", ""},
    {"log source of nothing", "logsource: {}\ndetection: {s: {A: b}, condition: s}\n",
     Kind::kSigmaLogSourceEmpty, false, "1:12 {}", ""},
    {"product as list", "logsource: {product: [a]}\ndetection: {s: {A: b}, condition: s}\n",
     Kind::kSigmaLogSourceNotText, true, "1:22 [a]", "product"},
    {"two log sources",
     "logsource: {product: a}\nlogsource: {product: b}\ndetection: {s: {A: b}, condition: s}\n",
     Kind::kSigmaDuplicateKey, true, "2:1 logsource", "logsource"},
    {"two titles",
     "title: a\ntitle: b\nlogsource: {product: b}\ndetection: {s: {A: b}, condition: "
     "s}\n",
     Kind::kSigmaDuplicateKey, false, "2:1 title", "title"},
    {"action", "action: global\ntitle: t\n", Kind::kSigmaAction, true, "1:9 global", "global"},
};

TEST(SigmaIrregularities, OfDocuments) {
  for (const Case& c : kDocuments) ExpectOne(SigmaContent(std::string(c.detection)), c);
}

TEST(SigmaIrregularities, OfTheFile) {
  const std::string rule = RuleWith("  s: {A: b}\n  condition: s\n");
  const Content empty = SigmaContent(rule + "---\n");
  ASSERT_EQ(Of(empty, Kind::kSigmaEmptyDocument).size(), 1u);
  EXPECT_EQ(At(empty, Of(empty, Kind::kSigmaEmptyDocument)[0].place), "9:1 ---");
  EXPECT_FALSE(empty.instances()[0].incomplete);
  const Content marked = SigmaContent("\xEF\xBB\xBF" + rule);
  ASSERT_EQ(Of(marked, Kind::kSigmaEncoding).size(), 1u);
  EXPECT_EQ(At(marked, marked.instances()[0].name_place), "1:8 A rule");
}

}  // namespace
}  // namespace sluice
