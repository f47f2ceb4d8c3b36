// SL613 only-negations
//
// A condition that is satisfied by what does not match: nothing has to be there.
//
// A rule of negations alone matches nearly every event of its log source, and every one that has
// not the field at all. So does an OR with a negation in it.
//
//   condition: not filter
//   condition: selection or not filter
//   condition: not (selection and filter)
//   condition: not_system               # a selection of `neq` alone
//
// Fix: combine the negation with a selection by `and`.
//
// Source: Sigma specification 2.1.0, condition.

#include <algorithm>
#include <cstdint>
#include <vector>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma.h"

namespace sluice {

extern const Rule kSL613;

namespace {

using Token = ConditionToken::Kind;

// Whether an event has it whose fields have none of the values that the rule names. In their order.
enum class Truth : uint8_t { kNo, kOpen, kYes };

bool HasNegation(const Content& content, const Instance& instance) {
  return std::ranges::any_of(
             content.condition(instance),
             [](const ConditionToken& token) { return token.kind == Token::kNot; }) ||
         std::ranges::any_of(content.criteria(instance), [](const Criterion& criterion) {
           return (criterion.flags & kNegated) != 0;
         });
}

// Null and `exists` ask for the field, not for values.
Truth OfAnyOther(const Criterion& criterion) {
  if (criterion.op == Operator::kIsNull || criterion.op == Operator::kExists ||
      criterion.op == Operator::kWildcard || criterion.op == Operator::kUnknown) {
    return Truth::kOpen;
  }
  return (criterion.flags & kNegated) != 0 ? Truth::kYes : Truth::kNo;
}

Truth Not(Truth truth) {
  return truth == Truth::kOpen ? truth : truth == Truth::kYes ? Truth::kNo : Truth::kYes;
}

// Of an operator over the last operands.
Truth Combined(const ConditionToken& token, std::span<const Truth> operands) {
  const auto yes = static_cast<size_t>(std::ranges::count(operands, Truth::kYes));
  const auto open = static_cast<size_t>(std::ranges::count(operands, Truth::kOpen));
  const size_t wanted = token.kind == Token::kAnd  ? operands.size()
                        : token.kind == Token::kOr ? 1
                                                   : token.n;
  if (yes >= wanted) return Truth::kYes;
  return yes + open >= wanted ? Truth::kOpen : Truth::kNo;
}

Truth OfAnyOther(const Content& content, std::span<const ConditionToken> condition) {
  std::vector<Truth> stack;
  stack.reserve(condition.size());
  for (const ConditionToken& token : condition) {
    if (token.kind == Token::kCriterion) {
      stack.push_back(OfAnyOther(content.criteria()[token.value]));
      continue;
    }
    const size_t operands = token.kind == Token::kNot ? 1 : token.value;
    if (operands > stack.size()) return Truth::kOpen;
    const size_t first = stack.size() - operands;
    const Truth truth = token.kind == Token::kNot
                            ? Not(stack.back())
                            : Combined(token, std::span<const Truth>(stack).subspan(first));
    stack.resize(first);
    stack.push_back(truth);
  }
  return stack.size() == 1 ? stack[0] : Truth::kOpen;
}

void Check(const RuleInput& in, Reporter& out) {
  ForEachCompleteRule(in.content, [&](const Instance& instance) {
    if (!HasNegation(in.content, instance)) return;
    const auto condition = in.content.condition(instance);
    if (OfAnyOther(in.content, condition) != Truth::kYes) return;
    Finding* f = out.Report(kSL613, condition.back().place, &instance);
    if (f == nullptr) return;
    Say(*f, "matches nearly every event",
        "an event with none of the values in the rule satisfies the condition",
        "combine the negation with a selection by `and`");
  });
}

}  // namespace

const Rule kSL613 = {{"SL613", "only-negations", Severity::kWarning, Category::kHygiene,
                      "a condition that nothing has to be there for", kSigmaFiles},
                     Check};

}  // namespace sluice
