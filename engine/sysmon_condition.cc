#include "engine/sysmon_condition.h"

#include <algorithm>
#include <type_traits>
#include <utility>

#include "engine/text_search.h"
#include "schema/sysmon.h"
#include "schema/text.h"
#include "schema/utf.h"

namespace sluice {
namespace {

// In an empty item the sensor sees all that follows it in the list, delimiters included. Only where
// items are compared as a whole is it empty.
template <typename Char>
void Split(std::basic_string_view<Char> list, bool whole,
           std::vector<std::basic_string_view<Char>>* items) {
  while (true) {
    const size_t end = list.find(Char{';'});
    const bool last = end == list.npos;
    items->push_back(last || (end == 0 && !whole) ? list : list.substr(0, end));
    if (last) return;
    list.remove_prefix(end + 1);
  }
}

template <typename Char>
void AddItems(Operator op, std::basic_string_view<Char> operand,
              std::vector<std::basic_string_view<Char>>* items) {
  if (TakesList(op)) {
    Split(operand, op == Operator::kSysmonIsAny, items);
  } else {
    items->push_back(operand);
  }
}

bool ComparesOrder(Operator op) {
  return op == Operator::kSysmonLessThan || op == Operator::kSysmonMoreThan;
}

size_t Find(std::string_view text, std::string_view wanted) { return FindText(text, wanted); }
size_t Find(std::u16string_view text, std::u16string_view wanted) { return text.find(wanted); }

// What finding costs: as a scan of bytes, which is linear, or as the plain search that UTF-16 gets.
uint64_t CostOfFinding(std::string_view text, std::string_view wanted) {
  return text.size() + wanted.size();
}
uint64_t CostOfFinding(std::u16string_view text, std::u16string_view wanted) {
  return uint64_t{text.size()} * std::max<uint64_t>(wanted.size(), 1);
}

// One value, folded, before one condition.
template <typename Char>
class Comparison {
 public:
  using View = std::basic_string_view<Char>;

  Comparison(View value, std::span<const View> items, Work& work)
      : value_(value), items_(items), work_(work) {}

  bool Holds(Operator op) {
    switch (op) {
      case Operator::kSysmonIs:
        return Equals(value_);
      case Operator::kSysmonIsNot:
        return !Equals(value_);
      case Operator::kSysmonContains:
      case Operator::kSysmonContainsAny:
        return FindsOne(true);
      case Operator::kSysmonIsAny:
        return std::ranges::any_of(items_, [&](View item) { return Equal(value_, item); });
      case Operator::kSysmonContainsAll:
        return !FindsOne(false);
      case Operator::kSysmonExcludes:
      case Operator::kSysmonExcludesAny:
        return !FindsOne(true);
      case Operator::kSysmonExcludesAll:
        return FindsOne(false);
      default:
        return HoldsForOne(op, items_.front());
    }
  }

 private:
  bool HoldsForOne(Operator op, View operand) {
    switch (op) {
      case Operator::kSysmonBeginWith:
        return Begins(operand);
      case Operator::kSysmonEndWith:
        return Ends(operand);
      case Operator::kSysmonLessThan:
        return IsLess(value_, operand);
      case Operator::kSysmonMoreThan:
        return IsLess(operand, value_);
      case Operator::kSysmonImage:
        return operand.find(Char{'\\'}) == operand.npos ? Equals(LastPart()) : Equals(value_);
      case Operator::kSysmonNotBeginWith:
        return !Begins(operand);
      case Operator::kSysmonNotEndWith:
        return !Ends(operand);
      default:
        return false;
    }
  }

  bool Equal(View text, View operand) {
    return text.size() == operand.size() && work_.Take(1 + text.size()) && text == operand;
  }
  bool Equals(View text) { return Equal(text, items_.front()); }
  bool Begins(View operand) { return work_.Take(operand.size()) && value_.starts_with(operand); }
  bool Ends(View operand) { return work_.Take(operand.size()) && value_.ends_with(operand); }

  // Letters count as capitals here, so that `[`, `\`, `]`, `^`, `_` and the grave accent stand
  // behind them.
  bool IsLess(View a, View b) {
    const auto upper = [](Char c) {
      return c >= 'a' && c <= 'z' ? static_cast<Char>(c - ('a' - 'A')) : c;
    };
    return work_.Take(std::min(a.size(), b.size())) &&
           std::ranges::lexicographical_compare(a, b, std::ranges::less{}, upper, upper);
  }

  View LastPart() {
    if (!work_.Take(value_.size())) return {};
    const size_t last = value_.rfind(Char{'\\'});
    return last == value_.npos ? value_ : value_.substr(last + 1);
  }

  // Whether one of the items occurs in the value; or, with false, one that does not.
  bool FindsOne(bool occurs) {
    return std::ranges::any_of(items_, [&](View item) { return Occurs(item) == occurs; });
  }

  // In an empty value nothing occurs.
  bool Occurs(View item) {
    if (value_.empty() || item.size() > value_.size()) return false;
    if (item.empty()) return true;
    return work_.Take(CostOfFinding(value_, item)) && Find(value_, item) != value_.npos;
  }

  const View value_;
  const std::span<const View> items_;
  Work& work_;
};

}  // namespace

SysmonItems SysmonOperands::Add(Operator op, std::string_view operand) {
  operand = SysmonOperand(operand);
  texts_.push_back(Lowercase(operand));
  const std::string_view text = texts_.back();
  // The order of UTF-8 and of UTF-16 is not the same.
  SysmonItems added{.wide = ComparesOrder(op) || ValidUtf8Prefix(text) != text.size()};
  if (added.wide) {
    AppendWide(text, &wide_texts_.emplace_back());
    added.items.begin = static_cast<uint32_t>(wide_.size());
    AddItems(op, std::u16string_view(wide_texts_.back()), &wide_);
    added.items.end = static_cast<uint32_t>(wide_.size());
  } else {
    added.items.begin = static_cast<uint32_t>(narrow_.size());
    AddItems(op, text, &narrow_);
    added.items.end = static_cast<uint32_t>(narrow_.size());
  }
  return added;
}

bool SysmonHolds(Operator op, const SysmonItems& items, const SysmonOperands& operands,
                 uint32_t slot, SysmonValues& values, Work& work) {
  bool holds = false;
  if (items.wide) {
    std::u16string_view value;
    if (!values.Get(slot, work, &value)) return false;
    holds = Comparison<char16_t>(value, operands.wide(items.items), work).Holds(op);
  } else {
    std::string_view value;
    if (!values.Get(slot, work, &value)) return false;
    holds = Comparison<char>(value, operands.narrow(items.items), work).Holds(op);
  }
  return holds && !work.exhausted();
}

}  // namespace sluice
