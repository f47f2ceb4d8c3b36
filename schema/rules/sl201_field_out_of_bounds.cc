// SL201 field-out-of-bounds
//
// A criterion reads a field that this sensor does not supply.
//
// This is Channel File 291: a template type declared 21 fields, the sensor supplied 20, and the
// first instance with a criterion on the 21st made a kernel driver read past the end of an array.
// What happens depends on how the sensor binds fields:
//
// - a channel file's index is used as it stands: the sensor reads out of bounds;
// - Sysmon checks the index of a blob: the condition never matches, negative ones included;
// - Sysmon looks up the names of a configuration: it drops the record and every later record of
// that
//   name, and accepts the rest of the file.
//
// A wildcard reads nothing, so it is not reported here: see SL202.
//
// Fix: ship the content only to sensors that supply the field, or remove the criterion.
//
// Source: Channel File 291, findings 2 and 4; Sysmon rule blob, sections 5.2 (step 6) and 6.4.

#include "schema/compared_field.h"
#include "schema/rule.h"
#include "schema/rule_text.h"

namespace sluice {

extern const Rule kSL201;

namespace {

// The field that another one is compared with (Sigma's `fieldref`).
void CheckCompared(const RuleInput& in, Reporter& out) {
  ComparedFields compared(in.content);
  ForEachCriterion(in.content, [&](const Instance& instance, const Criterion& criterion) {
    const uint32_t other = compared.Of(criterion);
    if (other == kNone || in.fleet->field(other).missing.none()) return;
    const Place place = in.content.operands(criterion).front().place;
    Finding* f = out.Report(kSL201, place, &instance, &criterion);
    if (f == nullptr) return;
    f->field = Printable(in.content.fields()[other].name);
    f->sensors = in.fleet->field(other).missing;
    Say(*f, MissingFieldEffect(in.content, criterion),
        Cat("the value is compared with ", f->field, " of ", TypeLabel(in.content, instance.type),
            ", which the sensor does not supply"),
        "ship this only to sensors that supply the field, or remove the criterion");
  });
}

void Check(const RuleInput& in, Reporter& out) {
  if (in.fleet == nullptr) return;
  if (in.content.dialect() == Dialect::kSigma) CheckCompared(in, out);
  ForEachCriterion(in.content, [&](const Instance& instance, const Criterion& criterion) {
    const SensorSet& missing = in.fleet->field(criterion).missing;
    if (missing.none() || criterion.op == Operator::kWildcard) return;
    Finding* f = out.Report(kSL201, criterion.field_place, &instance, &criterion);
    if (f == nullptr) return;
    f->field = FieldLabel(in.content, *in.fleet, criterion);
    f->sensors = missing;
    Say(*f, MissingFieldEffect(in.content, criterion),
        Cat(OperatorLabel(criterion), " reads ", f->field, " of ",
            TypeLabel(in.content, instance.type), ", which the sensor does not supply"),
        "ship this only to sensors that supply the field, or remove the criterion");
  });
}

}  // namespace

const Rule kSL201 = {
    {"SL201", "field-out-of-bounds", Severity::kError, Category::kIncompatible,
     "a criterion reads a field that the sensor does not supply", WithFleet(kAnyContent), "SL101"},
    Check};

}  // namespace sluice
