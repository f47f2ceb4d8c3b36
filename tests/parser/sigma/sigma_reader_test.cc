// What a Sigma rule means: from its text to criteria and tokens.

#include "parser/sigma/sigma_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "parser/sigma/sigma_apply.h"
#include "tests/parser/sigma/sigma_testing.h"

namespace sluice {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Kind = IrregularityKind;

std::string Condition(const Content& content, size_t instance = 0) {
  return Show(content.condition(content.instances()[instance]));
}

TEST(SigmaReader, ReadsTheIdTheTitleAndTheLogSource) {
  const Content content = SigmaContent(RuleWith("  s:\n    Image: a\n  condition: s\n"));
  EXPECT_EQ(content.dialect(), Dialect::kSigma);
  EXPECT_EQ(content.binding(), Binding::kByName);
  EXPECT_EQ(content.kind(), "sigma");
  ASSERT_EQ(content.instances().size(), 1u);
  const Instance& rule = content.instances()[0];
  EXPECT_EQ(rule.id, "5f0d2d6e-0000-4000-8000-000000000001");
  EXPECT_EQ(rule.name, "A rule");
  EXPECT_EQ(At(content, rule.name_place), "1:8 A rule");
  EXPECT_EQ(rule.role, InstanceRole::kRule);
  EXPECT_FALSE(rule.incomplete);
  EXPECT_EQ(content.type(rule).name, "windows/process_creation");
  EXPECT_TRUE(content.type(rule).open);
  EXPECT_FALSE(content.type(rule).declared);
  EXPECT_THAT(content.irregularities(), IsEmpty());
}

TEST(SigmaReader, NamesLogSourcesInOneForm) {
  const auto name = [](const std::string& source) {
    const Content content =
        SigmaContent("title: t\nlogsource: " + source + "\ndetection: {s: {A: b}, condition: s}\n");
    return std::string(content.types()[0].name);
  };
  EXPECT_EQ(name("{product: acme, service: turnstile}"), "acme/turnstile");
  EXPECT_EQ(name("{service: sysmon, category: Image_Load, product: Windows}"),
            "windows/image_load/sysmon");
  EXPECT_EQ(name("{product: linux}"), "linux");
  EXPECT_EQ(name("{category: proxy}"), "*/proxy");
  EXPECT_EQ(name("{definition: none}"), "*");
  EXPECT_EQ(name("{product: a/b%}"), "a%2fb%25");
}

TEST(SigmaReader, MapsAreAndListsOfValuesOr) {
  const Content content = SigmaContent(
      RuleWith("  s:\n    Image|endswith:\n      - '\\a.exe'\n      - '\\b.exe'\n    User: "
               "SYSTEM\n  condition: s\n"));
  EXPECT_THAT(Criteria(content), ElementsAre("Image ends_with \\a.exe", "Image ends_with \\b.exe",
                                             "User equals SYSTEM"));
  EXPECT_EQ(Condition(content), "0 1 or2 2 and2");
}

TEST(SigmaReader, AllMakesTheValuesAnd) {
  const Content content =
      SigmaContent(RuleWith("  s:\n    CommandLine|contains|all: [a, b, c]\n  condition: s\n"));
  EXPECT_EQ(Condition(content), "0 1 2 and3");
}

TEST(SigmaReader, NeqTurnsTheCombinationRound) {
  const Content content = SigmaContent(RuleWith("  s:\n    A|neq: [a, b]\n  condition: s\n"));
  EXPECT_THAT(Criteria(content), ElementsAre("not A equals a", "not A equals b"));
  EXPECT_EQ(Condition(content), "0 1 and2");
}

// Plain texts are read by a shorter way, which must come to the same.
TEST(SigmaReader, PlainTextsAreWhatModifiersMakeOfThem) {
  for (const std::string key : {"A", "A|contains", "A|startswith", "A|endswith", "A|cased",
                                "A|contains|all", "A|neq|endswith", "'|all'", "'|contains'"}) {
    for (const std::string value :
         {"b", "C:\\Temp", "C:\\", "a\\\\b", "a*", "*a", "a?b", "\\*", "-1", "''"}) {
      const bool bare = value == "-1" || value == "''";
      const std::string written = bare ? value : "'" + value + "'";
      const Content content =
          SigmaContent(RuleWith("  s:\n    " + key + ": [" + written + ", x]\n  condition: s\n"));
      const SigmaKey parsed = ParseSigmaKey(key[0] == '\'' ? key.substr(1, key.size() - 2) : key);
      const std::string text = value == "''" ? "" : value;
      const SigmaScalar scalars[] = {
          {value == "-1" ? ScalarType::kNumber : ScalarType::kText, text},
          {ScalarType::kText, "x"}};
      SigmaBudget budget;
      const SigmaItem item = ApplySigmaModifiers(parsed, scalars, true, nullptr, budget);
      ASSERT_EQ(content.criteria().size(), item.tests.size()) << key << ": " << value;
      for (size_t i = 0; i < item.tests.size(); ++i) {
        const Criterion& criterion = content.criteria()[i];
        EXPECT_EQ(criterion.op, item.tests[i].op) << key << ": " << value;
        EXPECT_EQ(criterion.flags & ~kNumeric, item.tests[i].flags) << key << ": " << value;
        std::vector<std::string> operands;
        for (const Operand& o : content.operands(criterion)) operands.emplace_back(o.text);
        EXPECT_EQ(operands, item.tests[i].operands) << key << ": " << value;
      }
      EXPECT_EQ(Condition(content), item.combine == Combine::kAnd ? "0 1 and2" : "0 1 or2");
    }
  }
}

TEST(SigmaReader, ListsOfMapsAreOr) {
  const Content content =
      SigmaContent(RuleWith("  s:\n    - A: 1\n      B: x\n    - C: y\n  condition: s\n"));
  EXPECT_THAT(Criteria(content), ElementsAre("A equals 1 numeric", "B equals x", "C equals y"));
  EXPECT_EQ(Condition(content), "0 1 and2 2 or2");
}

TEST(SigmaReader, ListsOfPlainValuesAreKeywords) {
  const Content content =
      SigmaContent(RuleWith("  k:\n    - mimikatz\n    - 'a*b'\n  condition: k\n"));
  EXPECT_THAT(Criteria(content), ElementsAre("any contains mimikatz", "any glob *a*b*"));
  EXPECT_EQ(Condition(content), "0 1 or2");
  ASSERT_EQ(content.selections().size(), 1u);
  EXPECT_TRUE(content.selections()[0].keywords);
}

TEST(SigmaReader, KeywordsUnderAllAreAnd) {
  const Content content =
      SigmaContent(RuleWith("  k:\n    '|all':\n      - a\n      - b\n  condition: k\n"));
  EXPECT_THAT(Criteria(content), ElementsAre("any contains a", "any contains b"));
  EXPECT_EQ(Condition(content), "0 1 and2");
  EXPECT_EQ(At(content, content.criteria()[0].operator_place), "8:7 all");
}

TEST(SigmaReader, APlainValueUnderASelectionIsOneKeyword) {
  const Content content = SigmaContent(RuleWith("  k: mimikatz\n  condition: k\n"));
  EXPECT_THAT(Criteria(content), ElementsAre("any contains mimikatz"));
  EXPECT_EQ(Of(content, Kind::kSigmaSelectionScalar).size(), 1u);
}

TEST(SigmaReader, MapsBesidePlainValuesAreOr) {
  const Content content =
      SigmaContent(RuleWith("  s:\n    - a\n    - b\n    - A: c\n    - d\n  condition: s\n"));
  EXPECT_EQ(Condition(content), "0 1 or2 2 3 or3");
  EXPECT_EQ(Of(content, Kind::kSigmaMixedList).size(), 1u);
}

TEST(SigmaReader, NullAndEmptyAreTwoThings) {
  const Content content =
      SigmaContent(RuleWith("  s:\n    A: null\n    B:\n    C: ''\n    D: ~\n  condition: s\n"));
  EXPECT_THAT(Criteria(content), ElementsAre("A is_null", "B is_null", "C is_empty", "D is_null"));
}

TEST(SigmaReader, NumbersAndTruthValuesKeepTheirType) {
  const Content content = SigmaContent(
      RuleWith("  s:\n    A: 4688\n    B: '4688'\n    C: true\n    D|gte: 10\n  condition: s\n"));
  EXPECT_THAT(Criteria(content), ElementsAre("A equals 4688 numeric", "B equals 4688",
                                             "C equals true", "D greater_or_equal 10"));
  EXPECT_EQ(content.written(content.criteria()[0])->type, ScalarType::kNumber);
  EXPECT_EQ(content.written(content.criteria()[1])->type, ScalarType::kText);
  EXPECT_TRUE(content.written(content.criteria()[1])->quoted);
  EXPECT_EQ(content.written(content.criteria()[2])->type, ScalarType::kBoolean);
}

TEST(SigmaReader, PartsOfDatesAreHeld) {
  const Content content = SigmaContent(RuleWith("  s:\n    T|hour|gte: 22\n  condition: s\n"));
  EXPECT_EQ(content.criteria()[0].time_part, TimePart::kHour);
}

TEST(SigmaReader, OneValueWithTwoOperatorsIsAnAlternative) {
  const std::vector<std::string> values = {"a", "b*"};
  ReadOptions options;
  options.placeholders = [&](std::string_view name) { return name == "x" ? &values : nullptr; };
  const Content content =
      SigmaContent(RuleWith("  s:\n    A|expand: ['%x%', c]\n    B: d\n  condition: s\n"), options);
  EXPECT_THAT(Criteria(content),
              ElementsAre("A equals a", "A starts_with b", "A equals c", "B equals d"));
  EXPECT_EQ(Condition(content), "0 1 or2 2 or2 3 and2");
}

TEST(SigmaReader, APlaceholderThatIsNotDefinedLeavesTheRuleUnchecked) {
  const Content content = SigmaContent(RuleWith("  s:\n    A|expand: '%x%'\n  condition: s\n"));
  EXPECT_TRUE(content.instances()[0].incomplete);
  const std::vector<Irregularity> found = Of(content, Kind::kSigmaPlaceholderUndefined);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].detail, "x");
  EXPECT_EQ(At(content, found[0].place), "8:15 '%x%'");
}

