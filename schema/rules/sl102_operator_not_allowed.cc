// SL102 operator-not-allowed
//
// Nobody knows this operator, or the type of the field does not take it.
//
// On a condition that it does not know, Sysmon for Windows rejects the whole configuration; the
// Linux build skips the condition and accepts the rest, so the record says something else from then
// on. In a blob an unknown condition number abandons the whole record, whatever its other
// conditions say. Channel types state what their fields hold: text has no numeric order, and a
// number is in no network. In Sigma rules, whose operators are modifiers, letter case counts.
//
//   <Image condition="starts with">C:\Temp</Image>     <!-- begin with -->
//   Image|StartsWith: 'C:\Temp'                         # startswith
//
// Fix: use an operator of the dialect (`sluice contract show` lists what a sensor knows) that fits
// the field's type.
//
// Source: Sysmon rule blob, sections 5.2 (step 7), 6.4 and 7; Sigma specification 2.1.0, "Value
// modifiers"; Emerging Threats, 8 July 2011 (a keyword that most sensors were not built with).

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma.h"
#include "schema/sigma_reading.h"
#include "schema/sysmon.h"

namespace sluice {

extern const Rule kSL102;

namespace {

constexpr std::string_view kHelp =
    "use an operator that the sensor knows and that fits the type of the field";

// Whether a declared field of this type takes the shared operator.
bool Fits(Operator op, ValueType type) {
  if (type == ValueType::kUnknown) return true;
  const bool number = type >= ValueType::kUint16 && type <= ValueType::kHex64;
  switch (op) {
    case Operator::kLess:
    case Operator::kLessOrEqual:
    case Operator::kGreater:
    case Operator::kGreaterOrEqual:
      return number || type == ValueType::kTime;
    case Operator::kIpNetwork:
      return type == ValueType::kIp || type == ValueType::kString;
    default:
      return true;
  }
}

void CheckSysmon(const RuleInput& in, Reporter& out) {
  SensorSet judges;
  bool judged = false;
  ForEachCriterion(in.content, [&](const Instance& instance, const Criterion& criterion) {
    const SensorSet without = in.self.WithoutOperator(criterion);
    if (without.none()) return;
    if (!judged) judges = Judges(in.content, in.self);
    judged = true;
    if (judges.none() || (judges & ~without).any()) return;
    Finding* f = out.Report(kSL102, criterion.operator_place, &instance, &criterion);
    if (f == nullptr) return;
    f->field = FieldLabel(in.content, in.self, criterion);
    Say(*f, UnknownOperatorEffect(in.content),
        Cat("no sensor version that could load this knows the condition ", OperatorLabel(criterion),
            " (on ", f->field, " of ", TypeLabel(in.content, instance.type), ")"),
        kHelp);
  });
}

void CheckChannel(const RuleInput& in, Reporter& out) {
  // Log sources do not declare what their fields hold.
  const bool typed = in.content.dialect() == Dialect::kChannel;
  ForEachCriterion(in.content, [&](const Instance& instance, const Criterion& criterion) {
    const bool known = criterion.op != Operator::kUnknown && !IsSysmon(criterion.op);
    const ValueType type = typed ? in.self.field(criterion).type : ValueType::kUnknown;
    if (known && Fits(criterion.op, type)) return;
    Finding* f = out.Report(kSL102, criterion.operator_place, &instance, &criterion);
    if (f == nullptr) return;
    f->field = FieldLabel(in.content, in.self, criterion);
    Say(*f, UnknownOperatorEffect(in.content),
        known ? Cat(OperatorLabel(criterion), " does not apply to ", f->field, ", which is a ",
                    Name(type))
              : Cat("nobody knows the operator ", OperatorLabel(criterion), " (on ", f->field, ")"),
        kHelp);
  });
}

void CheckSigma(const RuleInput& in, Reporter& out) {
  ReportIrregularities(
      in, out, kSL102, IrregularityKind::kSigmaModifierUnknown,
      [&](Finding& f, const Irregularity& i) {
        Say(f, kMeansNothing, Cat("there is no modifier ", Quoted(i.detail)),
            i.other.empty() ? "use a modifier that Sigma has" : Cat("write ", Quoted(i.other)));
        if (!i.other.empty()) Replace(in.content, i.place, i.detail, std::string(i.other), f);
      });
}

void Check(const RuleInput& in, Reporter& out) {
  if (in.content.dialect() == Dialect::kSysmon) return CheckSysmon(in, out);
  if (IsSigmaFile(in.content)) return CheckSigma(in, out);
  CheckChannel(in, out);
}

}  // namespace

const Rule kSL102 = {
    {"SL102", "operator-not-allowed", Severity::kError, Category::kInvalid,
     "nobody knows this operator, or the field's type does not take it", kAnyContent},
    Check};

}  // namespace sluice
