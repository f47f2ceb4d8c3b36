// What changes between two contracts of a sensor.
//
// Template types are matched by id, then by name; fields by name, then by spelling. That a field
// moved matters to content that is bound by index; that it was renamed, to content that is bound by
// name.

#ifndef SLUICE_SCHEMA_CONTRACT_DIFF_H_
#define SLUICE_SCHEMA_CONTRACT_DIFF_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "schema/contract.h"

namespace sluice {

enum class ContractChangeKind : uint8_t {
  kProperty,  // subject: "binary version", "limit max_criteria" ...; of the contract itself
  kTypeAdded,
  kTypeRemoved,
  kTypeRenamed,     // the id keeps, the name changes
  kTypeRenumbered,  // the name keeps, the id changes
  kTypeProperty,    // subject: "default", "platform", "undescribed"
  kFieldAdded,      // after: its index
  kFieldRemoved,    // before: its index
  kFieldRenamed,    // subject: the new name; before, after: the names
  kFieldMoved,      // before, after: the indices
  kFieldRetyped,    // before, after: the value types
  kOperatorAdded,
  kOperatorRemoved,
  kOptionAdded,
  kOptionRemoved,
};
std::string_view Name(ContractChangeKind kind);  // "field-moved"

struct ContractChange {
  ContractChangeKind kind = ContractChangeKind::kProperty;
  std::string_view type;  // the template type's name, for changes of types and fields
  uint32_t type_id = 0;   // in the newer contract where it has the type
  std::string_view subject;
  std::string before;  // empty where there is nothing
  std::string after;
};

// The changes that turn `before` into `after`: properties, operators and options first, then the
// types in order of id, each with its fields in order of index. Time is linear in both but for the
// search of a field's name in one type. The views are into the contracts.
std::vector<ContractChange> DiffContracts(const Contract& before, const Contract& after);

}  // namespace sluice

#endif  // SLUICE_SCHEMA_CONTRACT_DIFF_H_
