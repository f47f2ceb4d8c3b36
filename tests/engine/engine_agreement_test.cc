#include <gtest/gtest.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tests/engine/agreement.h"
#include "tests/engine/generate_sigma.h"

// The engine decides on Sigma rules, from their source and from a channel file, as the naive
// evaluators do, which share no line with it.

namespace sluice::naive {
namespace {

// With sanitizers, a part of the million.
#if defined(__SANITIZE_ADDRESS__)
constexpr uint32_t kBatches = 60;
#else
constexpr uint32_t kBatches = 1000;
#endif
constexpr uint32_t kRulesOfBatch = 8;
constexpr uint32_t kEventsOfRule = 20;

struct Totals {
  uint64_t possible = 0;
  uint64_t pairs = 0;
  uint64_t matches = 0;
  size_t compiled = 0;
  size_t rules = 0;
  std::map<std::string, int> with;  // how many rules that were taken have a modifier
};

void Count(const std::string& yaml, Totals* totals) {
  for (const char* modifier :
       {"all",    "base64", "base64offset", "cased",   "cidr", "contains", "day", "endswith",
        "exists", "expand", "fieldref",     "gt",      "gte",  "hour",     "i",   "lt",
        "lte",    "m",      "minute",       "month",   "neq",  "re",       "s",   "startswith",
        "utf16",  "week",   "utf16be",      "utf16le", "wide", "windash",  "year"}) {
    std::string written = "|";
    written += modifier;
    bool found = false;
    for (size_t at = yaml.find(written); at != std::string::npos; at = yaml.find(written, at + 1)) {
      const char behind = yaml[at + written.size()];
      found = found || behind == '|' || behind == ':' || behind == '\'';
    }
    totals->with[modifier] += found ? 1 : 0;
  }
}

void RunBatch(NaiveRandom& random, uint32_t batch, Totals* totals) {
  std::vector<GeneratedRule> generated;
  std::vector<SourceRule> sources;
  for (uint32_t i = 0; i < kRulesOfBatch; ++i) {
    generated.push_back(RandomRule(random, batch * kRulesOfBatch + i));
    sources.push_back({generated.back().id, generated.back().yaml});
  }
  Agreement agreement(sources, GeneratedPlaceholders());
  for (const GeneratedRule& rule : generated) {
    for (uint32_t i = 0; i < kEventsOfRule; ++i) {
      agreement.Run(EventNear(random, rule.type, rule.hints));
    }
    Count(rule.yaml, totals);
  }
  totals->possible += uint64_t{kRulesOfBatch} * kRulesOfBatch * kEventsOfRule;
  totals->pairs += agreement.pairs();
  totals->matches += agreement.matches();
  totals->rules += agreement.rules();
  totals->compiled += agreement.compiled();
  for (const std::string& difference : agreement.differences()) ADD_FAILURE() << difference;
}

TEST(EngineAgreement, OnGeneratedRulesAndEvents) {
  NaiveRandom random(20240719);
  Totals totals;
  for (uint32_t batch = 0; batch < kBatches && !HasFailure(); ++batch) {
    RunBatch(random, batch, &totals);
  }
  if (HasFailure()) return;
  // That it asks what it should: more than nine rules in ten have a meaning, events are near them,
  // and every modifier is there.
  EXPECT_GT(totals.pairs, totals.possible * 9 / 10);
  EXPECT_GT(totals.compiled, totals.rules * 9 / 10);
  EXPECT_GT(totals.matches, totals.pairs / 10);
  EXPECT_LT(totals.matches, totals.pairs / 2);
  for (const auto& [modifier, rules] : totals.with) {
    EXPECT_GT(rules, static_cast<int>(totals.rules / 200)) << modifier;
  }
  RecordProperty("pairs", std::to_string(totals.pairs));
  RecordProperty("matches", std::to_string(totals.matches));
}

constexpr std::string_view kId = "5f0d2d6e-0000-4000-8000-000000000001";

std::string RuleWith(std::string_view modifiers, std::string_view pattern) {
  std::string yaml = "title: t\nid: ";
  yaml.append(kId).append("\nlogsource: {product: windows}\ndetection:\n  s:\n    f|");
  yaml.append(modifiers).append(": '").append(pattern).append("'\n  condition: s\n");
  return yaml;
}

Event EventWith(const char* value) { return {{"windows"}, {{EventField::kText, "f", value}}}; }

bool MatchesAsPcre(const std::string& yaml, const Event& event) {
  std::string why;
  const auto pcre = ReadRule(yaml, {}, &why);
  EXPECT_TRUE(pcre.has_value()) << why;
  return pcre && Matches(*pcre, event);
}

// Sigma's regular expressions are a subset of PCRE's, the engine's those of RE2. Both have this
// subset, and do not mean the same by it here. The engine must still differ: else the other tests
// should ask for PCRE.
TEST(EngineAgreement, KnownDifferencesOfRegularExpressions) {
  struct Case {
    const char* modifiers;
    const char* pattern;
    const char* value;
    bool pcre;
  };
  constexpr Case kCases[] = {
      {"re", "b$", "ab\n", true},          // before a last line break
      {"re|m", "\\n^", "a\n", false},      // behind a last line break
      {"re", "a\\sb", "a\vb", true},       // a vertical tab is white
      {"re|i", "^\\w$", "\u017f", false},  // what folds to an ASCII letter
      {"re|i", "^\\W$", "\u212a", true},
  };
  for (const Case& wanted : kCases) {
    const std::string yaml = RuleWith(wanted.modifiers, wanted.pattern);
    const Event event = EventWith(wanted.value);
    EXPECT_EQ(MatchesAsPcre(yaml, event), wanted.pcre) << wanted.pattern;
    Agreement agreement({{std::string(kId), yaml}}, {});
    agreement.Run(event);
    EXPECT_EQ(agreement.pairs(), 1);
    EXPECT_EQ(agreement.matches(), wanted.pcre ? 0 : 1) << wanted.pattern;
    EXPECT_TRUE(agreement.differences().empty()) << agreement.differences()[0];
  }
}

// RE2 finds `\B` between two bytes of one character. Generated patterns have none.
TEST(EngineAgreement, KnownDifferenceInsideACharacter) {
  const std::string yaml = RuleWith("re", "\\B");
  Agreement agreement({{std::string(kId), yaml}}, {});
  agreement.Run(EventWith("a\u00e9a"));
  EXPECT_EQ(agreement.matches(), 0);
  EXPECT_FALSE(agreement.differences().empty());
}

}  // namespace
}  // namespace sluice::naive
