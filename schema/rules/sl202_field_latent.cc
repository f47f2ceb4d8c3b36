// SL202 field-latent
//
// The template type declares a field that this sensor does not supply, and nothing but wildcards
// reaches it today. The next criterion on it is a defect in the field.
//
// Channel File 291 was in this state for four months: every instance had a wildcard in the 21st
// field, so the validator, the stress test and three deployments passed. This rule speaks as soon
// as type and sensor disagree, before any content uses the field.
//
//   template_type { name: "IPC" ... 21 fields }     (sensor@7.11 supplies 20)
//
// Fix: make the sensor supply the field, or take it out of the template type.
//
// Source: Channel File 291, finding 1.

#include <vector>

#include "schema/rule.h"
#include "schema/rule_text.h"

namespace sluice {

extern const Rule kSL202;

namespace {

// The sensors whose template type has no such field.
SensorSet Lacking(const RuleInput& in, uint32_t type, uint32_t index) {
  const std::string_view name = in.content.field_decls(in.content.types()[type])[index].name;
  SensorSet lacking;
  for (size_t s = 0; s < in.fleet->fleet().sensors().size(); ++s) {
    if (!in.fleet->type(type).supported[s]) continue;
    bool found = false;
    for (const ContractType* on : in.fleet->TypesOn(s, type)) {
      found |= in.content.binding() == Binding::kByIndex ? index < on->fields.size()
                                                         : FieldIndex(*on, name) != kNone;
    }
    lacking[s] = !found;
  }
  return lacking;
}

// By field reference: whether a criterion reads it.
std::vector<bool> FieldsRead(const Content& content) {
  std::vector<bool> read(content.fields().size());
  for (const Criterion& criterion : content.criteria()) {
    if (criterion.op != Operator::kWildcard) read[criterion.field] = true;
  }
  return read;
}

// By declared field: the sensors for which SL201 reports it.
std::vector<SensorSet> ReportedByDecl(const RuleInput& in) {
  std::vector<SensorSet> reported(in.content.field_decls().size());
  const std::vector<bool> read = FieldsRead(in.content);
  for (uint32_t i = 0; i < read.size(); ++i) {
    const FieldRef& ref = in.content.fields()[i];
    const TemplateType& type = in.content.types()[ref.type];
    // By name too, the index is that of the declaration.
    if (!read[i] || ref.index >= type.fields.size()) continue;
    reported[type.fields.begin + ref.index] |= in.fleet->field(i).missing;
  }
  return reported;
}

void Check(const RuleInput& in, Reporter& out) {
  if (in.fleet == nullptr || in.content.field_decls().empty()) return;
  const std::vector<SensorSet> reported = ReportedByDecl(in);
  for (uint32_t t = 0; t < in.content.types().size(); ++t) {
    const TemplateType& type = in.content.types()[t];
    for (uint32_t d = 0; d < type.fields.size(); ++d) {
      const SensorSet latent = Lacking(in, t, d) & ~reported[type.fields.begin + d];
      if (latent.none()) continue;
      const FieldDecl& field = in.content.field_decls(type)[d];
      Finding* f = out.Report(kSL202, field.place);
      if (f == nullptr) continue;
      f->field = Printable(field.name);
      f->sensors = latent;
      // Content that uses no field yet does not show how it will be bound: the worse is assumed.
      const bool by_index =
          in.content.binding() == Binding::kByIndex || in.content.fields().empty();
      Say(*f, by_index ? "would read out of bounds" : "would never match",
          Cat(TypeLabel(in.content, t), " declares ", type.fields.size(),
              " fields, and the sensor does ", "not supply ", f->field,
              ", which only wildcards reach today"),
          "make the sensor supply the field, or take it out of the template type");
    }
  }
}

}  // namespace

const Rule kSL202 = {{"SL202", "field-latent", Severity::kError, Category::kIncompatible,
                      "a declared field that the sensor does not supply and only wildcards reach",
                      WithFleet(kChannelContent)},
                     Check};

}  // namespace sluice