TEST(SigmaReader, ThreeShapesOfConditions) {
  const std::string selections = "  a: {A: 1}\n  b_1: {B: 1}\n  b_2: {C: 1}\n  _c: {D: 1}\n";
  const auto tokens = [&](const std::string& condition) {
    return Condition(SigmaContent(RuleWith(selections + "  condition: " + condition + "\n")));
  };
  EXPECT_EQ(tokens("a and not b_1 or _c"), "0 1 not and2 3 or2");
  EXPECT_EQ(tokens("1 of b_*"), "1 2 1of2");
  EXPECT_EQ(tokens("all of b_*"), "1 2 2of2");
  EXPECT_EQ(tokens("any of them"), "0 1 2 1of3");
  EXPECT_EQ(tokens("all of _*"), "3 1of1");
  EXPECT_EQ(tokens("2 of them and a"), "0 1 2 2of3 0 and2");
  EXPECT_EQ(tokens("[a, b_1]"), "0 1 or2");
  EXPECT_EQ(tokens("a or a"), "0 0 or2");
}

TEST(SigmaReader, SelectionsKnowTheirTokensAndTheirUses) {
  const Content content = SigmaContent(
      RuleWith("  a:\n    A: [1, 2]\n  b: {B: 1}\n  c: {C: 1}\n  condition: a and 1 of b* or a\n"));
  ASSERT_EQ(content.selections().size(), 3u);
  const SigmaSelection& a = content.selections()[0];
  EXPECT_EQ(a.name, "a");
  EXPECT_EQ(At(content, a.name_place), "7:3 a");
  EXPECT_EQ(At(content, a.place), "8:5 A: [1, 2]");
  EXPECT_EQ(Show(content.condition(a)), "0 1 or2");
  EXPECT_EQ(content.criteria(a).size(), 2u);
  EXPECT_EQ(a.uses, 2u);
  EXPECT_FALSE(a.keywords);
  EXPECT_EQ(content.selections()[1].uses, 1u);
  EXPECT_EQ(content.selections()[2].uses, 0u);
  EXPECT_EQ(Condition(content), "0 1 or2 2 1of1 and2 0 1 or2 or2");
}

