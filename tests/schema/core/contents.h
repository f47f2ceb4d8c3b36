// Small contents and contracts for the tests of schema/, made without a reader.

#ifndef SLUICE_TESTS_SCHEMA_CORE_CONTENTS_H_
#define SLUICE_TESTS_SCHEMA_CORE_CONTENTS_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schema/content.h"
#include "schema/contract.h"

namespace sluice {

// A condition of a Sysmon configuration.
struct Condition {
  std::string_view field;
  Operator op;
  std::string_view operand;
  std::string_view name = {};
};

// One record of a Sysmon configuration. The views must outlive the content.
Content Record(std::string_view type, const std::vector<Condition>& conditions,
               Combine combine = Combine::kOr);

// A type "E" that two events share: event 1 has A, B, U; event 2 has A, C, B, U. Knows `is` only.
const Contract& TwoEvents();

// The same sensor one version later: both events have A, B, C, U.
const Contract& OneOrder();

// A channel contract of `version` whose type "T" (id 7) has these fields.
Contract ChannelContract(std::string_view version, uint32_t rank,
                         const std::vector<ContractField>& fields);

}  // namespace sluice

#endif  // SLUICE_TESTS_SCHEMA_CORE_CONTENTS_H_
