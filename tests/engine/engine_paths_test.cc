// Finding literals first decides as walking all instances does, and both as a stack of bits over
// what each criterion says by itself.

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/engine/run_content.h"

namespace sluice {
namespace {

constexpr int kContents = 150;
constexpr int kEvents = 100;

class Random {
 public:
  explicit Random(uint32_t seed) : engine_(seed) {}
  uint32_t Below(uint32_t end) { return static_cast<uint32_t>(engine_() % end); }

  // A text of few different letters, so that much is found.
  std::string Text(uint32_t least, uint32_t most) {
    static constexpr std::string_view kLetters[] = {"a", "b", "A", "B", "c", "é", "É", "K"};
    std::string out;
    for (uint32_t n = least + Below(most - least + 1); n > 0; --n) {
      out += kLetters[Below(Below(3) == 0 ? std::size(kLetters) : 3)];
    }
    return out;
  }

 private:
  std::mt19937 engine_;
};

std::string Criterion(Random& random) {
  static constexpr std::string_view kOperators[] = {
      "equals",  "contains", "contains", "starts_with", "ends_with", "glob",        "regex",
      "in_list", "is_null",  "is_empty", "exists",      "less",      "field_equals"};
  const std::string_view op = kOperators[random.Below(std::size(kOperators))];
  std::string out = random.Below(6) == 0
                        ? "criterion { any_field: true"
                        : absl::StrCat("criterion { field_name: \"", random.Below(3) + 1, "\"");
  absl::StrAppend(&out, " operator: \"", std::string(op), "\"");
  const auto operand = [&](const std::string& text) {
    absl::StrAppend(&out, " operand: \"", text, "\"");
  };
  if (op == "exists") {
    operand(random.Below(2) == 0 ? "true" : "false");
  } else if (op == "less") {
    operand("5");
  } else if (op == "field_equals") {
    operand(std::to_string(random.Below(3) + 1));
  } else if (op == "glob") {
    operand(absl::StrCat(random.Text(0, 3), "*", random.Text(1, 3), "?", random.Text(0, 2)));
  } else if (op == "regex") {
    operand(absl::StrCat(random.Text(0, 3), random.Below(2) == 0 ? "" : "|", random.Text(1, 4),
                         random.Below(2) == 0 ? "+" : "?"));
  } else if (op != "is_null" && op != "is_empty") {
    for (uint32_t n = random.Below(3) + 1; n > 0; --n) operand(random.Text(1, 9));
  }
  const bool cases = op != "exists" && op != "is_null" && op != "is_empty" && op != "less";
  if (cases && random.Below(4) == 0) absl::StrAppend(&out, " cased: true");
  if (random.Below(5) == 0) absl::StrAppend(&out, " negated: true");
  return out + " }\n";
}

// Any postfix condition over `criteria` criteria.
std::string Condition(uint32_t criteria, Random& random) {
  std::string out;
  uint32_t stack = 0;
  uint32_t left = criteria + random.Below(4);
  while (left > 0 || stack > 1) {
    if (left > 0 && (stack < 2 || random.Below(2) == 0)) {
      absl::StrAppend(&out, "condition { criterion: ", random.Below(criteria), " }\n");
      --left;
      ++stack;
      continue;
    }
    const uint32_t takes = std::min(stack, 2 + random.Below(3));
    const uint32_t kind = random.Below(4);
    if (kind == 0) absl::StrAppend(&out, "condition { all: ", takes, " }\n");
    if (kind == 1) absl::StrAppend(&out, "condition { any: ", takes, " }\n");
    if (kind == 2) {
      absl::StrAppend(&out, "condition { at_least { n: ", random.Below(takes) + 1, " of: ", takes,
                      " } }\n");
    }
    if (kind == 3) {
      absl::StrAppend(&out, "condition { negate: true }\n");
    } else {
      stack -= takes - 1;
    }
  }
  return out;
}

std::string RandomContent(Random& random) {
  std::string out =
      "# proto-message: sluice.v1.Content\nbinding: \"name\"\n"
      "template_type { name: \"T\" field { name: \"1\" type: \"string\" }\n"
      "  field { name: \"2\" type: \"string\" } field { name: \"3\" type: \"string\" } }\n";
  for (int i = 1; i <= 30; ++i) {
    absl::StrAppend(&out, "instance { id: \"", i, "\" template_type: \"T\"\n");
    const uint32_t criteria = random.Below(5) + 1;
    for (uint32_t c = 0; c < criteria; ++c) out += Criterion(random);
    if (random.Below(3) > 0) out += Condition(criteria, random);
    out += "}\n";
  }
  return out;
}

// What a stack of bits makes of the criteria.
bool Decide(const Content& content, const Instance& instance,
            const std::vector<CriterionOutcome>& criteria) {
  std::vector<bool> stack;
  const auto holds = [&](uint32_t criterion) {
    return criteria[criterion - instance.criteria.begin].holds;
  };
  if (content.condition(instance).empty()) {
    bool all = true;
    for (const CriterionOutcome& one : criteria) all &= one.holds;
    return all;
  }
  for (const ConditionToken& token : content.condition(instance)) {
    if (token.kind == ConditionToken::Kind::kCriterion) {
      stack.push_back(holds(token.value));
    } else if (token.kind == ConditionToken::Kind::kNot) {
      stack.back() = !stack.back();
    } else {
      uint32_t count = 0;
      for (uint32_t i = 0; i < token.value; ++i) {
        count += stack.back() ? 1 : 0;
        stack.pop_back();
      }
      const uint32_t least = token.kind == ConditionToken::Kind::kAnd  ? token.value
                             : token.kind == ConditionToken::Kind::kOr ? 1
                                                                       : token.n;
      stack.push_back(count >= least);
    }
  }
  return stack.back();
}

TEST(EnginePaths, DecideAlike) {
  Random random(1);
  uint64_t matched = 0;
  uint64_t decided = 0;
  for (int c = 0; c < kContents; ++c) {
    const std::string text = RandomContent(random);
    const Engine fast = MakeEngine(ReadContent("content-text", text));
    const Engine plain = MakeEngine(ReadContent("content-text", text), {.prefilter = false});
    Scratch fast_scratch(fast);
    Scratch plain_scratch(plain);
    Outcome fast_outcome;
    Outcome plain_outcome;
    std::vector<CriterionOutcome> criteria;
    for (int e = 0; e < kEvents; ++e) {
      std::vector<std::string> values;
      for (int f = 0; f < 3; ++f) values.push_back(random.Text(0, 12));
      Event event{.types = {"T"}};
      static constexpr std::string_view kNames[] = {"1", "2", "3"};
      for (size_t f = 0; f < 3; ++f) {
        const uint32_t kind = random.Below(12);
        if (kind == 0) continue;
        event.fields.push_back(kind == 1   ? Null(kNames[f])
                               : kind == 2 ? Number(kNames[f], "4.5")
                                           : Text(kNames[f], values[f]));
      }
      fast.Run(event, fast_scratch, fast_outcome);
      plain.Run(event, plain_scratch, plain_outcome);
      ASSERT_EQ(fast_outcome.matches, plain_outcome.matches) << text;
      matched += plain_outcome.matches.size();
      const std::span<const Instance> instances = plain.content().instances();
      decided += instances.size();
      std::vector<InstanceRef> expected;
      for (uint32_t i = 0; i < instances.size(); ++i) {
        plain.Explain(event, {0, i}, plain_scratch, criteria);
        if (Decide(plain.content(), instances[i], criteria)) expected.push_back({0, i});
      }
      ASSERT_EQ(plain_outcome.matches, expected) << text;
    }
  }
  // Neither all nor nothing.
  EXPECT_GT(matched, decided / 10);
  EXPECT_LT(matched, decided * 9 / 10);
}

// Literals without number, all of them in the value: finding them gives up, and the walk decides.
TEST(EnginePaths, WhatIsMadeToBeFoundEverywhereIsWalked) {
  std::string text =
      "# proto-message: sluice.v1.Content\nbinding: \"name\"\n"
      "template_type { name: \"T\" field { name: \"1\" type: \"string\" } }\n";
  for (int i = 1; i <= 300; ++i) {
    absl::StrAppend(&text, "instance { id: \"", i,
                    "\" template_type: \"T\" criterion { field_name:"
                    " \"1\" operator: \"contains\" operand: \"",
                    std::string(i + 3, 'a'), "b\" } }\n");
  }
  const std::string value = std::string(100'000, 'a') + "b";
  const Event event{.types = {"T"}, .fields = {Text("1", value)}};
  const Engine fast = MakeEngine(ReadContent("content-text", text));
  Scratch scratch(fast);
  Outcome outcome;
  fast.Run(event, scratch, outcome);
  EXPECT_FALSE(outcome.exhausted);
  EXPECT_EQ(outcome.matches.size(), 300u);
  EXPECT_LT(outcome.work, 100'000u * (300 + 100));
}

}  // namespace
}  // namespace sluice
