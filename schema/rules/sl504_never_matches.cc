// SL504 never-matches
//
// A condition that matches no event.
//
// A missing value is "-" on the sensor, so no value is ever empty: `is` with nothing to compare
// with never matches, and neither does the negation of a condition that always does.
//
//   <ParentImage condition="is"></ParentImage>     <!-- a missing parent is "-" -->
//
// Fix: write the operand, or remove the condition. To match a missing value, compare with "-".
//
// Source: Sysmon rule blob, sections 6.4 and 7.

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sysmon.h"

namespace sluice {

extern const Rule kSL504;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ForEachCriterion(in.content, [&](const Instance& instance, const Criterion& criterion) {
    if (!IsSysmon(criterion.op)) return;
    const std::string_view operand = in.content.operand_text(criterion);
    const bool is_any = criterion.op == Operator::kSysmonIsAny;
    if (TakesList(criterion.op) && !is_any && !operand.empty()) return;  // SL501
    if (ConditionVerdict(criterion.op, operand) != Verdict::kNever) return;
    Finding* f = out.Report(kSL504, criterion.place, &instance, &criterion);
    if (f == nullptr) return;
    f->field = FieldLabel(in.content, in.self, criterion);
    Say(*f, kNeverMatches,
        Cat(OperatorLabel(criterion), " ", Quoted(operand), " on ", f->field, " of ",
            TypeLabel(in.content, instance.type), " is true for no event"),
        "write the operand, or remove the condition; a missing value is '-'");
  });
}

}  // namespace

const Rule kSL504 = {{"SL504", "never-matches", Severity::kWarning, Category::kHygiene,
                      "a condition that matches no event"},
                     Check};

}  // namespace sluice
