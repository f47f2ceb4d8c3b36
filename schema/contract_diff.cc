#include "schema/contract_diff.h"

#include <algorithm>
#include <iterator>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "absl/strings/str_cat.h"

namespace sluice {
namespace {

using Kind = ContractChangeKind;

std::string Number(uint64_t n) { return absl::StrCat(n); }

// A limit or rank, where 0 says that nothing is known.
std::string KnownNumber(uint64_t n) { return n == 0 ? "not known" : Number(n); }

std::string YesNo(bool yes) { return yes ? "yes" : "no"; }

class Differ {
 public:
  Differ(const Contract& before, const Contract& after) : before_(before), after_(after) {}

  std::vector<ContractChange> Run() && {
    Properties();
    Limits();
    Names(before_.operators, after_.operators, Kind::kOperatorAdded, Kind::kOperatorRemoved);
    Names(before_.options, after_.options, Kind::kOptionAdded, Kind::kOptionRemoved);
    for (const auto& [old_type, new_type] : MatchTypes()) Types(old_type, new_type);
    return std::move(changes_);
  }

 private:
  void Add(Kind kind, std::string_view subject, std::string before, std::string after) {
    changes_.push_back({.kind = kind,
                        .type = type_ == nullptr ? std::string_view() : type_->name,
                        .type_id = type_ == nullptr ? 0 : type_->id,
                        .subject = subject,
                        .before = std::move(before),
                        .after = std::move(after)});
  }

  void Compare(Kind kind, std::string_view subject, std::string before, std::string after) {
    if (before != after) Add(kind, subject, std::move(before), std::move(after));
  }

  void Properties() {
    const auto compare = [&](std::string_view subject, std::string before, std::string after) {
      Compare(Kind::kProperty, subject, std::move(before), std::move(after));
    };
    compare("dialect", std::string(Name(before_.dialect)), std::string(Name(after_.dialect)));
    compare("platform", std::string(Name(before_.platform)), std::string(Name(after_.platform)));
    compare("binary version", absl::StrCat(before_.binary_major, ".", before_.binary_minor),
            absl::StrCat(after_.binary_major, ".", after_.binary_minor));
    compare("lowest schema rank", KnownNumber(before_.min_schema_rank),
            KnownNumber(after_.min_schema_rank));
    compare("format versions", Joined(before_.format_versions), Joined(after_.format_versions));
  }

  void Limits() {
    const ContractLimits& a = before_.limits;
    const ContractLimits& b = after_.limits;
    const auto compare = [&](std::string_view subject, uint64_t before, uint64_t after) {
      Compare(Kind::kProperty, subject, KnownNumber(before), KnownNumber(after));
    };
    compare("limit max_bytes", a.max_bytes, b.max_bytes);
    compare("limit max_instances", a.max_instances, b.max_instances);
    compare("limit max_instances_per_type", a.max_instances_per_type, b.max_instances_per_type);
    compare("limit max_criteria", a.max_criteria, b.max_criteria);
    compare("limit max_criteria_per_instance", a.max_criteria_per_instance,
            b.max_criteria_per_instance);
    compare("limit max_name_bytes", a.max_name_bytes, b.max_name_bytes);
    compare("limit max_group_name_units", a.max_group_name_units, b.max_group_name_units);
  }

  static std::string Joined(std::span<const uint32_t> numbers) {
    std::string out;
    for (const uint32_t n : numbers) absl::StrAppend(&out, out.empty() ? "" : ", ", n);
    return out;
  }

  void Names(std::span<const std::string_view> before, std::span<const std::string_view> after,
             Kind added, Kind removed) {
    const std::unordered_set<std::string_view> had(before.begin(), before.end());
    const std::unordered_set<std::string_view> has(after.begin(), after.end());
    for (const std::string_view name : before) {
      if (!has.contains(name)) Add(removed, name, "", "");
    }
    for (const std::string_view name : after) {
      if (!had.contains(name)) Add(added, name, "", "");
    }
  }

  using TypePair = std::pair<const ContractType*, const ContractType*>;

  static std::vector<const ContractType*> ById(const Contract& contract) {
    std::vector<const ContractType*> types;
    for (const ContractType& type : contract.types) types.push_back(&type);
    std::ranges::sort(types, {}, &ContractType::id);
    return types;
  }

