#include "parser/config/contract_supplement.h"

#include <algorithm>
#include <unordered_set>

#include "absl/strings/str_cat.h"
#include "parser/config/config_text.h"
#include "schema/text.h"
#include "schema/value_type.h"

namespace sluice {
namespace {

using Version = v1::ContractSupplement::Version;

void AddVersion(const Version& version, v1::Contract& contract,
                std::vector<std::string>& warnings) {
  *contract.mutable_alias() = version.alias();
  for (const v1::Contract::TemplateType& type : version.undescribed()) {
    const bool described = std::ranges::any_of(
        contract.template_type(),
        [&](const v1::Contract::TemplateType& has) { return has.id() == type.id(); });
    if (described) {
      warnings.push_back(absl::StrCat("warning: the dump of ", version.version(), " has type ",
                                      type.id(), "; the supplement's ", Printable(type.name()),
                                      " is left out"));
      continue;
    }
    v1::Contract::TemplateType& added = *contract.add_template_type();
    added = type;
    added.set_undescribed(true);
  }
}

void AddFieldTypes(const v1::ContractSupplement& supplement, v1::Contract& contract) {
  for (v1::Contract::TemplateType& type : *contract.mutable_template_type()) {
    for (v1::Contract::Field& field : *type.mutable_field()) {
      if (field.type() != Name(ValueType::kString)) continue;
      for (const v1::ContractSupplement::FieldType& known : supplement.field_type()) {
        if (known.name() == field.name()) field.set_type(known.type());
      }
    }
  }
}

void AddOptions(const v1::ContractSupplement& supplement, v1::Contract& contract) {
  for (const v1::ContractSupplement::Options& options : supplement.options()) {
    if (contract.rank() < options.from_rank()) continue;
    for (const std::string& option : options.option()) {
      if (std::ranges::find(contract.option(), option) == contract.option().end()) {
        contract.add_option(option);
      }
    }
  }
}

std::string Comment(const v1::Contract& contract, const std::string& notice) {
  std::string comment =
      absl::StrCat(contract.sensor(), "@", contract.version(),
                   ", made by `sluice contract import` from a schema dump. Do not edit: import "
                   "again.");
  if (!notice.empty()) absl::StrAppend(&comment, "\n\n", notice);
  return comment;
}

}  // namespace

absl::StatusOr<v1::ContractSupplement> ReadSupplement(std::string_view text,
                                                      std::string_view path) {
  ConfigText config(text, path);
  v1::ContractSupplement supplement;
  if (absl::Status status = config.Parse(&supplement); !status.ok()) return status;
  std::unordered_set<std::string_view> versions;
  for (int i = 0; i < supplement.version_size(); ++i) {
    const Version& version = supplement.version(i);
    const auto error = [&](std::string_view what) {
      return config.Error(supplement, config.root(), v1::ContractSupplement::kVersionFieldNumber, i,
                          what);
    };
    if (!versions.insert(version.version()).second) {
      return error(
          absl::StrCat("a second entry for version ", Printable(version.version()), "; keep one"));
    }
    for (const v1::Contract::TemplateType& type : version.undescribed()) {
      if (type.field_size() > 0) return error("an `undescribed` type lists fields; remove them");
    }
  }
  for (int i = 0; i < supplement.field_type_size(); ++i) {
    const std::string& type = supplement.field_type(i).type();
    if (ValueTypeByName(type)) continue;
    return config.Error(supplement, config.root(), v1::ContractSupplement::kFieldTypeFieldNumber, i,
                        absl::StrCat("no value type is called \"", Printable(type), "\""));
  }
  return supplement;
}

absl::Status AddSupplement(const v1::ContractSupplement* supplement, std::string_view sensor,
                           ManifestImport& import) {
  if (supplement != nullptr && supplement->sensor() != sensor) {
    return absl::InvalidArgumentError(absl::StrCat("the supplement is for sensor \"",
                                                   Printable(supplement->sensor()), "\", not \"",
                                                   Abseil(sensor), "\""));
  }
  for (auto& [contract, comment] : import.contracts) {
    comment = Comment(contract, supplement == nullptr ? "" : supplement->notice());
    if (supplement == nullptr) continue;
    for (const Version& version : supplement->version()) {
      if (version.version() == contract.version()) AddVersion(version, contract, import.warnings);
    }
    for (const v1::ContractSupplement::SchemaFloor& floor : supplement->schema_floor()) {
      if (contract.rank() >= floor.from_rank()) {
        contract.set_min_schema_rank(floor.min_schema_rank());
      }
    }
    AddFieldTypes(*supplement, contract);
    AddOptions(*supplement, contract);
    if (supplement->has_limits()) *contract.mutable_limits() = supplement->limits();
    if (!supplement->source().empty()) contract.set_source(supplement->source());
  }
  return absl::OkStatus();
}

}  // namespace sluice