TEST(SigmaReader, EveryPartOfACriterionHasItsPlace) {
  const Content content = SigmaContent(RuleWith(
      "  s:\n    CommandLine|contains|all:\n      - 'one'\n      - \"t\\x77o\"\n  condition: s\n"));
  const Criterion& one = content.criteria()[0];
  EXPECT_EQ(At(content, one.field_place), "8:5 CommandLine");
  EXPECT_EQ(At(content, one.operator_place), "8:17 contains|all");
  EXPECT_EQ(one.operator_text, "contains|all");
  EXPECT_EQ(At(content, content.operands(one)[0].place), "9:9 'one'");
  EXPECT_EQ(At(content, one.place), "8:5 CommandLine|contains|all:\n      - 'one'");
  const Criterion& two = content.criteria()[1];
  EXPECT_EQ(content.operand_text(two), "two");
  const Written* written = content.written(two);
  ASSERT_NE(written, nullptr);
  EXPECT_EQ(written->value, "two");
  EXPECT_EQ(written->item, 0u);
  EXPECT_EQ(written->position, 1u);
  EXPECT_TRUE(written->quoted);
  EXPECT_TRUE(written->in_list);
}

TEST(SigmaReader, AKeyWithoutModifiersHasAnEmptyPlaceForThem) {
  const Content content = SigmaContent(RuleWith("  s:\n    Image: a\n  condition: s\n"));
  EXPECT_EQ(content.criteria()[0].operator_place.length, 0u);
  EXPECT_EQ(content.criteria()[0].operator_text, "");
  EXPECT_FALSE(content.written(content.criteria()[0])->in_list);
}