  // Pairs of the same id; then of what is left, of the same name. One side is nullptr where a type
  // was added or removed. In order of the newer id.
  std::vector<TypePair> MatchTypes() const {
    std::unordered_map<uint32_t, const ContractType*> new_ids;
    for (const ContractType& type : after_.types) new_ids.emplace(type.id, &type);
    std::unordered_map<uint32_t, bool> old_ids;
    std::unordered_map<std::string_view, const ContractType*> left_by_name;
    std::vector<TypePair> pairs;
    for (const ContractType* type : ById(before_)) {
      old_ids.emplace(type->id, true);
      const auto same_id = new_ids.find(type->id);
      if (same_id != new_ids.end()) {
        pairs.emplace_back(type, same_id->second);
      } else if (type->name.empty() || !left_by_name.emplace(type->name, type).second) {
        pairs.emplace_back(type, nullptr);
      }
    }
    for (const ContractType* type : ById(after_)) {
      if (old_ids.contains(type->id)) continue;
      const auto same_name = left_by_name.find(type->name);
      if (same_name == left_by_name.end()) {
        pairs.emplace_back(nullptr, type);
      } else {
        pairs.emplace_back(same_name->second, type);
        left_by_name.erase(same_name);
      }
    }
    for (const auto& [name, type] : left_by_name) pairs.emplace_back(type, nullptr);
    std::ranges::sort(pairs, {}, [](const TypePair& pair) {
      const ContractType* type = pair.second == nullptr ? pair.first : pair.second;
      return std::pair(type->id, pair.second != nullptr);
    });
    return pairs;
  }

  void Types(const ContractType* before, const ContractType* after) {
    type_ = after == nullptr ? before : after;
    if (before == nullptr || after == nullptr) {
      Add(before == nullptr ? Kind::kTypeAdded : Kind::kTypeRemoved, type_->name, "", "");
      return;
    }
    Compare(Kind::kTypeRenumbered, after->name, Number(before->id), Number(after->id));
    Compare(Kind::kTypeRenamed, after->name, std::string(before->name), std::string(after->name));
    Compare(Kind::kTypeProperty, "platform", std::string(Name(before->platform)),
            std::string(Name(after->platform)));
    Compare(Kind::kTypeProperty, "undescribed", YesNo(before->undescribed),
            YesNo(after->undescribed));
    Compare(Kind::kTypeProperty, "default", before->default_include ? "include" : "exclude",
            after->default_include ? "include" : "exclude");
    // Of an undescribed type nobody knows the fields, so none was added or removed.
    if (!before->undescribed && !after->undescribed) Fields(before->fields, after->fields);
  }

  void Fields(std::span<const ContractField> before, std::span<const ContractField> after) {
    const std::vector<uint32_t> old_of = MatchFields(before, after);
    std::vector<bool> used(before.size());
    for (const uint32_t i : old_of) {
      if (i != kNone) used[i] = true;
    }
    for (uint32_t i = 0; i < before.size(); ++i) {
      if (!used[i]) Add(Kind::kFieldRemoved, before[i].name, Number(i), "");
    }
    for (uint32_t i = 0; i < after.size(); ++i) {
      if (old_of[i] == kNone) {
        Add(Kind::kFieldAdded, after[i].name, "", Number(i));
      } else {
        Field(before[old_of[i]], old_of[i], after[i], i);
      }
    }
  }

  void Field(const ContractField& before, uint32_t old_index, const ContractField& after,
             uint32_t new_index) {
    Compare(Kind::kFieldRenamed, after.name, std::string(before.name), std::string(after.name));
    Compare(Kind::kFieldMoved, after.name, Number(old_index), Number(new_index));
    Compare(Kind::kFieldRetyped, after.name, std::string(Name(before.type)),
            std::string(Name(after.type)));
  }

  // For each field of `after` the index of the same one in `before`, otherwise kNone.
  static std::vector<uint32_t> MatchFields(std::span<const ContractField> before,
                                           std::span<const ContractField> after) {
    std::unordered_map<std::string_view, uint32_t> by_name;
    for (uint32_t i = 0; i < before.size(); ++i) by_name.emplace(before[i].name, i);
    std::vector<uint32_t> old_of(after.size(), kNone);
    for (uint32_t i = 0; i < after.size(); ++i) {
      const auto found = by_name.find(after[i].name);
      if (found == by_name.end()) continue;
      old_of[i] = found->second;
      by_name.erase(found);
    }
    std::vector<uint32_t> left;
    for (const auto& [name, index] : by_name) left.push_back(index);
    std::ranges::sort(left);
    for (uint32_t i = 0; i < after.size() && !left.empty(); ++i) {
      if (old_of[i] != kNone) continue;
      const auto renamed = std::ranges::find_if(
          left, [&](uint32_t index) { return OnlyRenamed(before[index], after[i]); });
      if (renamed == left.end()) continue;
      old_of[i] = *renamed;
      left.erase(renamed);
    }
    return old_of;
  }

  const Contract& before_;
  const Contract& after_;
  const ContractType* type_ = nullptr;  // the one whose changes are being added
  std::vector<ContractChange> changes_;
};

}  // namespace

std::string_view Name(ContractChangeKind kind) {
  constexpr std::string_view kNames[] = {
      "property",      "type-added",     "type-removed",     "type-renamed",  "type-renumbered",
      "type-property", "field-added",    "field-removed",    "field-renamed", "field-moved",
      "field-retyped", "operator-added", "operator-removed", "option-added",  "option-removed"};
  static_assert(std::size(kNames) == static_cast<size_t>(Kind::kOptionRemoved) + 1);
  return kNames[static_cast<size_t>(kind)];
}

std::vector<ContractChange> DiffContracts(const Contract& before, const Contract& after) {
  return Differ(before, after).Run();
}

}  // namespace sluice
