// SL501 list-item-empty
//
// A list has an empty item: ";;", a ';' at the start, or one at the end.
//
// Sysmon does not skip an empty item. It takes the whole rest of the list from there as the item,
// with its ';'. At the end that rest is empty, and an empty text occurs in every value: `contains
// any` with a trailing ';' always matches, and `excludes any` never does. Inside, `contains all`
// asks for a text with a ';' in it that no value has. `is any` only loses the item, which is a
// warning.
//
//   <CommandLine condition="contains any">whoami;net user;</CommandLine>     <!-- every process -->
//
// Fix: remove the extra ';'.
//
// Source: Sysmon rule blob, section 7; Google Safe Browsing, 31 January 2009 (an entry that matches
// everything).

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sysmon.h"

namespace sluice {

extern const Rule kSL501;

namespace {

std::string_view Effect(Operator op, EmptyItem item) {
  const bool trailing = item == EmptyItem::kTrailing;
  switch (op) {
    case Operator::kSysmonContainsAny:
      return trailing ? kAlwaysMatches : "takes the rest of the list as one item";
    case Operator::kSysmonExcludesAny:
      return trailing ? kNeverMatches : "takes the rest of the list as one item";
    case Operator::kSysmonIsAny:
      return "ignores the empty item";
    default:
      return trailing ? "finds the empty item in every value"
                      : "takes the rest of the list as one item";
  }
}

// The ';' that makes the empty item.
std::string_view ExtraSemicolon(std::string_view list, EmptyItem item) {
  if (item == EmptyItem::kTrailing) return list.substr(list.size() - 1);
  return list.substr(list.front() == ';' ? 0 : list.find(";;") + 1, 1);
}

void Check(const RuleInput& in, Reporter& out) {
  if (in.content.dialect() != Dialect::kSysmon) return;
  ForEachCriterion(in.content, [&](const Instance& instance, const Criterion& criterion) {
    if (!TakesList(criterion.op) || criterion.operands.empty()) return;
    const Operand& operand = in.content.operands(criterion).front();
    const EmptyItem item = FindEmptyItem(operand.text);
    const bool is_any = criterion.op == Operator::kSysmonIsAny;
    if (item == EmptyItem::kAbsent || operand.text.empty()) return;  // nothing at all: SL503, SL504
    // Nothing but empty items is SL504 for `is any`.
    if (is_any && ConditionVerdict(criterion.op, operand.text) == Verdict::kNever) return;
    const Place place = PlaceOf(in.content, operand, ExtraSemicolon(operand.text, item));
    Finding* f = out.Report(kSL501, place, &instance, &criterion);
    if (f == nullptr) return;
    if (is_any) f->severity = Severity::kWarning;
    f->field = FieldLabel(in.content, in.self, criterion);
    Say(*f, Effect(criterion.op, item),
        Cat(OperatorLabel(criterion), " on ", f->field, " of ",
            TypeLabel(in.content, instance.type), " has an empty item in its list ",
            Quoted(operand.text)),
        "remove the extra ';'");
  });
}

}  // namespace

const Rule kSL501 = {
    {"SL501", "list-item-empty", Severity::kError, Category::kHygiene,
     "a list has an empty item, which matches everything at its end", kSysmonContent},
    Check};

}  // namespace sluice