TEST(SigmaReader, CriteriaOfOneFieldShareItsReference) {
  const Content content =
      SigmaContent(RuleWith("  a: {A: 1}\n  b: {A|contains: x, B: 1}\n  condition: a or b\n"));
  EXPECT_EQ(content.fields().size(), 2u);
  EXPECT_EQ(content.criteria()[0].field, content.criteria()[1].field);
}

TEST(SigmaReader, EachDocumentIsAnInstance) {
  const std::string rule = RuleWith("  s: {A: b}\n  condition: s\n");
  const Content content = SigmaContent(rule + "---\n" + rule);
  ASSERT_EQ(content.instances().size(), 2u);
  EXPECT_EQ(content.instances()[1].ordinal, 2u);
  EXPECT_EQ(Show(content.condition(content.instances()[1])), "1");
  EXPECT_EQ(content.instances()[1].selections, (Range{1, 2}));
  EXPECT_EQ(content.types().size(), 1u);
  const std::vector<Irregularity> found = Of(content, Kind::kSigmaSeveralRules);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].instance, 1u);
}

TEST(SigmaReader, CorrelationsAndFiltersAreKept) {
  const Content content = SigmaContent(
      "title: c\ncorrelation:\n  type: event_count\n  rules: [a, b]\n  condition:\n    gte: 10\n"
      "---\ntitle: f\nlogsource: {product: windows}\nfilter:\n  rules: [a]\n  s: {A: b}\n  "
      "condition: s\n");
  ASSERT_EQ(content.instances().size(), 2u);
  const Instance& correlation = content.instances()[0];
  EXPECT_EQ(correlation.role, InstanceRole::kCorrelation);
  EXPECT_FALSE(correlation.incomplete);
  const Attribute* gte = content.attribute(correlation, "correlation.condition.gte");
  ASSERT_NE(gte, nullptr);
  EXPECT_EQ(gte->value, "10");
  EXPECT_EQ(gte->kind, AttributeKind::kNumber);
  EXPECT_EQ(content.instances()[1].role, InstanceRole::kFilter);
  EXPECT_EQ(content.type(content.instances()[1]).name, "windows");
  EXPECT_THAT(content.criteria(), IsEmpty());
}

TEST(SigmaReader, PartsOfRulesAreNotChecked) {
  const std::string rule = "---\nlogsource: {product: a}\ndetection: {s: {A: b}, condition: s}\n";
  const Content content =
      SigmaContent("action: global\ntitle: t\n" + rule + "---\naction: reset\n" + rule);
  ASSERT_EQ(content.instances().size(), 4u);
  EXPECT_EQ(content.instances()[0].role, InstanceRole::kFragment);
  EXPECT_EQ(content.instances()[1].role, InstanceRole::kFragment);
  EXPECT_TRUE(content.instances()[1].incomplete);
  EXPECT_EQ(content.instances()[2].role, InstanceRole::kFragment);
  EXPECT_EQ(content.instances()[3].role, InstanceRole::kRule);
  EXPECT_EQ(Of(content, Kind::kSigmaAction).size(), 3u);
}

TEST(SigmaReader, AttributesAreInFileOrder) {
  const Content content = SigmaContent(
      "title: t\ntags:\n  - attack.t1059\n  - 'x'\nrelated:\n  - id: 1\n    type: derived\n"
      "date: 2024-01-31\nlogsource:\n  product: windows\ndetection:\n  s: {A: b}\n"
      "  condition: s\n  timeframe: 5m\nfalsepositives:\n");
  std::vector<std::string> keys;
  for (const Attribute& a : content.attributes(content.instances()[0])) {
    keys.push_back(std::string(a.key) + (a.item ? "[]" : "") + "=" + std::string(a.value));
  }
  EXPECT_THAT(keys, ElementsAre("title=t", "tags=", "tags[]=attack.t1059", "tags[]=x",
                                "related=", "related[]=", "related.id=1", "related.type=derived",
                                "date=2024-01-31", "logsource=", "logsource.product=windows",
                                "detection=", "detection.condition=s", "detection.timeframe=5m",
                                "falsepositives="));
  const auto& attributes = content.attributes();
  EXPECT_EQ(attributes[1].kind, AttributeKind::kList);
  EXPECT_EQ(At(content, attributes[2].place), "3:5 attack.t1059");
  EXPECT_EQ(At(content, attributes[2].key_place), "2:1 tags");
  EXPECT_TRUE(attributes[3].quoted);
  EXPECT_EQ(attributes[5].kind, AttributeKind::kMap);
  EXPECT_EQ(At(content, attributes[6].key_place), "6:5 id");
  EXPECT_EQ(attributes[8].kind, AttributeKind::kDate);
  EXPECT_EQ(attributes.back().kind, AttributeKind::kNull);
}

}  // namespace
}  // namespace sluice
