#include "schema/sigma_relation.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "schema/criterion_key.h"
#include "schema/sigma_address.h"
#include "schema/text.h"

namespace sluice {
namespace {

constexpr size_t kMaxPairs = 64;       // of the operands of two criteria
constexpr uint64_t kAddressCost = 32;  // of reading two addresses

bool IsAscii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Texts with and without regard to case. What is compared of two criteria.
struct Texts {
  std::string_view a;
  std::string_view b;
  bool cased = false;

  bool Same(std::string_view x, std::string_view y) const {
    return cased ? x == y : EqualsIgnoreCase(x, y);
  }
  bool Equal() const { return Same(a, b); }
  bool Starts() const { return a.size() >= b.size() && Same(a.substr(0, b.size()), b); }
  bool Ends() const { return a.size() >= b.size() && Same(a.substr(a.size() - b.size()), b); }
  bool Contains(LogicBudget& budget) const {
    if (a.size() < b.size()) return false;
    if (!budget.Take((a.size() - b.size() + 1) * b.size() / 8)) return false;
    for (size_t i = 0; i + b.size() <= a.size(); ++i) {
      if (Same(a.substr(i, b.size()), b)) return true;
    }
    return false;
  }
  Texts Swapped() const { return {b, a, cased}; }
};

bool IsPosition(Operator op) {
  return op == Operator::kEquals || op == Operator::kStartsWith || op == Operator::kEndsWith ||
         op == Operator::kContains;
}

bool IsCompare(Operator op) {
  return op == Operator::kLess || op == Operator::kLessOrEqual || op == Operator::kGreater ||
         op == Operator::kGreaterOrEqual;
}

// Whether what `a` says of the value, that it has text x at its place, makes it have y at b's.
bool TextImplies(Operator a, Operator b, const Texts& texts, LogicBudget& budget) {
  const bool whole = a == Operator::kEquals;
  switch (b) {
    case Operator::kEquals:
      return whole && texts.Equal();
    case Operator::kStartsWith:
      return (whole || a == b) && texts.Starts();
    case Operator::kEndsWith:
      return (whole || a == b) && texts.Ends();
    default:
      return texts.Contains(budget);
  }
}

// Whether no value can have both. `a` is the one that says more.
bool TextExcludes(Operator a, Operator b, const Texts& texts, LogicBudget& budget) {
  if (a != Operator::kEquals && b == Operator::kEquals) {
    return TextExcludes(b, a, texts.Swapped(), budget);
  }
  if (a == Operator::kEquals) {
    if (b != Operator::kContains) return !TextImplies(a, b, texts, budget);
    return !texts.Contains(budget) && !budget.exhausted();
  }
  if (a != b || a == Operator::kContains) return false;
  const Texts swapped = texts.Swapped();
  if (a == Operator::kStartsWith) return !texts.Starts() && !swapped.Starts();
  return !texts.Ends() && !swapped.Ends();
}

// A range of numbers, ends included or not.
struct Numbers {
  double least = 0;
  double most = 0;
  bool open_least = false;
  bool open_most = false;
  bool has_least = false;
  bool has_most = false;
};

// nullopt for what is no integer of at most 15 digits, which a double holds as it is.
std::optional<Numbers> NumbersOf(Operator op, std::string_view text) {
  int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || text.size() > 15) {
    return std::nullopt;
  }
  Numbers range;
  const bool below = op == Operator::kLess || op == Operator::kLessOrEqual;
  const bool above = op == Operator::kGreater || op == Operator::kGreaterOrEqual;
  range.least = range.most = static_cast<double>(number);
  range.has_least = !below;
  range.has_most = !above;
  range.open_least = op == Operator::kGreater;
  range.open_most = op == Operator::kLess;
  return range;
}

bool BelowAll(const Numbers& a, const Numbers& b) {
  if (!a.has_most || !b.has_least) return false;
  return a.most < b.least || (a.most == b.least && (a.open_most || b.open_least));
}

bool Within(const Numbers& a, const Numbers& b) {
  const bool least =
      !b.has_least || (a.has_least && (a.least > b.least ||
                                       (a.least == b.least && (a.open_least || !b.open_least))));
  const bool most =
      !b.has_most ||
      (a.has_most && (a.most < b.most || (a.most == b.most && (a.open_most || !b.open_most))));
  return least && most;
}

bool IsNegated(const Criterion& criterion) { return (criterion.flags & kNegated) != 0; }

// What follows asks for what a criterion says before it is negated, if it is.

bool IsNumeric(const Criterion& criterion) {
  return IsCompare(criterion.op) ||
         (criterion.op == Operator::kEquals && (criterion.flags & kNumeric) != 0);
}

// Compares text at a place, without a number's meaning.
bool IsText(const Criterion& criterion) {
  return IsPosition(criterion.op) && (criterion.flags & kNumeric) == 0 &&
         criterion.time_part == TimePart::kWhole;
}

bool IsExists(const Content& content, const Criterion& criterion, std::string_view value) {
  return criterion.op == Operator::kExists &&
         EqualsIgnoreCase(content.operand_text(criterion), value);
}

// Holds of no event without the field.
bool NeedsField(const Content& content, const Criterion& criterion) {
  if (criterion.op == Operator::kExists) return IsExists(content, criterion, "true");
  return criterion.op != Operator::kIsNull && criterion.op != Operator::kUnknown &&
         criterion.op != Operator::kWildcard;
}

// Holds of no event whose field is empty: all but those that an empty value satisfies, or may.
bool NeedsText(const Content& content, const Criterion& criterion) {
  if (IsNumeric(criterion) || criterion.op == Operator::kIpNetwork) return true;
  if (!IsText(criterion)) return false;
  return std::ranges::none_of(content.operands(criterion),
                              [](const Operand& operand) { return operand.text.empty(); });
}

template <typename Test>
bool AllPairs(std::span<const Operand> a, std::span<const Operand> b, Test test) {
  if (a.empty() || b.empty() || a.size() * b.size() > kMaxPairs) return false;
  return std::ranges::all_of(a, [&](const Operand& x) {
    return std::ranges::all_of(b, [&](const Operand& y) { return test(x.text, y.text); });
  });
}

bool TextsImply(const Content& content, const Criterion& a, const Criterion& b,
                LogicBudget& budget) {
  const bool cased = (b.flags & kCased) != 0;
  if (cased && (a.flags & kCased) == 0) return false;
  const auto left = content.operands(a);
  const auto right = content.operands(b);
  if (left.empty() || left.size() * right.size() > kMaxPairs) return false;
  return std::ranges::all_of(left, [&](const Operand& x) {
    return std::ranges::any_of(right, [&](const Operand& y) {
      if (!budget.Take(std::min(x.text.size(), y.text.size()) / 8)) return false;
      return TextImplies(a.op, b.op, {x.text, y.text, cased}, budget);
    });
  });
}

bool TextsExclude(const Content& content, const Criterion& a, const Criterion& b,
                  LogicBudget& budget) {
  const bool cased = (a.flags & b.flags & kCased) != 0;
  return AllPairs(content.operands(a), content.operands(b),
                  [&](std::string_view x, std::string_view y) {
                    if (!budget.Take(1 + (x.size() + y.size()) / 8)) return false;
                    if (!cased && (!IsAscii(x) || !IsAscii(y))) return false;
                    return TextExcludes(a.op, b.op, {x, y, cased}, budget);
                  });
}

bool NumbersRelate(const Content& content, const Criterion& a, const Criterion& b, bool implies) {
  if (a.time_part != b.time_part) return false;
  const auto left = NumbersOf(a.op, content.operand_text(a));
  const auto right = NumbersOf(b.op, content.operand_text(b));
  if (!left || !right) return false;
  if (implies) return Within(*left, *right);
  return BelowAll(*left, *right) || BelowAll(*right, *left);
}

// A network, or one whole text, which may be an address in one.
bool IsAddress(const Criterion& criterion) {
  return criterion.op == Operator::kIpNetwork ||
         (criterion.op == Operator::kEquals && IsText(criterion));
}

// Both are addresses, and at least one is a network.
bool AreNetworks(const Criterion& a, const Criterion& b) {
  return (a.op == Operator::kIpNetwork || b.op == Operator::kIpNetwork) && IsAddress(a) &&
         IsAddress(b);
}

bool NetworksImply(const Content& content, const Criterion& a, const Criterion& b,
                   LogicBudget& budget) {
  const auto left = content.operands(a);
  const auto right = content.operands(b);
  if (b.op != Operator::kIpNetwork || left.empty()) return false;
  if (left.size() * right.size() > kMaxPairs) return false;
  return std::ranges::all_of(left, [&](const Operand& x) {
    return std::ranges::any_of(right, [&](const Operand& y) {
      return budget.Take(kAddressCost) && IsWithin(x.text, y.text);
    });
  });
}

bool NetworksExclude(const Content& content, const Criterion& a, const Criterion& b,
                     LogicBudget& budget) {
  return AllPairs(content.operands(a), content.operands(b),
                  [&](std::string_view x, std::string_view y) {
                    return budget.Take(kAddressCost) && AreApart(x, y);
                  });
}

bool SameFlags(const Criterion& a, const Criterion& b) {
  return ((a.flags ^ b.flags) & ~kNegated) == 0;
}

// Whether two criteria test the same, but that one may be negated.
bool SameBefore(const Content& content, const Criterion& a, const Criterion& b) {
  if (a.field != b.field || a.op != b.op || !SameFlags(a, b) || a.time_part != b.time_part ||
      a.operands.size() != b.operands.size()) {
    return false;
  }
  const bool exact = (a.flags & kCased) != 0 || a.op == Operator::kRegex;
  const auto left = content.operands(a);
  const auto right = content.operands(b);
  for (size_t i = 0; i < left.size(); ++i) {
    if (exact ? left[i].text != right[i].text : !EqualsIgnoreCase(left[i].text, right[i].text)) {
      return false;
    }
  }
  return true;
}

bool ImpliesBefore(const Content& content, const Criterion& a, const Criterion& b,
                   LogicBudget& budget) {
  if (IsText(a) && IsText(b)) return TextsImply(content, a, b, budget);
  if (IsNumeric(a) && IsNumeric(b) && NumbersRelate(content, a, b, true)) return true;
  if (AreNetworks(a, b)) return NetworksImply(content, a, b, budget);
  const bool any = content.field(a).kind == FieldKind::kAny;
  if (!any && IsExists(content, b, "true") && NeedsField(content, a)) return true;
  return SameBefore(content, a, b);
}

bool ExcludesBefore(const Content& content, const Criterion& a, const Criterion& b,
                    LogicBudget& budget) {
  if (content.field(a).kind == FieldKind::kAny) return false;
  if (IsText(a) && IsText(b)) return TextsExclude(content, a, b, budget);
  if (IsNumeric(a) && IsNumeric(b)) return NumbersRelate(content, a, b, false);
  if (AreNetworks(a, b)) return NetworksExclude(content, a, b, budget);
  // A field without a value may be there all the same, so that `null` and `exists` are left open.
  const auto excludes = [&](const Criterion& one, const Criterion& other) {
    if (one.op == Operator::kIsNull || one.op == Operator::kIsEmpty) {
      return NeedsText(content, other);
    }
    return IsExists(content, one, "false") && NeedsField(content, other);
  };
  return excludes(a, b) || excludes(b, a);
}

}  // namespace

