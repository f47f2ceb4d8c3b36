#include "schema/self_contract.h"

#include <algorithm>
#include <iterator>
#include <span>
#include <vector>

#include "schema/text.h"

namespace sluice {
namespace {

SelfContract Make(const std::vector<const Contract*>& contracts) {
  return {FleetOf(contracts), contracts.empty() ? nullptr : contracts.back()};
}

// The names of all events of the fleet's contracts that have one.
absl::flat_hash_set<absl::string_view> EventNames(const Fleet& fleet) {
  absl::flat_hash_set<absl::string_view> names;
  std::span<const ContractType> before;
  for (const Sensor& sensor : fleet.sensors()) {
    if (sensor.contract == nullptr) continue;
    const std::span<const ContractType> types = sensor.contract->types;
    for (size_t i = 0; i < types.size(); ++i) {
      // Versions differ in few.
      if (i < before.size() && before[i].name == types[i].name) continue;
      if (!types[i].name.empty()) names.insert(Abseil(types[i].name));
    }
    before = types;
  }
  return names;
}

}  // namespace

SelfContracts::SelfContracts(const ContractSet& contracts, const Contract* as) : as_(as) {
  if (as != nullptr) {
    all_sysmon_ = unknown_major_ = Make({as});
    SetSigma(contracts, {as});
    return;
  }
  const std::vector<const Contract*> sysmon = contracts.OfDialect(Dialect::kSysmon);
  all_sysmon_ = Make(sysmon);
  SetSigma(contracts, sysmon);
  unknown_major_.reference = all_sysmon_.reference;
  for (const Contract* contract : sysmon) {
    if (by_major_.contains(contract->binary_major)) continue;
    by_major_[contract->binary_major] = Make(contracts.OfBinaryMajor(contract->binary_major));
  }
}

// Most runs know no sensor but Sysmon: then its fleet is made once.
void SelfContracts::SetSigma(const ContractSet& contracts,
                             const std::vector<const Contract*>& sysmon) {
  std::vector<const Contract*> sigma;
  std::ranges::copy_if(contracts.all(), std::back_inserter(sigma),
                       [](const Contract* c) { return c->Takes(Dialect::kSigma); });
  all_sigma_ = &all_sysmon_;
  if (sigma == sysmon) return;
  own_sigma_ = Make(sigma);
  all_sigma_ = &own_sigma_;
}

const SelfContract& SelfContracts::Of(const Content& content) const {
  if (content.dialect() == Dialect::kSigma) return *all_sigma_;
  if (content.dialect() != Dialect::kSysmon) return none_;
  if (content.binding() == Binding::kByName) return all_sysmon_;
  const auto found = by_major_.find(content.metadata().binary_major);
  return found == by_major_.end() ? unknown_major_ : found->second;
}

const Contract* SelfContracts::BlobReference(uint32_t binary_major) const {
  const auto found = by_major_.find(binary_major);
  return found == by_major_.end() ? unknown_major_.reference : found->second.reference;
}

bool SelfContracts::IsSysmonEvent(std::string_view name) const {
  std::call_once(events_gathered_, [this] { events_ = EventNames(all_sysmon_.fleet); });
  return events_.contains(Abseil(name));
}

}  // namespace sluice
