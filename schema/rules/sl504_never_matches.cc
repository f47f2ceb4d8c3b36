// SL504 never-matches
//
// A condition that matches no event.
//
// A missing value is "-" on the sensor, so no value is ever empty: `is` with nothing to compare
// with never matches, and neither does the negation of a condition that always does.
//
//   <ParentImage condition="is"></ParentImage>     <!-- a missing parent is "-" -->
//
// In a <Rule groupRelation="and"> every condition has to hold, those on one field too: "is a" and
// "is b" never do together.
//
// Fix: write the operand, or remove the condition. To match a missing value, compare with "-".
//
// Source: Sysmon rule blob, sections 6.3, 6.4 and 7.

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sysmon.h"

namespace sluice {

extern const Rule kSL504;

namespace {

// A condition of an AND group that contradicts an earlier one.
void CheckGroups(const RuleInput& in, Reporter& out, const Instance& instance) {
  if (instance.groups.empty()) return;
  for (const Settled& settled : FindSettled(in.content, instance)) {
    if (settled.always) continue;
    const Criterion& criterion = in.content.criteria()[settled.criterion];
    Finding* f = out.Report(kSL504, criterion.place, &instance, &criterion);
    if (f == nullptr) continue;
    f->field = FieldLabel(in.content, in.self, criterion);
    Say(*f, kNeverMatches,
        Cat(OperatorLabel(criterion), " on ", f->field, " of ",
            TypeLabel(in.content, instance.type),
            " is ANDed with an earlier condition on the same field, and no value meets both"),
        "put them into a <Rule groupRelation=\"or\">, or remove one of them");
  }
}

void Check(const RuleInput& in, Reporter& out) {
  if (in.content.dialect() != Dialect::kSysmon) return;
  for (const Instance& instance : in.content.instances()) CheckGroups(in, out, instance);
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
                      "a condition that matches no event", kSysmonContent},
                     Check};

}  // namespace sluice
