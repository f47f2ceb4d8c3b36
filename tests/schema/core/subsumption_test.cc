#include "schema/subsumption.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <random>

#include "absl/strings/str_cat.h"
#include "schema/sysmon.h"
#include "schema/text.h"
#include "tests/schema/core/contents.h"

namespace sluice {
namespace {

// The answer by comparing all pairs.
bool Wider(const Condition& wide, const Condition& narrow, bool later) {
  const std::string outer = Lowercase(narrow.operand);
  const std::string inner = Lowercase(wide.operand);
  const bool whole = narrow.op == Operator::kSysmonIs;
  if (wide.field != narrow.field || inner.size() < Subsumption::kGram) return false;
  if ((wide.op == narrow.op && inner == outer) || (later && wide.name != narrow.name)) return false;
  switch (wide.op) {
    case Operator::kSysmonContains:
      return outer.find(inner) != std::string::npos;
    case Operator::kSysmonBeginWith:
      return (whole || narrow.op == wide.op) && outer.starts_with(inner);
    case Operator::kSysmonEndWith:
      return (whole || narrow.op == wide.op || narrow.op == Operator::kSysmonImage) &&
             outer.ends_with(inner);
    default:
      return false;
  }
}

TEST(Subsumption, AgreesWithComparingAllPairs) {
  constexpr Operator kOperators[] = {Operator::kSysmonIs, Operator::kSysmonContains,
                                     Operator::kSysmonBeginWith, Operator::kSysmonEndWith,
                                     Operator::kSysmonImage};
  std::mt19937 random(7);
  const auto below = [&](uint32_t n) { return random() % n; };
  size_t found = 0;
  for (int round = 0; round < 200; ++round) {
    std::deque<std::string> texts;
    std::vector<Condition> conditions;
    for (int i = 0; i < 20; ++i) {
      std::string& text = texts.emplace_back();
      for (uint32_t length = 3 + below(6); length > 0; --length) text += "aAb"[below(3)];
      conditions.push_back(
          {below(2) == 0 ? "X" : "Y", kOperators[below(5)], text, below(4) == 0 ? "n" : ""});
    }
    const Content content = Record("A", conditions);
    Subsumption subsumption(content);
    for (uint32_t i = 0; i < conditions.size(); ++i) {
      bool expected = false;
      for (uint32_t j = 0; j < conditions.size(); ++j) {
        expected |= i != j && Wider(conditions[j], conditions[i], j > i);
      }
      const uint32_t wider = subsumption.empty() ? kNone : subsumption.WiderThan(0, i);
      ASSERT_EQ(wider != kNone, expected) << conditions[i].operand << " in round " << round;
      if (wider == kNone) continue;
      ++found;
      ASSERT_TRUE(Wider(conditions[wider], conditions[i], wider > i));
    }
    EXPECT_FALSE(subsumption.exhausted());
  }
  EXPECT_GT(found, 100u);
}

TEST(Subsumption, StopsWhenEverythingBeginsAlike) {
  std::deque<std::string> texts;
  std::vector<Condition> conditions;
  const std::string middle(500, 'a');
  for (int i = 0; i < 3000; ++i) {
    conditions.push_back(
        {"X", Operator::kSysmonContains, texts.emplace_back(absl::StrCat(middle, "b", i))});
  }
  const Content content = Record("A", conditions);
  Subsumption subsumption(content);
  for (uint32_t i = 0; i < conditions.size(); ++i) subsumption.WiderThan(0, i);
  EXPECT_TRUE(subsumption.exhausted());
}

TEST(Subsumption, TheWiderOnesCanBeNamed) {
  const Content content = Record("A", {{"X", Operator::kSysmonContains, "temp"},
                                       {"X", Operator::kSysmonIs, "a temp b", "n"},
                                       {"Y", Operator::kSysmonIs, "a temp b"},
                                       {"X", Operator::kSysmonContains, "TEMP"},
                                       {"X", Operator::kSysmonContains, "a temp"}});
  const uint32_t wide[] = {3};
  Subsumption subsumption(content, wide);
  ASSERT_FALSE(subsumption.empty());
  // Wherever it stands, and whatever names there are.
  EXPECT_EQ(subsumption.WiderThan(0, 1), 3u);
  EXPECT_EQ(subsumption.WiderThan(7, 4), 3u);
  EXPECT_EQ(subsumption.WiderThan(0, 2), kNone);
  EXPECT_EQ(subsumption.WiderThan(0, 0), kNone) << "the same test";
  EXPECT_EQ(subsumption.WiderThan(0, 3), kNone) << "itself";
}

TEST(Subsumption, LeavesVariablesAlone) {
  const Content content = Record("A", {{"X", Operator::kSysmonContains, "%temp%"},
                                       {"X", Operator::kSysmonContains, "a%temp%b"}});
  EXPECT_TRUE(Subsumption(content).empty());
}

}  // namespace
}  // namespace sluice
