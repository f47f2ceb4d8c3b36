// SL636 alternatives-always-true
//
// Alternatives of one selection that leave no event out.
//
// A value differs from at least one of two others: `neq` with `all` is "not all of them at once",
// and a list of maps is OR. A field is there, or it is not.
//
//   selection:
//     User|neq|all: ['SYSTEM', 'root']    # a list under `neq` alone: none of them
//   selection:
//     - User|neq: 'SYSTEM'
//     - User|neq: 'root'
//
// Fix: write what must not be there as a list under `neq`, without `all`.
//
// Source: Sigma specification 2.1.0, detection (lists and maps), `neq`, `exists`.

#include <algorithm>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma.h"
#include "schema/sigma_logic.h"
#include "schema/sigma_values.h"

namespace sluice {

extern const Rule kSL636;

namespace {

// Only a negation, or what asks whether a field is there, leaves an opposite.
bool HasOpposite(const Content& content, const SigmaSelection& selection) {
  return std::ranges::any_of(content.criteria(selection), [](const Criterion& criterion) {
    return (criterion.flags & kNegated) != 0 || criterion.op == Operator::kExists;
  });
}

class Checker {
 public:
  Checker(const RuleInput& in, Reporter& out, const Instance& instance, LogicBudget& budget)
      : in_(in), out_(out), instance_(instance), budget_(budget) {}

  void CheckSelection(const SigmaSelection& selection) {
    const SelectionShape shape(in_.content, selection);
    for (const Range map : shape.maps()) {
      for (const LogicItem& item : shape.items(map)) {
        if (CoversItself(in_.content, item, budget_)) Report(selection, item, "");
      }
    }
    for (size_t j = 1; j < shape.maps().size(); ++j) {
      for (size_t i = 0; i < j; ++i) {
        if (!budget_.Take(1)) return;
        if (!MapsCover(shape, shape.maps()[i], shape.maps()[j])) continue;
        return Report(selection, shape.items(shape.maps()[j])[0], "the alternatives with ");
      }
    }
  }

 private:
  bool MapsCover(const SelectionShape& shape, Range a, Range b) {
    return Every(shape.items(a), budget_, [&](const LogicItem& one) {
      return Every(shape.items(b), budget_, [&](const LogicItem& other) {
        return budget_.Take(1) && Covers(in_.content, one, other, budget_);
      });
    });
  }

  void Report(const SigmaSelection& selection, const LogicItem& item, std::string_view of) {
    if (HasNegated(in_.content, selection) && !HasOneValue(in_, instance_)) return;
    const Criterion& criterion = in_.content.criteria()[item.criteria.begin];
    Finding* f = out_.Report(kSL636, criterion.field_place, &instance_, &criterion);
    if (f == nullptr) return;
    f->field = FieldLabel(in_.content, in_.self, criterion);
    Say(*f, kAlwaysMatches,
        Cat("every event satisfies ", of,
            KeyLabel(in_.content, criterion, item.criteria.size() > 1)),
        "list under `neq` alone, without `all`, what must not be there");
  }

  const RuleInput& in_;
  Reporter& out_;
  const Instance& instance_;
  LogicBudget& budget_;
};

void Check(const RuleInput& in, Reporter& out) {
  LogicBudget budget(in.content);
  ForEachCompleteRule(in.content, [&](const Instance& instance) {
    Checker checker(in, out, instance, budget);
    for (const SigmaSelection& selection : in.content.selections(instance)) {
      if (HasOpposite(in.content, selection)) checker.CheckSelection(selection);
    }
  });
  ReportExhausted(budget, kSL636, out);
}

}  // namespace

const Rule kSL636 = {{"SL636", "alternatives-always-true", Severity::kWarning, Category::kHygiene,
                      "alternatives of one selection that leave no event out", kSigmaFiles},
                     Check};

}  // namespace sluice
