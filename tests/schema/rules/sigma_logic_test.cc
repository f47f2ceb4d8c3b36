// What the rules about Sigma's logic say holds of every event: small rules, tried on all events of
// two fields with values of at most four letters.

#include "schema/sigma_logic.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "parser/sigma/sigma_reader.h"
#include "tests/schema/rules/lint_case.h"
#include "tests/schema/rules/rule_case.h"

namespace sluice {
namespace {

using Value = std::optional<std::string>;  // nullopt: the event has not the field
using Event = std::array<Value, 2>;        // Image, User
using Token = ConditionToken::Kind;

// Absent, and all texts of a and b with at most four letters.
std::vector<Value> Values() {
  std::vector<Value> values = {std::nullopt, ""};
  for (size_t i = 1; values[i]->size() < 4; ++i) {
    values.push_back(*values[i] + "a");
    values.push_back(*values[i] + "b");
  }
  return values;
}

const std::vector<Event>& Events() {
  static const auto& events = *[] {
    auto* all = new std::vector<Event>;
    for (const Value& image : Values()) {
      for (const Value& user : Values()) all->push_back({image, user});
    }
    return all;
  }();
  return events;
}

bool HoldsBefore(const Content& content, const Criterion& criterion, const Event& event) {
  const Value& value = event[content.field(criterion).name == "Image" ? 0 : 1];
  const std::string operand(content.operand_text(criterion));
  if (criterion.op == Operator::kExists) return value.has_value() == (operand == "true");
  if (criterion.op == Operator::kIsNull) return !value;
  if (!value) return false;
  switch (criterion.op) {
    case Operator::kIsEmpty:
      return value->empty();
    case Operator::kEquals:
      return *value == operand;
    case Operator::kStartsWith:
      return value->starts_with(operand);
    case Operator::kEndsWith:
      return value->ends_with(operand);
    case Operator::kContains:
      return value->find(operand) != std::string::npos;
    default:
      ADD_FAILURE() << Info(criterion.op).name;
      return false;
  }
}

bool Holds(const Content& content, const Criterion& criterion, const Event& event) {
  return HoldsBefore(content, criterion, event) != ((criterion.flags & kNegated) != 0);
}

bool Holds(const Content& content, std::span<const ConditionToken> condition, const Event& event) {
  std::vector<bool> stack;
  for (const ConditionToken& token : condition) {
    if (token.kind == Token::kCriterion) {
      stack.push_back(Holds(content, content.criteria()[token.value], event));
      continue;
    }
    uint32_t held = 0;
    for (uint32_t i = 0; i < token.value; ++i) {
      held += stack.back() ? 1 : 0;
      stack.pop_back();
    }
    stack.push_back(token.kind == Token::kAnd   ? held == token.value
                    : token.kind == Token::kOr  ? held > 0
                    : token.kind == Token::kNot ? held == 0
                                                : held >= token.n);
  }
  return stack.back();
}

class Generator {
 public:
  std::string Key(const char* field) {
    switch (Pick(14)) {
      case 0:
        return absl::StrCat(field, "|exists: ", Pick(2) == 0 ? "true" : "false");
      case 1:
        return absl::StrCat(field, Neq(), ": null");
      case 2:
        return absl::StrCat(field, Neq(), ": ''");
      default:
        break;
    }
    constexpr const char* kPlaces[] = {"", "|startswith", "|endswith", "|contains"};
    const std::string key = absl::StrCat(field, kPlaces[Pick(4)], Neq());
    if (Pick(2) == 0) return absl::StrCat(key, ": ", Text());
    return absl::StrCat(key, Pick(3) == 0 ? "|all" : "", ": [", Text(), ", ", Text(), "]");
  }

  // A map of up to two keys, each line indented by `indent`.
  std::string Map(const std::string& indent) {
    const std::string first = Key(Pick(3) == 0 ? "User" : "Image");
    std::string second = Key(Pick(3) == 0 ? "User" : "Image");
    if (Pick(2) == 0 || NameOf(first) == NameOf(second)) return first + "\n";
    return absl::StrCat(first, "\n", indent, second, "\n");
  }

