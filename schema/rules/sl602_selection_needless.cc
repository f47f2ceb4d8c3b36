// SL602 selection-needless
//
// A selection that changes nothing beside another one.
//
// Beside a wider one in an OR, the narrower one never decides: what it matches, the wider one
// matches too. In an AND it is the wider one that says nothing more. A filter that no event can
// satisfy together with the selections beside it takes nothing out, and neither does one that
// another filter covers.
//
//   selection_any:
//     Image|endswith: '.exe'
//   selection_cmd:
//     Image|endswith: '\cmd.exe'
//   condition: 1 of selection_*       # selection_cmd decides nothing
//
// Fix: remove the selection, or write what was meant.
//
// Source: Sigma specification 2.1.0, condition.

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma.h"
#include "schema/sigma_logic.h"

namespace sluice {

extern const Rule kSL602;

namespace {

class Checker {
 public:
  Checker(const RuleInput& in, Reporter& out, const Instance& instance, LogicBudget& budget)
      : content_(in.content),
        out_(out),
        instance_(instance),
        budget_(budget),
        shapes_(in.content, instance),
        one_value_(HasOneValue(in, instance)) {}

  void Compare(const LogicClause& clause, LogicLiteral a, LogicLiteral b) {
    if (!one_value_ && (HasNegation(a) || HasNegation(b))) return;
    if (a.negated == b.negated) return CompareAlike(clause, a, b);
    if (!clause.all) return;
    const LogicLiteral& wanted = a.negated ? b : a;
    const LogicLiteral& filter = a.negated ? a : b;
    if (!Excludes(content_, shapes_[wanted.selection], shapes_[filter.selection], budget_)) return;
    Report(filter, "takes nothing out",
           Cat("no event satisfies the filter ", Name(filter), " together with ", Name(wanted)));
  }

 private:
  bool HasNegation(LogicLiteral literal) const {
    return HasNegated(content_, content_.selections()[literal.selection]);
  }

  bool Implied(uint32_t a, uint32_t b) {
    return Implies(content_, shapes_[a], shapes_[b], budget_);
  }

  void CompareAlike(const LogicClause& clause, LogicLiteral a, LogicLiteral b) {
    const bool forth = Implied(a.selection, b.selection);
    const bool back = Implied(b.selection, a.selection);
    if (forth == back) return;  // both: SL601
    const LogicLiteral& narrow = forth ? a : b;
    const LogicLiteral& wide = forth ? b : a;
    Report(clause.all == a.negated ? narrow : wide,
           a.negated ? "takes nothing out" : "changes nothing",
           Cat("every event of ", Name(narrow), " is one of ", Name(wide), " too"));
  }

  std::string Name(LogicLiteral literal) const {
    return Quoted(content_.selections()[literal.selection].name);
  }

  void Report(LogicLiteral needless, std::string_view effect, std::string message) {
    const SigmaSelection& selection = content_.selections()[needless.selection];
    Finding* f = out_.Report(kSL602, selection.name_place, &instance_);
    if (f == nullptr) return;
    if (needless.negated) f->severity = Severity::kNote;
    Say(*f, effect, std::move(message), "remove the selection, or write what was meant");
  }

  const Content& content_;
  Reporter& out_;
  const Instance& instance_;
  LogicBudget& budget_;
  ShapeCache shapes_;
  const bool one_value_;
};

void Check(const RuleInput& in, Reporter& out) { ComparePairs<Checker>(in, out, kSL602); }

}  // namespace

const Rule kSL602 = {{"SL602", "selection-needless", Severity::kWarning, Category::kHygiene,
                      "a selection that changes nothing beside another one", kSigmaFiles},
                     Check};

}  // namespace sluice
