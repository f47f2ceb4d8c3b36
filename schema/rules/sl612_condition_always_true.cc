// SL612 condition-always-true
//
// A condition, or a part of one, that every event satisfies.
//
// What is alternative to its own opposite leaves nothing out. A rule over process creation that
// matches every event floods a desk within minutes.
//
//   condition: selection or not selection
//   condition: not filter_a or not filter_b   # when no event satisfies both
//   condition: other_user or other_host       # `neq: a` and `neq: b` of one field
//
// Fix: combine with `and` what has to hold together.
//
// Source: Sigma specification 2.1.0, condition.

#include <algorithm>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma.h"
#include "schema/sigma_logic.h"

namespace sluice {

extern const Rule kSL612;

namespace {

// Whether every event satisfies one of the two.
bool CoverAll(const Content& content, ShapeCache& shapes, LogicLiteral a, LogicLiteral b,
              LogicBudget& budget) {
  if (a.selection == b.selection) return a.negated != b.negated;
  const SelectionShape& first = shapes[a.selection];
  const SelectionShape& second = shapes[b.selection];
  if (!a.negated && !b.negated) return Covers(content, first, second, budget);
  if (a.negated && b.negated) return Excludes(content, first, second, budget);
  return a.negated ? Implies(content, first, second, budget)
                   : Implies(content, second, first, budget);
}

// Whether that needs fields of one value.
bool NeedsOneValue(const Content& content, LogicLiteral a, LogicLiteral b) {
  if (a.selection == b.selection) return false;
  return (a.negated && b.negated) || HasNegated(content, content.selections()[a.selection]) ||
         HasNegated(content, content.selections()[b.selection]);
}

bool HasNot(std::span<const ConditionToken> condition) {
  return std::ranges::any_of(condition, [](const ConditionToken& token) {
    return token.kind == ConditionToken::Kind::kNot;
  });
}

// Only what has a negation in it, or asks whether a field is there, leaves an opposite.
bool HasOpposite(std::span<const Criterion> criteria) {
  return std::ranges::any_of(criteria, [](const Criterion& criterion) {
    return (criterion.flags & kNegated) != 0 || criterion.op == Operator::kExists;
  });
}

bool MayCover(const Content& content, LogicLiteral literal) {
  return literal.negated || HasOpposite(content.criteria(content.selections()[literal.selection]));
}

void CheckClause(const RuleInput& in, Reporter& out, const Instance& instance,
                 const LogicClause& clause, LogicBudget& budget) {
  ShapeCache shapes(in.content, instance);
  for (size_t j = 1; j < clause.literals.size(); ++j) {
    for (size_t i = 0; i < j; ++i) {
      if (!budget.Take(1)) return;
      const LogicLiteral a = clause.literals[i];
      const LogicLiteral b = clause.literals[j];
      if (!CoverAll(in.content, shapes, a, b, budget)) continue;
      Finding* f = out.Report(kSL612, clause.place, &instance);
      if (f == nullptr) return;
      const bool proven = !NeedsOneValue(in.content, a, b) || HasOneValue(in, instance);
      if (!clause.root || !proven) f->severity = Severity::kWarning;
      const auto name = [&](LogicLiteral literal) {
        return Cat(literal.negated ? "not " : "",
                   Quoted(in.content.selections()[literal.selection].name));
      };
      Say(*f, kAlwaysMatches, Cat("every event satisfies ", name(a), " or ", name(b)),
          "combine with `and` what has to hold together");
      return;
    }
  }
}

void Check(const RuleInput& in, Reporter& out) {
  LogicBudget budget(in.content);
  ForEachCompleteRule(in.content, [&](const Instance& instance) {
    if (!HasNot(in.content.condition(instance)) && !HasOpposite(in.content.criteria(instance))) {
      return;
    }
    if (!MayRelate(in.content, instance)) return;
    const RuleLogic logic(in.content, instance);
    for (const LogicClause& clause : logic.clauses()) {
      const bool may_cover =
          !clause.all && std::ranges::any_of(clause.literals, [&](LogicLiteral literal) {
            return MayCover(in.content, literal);
          });
      if (may_cover) CheckClause(in, out, instance, clause, budget);
    }
  });
  ReportExhausted(budget, kSL612, out);
}

}  // namespace

const Rule kSL612 = {{"SL612", "condition-always-true", Severity::kError, Category::kHygiene,
                      "a condition, or a part of one, that every event satisfies", kSigmaFiles},
                     Check};

}  // namespace sluice
