// What content may use by its own word, before any fleet is asked.

#ifndef SLUICE_SCHEMA_SELF_CONTRACT_H_
#define SLUICE_SCHEMA_SELF_CONTRACT_H_

#include <map>
#include <mutex>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "schema/content.h"
#include "schema/contract.h"
#include "schema/fleet.h"

namespace sluice {

// `fleet` holds the contracts that may accept the content; `reference` says what the fields of
// content bound by index are called.
struct SelfContract {
  Fleet fleet;
  const Contract* reference = nullptr;
};

// Finds the self-contract of content; the answers are kept, since a run asks for the same few.
// Safe to use from several threads once made.
class SelfContracts {
 public:
  // `as`: the one contract to judge Sysmon content by, or nullptr.
  SelfContracts(const ContractSet& contracts, const Contract* as);

  // Sysmon configuration: every Sysmon contract. Blob: those of its binary major version (none when
  // nobody knows it; the reference is then the newest of all). Sigma: every contract that takes it.
  // Channel: none.
  const SelfContract& Of(const Content& content) const;
  // The same, for a blob that is still being read: `nullptr` when there is no Sysmon contract.
  const Contract* BlobReference(uint32_t binary_major) const;
  // Whether one of the Sysmon contracts has an event that rules name so; exact, as the sensor
  // compares. The names are gathered at the first call.
  bool IsSysmonEvent(std::string_view name) const;

 private:
  void SetSigma(const ContractSet& contracts, const std::vector<const Contract*>& sysmon);

  SelfContract none_;
  SelfContract all_sysmon_;
  SelfContract own_sigma_;
  const SelfContract* all_sigma_ = nullptr;  // `all_sysmon_`, when no other sensor takes Sigma
  SelfContract unknown_major_;
  const Contract* as_;
  std::map<uint32_t, SelfContract> by_major_;
  mutable std::once_flag events_gathered_;
  mutable absl::flat_hash_set<absl::string_view> events_;
};

}  // namespace sluice

#endif  // SLUICE_SCHEMA_SELF_CONTRACT_H_
