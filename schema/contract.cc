#include "schema/contract.h"

#include <algorithm>
#include <bit>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "schema/text.h"

namespace sluice {
namespace {

// The built-in tables, made by the build.
bool Before(const Contract* a, const Contract* b) {
  return std::tie(a->sensor, a->rank, a->version) < std::tie(b->sensor, b->rank, b->version);
}

// `name` without what spelling alone changes.
std::string Normalised(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c != '_' && c != '-') out.push_back(AsciiLower(c));
  }
  return out;
}

}  // namespace

std::string_view Name(Platform platform) {
  constexpr std::string_view kNames[] = {"any", "windows", "linux", "macos"};
  return kNames[static_cast<size_t>(platform)];
}

std::string Contract::Name() const { return absl::StrCat(Abseil(sensor), "@", Abseil(version)); }

bool Contract::KnowsOperatorText(std::string_view text) const {
  // Only operators that Sluice has no number for go by their text.
  if (static_cast<size_t>(std::popcount(operator_mask)) == operators.size()) return false;
  std::string written(text);
  std::ranges::replace(written, ' ', '_');
  const std::string in_dialect = absl::StrCat(Abseil(sluice::Name(dialect)), ".", written);
  return std::ranges::any_of(operators, [&](std::string_view known) {
    return !OperatorByName(known) &&
           (EqualsIgnoreCase(known, text) || EqualsIgnoreCase(known, in_dialect));
  });
}

const ContractType* Contract::TypeById(uint32_t id) const {
  const auto found = std::ranges::find(types, id, &ContractType::id);
  return found == types.end() ? nullptr : &*found;
}

bool Contract::HasTypeNamed(std::string_view name) const {
  return std::ranges::any_of(types, [&](const ContractType& type) { return type.name == name; });
}

const LogSource* Contract::LogSourceNamed(std::string_view name) const {
  const auto found = std::ranges::find(log_sources, name, &LogSource::name);
  return found == log_sources.end() ? nullptr : &*found;
}

uint32_t FieldIndex(const ContractType& type, std::string_view name) {
  for (uint32_t i = 0; i < type.fields.size(); ++i) {
    // Most names differ in their length or their last letter.
    const std::string_view known = type.fields[i].name;
    if (known.size() == name.size() && !known.empty() && known.back() == name.back() &&
        known == name) {
      return i;
    }
  }
  return kNone;
}

bool OnlyRenamed(const ContractField& a, const ContractField& b) {
  if (a.name == b.name) return false;
  return a.formerly == b.name || b.formerly == a.name || Normalised(a.name) == Normalised(b.name);
}

void ContractSet::Add(const Contract* contract) {
  std::erase_if(contracts_, [&](const Contract* old) {
    return old->sensor == contract->sensor && old->version == contract->version;
  });
  contracts_.insert(std::ranges::upper_bound(contracts_, contract, Before), contract);
}

std::vector<const Contract*> ContractSet::OfDialect(Dialect dialect) const {
  std::vector<const Contract*> found;
  std::ranges::copy_if(contracts_, std::back_inserter(found),
                       [&](const Contract* c) { return c->dialect == dialect; });
  return found;
}

std::vector<const Contract*> ContractSet::OfBinaryMajor(uint32_t major) const {
  std::vector<const Contract*> found;
  std::ranges::copy_if(contracts_, std::back_inserter(found), [&](const Contract* c) {
    return c->dialect == Dialect::kSysmon && c->binary_major == major;
  });
  return found;
}

const Contract* ContractSet::Find(std::string_view sensor, std::string_view version) const {
  const Contract* by_alias = nullptr;
  for (const Contract* contract : contracts_) {
    if (contract->sensor != sensor) continue;
    if (contract->version == version) return contract;
    // The newest version that has the alias.
    if (std::ranges::find(contract->aliases, version) != contract->aliases.end()) {
      by_alias = contract;
    }
  }
  return by_alias;
}

const Contract* ContractSet::Find(std::string_view sensor_at_version) const {
  const size_t at = sensor_at_version.find('@');
  if (at == std::string_view::npos) return nullptr;
  return Find(sensor_at_version.substr(0, at), sensor_at_version.substr(at + 1));
}

}  // namespace sluice
