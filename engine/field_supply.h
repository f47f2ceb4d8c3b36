// Which fields of an event exist for the criteria of one content.

#ifndef SLUICE_ENGINE_FIELD_SUPPLY_H_
#define SLUICE_ENGINE_FIELD_SUPPLY_H_

#include <cstdint>
#include <string_view>

#include "engine/field_values.h"
#include "schema/verified_content.h"

namespace sluice {

// The slot of a field that the bound contract does not supply: no event has a value there.
inline constexpr uint32_t kNoSlot = kNone - 1;

// Gives the fields of one content slots of the plan. By name: what the contract supplies for the
// type, and the header of its events. By index: what the contract, or the content's own type, has
// at that position.
class FieldSupply {
 public:
  FieldSupply(const VerifiedContent& content, FieldPlan& plan) : content_(content), plan_(plan) {}

  // Of a reference by index or by name; kNoSlot when it is not supplied.
  uint32_t SlotOf(const FieldRef& field);
  // Of a name in a template type of the content.
  uint32_t SlotOf(uint32_t type, std::string_view name);

  // Calls `visit(slot)` for each field that the contract supplies for the type.
  template <typename Visit>
  void ForEachSlot(uint32_t type, Visit visit) {
    const Bound& bound = *content_.bound();
    if (const LogSource* source = bound.LogSourceOn(0, type)) {
      for (const std::string_view name : source->header) visit(plan_.Add(name));
    }
    for (const ContractType* on_sensor : bound.TypesOn(size_t{0}, type)) {
      for (const ContractField& field : on_sensor->fields) visit(plan_.Add(field.name));
    }
  }

 private:
  bool Supplies(uint32_t type, std::string_view name) const;

  const VerifiedContent& content_;
  FieldPlan& plan_;
};

}  // namespace sluice

#endif  // SLUICE_ENGINE_FIELD_SUPPLY_H_
