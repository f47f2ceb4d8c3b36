#include "schema/sysmon.h"

#include <algorithm>

namespace sluice {

std::vector<std::string_view> ListItems(std::string_view operand, size_t limit) {
  std::vector<std::string_view> items;
  while (items.size() + 1 < limit) {
    const size_t end = operand.find(';');
    if (end == std::string_view::npos) break;
    items.push_back(operand.substr(0, end));
    operand.remove_prefix(end + 1);
  }
  items.push_back(operand);
  return items;
}

EmptyItem FindEmptyItem(std::string_view operand) {
  if (operand.empty() || operand.back() == ';') return EmptyItem::kTrailing;
  const bool inside = operand.front() == ';' || operand.find(";;") != std::string_view::npos;
  return inside ? EmptyItem::kInside : EmptyItem::kAbsent;
}

bool IsNegative(Operator op) {
  switch (op) {
    case Operator::kSysmonIsNot:
    case Operator::kSysmonExcludes:
    case Operator::kSysmonExcludesAny:
    case Operator::kSysmonExcludesAll:
    case Operator::kSysmonNotBeginWith:
    case Operator::kSysmonNotEndWith:
      return true;
    default:
      return false;
  }
}

Verdict ConditionVerdict(Operator op, std::string_view operand) {
  const bool empty = operand.empty();
  const bool trailing = FindEmptyItem(operand) == EmptyItem::kTrailing;
  switch (op) {
    case Operator::kSysmonIs:
    case Operator::kSysmonLessThan:
      return empty ? Verdict::kNever : Verdict::kDepends;
    case Operator::kSysmonImage:
      // With a backslash the whole value is compared; without, its part after the last one, which is
      // empty for a folder.
      return Verdict::kDepends;
    case Operator::kSysmonIsNot:
    case Operator::kSysmonContains:
    case Operator::kSysmonBeginWith:
    case Operator::kSysmonEndWith:
    case Operator::kSysmonMoreThan:
      return empty ? Verdict::kAlways : Verdict::kDepends;
    case Operator::kSysmonContainsAny:
      return trailing ? Verdict::kAlways : Verdict::kDepends;
    case Operator::kSysmonExcludesAny:
      return trailing ? Verdict::kNever : Verdict::kDepends;
    case Operator::kSysmonIsAny: {
      const bool only_empty = std::ranges::all_of(operand, [](char c) { return c == ';'; });
      return only_empty ? Verdict::kNever : Verdict::kDepends;
    }
    case Operator::kSysmonContainsAll:
      return empty ? Verdict::kAlways : Verdict::kDepends;
    case Operator::kSysmonExcludesAll:
    case Operator::kSysmonExcludes:
    case Operator::kSysmonNotBeginWith:
    case Operator::kSysmonNotEndWith:
      return empty ? Verdict::kNever : Verdict::kDepends;
    default:
      return Verdict::kDepends;
  }
}

const ContractType* ResolveEvent(const Content& content, const Bound& bound,
                                 const Contract& contract, const Instance& instance) {
  for (const ContractType* type : bound.TypesOn(contract, instance.type)) {
    const bool has_all =
        std::ranges::all_of(content.criteria(instance), [&](const Criterion& criterion) {
          const FieldRef& field = content.field(criterion);
          return field.kind == FieldKind::kIndex ? field.index < type->fields.size()
                                                 : FieldIndex(*type, field.name) != kNone;
        });
    if (has_all) return type;
  }
  return nullptr;
}

}  // namespace sluice
