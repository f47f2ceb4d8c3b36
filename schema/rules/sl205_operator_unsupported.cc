// SL205 operator-unsupported
//
// This sensor does not know the operator.
//
// Sysmon for Windows rejects the whole configuration on a condition that it does not know; the
// Linux build skips the condition and accepts the rest. In a blob an unknown number abandons the
// whole record. `contains any` came with 4.22, `excludes any` with 4.23, `is any` with 4.31, `not
// begin with` with 4.70.
//
// Sensors that do not have the template type never come to the operator and are not listed.
//
// Fix: write the criterion with operators that every sensor knows, or keep it from the others.
//
// Source: Sysmon rule blob, sections 5.2 (step 7), 6.4 and 7; Emerging Threats, 8 July 2011 (a
// keyword that most sensors were not built with: they exit at start).

#include "schema/rule.h"
#include "schema/rule_text.h"

namespace sluice {

extern const Rule kSL205;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  if (in.fleet == nullptr) return;
  ForEachCriterion(in.content, [&](const Instance& instance, const Criterion& criterion) {
    const SensorSet without = in.fleet->WithoutOperator(criterion);
    if (without.none()) return;
    const TypeBinding& type = in.fleet->type(instance.type);
    const SensorSet sensors = without & (type.supported | type.undescribed);
    if (sensors.none()) return;
    Finding* f = out.Report(kSL205, criterion.operator_place, &instance, &criterion);
    if (f == nullptr) return;
    f->field = FieldLabel(in.content, *in.fleet, criterion);
    f->sensors = sensors;
    Say(*f, UnknownOperatorEffect(in.content),
        Cat("the sensor does not know ", OperatorLabel(criterion), " (on ", f->field, " of ",
            TypeLabel(in.content, instance.type), ")"),
        "use operators that every sensor knows, or keep this from the others");
  });
}

}  // namespace

const Rule kSL205 = {{"SL205", "operator-unsupported", Severity::kError, Category::kIncompatible,
                      "this sensor does not know the operator", WithFleet(kAnyContent), "SL102"},
                     Check};

}  // namespace sluice
