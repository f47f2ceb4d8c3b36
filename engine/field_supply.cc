#include "engine/field_supply.h"

#include <algorithm>
#include <span>

namespace sluice {

bool FieldSupply::Supplies(uint32_t type, std::string_view name) const {
  const Bound* bound = content_.bound();
  if (bound == nullptr) return true;
  const LogSource* source = bound->LogSourceOn(0, type);
  if (source != nullptr && std::ranges::find(source->header, name) != source->header.end()) {
    return true;
  }
  return std::ranges::any_of(bound->TypesOn(size_t{0}, type), [&](const ContractType* on_sensor) {
    return FieldIndex(*on_sensor, name) != kNone;
  });
}

uint32_t FieldSupply::SlotOf(uint32_t type, std::string_view name) {
  return Supplies(type, name) ? plan_.Add(name) : kNoSlot;
}

uint32_t FieldSupply::SlotOf(const FieldRef& field) {
  if (field.kind == FieldKind::kName) return SlotOf(field.type, field.name);
  if (const Bound* bound = content_.bound(); bound != nullptr) {
    const std::span<const ContractType* const> types = bound->TypesOn(size_t{0}, field.type);
    if (types.empty() || field.index >= types[0]->fields.size()) return kNoSlot;
    return plan_.Add(types[0]->fields[field.index].name);
  }
  const Content& content = content_.content();
  const std::span<const FieldDecl> fields = content.field_decls(content.types()[field.type]);
  return field.index < fields.size() ? plan_.Add(fields[field.index].name) : kNoSlot;
}

}  // namespace sluice
