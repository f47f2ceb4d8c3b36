// SL513 text-order
//
// `less than` or `more than` on a field that holds a number or an address.
//
// Sysmon compares texts, not numbers: "9" is more than "10", and "0x9" more than "0x10".
//
//   <DestinationPort condition="more than">1024</DestinationPort>     <!-- 80 is more, 10000 is not
//   -->
//
// Fix: list the values with `is any`, or narrow the rule by another field.
//
// Source: Sysmon rule blob, section 7.

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sysmon.h"

namespace sluice {

extern const Rule kSL513;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  if (in.content.dialect() != Dialect::kSysmon) return;
  ForEachCriterion(in.content, [&](const Instance& instance, const Criterion& criterion) {
    if (criterion.op != Operator::kSysmonLessThan && criterion.op != Operator::kSysmonMoreThan)
      return;
    const ValueType type = in.self.field(criterion).type;
    const bool number = type >= ValueType::kUint16 && type <= ValueType::kHex64;
    if (!number && type != ValueType::kIp) return;
    Finding* f = out.Report(kSL513, criterion.operator_place, &instance, &criterion);
    if (f == nullptr) return;
    f->field = FieldLabel(in.content, in.self, criterion);
    Say(*f, "compares as text",
        Cat(OperatorLabel(criterion), " on ", f->field, " of ",
            TypeLabel(in.content, instance.type), ", which holds values of type ", Name(type),
            ", compares letter by letter"),
        "list the values with 'is any', or use another field");
  });
}

}  // namespace

const Rule kSL513 = {{"SL513", "text-order", Severity::kWarning, Category::kHygiene,
                      "numbers are compared as text", kSysmonContent},
                     Check};

}  // namespace sluice
