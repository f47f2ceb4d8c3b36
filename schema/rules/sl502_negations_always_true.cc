// SL502 negations-always-true
//
// An AND record has two negative conditions on one field that cannot both fail.
//
// An AND record ORs its plain conditions on the same field, negative ones too. A value cannot be
// both a and b, so "is not a" or "is not b" is always true: the field is not tested at all.
//
//   <RuleGroup groupRelation="and">
//     <ProcessCreate onmatch="include">
//       <User condition="is not">SYSTEM</User>
//       <User condition="is not">LOCAL SERVICE</User>     <!-- always true -->
//
// `excludes` is not reported on its own: a value can contain two texts.
//
// Fix: put the conditions into a <Rule groupRelation="and">, where each has to hold, or use
// `excludes any`.
//
// Source: Sysmon rule blob, section 6.3.

#include <unordered_map>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sysmon.h"

namespace sluice {

extern const Rule kSL502;

namespace {

bool StartsWith(std::string_view text, std::string_view start) {
  return text.size() >= start.size() && EqualsIgnoreCase(text.substr(0, start.size()), start);
}

bool EndsWith(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && EqualsIgnoreCase(text.substr(text.size() - end.size()), end);
}

// The positive conditions whose negations an AND record has on one field, as far as a value is
// known that meets them all so far.
struct Demands {
  bool has_value = false;  // `is not`: the value itself
  std::string_view value;
  std::string_view start;  // the longest
  std::string_view end;
  bool reported = false;

  // Adds what the negation of a condition demands. False when no value meets everything any more.
  bool Add(Operator op, std::string_view operand) {
    switch (op) {
      case Operator::kSysmonIsNot:
        if (has_value && !EqualsIgnoreCase(value, operand)) return false;
        has_value = true;
        value = operand;
        break;
      case Operator::kSysmonNotBeginWith:
        if (!StartsWith(start, operand) && !StartsWith(operand, start)) return false;
        if (operand.size() > start.size()) start = operand;
        break;
      case Operator::kSysmonNotEndWith:
        if (!EndsWith(end, operand) && !EndsWith(operand, end)) return false;
        if (operand.size() > end.size()) end = operand;
        break;
      default:
        return true;
    }
    return !has_value || (StartsWith(value, start) && EndsWith(value, end));
  }
};

// Conditions that demand something of the value when they fail. Variables are replaced on the
// sensor, so nothing is known of an operand that has one.
bool Counts(const Content& content, const Criterion& criterion) {
  const bool exact = criterion.op == Operator::kSysmonIsNot ||
                     criterion.op == Operator::kSysmonNotBeginWith ||
                     criterion.op == Operator::kSysmonNotEndWith;
  return exact && criterion.group == kNone &&
         content.operand_text(criterion).find('%') == std::string_view::npos;
}

void CheckRecord(const RuleInput& in, Reporter& out, const Instance& instance) {
  std::unordered_map<uint32_t, Demands> by_field;
  for (const Criterion& criterion : in.content.criteria(instance)) {
    if (!Counts(in.content, criterion)) continue;
    Demands& demands = by_field[criterion.field];
    if (demands.reported || demands.Add(criterion.op, in.content.operand_text(criterion))) continue;
    demands.reported = true;
    Finding* f = out.Report(kSL502, criterion.place, &instance, &criterion);
    if (f == nullptr) continue;
    f->field = FieldLabel(in.content, in.self, criterion);
    Say(*f, kAlwaysMatches,
        Cat(OperatorLabel(criterion), " on ", f->field, " of ",
            TypeLabel(in.content, instance.type),
            " is ORed with an earlier negative condition, and one of the two is always true"),
        "put them into a <Rule groupRelation=\"and\">, or use 'excludes any'");
  }
}

void Check(const RuleInput& in, Reporter& out) {
  if (in.content.dialect() != Dialect::kSysmon) return;
  for (const Instance& instance : in.content.instances()) {
    if (instance.combine != Combine::kAnd) continue;
    int count = 0;
    for (const Criterion& criterion : in.content.criteria(instance)) {
      if (IsNegative(criterion.op) && Counts(in.content, criterion)) ++count;
    }
    if (count >= 2) CheckRecord(in, out, instance);
  }
}

}  // namespace

const Rule kSL502 = {{"SL502", "negations-always-true", Severity::kError, Category::kHygiene,
                      "two negative conditions on one field of an AND record: always true"},
                     Check};

}  // namespace sluice
