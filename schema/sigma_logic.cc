#include "schema/sigma_logic.h"

#include <algorithm>
#include <utility>

#include "schema/rule_text.h"

namespace sluice {
namespace {

using Token = ConditionToken::Kind;

constexpr size_t kMaxAndPairs = 4096;  // of values of one `all`

std::span<const Criterion> CriteriaOf(const Content& content, const LogicItem& item) {
  return content.criteria().subspan(item.criteria.begin, item.criteria.size());
}

// Whether `test` holds of some pair of the criteria of both.
template <typename Test>
bool SomePair(std::span<const Criterion> a, std::span<const Criterion> b, const LogicBudget& budget,
              Test test) {
  return Some(a, budget, [&](const Criterion& x) {
    return Some(b, budget, [&](const Criterion& y) { return test(x, y); });
  });
}

bool SameItem(const Content& content, const LogicItem& a, const LogicItem& b, LogicBudget& budget) {
  const auto left = CriteriaOf(content, a);
  const auto right = CriteriaOf(content, b);
  return a.all == b.all && left.size() == right.size() && budget.Take(left.size()) &&
         std::ranges::equal(left, right, [&](const Criterion& x, const Criterion& y) {
           return SameCriterion(content, x, y);
         });
}

}  // namespace

SelectionShape::SelectionShape(const Content& content, const SigmaSelection& selection) {
  Stack stack;
  bool known = true;
  for (const ConditionToken& token : content.condition(selection)) {
    if (token.kind == Token::kCriterion) {
      AddCriterion(content, token.value, stack);
    } else {
      known = known && Combine(token, stack);
    }
  }
  if (!known || stack.size() != 1) {
    maps_.clear();
  } else if (maps_.empty()) {
    maps_.push_back(stack[0]);
  }
}

void SelectionShape::AddCriterion(const Content& content, uint32_t index, Stack& stack) {
  const Criterion& criterion = content.criteria()[index];
  const Written& written = *content.written(criterion);
  if (items_.empty() || items_.back().criteria.begin != written.item) {
    items_.push_back({.criteria = {index, index + 1}});
  } else {
    items_.back().criteria.end = index + 1;
    // Several tests of one value are alternatives within it.
    const Written& before = *content.written(content.criteria()[index - 1]);
    items_.back().opaque |= before.position == written.position;
  }
  const auto end = static_cast<uint32_t>(items_.size());
  stack.push_back({end - 1, end});
}

// The values of an item, the items of a map, or the maps of a list, which is the last one.
bool SelectionShape::Combine(const ConditionToken& token, Stack& stack) {
  const bool both = token.kind == Token::kAnd || token.kind == Token::kOr;
  if (!both || token.value < 2 || token.value > stack.size() || !maps_.empty()) return false;
  const size_t first = stack.size() - token.value;
  const Range range = {stack[first].begin, stack.back().end};
  if (range.size() == 1) {
    items_[range.begin].all |= token.kind == Token::kAnd;
  } else if (token.kind == Token::kOr) {
    maps_.assign(stack.begin() + static_cast<ptrdiff_t>(first), stack.end());
  }
  stack.resize(first + 1);
  stack.back() = range;
  return true;
}

bool Implies(const Content& content, const LogicItem& a, const LogicItem& b, LogicBudget& budget) {
  const auto left = CriteriaOf(content, a);
  const auto right = CriteriaOf(content, b);
  if (left[0].field != right[0].field) return false;
  if (a.opaque || b.opaque) return SameItem(content, a, b, budget);
  const auto implies = [&](const Criterion& x, const Criterion& y) {
    return Implies(content, x, y, budget);
  };
  const auto by_all = [&](const Criterion& y) {  // what all of `a` say together
    if (!a.all) return Every(left, budget, [&](const Criterion& x) { return implies(x, y); });
    return Some(left, budget, [&](const Criterion& x) { return implies(x, y); });
  };
  if (b.all || right.size() == 1) return Every(right, budget, by_all);
  if (a.all) return SomePair(left, right, budget, implies);
  return Every(left, budget, [&](const Criterion& x) {
    return Some(right, budget, [&](const Criterion& y) { return implies(x, y); });
  });
}

bool Excludes(const Content& content, const LogicItem& a, const LogicItem& b, LogicBudget& budget) {
  const auto left = CriteriaOf(content, a);
  const auto right = CriteriaOf(content, b);
  if (left[0].field != right[0].field || a.opaque || b.opaque) return false;
  if (content.field(left[0]).kind == FieldKind::kAny) return false;
  const auto by_b = [&](const Criterion& x) {  // excluded by what `b` says
    const auto excluded = [&](const Criterion& y) { return Excludes(content, x, y, budget); };
    return b.all ? Some(right, budget, excluded) : Every(right, budget, excluded);
  };
  return a.all ? Some(left, budget, by_b) : Every(left, budget, by_b);
}

bool ExcludesItself(const Content& content, const LogicItem& item, LogicBudget& budget) {
  const auto criteria = CriteriaOf(content, item);
  if (!item.all || item.opaque || criteria.size() * criteria.size() > kMaxAndPairs) return false;
  return SomePair(criteria, criteria, budget, [&](const Criterion& x, const Criterion& y) {
    return &x != &y && Excludes(content, x, y, budget);
  });
}

bool Covers(const Content& content, const LogicItem& a, const LogicItem& b, LogicBudget& budget) {
  const auto left = CriteriaOf(content, a);
  const auto right = CriteriaOf(content, b);
  if (left[0].field != right[0].field || a.opaque || b.opaque) return false;
  const auto by_b = [&](const Criterion& x) {  // what `b` does not say, `x` does
    const auto covered = [&](const Criterion& y) { return Covers(content, x, y, budget); };
    return b.all ? Every(right, budget, covered) : Some(right, budget, covered);
  };
  return a.all ? Every(left, budget, by_b) : Some(left, budget, by_b);
}

bool CoversItself(const Content& content, const LogicItem& item, LogicBudget& budget) {
  const auto criteria = CriteriaOf(content, item);
  if (item.all || item.opaque || criteria.size() * criteria.size() > kMaxAndPairs) return false;
  return SomePair(criteria, criteria, budget, [&](const Criterion& x, const Criterion& y) {
    return &x != &y && Covers(content, x, y, budget);
  });
}

bool Implies(const Content& content, const SelectionShape& a, const SelectionShape& b,
             LogicBudget& budget) {
  const auto map_implies = [&](Range x, Range y) {
    return Every(b.items(y), budget, [&](const LogicItem& wanted) {
      return Some(a.items(x), budget, [&](const LogicItem& given) {
        return budget.Take(1) && Implies(content, given, wanted, budget);
      });
    });
  };
  return a.known() && b.known() && Every(a.maps(), budget, [&](Range x) {
           return Some(b.maps(), budget, [&](Range y) { return map_implies(x, y); });
         });
}

bool Excludes(const Content& content, const SelectionShape& a, const SelectionShape& b,
              LogicBudget& budget) {
  const auto map_excludes = [&](Range x, Range y) {
    return Some(b.items(y), budget, [&](const LogicItem& one) {
      return Some(a.items(x), budget, [&](const LogicItem& other) {
        return budget.Take(1) && Excludes(content, one, other, budget);
      });
    });
  };
  return a.known() && b.known() && Every(a.maps(), budget, [&](Range x) {
           return Every(b.maps(), budget, [&](Range y) { return map_excludes(x, y); });
         });
}

bool Covers(const Content& content, const SelectionShape& a, const SelectionShape& b,
            LogicBudget& budget) {
  const auto map_covers = [&](Range x, Range y) {
    return Every(a.items(x), budget, [&](const LogicItem& one) {
      return Every(b.items(y), budget, [&](const LogicItem& other) {
        return budget.Take(1) && Covers(content, one, other, budget);
      });
    });
  };
  return a.known() && b.known() && Some(a.maps(), budget, [&](Range x) {
           return Some(b.maps(), budget, [&](Range y) { return map_covers(x, y); });
         });
}

bool HasNegated(const Content& content, const SigmaSelection& selection) {
  return std::ranges::any_of(content.criteria(selection), [](const Criterion& criterion) {
    return (criterion.flags & kNegated) != 0;
  });
}

uint32_t SelectionOf(const Content& content, const Instance& instance, uint32_t criterion) {
  const auto selections = content.selections(instance);
  const auto after = std::ranges::upper_bound(
      selections, criterion, {}, [](const SigmaSelection& one) { return one.criteria.begin; });
  // Those without criteria begin where the next one does, so they come before it.
  if (after == selections.begin() || criterion >= (after - 1)->criteria.end) return kNone;
  return instance.selections.begin + static_cast<uint32_t>(after - 1 - selections.begin());
}

RuleLogic::RuleLogic(const Content& content, const Instance& instance) {
  Stack stack;
  const size_t size = content.condition(instance).size();
  for (size_t at = 0; at < size;) {
    if (Read(content, instance, at, stack)) continue;
    clauses_.clear();
    return;
  }
  if (stack.size() != 1) {
    clauses_.clear();
    return;
  }
  Settle(stack[0]);
  stack[0].root = true;
  clauses_.push_back(std::move(stack[0]));
}

bool RuleLogic::Read(const Content& content, const Instance& instance, size_t& at, Stack& stack) {
  const auto tokens = content.condition(instance);
  const ConditionToken& token = tokens[at];
  if (token.kind == Token::kNot) {
    if (stack.empty()) return false;
    Negate(stack.back());
    if (stack.back().literals.size() == 1) stack.back().place = token.place;
    ++at;
    return true;
  }
  if (token.kind != Token::kCriterion) {
    ++at;
    return Combine(token, stack);
  }
  const uint32_t index = SelectionOf(content, instance, token.value);
  if (index == kNone) return false;
  const SigmaSelection& selection = content.selections()[index];
  const size_t length = selection.condition.size();
  if (selection.criteria.begin != token.value || length > tokens.size() - at) return false;
  at += length;
  Open one;
  one.place = token.place;
  one.literals.push_back({.selection = index});
  stack.push_back(std::move(one));
  return true;
}

void RuleLogic::Settle(Open& clause) {
  if (!clause.flipped) return;
  for (LogicLiteral& literal : clause.literals) literal.negated = !literal.negated;
  clause.flipped = false;
}

// Remembers a clause that goes into no other.
void RuleLogic::Keep(Open& clause) {
  Settle(clause);
  if (clause.literals.size() > 1) clauses_.push_back(std::move(clause));
  clause.literals.clear();
  clause.exact = false;
}

void RuleLogic::Negate(Open& clause) {
  if (!clause.exact) return Keep(clause);
  clause.all = !clause.all;
  clause.flipped = !clause.flipped;
}

// Adds the literals of `from`; the first ones without a copy.
void RuleLogic::TakeIn(Open& from, Open& to) {
  if (to.literals.empty()) {
    to.literals = std::move(from.literals);
    to.flipped = from.flipped;
    return;
  }
  const bool negate = from.flipped != to.flipped;
  for (const LogicLiteral& literal : from.literals) {
    to.literals.push_back({literal.selection, literal.negated != negate});
  }
}

bool RuleLogic::Combine(const ConditionToken& token, Stack& stack) {
  if (token.value == 0 || token.value > stack.size()) return false;
  if (token.value == 1) return token.kind != Token::kAtLeast || token.n == 1;
  const bool at_least = token.kind == Token::kAtLeast;
  const bool all = token.kind == Token::kAnd || (at_least && token.n == token.value);
  const bool some = token.kind == Token::kOr || (at_least && token.n == 1);
  Open sum;
  sum.all = all;
  sum.place = token.place;
  for (size_t i = stack.size() - token.value; i < stack.size(); ++i) {
    Open& child = stack[i];
    const bool single = child.literals.size() == 1 && child.exact;
    if ((all || some) && (single || child.all == all)) {
      // What stands beside the literals of an AND takes nothing from them, nor in an OR.
      sum.exact &= child.exact;
      TakeIn(child, sum);
    } else {
      Keep(child);
      sum.exact = false;
    }
  }
  stack.resize(stack.size() - token.value + 1);
  stack.back() = std::move(sum);
  return true;
}

uint64_t FieldMask(const Content& content, uint32_t selection) {
  uint64_t mask = 0;
  for (const Criterion& criterion : content.criteria(content.selections()[selection])) {
    mask |= uint64_t{1} << (criterion.field % 64);
  }
  return mask;
}

bool MayRelate(const Content& content, const Instance& instance) {
  uint64_t seen = 0;
  for (uint32_t i = instance.selections.begin; i < instance.selections.end; ++i) {
    const uint64_t mask = FieldMask(content, i);
    if ((mask & seen) != 0 || content.selections()[i].uses > 1) return true;
    seen |= mask;
  }
  return false;
}

bool HasOneValue(const RuleInput& in, const Instance& instance) {
  return instance.type != kNone && in.self.type(instance.type).supported.any();
}

const SelectionShape& ShapeCache::operator[](uint32_t selection) {
  const size_t index = selection - first_;
  if (index >= shapes_.size()) shapes_.resize(index + 1);
  if (!shapes_[index]) {
    shapes_[index] = std::make_unique<SelectionShape>(content_, content_.selections()[selection]);
  }
  return *shapes_[index];
}

void ReportExhausted(const LogicBudget& budget, const Rule& rule, Reporter& out) {
  if (!budget.exhausted()) return;
  out.NotChecked(Cat("selections that are compared (", rule.info.id, ")"),
                 "there is too much to compare", /*requested=*/true);
}

}  // namespace sluice
