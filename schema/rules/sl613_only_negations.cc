// SL613 only-negations
//
// A condition that is satisfied by what does not match: nothing has to be there.
//
// A rule of negations alone matches nearly every event of its log source, and every one that has
// not the field at all. So does an OR with a negation in it.
//
//   condition: not filter
//   condition: selection or not filter
//
// Fix: combine the negation with a selection by `and`.
//
// Source: Sigma specification 2.1.0, condition.

#include <algorithm>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma.h"
#include "schema/sigma_logic.h"

namespace sluice {

extern const Rule kSL613;

namespace {

bool HasNot(std::span<const ConditionToken> condition) {
  return std::ranges::any_of(condition, [](const ConditionToken& token) {
    return token.kind == ConditionToken::Kind::kNot;
  });
}

// `neq` says what a value is not; null and `exists: false` what is not there.
bool SaysWhatIsNot(const Content& content, const Criterion& criterion) {
  const bool absent =
      criterion.op == Operator::kIsNull ||
      (criterion.op == Operator::kExists && content.operand_text(criterion) == "false");
  return ((criterion.flags & kNegated) != 0) != absent;
}

// Whether events satisfy the literal for what they have not. A selection of what an event must not
// have, negated, asks for something.
bool IsNegation(const Content& content, const LogicLiteral& literal) {
  const auto criteria = content.criteria(content.selections()[literal.selection]);
  return literal.negated && std::ranges::none_of(criteria, [&](const Criterion& criterion) {
           return SaysWhatIsNot(content, criterion);
         });
}

void Check(const RuleInput& in, Reporter& out) {
  ForEachCompleteRule(in.content, [&](const Instance& instance) {
    if (!HasNot(in.content.condition(instance))) return;
    const RuleLogic logic(in.content, instance);
    if (logic.clauses().empty()) return;
    const LogicClause& root = logic.clauses().back();
    const auto negation = [&](const LogicLiteral& l) { return IsNegation(in.content, l); };
    const bool only = root.all ? root.exact && std::ranges::all_of(root.literals, negation)
                               : std::ranges::any_of(root.literals, negation);
    if (!only || root.literals.empty()) return;
    Finding* f = out.Report(kSL613, root.place, &instance);
    if (f == nullptr) return;
    Say(*f, "matches nearly every event",
        root.all ? "the condition has nothing but negations"
                 : "the condition has a negation among its alternatives",
        "combine the negation with a selection by `and`");
  });
}

}  // namespace

const Rule kSL613 = {{"SL613", "only-negations", Severity::kWarning, Category::kHygiene,
                      "a condition that nothing has to be there for", kSigmaFiles},
                     Check};

}  // namespace sluice
