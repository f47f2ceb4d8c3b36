// The logic of a Sigma rule: its selections as alternatives of keys with values, its condition over
// them, and what follows from one about another.
//
// Every answer is a proof; false means "not shown". All of it is linear, or bounded by a
// `LogicBudget`, and nothing recurses.

#ifndef SLUICE_SCHEMA_SIGMA_LOGIC_H_
#define SLUICE_SCHEMA_SIGMA_LOGIC_H_

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "schema/content.h"
#include "schema/rule.h"
#include "schema/sigma.h"
#include "schema/sigma_relation.h"

namespace sluice {

// A key of a selection with its values, or a run of keywords.
struct LogicItem {
  Range criteria;       // in Content::criteria()
  bool all = false;     // the values are AND
  bool opaque = false;  // neither AND nor OR of its criteria: only equal to itself
};

// A selection as OR of maps, each of them AND of items.
class SelectionShape {
 public:
  SelectionShape(const Content& content, const SigmaSelection& selection);

  // False when it holds more than criteria (a placeholder that stands for nothing): then it has no
  // maps.
  bool known() const { return !maps_.empty(); }
  std::span<const Range> maps() const { return maps_; }  // in `items`
  std::span<const LogicItem> items(Range map) const {
    return std::span<const LogicItem>(items_).subspan(map.begin, map.size());
  }

 private:
  using Stack = absl::InlinedVector<Range, 16>;  // of items_
  void AddCriterion(const Content& content, uint32_t index, Stack& stack);
  bool Combine(const ConditionToken& token, Stack& stack);

  absl::InlinedVector<LogicItem, 16> items_;
  absl::InlinedVector<Range, 4> maps_;
};

bool Implies(const Content& content, const LogicItem& a, const LogicItem& b, LogicBudget& budget);
bool Excludes(const Content& content, const LogicItem& a, const LogicItem& b, LogicBudget& budget);
// Whether no value can satisfy all values of an item with `all`.
bool ExcludesItself(const Content& content, const LogicItem& item, LogicBudget& budget);
bool Implies(const Content& content, const SelectionShape& a, const SelectionShape& b,
             LogicBudget& budget);
bool Excludes(const Content& content, const SelectionShape& a, const SelectionShape& b,
              LogicBudget& budget);
// Whether every event satisfies at least one of the two.
bool Covers(const Content& content, const LogicItem& a, const LogicItem& b, LogicBudget& budget);
bool Covers(const Content& content, const SelectionShape& a, const SelectionShape& b,
            LogicBudget& budget);
// Whether every event satisfies some value of an item without `all`.
bool CoversItself(const Content& content, const LogicItem& item, LogicBudget& budget);

// Whether a selection has a criterion that is negated. What it implies may need fields of one
// value.
bool HasNegated(const Content& content, const SigmaSelection& selection);

// A selection that has to hold, or must not.
struct LogicLiteral {
  uint32_t selection = kNone;  // in Content::selections()
  bool negated = false;
  friend bool operator==(const LogicLiteral&, const LogicLiteral&) = default;
};

// Literals that stand beside one another under one AND or OR of a condition, nested ones of the
// same kind as one. What an operand of another kind holds is a clause of its own.
struct LogicClause {
  bool all = true;    // AND; otherwise OR
  bool exact = true;  // nothing else stands beside the literals
  bool root = false;  // it is the condition itself, not a part of it
  Place place;        // of the operator; of a selection's first criterion where there is none
  absl::InlinedVector<LogicLiteral, 8> literals;
};

// The condition of a rule over its selections. Negations are carried down to the literals.
class RuleLogic {
 public:
  RuleLogic(const Content& content, const Instance& instance);

  // The root comes last. Empty when the condition cannot be told apart into selections.
  std::span<const LogicClause> clauses() const { return clauses_; }

 private:
  // What is read so far. `flipped`: its literals are still to be negated, all of them.
  struct Open : LogicClause {
    bool flipped = false;
  };
  using Stack = absl::InlinedVector<Open, 8>;
  // Reads the operand or operator at `at`; false when it is none that is understood.
  bool Read(const Content& content, const Instance& instance, size_t& at, Stack& stack);
  bool Combine(const ConditionToken& token, Stack& stack);
  void Negate(Open& clause);
  void Keep(Open& clause);
  static void Settle(Open& clause);
  static void TakeIn(Open& from, Open& to);

  absl::InlinedVector<LogicClause, 4> clauses_;
};

// The shapes of selections that were asked for, for rules that compare them.
class ShapeCache {
 public:
  ShapeCache(const Content& content, const Instance& instance)
      : content_(content), first_(instance.selections.begin) {}
  const SelectionShape& operator[](uint32_t selection);

 private:
  const Content& content_;
  const uint32_t first_;
  // By selection. Made when they are first asked for.
  std::vector<std::unique_ptr<SelectionShape>> shapes_;
};

// One bit a field (several fields may share one) for each field that the selection reads.
uint64_t FieldMask(const Content& content, uint32_t selection);

// Whether some selection is used twice, or two of them have a field in common: otherwise nothing
// follows from one for another.
bool MayRelate(const Content& content, const Instance& instance);

// Calls `visit(clause, a, b)` for every two literals of a clause that have a field in common,
// the earlier one first; not for the same one twice.
template <typename Visit>
void ForEachPair(const Content& content, const LogicClause& clause, LogicBudget& budget,
                 Visit visit) {
  absl::InlinedVector<uint64_t, 8> masks;
  for (const LogicLiteral& literal : clause.literals) {
    masks.push_back(FieldMask(content, literal.selection));
  }
  for (size_t j = 1; j < masks.size(); ++j) {
    for (size_t i = 0; i < j; ++i) {
      if (!budget.Take(1)) return;
      const LogicLiteral& a = clause.literals[i];
      const LogicLiteral& b = clause.literals[j];
      if ((masks[i] & masks[j]) != 0 && (a.selection != b.selection || a.negated != b.negated)) {
        visit(clause, a, b);
      }
    }
  }
}

// Whether each field of the rule's events has one value, as in every event that a contract
// describes. A field of several, such as a list in JSON, may satisfy what excludes one another.
bool HasOneValue(const RuleInput& in, const Instance& instance);

// The selection whose criteria these are; kNone when there is none.
uint32_t SelectionOf(const Content& content, const Instance& instance, uint32_t criterion);

// Says that a rule's comparisons were cut short, if they were: what was asked for is not done.
void ReportExhausted(const LogicBudget& budget, const Rule& rule, Reporter& out);

// Has a `Checker(in, out, instance, budget)` compare the selections of each rule that are combined
// and have a field in common: `checker.Compare(clause, a, b)`.
template <typename Checker>
void ComparePairs(const RuleInput& in, Reporter& out, const Rule& rule) {
  LogicBudget budget(in.content);
  ForEachCompleteRule(in.content, [&](const Instance& instance) {
    if (!MayRelate(in.content, instance)) return;
    const RuleLogic logic(in.content, instance);
    Checker checker(in, out, instance, budget);
    for (const LogicClause& clause : logic.clauses()) {
      ForEachPair(
          in.content, clause, budget,
          [&](const LogicClause& c, LogicLiteral a, LogicLiteral b) { checker.Compare(c, a, b); });
    }
  });
  ReportExhausted(budget, rule, out);
}

}  // namespace sluice

#endif  // SLUICE_SCHEMA_SIGMA_LOGIC_H_
