// SL204 field-type-differs
//
// The sensor supplies the field with another value type than the content was written for.
//
// A number that became a text compares differently, and a consumer that takes a pointer for a
// number reads what is not there.
//
//   field { name: "Port" type: "uint16" }     (sensor@2.0 supplies a string)
//
// Fix: declare the type that the sensor supplies, and check the operands.
//
// Source: Channel File 291, finding 1 (definitions and code must agree).

#include <algorithm>

#include "schema/rule.h"
#include "schema/rule_text.h"

namespace sluice {

extern const Rule kSL204;

namespace {

void ReportType(const RuleInput& in, Reporter& out, const Instance& instance,
                const Criterion& criterion, const RetypedField& retyped) {
  Finding* f = out.Report(kSL204, criterion.field_place, &instance, &criterion);
  if (f == nullptr) return;
  f->field = FieldLabel(in.content, *in.fleet, criterion);
  f->sensors = retyped.sensors;
  Say(*f, Cat("supplies ", Name(retyped.supplied), " instead of ", Name(retyped.expected)),
      Cat(f->field, " of ", TypeLabel(in.content, instance.type), " is a ", Name(retyped.supplied),
          " on the sensor, where the content means a ", Name(retyped.expected)),
      "declare the type that the sensor supplies, and check the operands");
}

// A field that the content declares and binds by name, one value type after the other.
void CheckByName(const RuleInput& in, Reporter& out, const Instance& instance,
                 const Criterion& criterion) {
  const TemplateType& type = in.content.type(instance);
  const FieldRef& ref = in.content.field(criterion);
  if (!type.declared || ref.kind != FieldKind::kName) return;
  const std::span<const FieldDecl> decls = in.content.field_decls(type);
  if (ref.index >= decls.size() || decls[ref.index].type == ValueType::kUnknown) return;
  const ValueType expected = decls[ref.index].type;
  std::vector<RetypedField> all;
  for (size_t s = 0; s < in.fleet->fleet().sensors().size(); ++s) {
    if (!in.fleet->field(criterion).supplied[s]) continue;
    for (const ContractType* on : in.fleet->TypesOn(s, ref.type)) {
      const uint32_t at = FieldIndex(*on, ref.name);
      if (at == kNone) continue;
      const ValueType there = on->fields[at].type;
      if (there == expected || there == ValueType::kUnknown) break;
      auto same = std::ranges::find(all, there, &RetypedField::supplied);
      if (same == all.end()) same = all.insert(same, {.expected = expected, .supplied = there});
      same->sensors.set(s);
      break;
    }
  }
  for (const RetypedField& retyped : all) ReportType(in, out, instance, criterion, retyped);
}

void Check(const RuleInput& in, Reporter& out) {
  if (in.fleet == nullptr) return;
  const bool declares = !in.content.field_decls().empty();
  ForEachCriterion(in.content, [&](const Instance& instance, const Criterion& criterion) {
    if (criterion.op == Operator::kWildcard) return;
    for (const RetypedField& retyped : in.fleet->field(criterion).retyped) {
      ReportType(in, out, instance, criterion, retyped);
    }
    if (declares) CheckByName(in, out, instance, criterion);
  });
}

}  // namespace

const Rule kSL204 = {
    {"SL204", "field-type-differs", Severity::kError, Category::kIncompatible,
     "the same field has another value type on this sensor", WithFleet(kBlobs | kChannelContent)},
    Check};

}  // namespace sluice