bool SameCriterion(const Content& content, const Criterion& a, const Criterion& b) {
  return a.flags == b.flags && SameBefore(content, a, b);
}

bool Implies(const Content& content, const Criterion& a, const Criterion& b, LogicBudget& budget) {
  if (a.field != b.field || !budget.Take(1)) return false;
  if (IsNegated(a) && IsNegated(b)) return ImpliesBefore(content, b, a, budget);
  if (IsNegated(b)) return ExcludesBefore(content, a, b, budget);
  if (!IsNegated(a)) return ImpliesBefore(content, a, b, budget);
  // A value, whatever it is, is in a field that is there.
  return a.op == Operator::kIsNull && IsExists(content, b, "true");
}

bool Excludes(const Content& content, const Criterion& a, const Criterion& b, LogicBudget& budget) {
  if (a.field != b.field || !budget.Take(1)) return false;
  if (IsNegated(a) && IsNegated(b)) return false;
  if (IsNegated(a)) return ImpliesBefore(content, b, a, budget);
  return IsNegated(b) ? ImpliesBefore(content, a, b, budget)
                      : ExcludesBefore(content, a, b, budget);
}

bool Covers(const Content& content, const Criterion& a, const Criterion& b, LogicBudget& budget) {
  if (a.field != b.field || !budget.Take(1)) return false;
  if (IsNegated(a) && IsNegated(b)) return ExcludesBefore(content, a, b, budget);
  if (IsNegated(a)) return ImpliesBefore(content, a, b, budget);
  if (IsNegated(b)) return ImpliesBefore(content, b, a, budget);
  return (IsExists(content, a, "true") && IsExists(content, b, "false")) ||
         (IsExists(content, a, "false") && IsExists(content, b, "true"));
}

}  // namespace sluice