  std::string Selection(const std::string& name, bool one_map) {
    if (one_map || Pick(3) != 0) return absl::StrCat("  ", name, ":\n    ", Map("    "));
    return absl::StrCat("  ", name, ":\n    - ", Map("      "), "    - ", Map("      "));
  }

  std::string Condition() {
    std::string condition = Literal();
    for (size_t i = Pick(4); i > 0; --i) {
      const char* const op = Pick(2) == 0 ? " and " : " or ";
      condition = absl::StrCat(Pick(4) == 0 ? "not " : "", "(", condition, op, Literal(), ")");
    }
    return condition;
  }

  size_t Pick(size_t below) { return random_() % below; }

 private:
  const char* Neq() { return Pick(4) == 0 ? "|neq" : ""; }
  static std::string NameOf(const std::string& key) { return key.substr(0, key.find(':')); }
  std::string Literal() {
    constexpr const char* kNames[] = {"s1", "s2", "s3", "1 of s*", "all of s*", "2 of s*"};
    return absl::StrCat(Pick(2) == 0 ? "" : "not ", kNames[Pick(Pick(3) == 0 ? 6 : 3)]);
  }
  std::string Text() {
    std::string text;
    for (size_t i = 1 + Pick(2); i > 0; --i) text += Pick(2) == 0 ? 'a' : 'b';
    return text;
  }

