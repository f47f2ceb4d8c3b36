// What a schema dump does not say, added to the contracts made of it. For the importer only.

#ifndef SLUICE_PARSER_CONFIG_CONTRACT_SUPPLEMENT_H_
#define SLUICE_PARSER_CONFIG_CONTRACT_SUPPLEMENT_H_

#include <string_view>

#include "absl/status/status.h"
#include "parser/config/sysmon_manifest.h"

namespace sluice {

// Adds what `supplement` (nullptr: nothing) says about the versions in `import`, and gives each
// contract its comment. A type that the dump itself describes stays as the dump has it, with a
// warning. Errors: kInvalidArgument when the supplement is for another sensor.
absl::Status AddSupplement(const v1::ContractSupplement* supplement, std::string_view sensor,
                           ManifestImport& import);

}  // namespace sluice

#endif  // SLUICE_PARSER_CONFIG_CONTRACT_SUPPLEMENT_H_
