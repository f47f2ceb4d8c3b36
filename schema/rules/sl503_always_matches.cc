// SL503 always-matches
//
// A condition that matches every event.
//
// A missing value is "-" on the sensor, so no value is ever empty, and every value begins with,
// ends with and contains the empty text. In an OR record such a condition decides for every event;
// in an AND record it tests nothing.
//
//   <CommandLine condition="contains"></CommandLine>
//
// Fix: write the operand, or remove the condition. To match a missing value, compare with "-".
//
// Source: Sysmon rule blob, sections 6.4 and 7; Google Safe Browsing, 31 January 2009 (an entry
// that matches everything).

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sysmon.h"

namespace sluice {

extern const Rule kSL503;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  if (in.content.dialect() != Dialect::kSysmon) return;
  ForEachCriterion(in.content, [&](const Instance& instance, const Criterion& criterion) {
    if (!IsSysmon(criterion.op)) return;
    const std::string_view operand = in.content.operand_text(criterion);
    if (TakesList(criterion.op) && !operand.empty()) return;  // SL501
    if (ConditionVerdict(criterion.op, operand) != Verdict::kAlways) return;
    Finding* f = out.Report(kSL503, criterion.place, &instance, &criterion);
    if (f == nullptr) return;
    f->field = FieldLabel(in.content, in.self, criterion);
    Say(*f, kAlwaysMatches,
        Cat(OperatorLabel(criterion), " ", Quoted(operand), " on ", f->field, " of ",
            TypeLabel(in.content, instance.type), " is true for every event"),
        "write the operand, or remove the condition");
  });
}

}  // namespace

const Rule kSL503 = {{"SL503", "always-matches", Severity::kWarning, Category::kHygiene,
                      "a condition that matches every event", kSysmonContent},
                     Check};

}  // namespace sluice
