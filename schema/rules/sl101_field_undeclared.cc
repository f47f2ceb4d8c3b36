// SL101 field-undeclared
//
// A criterion names a field that its template type does not declare: in a blob for no build of that
// binary version, in a configuration for no sensor version at all.
//
// Sysmon compiles the names of a configuration on the sensor. When a name is not in the field list,
// it prints "Incorrect field", drops the record and every later record of that event, and accepts
// the rest of the file: the configuration loads, and detects less than it says. A blob's index past
// the list never matches, negative conditions included. A channel file's index is used as it
// stands.
//
//   <ProcessCreate onmatch="include">
//     <Comandline condition="contains">whoami</Comandline>     <!-- CommandLine -->
//   </ProcessCreate>
//
// What names an event that the sensor has, but whose fields no contract describes, is not checked.
//
// Fix: spell the field as the sensor does, case included: `sluice contract show sysmon@4.90`. An
// index has to be one of the type's list.
//
// Source: Sysmon rule blob, sections 5.2 (step 6) and 6.4; Channel File 291, finding 1.

#include "schema/compared_field.h"
#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sysmon.h"

namespace sluice {

extern const Rule kSL101;

namespace {

std::string_view Help(FieldKind kind) {
  return kind == FieldKind::kIndex
             ? "use an index that the template type has"
             : "use a field that the template type declares, spelt exactly as it is there";
}

void ReportField(const RuleInput& in, Reporter& out, const Instance& instance,
                 const Criterion& criterion) {
  Finding* f = out.Report(kSL101, criterion.field_place, &instance, &criterion);
  if (f == nullptr) return;
  const FieldKind kind = in.content.field(criterion).kind;
  f->field = FieldLabel(in.content, in.self, criterion);
  Say(*f, MissingFieldEffect(in.content, criterion),
      Cat(TypeLabel(in.content, instance.type), " has no ",
          kind == FieldKind::kIndex ? "" : "field ", f->field,
          in.content.dialect() == Dialect::kChannel
              ? ""
              : " in any sensor version that could load this"),
      Help(kind));
}

void FieldsNotChecked(const RuleInput& in, Reporter& out, uint32_t type) {
  out.NotChecked(Cat("fields of ", TypeLabel(in.content, type)),
                 "some sensor version has this event, but no contract describes its fields",
                 /*requested=*/false);
}

void CheckSysmon(const RuleInput& in, Reporter& out) {
  for (uint32_t type = 0; type < in.content.types().size(); ++type) {
    const TypeBinding& on = in.self.type(type);
    if (on.undescribed.any() && on.supported.none()) FieldsNotChecked(in, out, type);
  }
  SensorSet judges;
  bool judged = false;
  ForEachCriterion(in.content, [&](const Instance& instance, const Criterion& criterion) {
    const FieldBinding& field = in.self.field(criterion);
    if (field.missing.none()) return;
    if (!judged) judges = Judges(in.content, in.self);
    judged = true;
    const TypeBinding& type = in.self.type(instance.type);
    if ((type.undescribed & judges).any() && field.supplied.none()) {
      FieldsNotChecked(in, out, instance.type);
      return;
    }
    // A configuration breaks when no version has the field, a blob when its judge has not.
    const SensorSet asked = type.supported & judges;
    if (asked.any() && (asked & ~field.missing).none()) ReportField(in, out, instance, criterion);
  });
}

void CheckDeclared(const RuleInput& in, Reporter& out) {
  ForEachCriterion(in.content, [&](const Instance& instance, const Criterion& criterion) {
    const TemplateType& type = in.content.type(instance);
    const FieldRef& ref = in.content.field(criterion);
    if (!type.declared || type.open || ref.kind == FieldKind::kAny) return;
    // By name too, the index is that of the declaration.
    if (ref.index >= type.fields.size()) ReportField(in, out, instance, criterion);
  });
}

// The field that another one is compared with (Sigma's `fieldref`).
void CheckCompared(const RuleInput& in, Reporter& out) {
  ComparedFields compared(in.content);
  ForEachCriterion(in.content, [&](const Instance& instance, const Criterion& criterion) {
    const uint32_t other = compared.Of(criterion);
    const TypeBinding& type = in.self.type(instance.type);
    if (other == kNone || type.undescribed.any()) return;
    const FieldBinding& field = in.self.field(other);
    if (field.missing.none() || field.supplied.any()) return;
    const Place place = in.content.operands(criterion).front().place;
    Finding* f = out.Report(kSL101, place, &instance, &criterion);
    if (f == nullptr) return;
    f->severity = Severity::kNote;
    f->field = Printable(in.content.fields()[other].name);
    Say(*f, MissingFieldEffect(in.content, criterion),
        Cat("no known sensor version supplies ", f->field, " for ",
            TypeLabel(in.content, instance.type), ", which the value is compared with"),
        Help(FieldKind::kName));
  });
}

// A log source is open: what no contract names may still be there. With a fleet, SL201 says who has
// not.
void CheckSigma(const RuleInput& in, Reporter& out) {
  if (in.fleet != nullptr) return;
  CheckCompared(in, out);
  ForEachCriterion(in.content, [&](const Instance& instance, const Criterion& criterion) {
    const FieldBinding& field = in.self.field(criterion);
    const TypeBinding& type = in.self.type(instance.type);
    if (field.missing.none() || field.supplied.any() || type.undescribed.any()) return;
    Finding* f = out.Report(kSL101, criterion.field_place, &instance, &criterion);
    if (f == nullptr) return;
    f->severity = Severity::kNote;
    f->field = FieldLabel(in.content, in.self, criterion);
    Say(*f, MissingFieldEffect(in.content, criterion),
        Cat("no known sensor version supplies ", f->field, " for ",
            TypeLabel(in.content, instance.type)),
        Help(FieldKind::kName));
  });
}

void Check(const RuleInput& in, Reporter& out) {
  if (in.content.dialect() == Dialect::kSigma) CheckSigma(in, out);
  if (in.content.dialect() == Dialect::kSysmon) CheckSysmon(in, out);
  if (in.content.dialect() == Dialect::kChannel) CheckDeclared(in, out);
}

}  // namespace

const Rule kSL101 = {{"SL101",
                      "field-undeclared",
                      Severity::kError,
                      Category::kInvalid,
                      "a criterion names a field that its template type does not declare",
                      {kLoadedContent, kAnyContent}},
                     Check};

}  // namespace sluice
