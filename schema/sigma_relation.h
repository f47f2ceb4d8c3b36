// What one criterion of a Sigma rule says about another of the same field.
//
// A criterion on a field that an event has not is false. Both answers are proofs: false means "not
// shown", since what would take too long to compare, or needs more than ASCII to fold, is left
// open. Source: Sigma specification 2.1.0, rules (values) and modifiers.

#ifndef SLUICE_SCHEMA_SIGMA_RELATION_H_
#define SLUICE_SCHEMA_SIGMA_RELATION_H_

#include <cstdint>

#include "schema/content.h"

namespace sluice {

// What a rule may spend on comparing: about one a byte of an operand that is looked at.
class LogicBudget {
 public:
  // Enough for every real file, and linear in the content.
  explicit LogicBudget(const Content& content)
      : left_(kLeast + kPerCriterion * content.criteria().size()) {}

  // False when it is spent: then nothing more is shown.
  bool Take(uint64_t steps) {
    if (steps > left_)
      left_ = 0;
    else
      left_ -= steps;
    return left_ != 0;
  }
  bool exhausted() const { return left_ == 0; }

 private:
  static constexpr uint64_t kLeast = uint64_t{1} << 16;
  static constexpr uint64_t kPerCriterion = 32;
  uint64_t left_;
};

// Whether some (or every) element passes the test. Not shown once the budget is spent: the rest is
// not looked at.
template <typename Elements, typename Test>
bool Some(const Elements& elements, const LogicBudget& budget, Test test) {
  for (const auto& element : elements) {
    if (budget.exhausted()) return false;
    if (test(element)) return true;
  }
  return false;
}
template <typename Elements, typename Test>
bool Every(const Elements& elements, const LogicBudget& budget, Test test) {
  for (const auto& element : elements) {
    if (budget.exhausted() || !test(element)) return false;
  }
  return true;
}

// Whether two criteria test exactly the same, flags included. For a null or a number too.
bool SameCriterion(const Content& content, const Criterion& a, const Criterion& b);

// Whether every event of which `a` holds is one of which `b` holds. Where `b` alone is negated: its
// field has one value.
bool Implies(const Content& content, const Criterion& a, const Criterion& b, LogicBudget& budget);

// Whether no event can have both: its field has one value.
bool Excludes(const Content& content, const Criterion& a, const Criterion& b, LogicBudget& budget);

// Whether every event has at least one of both. Where both are negated: its field has one value.
bool Covers(const Content& content, const Criterion& a, const Criterion& b, LogicBudget& budget);

}  // namespace sluice

#endif  // SLUICE_SCHEMA_SIGMA_RELATION_H_