  std::mt19937 random_{7};
};

Content Read(const std::string& text) {
  ReadResult result = ReadSigma(std::make_shared<const std::string>(text), {});
  EXPECT_TRUE(result.ok()) << text;
  return std::move(result).TakeContent();
}

size_t CountMatches(const Content& content, std::span<const ConditionToken> condition) {
  size_t count = 0;
  for (const Event& event : Events()) count += Holds(content, condition, event) ? 1 : 0;
  return count;
}

Results Lint(const std::string& text) { return LintCase({.text = text}); }

TEST(SigmaLogic, NeverAndAlwaysAreSo) {
  Generator generator;
  size_t never = 0;
  size_t always = 0;
  for (int i = 0; i < 3000; ++i) {
    const std::string text = SigmaRule(absl::StrCat(
        generator.Selection("s1", false), generator.Selection("s2", false),
        generator.Selection("s3", false), "  condition: ", generator.Condition(), "\n"));
    const Content content = Read(text);
    if (content.instances()[0].incomplete) continue;
    const auto condition = content.condition(content.instances()[0]);
    for (const Finding& f : Lint(text).findings) {
      if (f.severity != Severity::kError) continue;
      if (f.rule->id == "SL603" && ++never > 0) {
        EXPECT_EQ(CountMatches(content, condition), 0u) << text << f.message;
      } else if (f.rule->id == "SL612" && ++always > 0) {
        EXPECT_EQ(CountMatches(content, condition), Events().size()) << text << f.message;
      }
    }
  }
  EXPECT_GT(never, 100u);
  EXPECT_GT(always, 100u);
}

// A key, or a selection, that every event satisfies.
TEST(SigmaLogic, AlternativesThatAreAlwaysTrue) {
  Generator generator;
  size_t found = 0;
  for (int i = 0; i < 6000; ++i) {
    const std::string text = SigmaRule(generator.Selection("s1", false) + "  condition: s1\n");
    const Content content = Read(text);
    const LineTable lines(content.text());
    for (const Finding& f : Lint(text).findings) {
      if (f.rule->id != "SL636") continue;
      ++found;
      std::string key(lines.Line(f.line));
      std::ranges::replace(key, '-', ' ');
      const Content alone =
          Read(SigmaRule(absl::StrCat("  s1:\n    ", key, "\n  condition: s1\n")));
      const size_t matches = CountMatches(alone, alone.condition(alone.instances()[0]));
      if (matches == Events().size()) continue;
      EXPECT_EQ(CountMatches(content, content.condition(content.instances()[0])), Events().size())
          << text;
    }
  }
  EXPECT_GT(found, 50u);
}

// No text of `Generator` has a c in it.
TEST(SigmaLogic, NothingHasToBeThere) {
  Generator generator;
  size_t found = 0;
  for (int i = 0; i < 3000; ++i) {
    const std::string text = SigmaRule(absl::StrCat(
        generator.Selection("s1", false), generator.Selection("s2", false),
        generator.Selection("s3", false), "  condition: ", generator.Condition(), "\n"));
    const Content content = Read(text);
    if (content.instances()[0].incomplete) continue;
    const Results results = Lint(text);
    const bool speaks = std::ranges::any_of(results.findings,
                                            [](const Finding& f) { return f.rule->id == "SL613"; });
    if (!speaks) continue;
    ++found;
    EXPECT_TRUE(Holds(content, content.condition(content.instances()[0]), {"c", "c"})) << text;
  }
  EXPECT_GT(found, 300u);
}

// Keys of one map: with a contradiction nothing matches, and an implied one may be left out.
TEST(SigmaLogic, KeysOfAMap) {
  Generator generator;
  size_t contradicted = 0;
  size_t implied = 0;
  for (int i = 0; i < 3000; ++i) {
    const std::string text = SigmaRule(generator.Selection("s1", true) + "  condition: s1\n");
    const Content content = Read(text);
    const LineTable lines(content.text());
    for (const Finding& f : Lint(text).findings) {
      if (f.rule->id == "SL604" && ++contradicted > 0) {
        EXPECT_EQ(CountMatches(content, content.condition(content.instances()[0])), 0u) << text;
      }
      if (f.rule->id != "SL605") continue;
      ++implied;
      // The map has two keys; what is on the other line says it all.
      const std::string other = SigmaRule(absl::StrCat(
          "  s1:\n    ", std::string(lines.Line(f.line == 18 ? 19 : 18)), "\n  condition: s1\n"));
      const Content shorter = Read(other);
      EXPECT_EQ(CountMatches(content, content.condition(content.instances()[0])),
                CountMatches(shorter, shorter.condition(shorter.instances()[0])))
          << text;
    }
  }
  EXPECT_GT(contradicted, 50u);
  EXPECT_GT(implied, 50u);
}

// Two selections beside one another: a needless one may be left out, and values that a filter takes
// out are in no match.
TEST(SigmaLogic, SelectionsBesideOneAnother) {
  Generator generator;
  size_t needless = 0;
  size_t values = 0;
  for (int i = 0; i < 6000; ++i) {
    const std::string left = generator.Pick(3) == 0 ? "not s1" : "s1";
    const std::string right = generator.Pick(2) == 0 ? "not s2" : "s2";
    const std::string op = generator.Pick(2) == 0 ? " and " : " or ";
    const std::string selections =
        generator.Selection("s1", true) + generator.Selection("s2", false);
    const auto rule = [&](const std::string& condition) {
      return SigmaRule(absl::StrCat(selections, "  condition: ", condition, "\n"));
    };
    const std::string text = rule(left + op + right);
    const Content content = Read(text);
    const auto condition = content.condition(content.instances()[0]);
    for (const Finding& f : Lint(text).findings) {
      if (f.rule->id == "SL602") {
        ++needless;
        const Content shorter = Read(rule(f.line == 17 ? right : left));
        for (const Event& event : Events()) {
          ASSERT_EQ(Holds(content, condition, event),
                    Holds(shorter, shorter.condition(shorter.instances()[0]), event))
              << text << f.message;
        }
      }
      if (f.rule->id != "SL603" || f.severity != Severity::kWarning || left != "s1") continue;
      ++values;
      for (const Criterion& criterion : content.criteria()) {
        if (content.operands(criterion).empty()) continue;
        if (content.operands(criterion)[0].place != f.place) continue;
        for (const Event& event : Events()) {
          ASSERT_FALSE(Holds(content, criterion, event) && Holds(content, condition, event))
              << text << f.message;
        }
      }
    }
  }
  EXPECT_GT(needless, 100u);
  EXPECT_GT(values, 10u);
}

std::string OverTwo(const std::string& condition) {
  return SigmaRule(
      absl::StrCat("  a:\n    Image: x\n  b:\n    User: y\n  condition: ", condition, "\n"));
}

std::string Nots(size_t count) {
  std::string nots;
  for (size_t i = 0; i < count; ++i) nots += "not ";
  return nots;
}

// All that the clauses of a condition say, their places apart.
std::string ClausesOf(const std::string& condition) {
  const Content content = Read(OverTwo(condition));
  const RuleLogic logic(content, content.instances()[0]);
  std::string all;
  for (const LogicClause& clause : logic.clauses()) {
    absl::StrAppend(&all, clause.root ? "root " : "", clause.all ? "all" : "any",
                    clause.exact ? "" : " inexact", ":");
    for (const LogicLiteral& literal : clause.literals) {
      absl::StrAppend(&all, literal.negated ? " -" : " ", literal.selection);
    }
    all += ";";
  }
  return all;
}

TEST(SigmaLogic, NegationsCarryDown) {
  EXPECT_EQ(ClausesOf("not (a and not b)"), "root any: -0 1;");
  EXPECT_EQ(ClausesOf("not (not (a or not b) or b)"), "all: -0 1;root any inexact:;");
  EXPECT_EQ(ClausesOf("not (not (a and not b) or b)"), "root all: 0 -1 -1;");
  EXPECT_EQ(ClausesOf("not (a or not b) and not (b or not (not a))"), "root all: -0 1 -1 -0;");
  for (const std::string part : {"a", "(a and b)", "(not a or b)", "(a and not (b or a))"}) {
    EXPECT_EQ(ClausesOf(Nots(400) + part), ClausesOf(part));
    EXPECT_EQ(ClausesOf(Nots(401) + part), ClausesOf("not " + part));
    EXPECT_EQ(ClausesOf("b or " + Nots(401) + part), ClausesOf("b or not " + part));
  }
}

// Nothing more is looked at once the budget is spent, and that is said as something not done.
TEST(SigmaLogic, StopsWhenTheBudgetIsSpent) {
  const Content content = Read(OverTwo("a and b"));
  LogicBudget budget(content);
  const std::vector<int> numbers(100, 0);
  int looked_at = 0;
  const auto spend = [&](bool answer) {
    return [&, answer](int) {
      if (++looked_at == 3) budget.Take(~uint64_t{0});
      return answer;
    };
  };
  EXPECT_FALSE(Some(numbers, budget, spend(false)));
  EXPECT_EQ(looked_at, 3);
  EXPECT_FALSE(Every(numbers, budget, spend(true)));
  EXPECT_FALSE(Some(numbers, budget, spend(true)));
  EXPECT_EQ(looked_at, 3);
}

TEST(SigmaLogic, SaysThatTheBudgetWasSpent) {
  const auto is_said = [](int selections, const std::string& rule) {
    std::string detection;
    for (int i = 0; i < selections; ++i) {
      absl::StrAppend(&detection, "  s", i, ":\n    Image|endswith: v", i, "x\n");
    }
    const Results results = Lint(SigmaRule(detection + "  condition: 1 of s*\n"));
    return std::ranges::any_of(results.not_checked, [&](const NotChecked& entry) {
      return entry.requested && entry.what.find(rule) != std::string::npos;
    });
  };
  EXPECT_TRUE(is_said(1000, "SL602"));
  EXPECT_FALSE(is_said(100, "SL602"));
}

// The short root, in the place of the long one and of nothing else.
TEST(SigmaLogic, RegistryRootsAreMended) {
  for (const std::string quote : {"", "'", "\""}) {
    const std::string path = quote == "\"" ? R"(HKEY_USERS\\S-1)" : R"(HKEY_USERS\S-1)";
    std::string text = SigmaRule(absl::StrCat("  s1:\n    TargetObject|startswith: ", quote, path,
                                              quote, "\n  condition: s1\n"));
    text.replace(text.find("process_creation"), 16, "registry_set");
    const Results results = Lint(text);
    const auto found = std::ranges::find_if(results.findings,
                                            [](const Finding& f) { return f.rule->id == "SL607"; });
    ASSERT_NE(found, results.findings.end()) << text;
    ASSERT_EQ(found->fix.size(), 1u);
    EXPECT_EQ(found->fix[0].replacement, "HKU");
    EXPECT_EQ(text.substr(found->fix[0].place.offset, found->fix[0].place.length), "HKEY_USERS");
  }
}

}  // namespace
}  // namespace sluice
