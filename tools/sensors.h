// Contracts and fleets as commands name them: built-in ones, files, NAME@VERSION.

#ifndef SLUICE_TOOLS_SENSORS_H_
#define SLUICE_TOOLS_SENSORS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "parser/config/contract_reader.h"
#include "schema/contract.h"
#include "schema/fleet.h"

namespace sluice {

// The built-in contracts and those of the folders that were named. Stays where it was made.
class KnownContracts {
 public:
  KnownContracts() = default;
  KnownContracts(const KnownContracts&) = delete;
  KnownContracts& operator=(const KnownContracts&) = delete;

  // Adds every folder in turn; a later contract replaces an earlier one of the same sensor and
  // version. Errors: those of `LoadContracts`.
  absl::Status Load(const std::vector<std::string>& folders);

  const ContractSet& set() const { return set_; }

  // "sysmon@4.22", by version or alias. Errors: there is none (kNotFound), and the message names
  // the closest there is; an alias that several contracts have (kInvalidArgument).
  absl::StatusOr<const Contract*> Find(const std::string& sensor_at_version) const;

 private:
  ContractSet set_ = ContractSet::BuiltIn();
  std::vector<OwnedContracts> owned_;
};

// The fleet that `name` and `sensors` (NAME@VERSION) ask for together; `name` is a built-in
// fleet's, otherwise `path` is a fleet file; both are empty when no fleet was asked for. Errors:
// the file's own, with "path:line:column"; a sensor that is not NAME@VERSION; more sensors than a
// fleet holds.
absl::StatusOr<Fleet> MakeFleet(const std::string& name, const std::string& path,
                                const std::vector<std::string>& sensors,
                                const ContractSet& contracts);

}  // namespace sluice

#endif  // SLUICE_TOOLS_SENSORS_H_
