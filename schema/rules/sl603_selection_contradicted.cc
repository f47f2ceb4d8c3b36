// SL603 selection-contradicted
//
// Selections that no event can satisfy together, but that the condition asks for together.
//
// A filter that takes out all that a selection lets through leaves a rule that is silent for ever,
// and nobody notices a rule that is silent. Where it is one value, or one of several alternatives,
// of the selection that a filter takes out, that part is dead.
//
//   selection:
//     Image|endswith: '\cmd.exe'
//   filter:
//     Image|endswith: '.exe'
//   condition: selection and not filter
//
// Fix: narrow the filter, or remove what it takes out.
//
// Source: Sigma specification 2.1.0, condition.

#include <utility>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma.h"
#include "schema/sigma_logic.h"
#include "schema/sigma_values.h"

namespace sluice {

extern const Rule kSL603;

namespace {

constexpr std::string_view kHelp = "narrow the filter, or remove what it takes out";

class Checker {
 public:
  Checker(const RuleInput& in, Reporter& out, const Instance& instance, LogicBudget& budget)
      : in_(in),
        content_(in.content),
        out_(out),
        instance_(instance),
        budget_(budget),
        shapes_(in.content, instance),
        one_value_(HasOneValue(in, instance)) {}

  void Compare(const LogicClause& clause, LogicLiteral a, LogicLiteral b) {
    if (!clause.all) return;
    const SelectionShape& first = shapes_[a.selection];
    const SelectionShape& second = shapes_[b.selection];
    if (!a.negated && !b.negated) {
      if (Excludes(content_, first, second, budget_)) {
        ReportAll(clause, one_value_, Cat("no event satisfies both ", Name(a), " and ", Name(b)));
      }
    } else if (a.negated && b.negated) {
      if (a.selection != b.selection && Covers(content_, first, second, budget_)) {
        ReportAll(clause, one_value_, Cat("every event satisfies ", Name(a), " or ", Name(b)));
      }
    } else {
      CompareWithFilter(clause, a.negated ? b : a, a.negated ? a : b);
    }
  }

 private:
  void CompareWithFilter(const LogicClause& clause, LogicLiteral wanted, LogicLiteral filter) {
    const SelectionShape& in_it = shapes_[wanted.selection];
    const SelectionShape& out_of_it = shapes_[filter.selection];
    const bool itself = wanted.selection == filter.selection;
    const bool proven = itself || one_value_ || (!HasNegation(wanted) && !HasNegation(filter));
    if (itself || Implies(content_, in_it, out_of_it, budget_)) {
      return ReportAll(clause, proven,
                       Cat("the filter ", Name(filter), " takes out all of ", Name(wanted)));
    }
    if (proven) FindValues(in_it, out_of_it, filter);
  }

  bool HasNegation(LogicLiteral literal) const {
    return HasNegated(content_, content_.selections()[literal.selection]);
  }

  // Values, or whole alternatives, that the filter takes out.
  void FindValues(const SelectionShape& shape, const SelectionShape& filter, LogicLiteral by) {
    if (!filter.known()) return;
    for (const Range map : shape.maps()) {
      for (const LogicItem& item : shape.items(map)) {
        if (item.opaque || item.all || item.criteria.size() < 2) continue;
        if ((content_.criteria()[item.criteria.begin].flags & kNegated) != 0) continue;
        for (uint32_t i = item.criteria.begin; i < item.criteria.end; ++i) {
          if (!budget_.Take(1)) return;
          if (TakesOut(shape, map, item, i, filter)) ReportValue(i, by);
        }
      }
    }
  }

  // Whether a map of the filter holds of all events of `map` in which `item` has value `criterion`.
  bool TakesOut(const SelectionShape& shape, Range map, const LogicItem& item, uint32_t criterion,
                const SelectionShape& filter) {
    const LogicItem value = {.criteria = {criterion, criterion + 1}};
    return Some(filter.maps(), budget_, [&](Range alternative) {
      return Every(filter.items(alternative), budget_, [&](const LogicItem& wanted) {
        return Some(shape.items(map), budget_, [&](const LogicItem& given) {
          if (!budget_.Take(1)) return false;
          return Implies(content_, &given == &item ? value : given, wanted, budget_);
        });
      });
    });
  }

  std::string Name(LogicLiteral literal) const {
    return Quoted(content_.selections()[literal.selection].name);
  }

  void ReportAll(const LogicClause& clause, bool proven, std::string message) {
    Finding* f = out_.Report(kSL603, clause.place, &instance_);
    if (f == nullptr) return;
    if (!clause.root || !proven) f->severity = Severity::kWarning;
    Say(*f, kNeverMatches, std::move(message), kHelp);
  }

  void ReportValue(uint32_t index, LogicLiteral filter) {
    const Criterion& criterion = content_.criteria()[index];
    const auto operands = content_.operands(criterion);
    const Place place = operands.empty() ? criterion.place : operands[0].place;
    Finding* f = out_.Report(kSL603, place, &instance_, &criterion);
    if (f == nullptr) return;
    f->severity = Severity::kWarning;
    f->field = FieldLabel(content_, in_.self, criterion);
    Say(*f, kNeverMatches,
        Cat("the filter ", Name(filter), " takes out every event with ",
            KeyLabel(content_, criterion)),
        kHelp);
  }

  const RuleInput& in_;
  const Content& content_;
  Reporter& out_;
  const Instance& instance_;
  LogicBudget& budget_;
  ShapeCache shapes_;
  const bool one_value_;
};

void Check(const RuleInput& in, Reporter& out) { ComparePairs<Checker>(in, out, kSL603); }

}  // namespace

const Rule kSL603 = {
    {"SL603", "selection-contradicted", Severity::kError, Category::kHygiene,
     "selections that are asked for together and exclude one another", kSigmaFiles},
    Check};

}  // namespace sluice
