#include "parser/config/contract_reader.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <system_error>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "parser/config/config_file.h"
#include "parser/config/config_text.h"
#include "schema/limits.h"
#include "schema/proto/contract.pb.h"
#include "schema/proto/taxonomy.pb.h"
#include "schema/text.h"

namespace sluice {
namespace {

std::optional<Dialect> DialectByName(std::string_view name) {
  for (const Dialect dialect : {Dialect::kChannel, Dialect::kSysmon, Dialect::kSigma}) {
    if (Name(dialect) == name) return dialect;
  }
  return std::nullopt;
}

// Every value type's name, for an error.
std::string ValueTypeNames() {
  std::string names;
  for (int i = 0; i <= static_cast<int>(ValueType::kTime); ++i) {
    absl::StrAppend(&names, i == 0 ? "" : ", ", Abseil(Name(static_cast<ValueType>(i))));
  }
  return names;
}

std::string Quoted(std::string_view text) { return absl::StrCat("\"", Printable(text), "\""); }

// What an error calls a template type.
std::string TypeName(const v1::Contract::TemplateType& type) {
  return type.name().empty() ? absl::StrCat("the type with id ", type.id()) : Quoted(type.name());
}

// Says what is wrong with a contract, at the place of the field that is.
class ContractChecker {
 public:
  ContractChecker(const v1::Contract& contract, const ConfigText& text)
      : contract_(contract), text_(text) {}

  absl::Status Check() const {
    if (absl::Status status = CheckIdentity(); !status.ok()) return status;
    if (contract_.template_type_size() > kMaxContractTypes) {
      return At(v1::Contract::kTemplateTypeFieldNumber, kMaxContractTypes,
                absl::StrCat("more than ", kMaxContractTypes, " template types"));
    }
    std::unordered_set<uint32_t> ids;
    for (int i = 0; i < contract_.template_type_size(); ++i) {
      const v1::Contract::TemplateType& type = contract_.template_type(i);
      if (!ids.insert(type.id()).second) {
        return At(v1::Contract::kTemplateTypeFieldNumber, i,
                  absl::StrCat("a second template type with id ", type.id(),
                               "; an id names one type, so remove or renumber one of them"));
      }
      if (absl::Status status = CheckType(i); !status.ok()) return status;
    }
    for (int i = 0; i < contract_.operator__size(); ++i) {
      if (contract_.operator_(i).empty()) {
        return At(v1::Contract::kOperatorFieldNumber, i, "an operator without a name; remove it");
      }
      if (!IsOperator(contract_.operator_(i))) {
        return At(v1::Contract::kOperatorFieldNumber, i,
                  absl::StrCat("there is no operator ", Quoted(contract_.operator_(i)),
                               "; one of the sensor's own has the dialect in front, \"",
                               contract_.dialect(), ".NAME\""));
      }
    }
    return absl::OkStatus();
  }

 private:
  // One that Sluice knows, or by its name one of the sensor's own.
  bool IsOperator(const std::string& name) const {
    const std::string prefix = contract_.dialect() + ".";
    return OperatorByName(name) || (name.starts_with(prefix) && name.size() > prefix.size());
  }

  absl::Status At(int number, int index, std::string_view what) const {
    return text_.Error(contract_, text_.root(), number, index, what);
  }

  absl::Status CheckIdentity() const {
    if (!IsSensorWord(contract_.sensor())) {
      return At(
          v1::Contract::kSensorFieldNumber, 0,
          absl::StrCat("`sensor` names the sensor, as \"sysmon\"; ", Abseil(kSensorWordRule)));
    }
    if (!IsSensorWord(contract_.version())) {
      return At(v1::Contract::kVersionFieldNumber, 0,
                absl::StrCat("`version` is the sensor's version, as \"4.22\"; ",
                             Abseil(kSensorWordRule)));
    }
    if (contract_.rank() == 0) {
      return At(v1::Contract::kRankFieldNumber, 0,
                "`rank` is missing or 0: give a number that orders the versions of this sensor");
    }
    if (!DialectByName(contract_.dialect())) {
      return At(v1::Contract::kDialectFieldNumber, 0,
                absl::StrCat("`dialect` is ", Quoted(contract_.dialect()),
                             "; use \"channel\", \"sysmon\" or \"sigma\""));
    }
    if (!PlatformByName(contract_.platform())) {
      return At(v1::Contract::kPlatformFieldNumber, 0, UnknownPlatform(contract_.platform()));
    }
    return absl::OkStatus();
  }

  static std::string UnknownPlatform(const std::string& name) {
    return absl::StrCat("there is no platform ", Quoted(name),
                        "; use \"windows\", \"linux\" or \"macos\", or leave it out");
  }

  absl::Status CheckType(int index) const {
    const v1::Contract::TemplateType& type = contract_.template_type(index);
    const ProtoTextTree* tree =
        ConfigText::Nested(contract_, text_.root(), v1::Contract::kTemplateTypeFieldNumber, index);
    if (!PlatformByName(type.platform())) {
      return text_.Error(type, tree, v1::Contract::TemplateType::kPlatformFieldNumber, 0,
                         UnknownPlatform(type.platform()));
    }
    const auto at_field = [&](int i, std::string_view what) {
      return text_.Error(type, tree, v1::Contract::TemplateType::kFieldFieldNumber, i, what);
    };
    if (type.undescribed() && type.field_size() > 0) {
      return at_field(0, absl::StrCat(TypeName(type),
                                      " is `undescribed` and lists fields; remove "
                                      "one or the other"));
    }
    if (type.field_size() > kMaxContractFields) {
      return at_field(kMaxContractFields, absl::StrCat(TypeName(type), " has more than ",
                                                       kMaxContractFields, " fields"));
    }
    std::unordered_set<std::string_view> names;
    for (int i = 0; i < type.field_size(); ++i) {
      const v1::Contract::Field& field = type.field(i);
      if (field.name().empty()) {
        return at_field(i, absl::StrCat("field ", i, " of ", TypeName(type), " has no name"));
      }
      if (!names.insert(field.name()).second) {
        return at_field(i, absl::StrCat("a second field ", Quoted(field.name()), " in ",
                                        TypeName(type), "; names must differ"));
      }
      if (!field.type().empty() && !ValueTypeByName(field.type())) {
        return at_field(i, absl::StrCat("there is no value type ", Quoted(field.type()),
                                        "; use one of ", ValueTypeNames()));
      }
    }
    return absl::OkStatus();
  }

  const v1::Contract& contract_;
  const ConfigText& text_;
};

ContractLimits MakeLimits(const v1::Contract::Limits& limits) {
  return {.max_bytes = limits.max_bytes(),
          .max_instances = limits.max_instances(),
          .max_instances_per_type = limits.max_instances_per_type(),
          .max_criteria = limits.max_criteria(),
          .max_criteria_per_instance = limits.max_criteria_per_instance(),
          .max_name_bytes = limits.max_name_bytes(),
          .max_group_name_units = limits.max_group_name_units()};
}

}  // namespace

// Turns a checked message into a contract that owns its parts.
class ContractAssembler {
 public:
  static std::unique_ptr<OwnedContract> Assemble(const v1::Contract& message) {
    std::unique_ptr<OwnedContract> owned(new OwnedContract);
    ContractAssembler assembler(*owned);
    assembler.Types(message);
    assembler.Lists(message);
    Contract& contract = owned->contract_;
    contract.sensor = assembler.Keep(message.sensor());
    contract.version = assembler.Keep(message.version());
    contract.rank = message.rank();
    contract.dialect = *DialectByName(message.dialect());
    contract.platform = *PlatformByName(message.platform());
    contract.binary_major = message.binary_major();
    contract.binary_minor = message.binary_minor();
    contract.min_schema_rank = message.min_schema_rank();
    contract.limits = MakeLimits(message.limits());
    contract.source = assembler.Keep(message.source());
    return owned;
  }

 private:
  explicit ContractAssembler(OwnedContract& owned) : owned_(owned) {}

  std::string_view Keep(const std::string& text) {
    return text.empty() ? std::string_view() : owned_.strings_.emplace_back(text);
  }

  void Types(const v1::Contract& message) {
    for (const v1::Contract::TemplateType& type : message.template_type()) {
      std::vector<ContractField>& fields = owned_.fields_.emplace_back();
      for (const v1::Contract::Field& field : type.field()) {
        fields.push_back({.name = Keep(field.name()),
                          .type = ValueTypeByName(field.type()).value_or(ValueType::kUnknown),
                          .formerly = Keep(field.formerly())});
      }
      owned_.types_.push_back({.name = Keep(type.name()),
                               .id = type.id(),
                               .platform = *PlatformByName(type.platform()),
                               .undescribed = type.undescribed(),
                               .default_include = type.default_include(),
                               .fields = fields});
    }
    owned_.contract_.types = owned_.types_;
  }

  void Lists(const v1::Contract& message) {
    for (const std::string& alias : message.alias()) owned_.aliases_.push_back(Keep(alias));
    for (const std::string& option : message.option()) owned_.options_.push_back(Keep(option));
    for (const std::string& name : message.operator_()) {
      owned_.operators_.push_back(Keep(name));
      if (const auto op = OperatorByName(name)) {
        owned_.contract_.operator_mask |= uint64_t{1} << static_cast<int>(*op);
      }
    }
    owned_.format_versions_.assign(message.format_version().begin(),
                                   message.format_version().end());
    owned_.contract_.aliases = owned_.aliases_;
    owned_.contract_.options = owned_.options_;
    owned_.contract_.operators = owned_.operators_;
    owned_.contract_.format_versions = owned_.format_versions_;
  }

  OwnedContract& owned_;
};

absl::StatusOr<std::unique_ptr<OwnedContract>> ReadContract(std::string_view text,
                                                            std::string_view path) {
  ConfigText config(text, path);
  v1::Contract message;
  if (absl::Status status = config.Parse(&message); !status.ok()) return status;
  if (absl::Status status = ContractChecker(message, config).Check(); !status.ok()) return status;
  return ContractAssembler::Assemble(message);
}

namespace {

namespace fs = std::filesystem;

// The *.textproto files directly in `dir`, sorted by path.
absl::StatusOr<std::vector<std::string>> TextProtosIn(const std::string& dir) {
  std::vector<std::string> paths;
  std::error_code error;
  fs::directory_iterator it(dir, error);
  for (; !error && it != fs::directory_iterator(); it.increment(error)) {
    std::error_code ignored;
    if (it->path().extension() != ".textproto" || it->is_directory(ignored)) continue;
    if (paths.size() == kMaxContractFiles) {
      return absl::InvalidArgumentError(
          absl::StrCat(dir, ": more than ", kMaxContractFiles, " *.textproto files"));
    }
    paths.push_back(it->path().string());
  }
  if (error) {
    return absl::InvalidArgumentError(
        absl::StrCat(dir, ": cannot be listed: ", error.message(), "; name a folder of contracts"));
  }
  std::ranges::sort(paths);
  return paths;
}

// What the folder has, before any of it is believed together.
struct Folder {
  OwnedContracts contracts;
  struct Taxonomy {
    std::string path;
    std::shared_ptr<const OwnedTaxonomy> taxonomy;
  };
  std::map<std::string, Taxonomy, std::less<>> taxonomies;  // by sensor
  std::unordered_map<std::string, std::string> path_of;     // by sensor@version
};

absl::Status AddContract(const std::string& text, const std::string& path, Folder& folder) {
  absl::StatusOr<std::unique_ptr<OwnedContract>> contract = ReadContract(text, path);
  if (!contract.ok()) return contract.status();
  const std::string name = (*contract)->contract().Name();
  const auto [first, added] = folder.path_of.emplace(name, path);
  if (!added) {
    return absl::InvalidArgumentError(absl::StrCat(path, ":1:1: ", name, " is already in ",
                                                   first->second, "; keep one of the two"));
  }
  folder.contracts.push_back(*std::move(contract));
  return absl::OkStatus();
}

absl::Status AddTaxonomy(const std::string& text, const std::string& path, Folder& folder) {
  absl::StatusOr<std::shared_ptr<const OwnedTaxonomy>> taxonomy = ReadTaxonomy(text, path);
  if (!taxonomy.ok()) return taxonomy.status();
  const std::string sensor((*taxonomy)->sensor());
  const auto [first, added] =
      folder.taxonomies.try_emplace(sensor, Folder::Taxonomy{path, *std::move(taxonomy)});
  if (added) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(path, ":1:1: the taxonomy of ", sensor,
                                                 " is already in ", first->second.path,
                                                 "; put all log sources into one"));
}

absl::Status ReadFolder(const std::vector<std::string>& paths, Folder& folder) {
  for (const std::string& path : paths) {
    const absl::StatusOr<std::string> text = ReadConfigFile(path);
    if (!text.ok()) return text.status();
    const std::string_view message = ProtoMessageName(*text);
    absl::Status status;
    if (message == v1::Contract::descriptor()->full_name()) {
      status = AddContract(*text, path, folder);
    } else if (message == v1::Taxonomy::descriptor()->full_name()) {
      status = AddTaxonomy(*text, path, folder);
    }
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

// The contracts of one sensor: those of the folder, and of `set` those that it does not replace.
std::vector<const Contract*> OfSensor(std::string_view sensor, const Folder& folder,
                                      const ContractSet& set) {
  std::vector<const Contract*> all;
  for (const auto& owned : folder.contracts) {
    if (owned->contract().sensor == sensor) all.push_back(&owned->contract());
  }
  for (const Contract* contract : set.all()) {
    if (contract->sensor == sensor && !folder.path_of.contains(contract->Name())) {
      all.push_back(contract);
    }
  }
  return all;
}

absl::Status CheckTaxonomy(const Folder::Taxonomy& entry, const Folder& folder,
                           const ContractSet& set) {
  const OwnedTaxonomy& taxonomy = *entry.taxonomy;
  const std::vector<const Contract*> contracts = OfSensor(taxonomy.sensor(), folder, set);
  if (contracts.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat(entry.path, ":1:1: there is no contract of ", std::string(taxonomy.sensor()),
                     " that this could belong to; put its contracts into the folder"));
  }
  std::unordered_set<uint32_t> events;
  for (const Contract* contract : contracts) {
    for (const ContractType& type : contract->types) events.insert(type.id);
  }
  for (const LogSource& source : taxonomy.log_sources()) {
    for (const uint32_t event : source.events) {
      if (events.contains(event)) continue;
      return absl::InvalidArgumentError(absl::StrCat(
          entry.path, ":1:1: ", Printable(source.name), " names event ", event,
          ", which no contract of ", std::string(taxonomy.sensor()), " has; correct the id"));
    }
  }
  return absl::OkStatus();
}

// The log sources that `set` has for a sensor.
std::span<const LogSource> LogSourcesOf(std::string_view sensor, const ContractSet& set) {
  for (const Contract* contract : set.all()) {
    if (contract->sensor == sensor && !contract->log_sources.empty()) return contract->log_sources;
  }
  return {};
}

// Gives every contract its log sources. Those of `set` that get others are copied.
void ApplyTaxonomies(const ContractSet& set, Folder& folder) {
  std::map<std::string, std::shared_ptr<const OwnedTaxonomy>, std::less<>> merged;
  for (const auto& [sensor, entry] : folder.taxonomies) {
    const auto all = OwnedTaxonomy::Merge(entry.taxonomy, LogSourcesOf(sensor, set));
    merged.emplace(sensor, all);
  }
  const size_t read = folder.contracts.size();
  for (const Contract* contract : set.all()) {
    const auto found = merged.find(contract->sensor);
    if (found == merged.end() || folder.path_of.contains(contract->Name())) continue;
    folder.contracts.push_back(OwnedContract::WithLogSources(*contract, found->second));
  }
  for (size_t i = 0; i < read; ++i) {
    OwnedContract& owned = *folder.contracts[i];
    const auto found = merged.find(owned.contract().sensor);
    if (found != merged.end()) {
      owned.SetLogSources(found->second);
    } else {
      owned.ViewLogSources(LogSourcesOf(owned.contract().sensor, set));
    }
  }
}

}  // namespace

std::unique_ptr<OwnedContract> OwnedContract::WithLogSources(
    const Contract& contract, std::shared_ptr<const OwnedTaxonomy> taxonomy) {
  std::unique_ptr<OwnedContract> owned(new OwnedContract);
  owned->contract_ = contract;
  owned->SetLogSources(std::move(taxonomy));
  return owned;
}

void OwnedContract::SetLogSources(std::shared_ptr<const OwnedTaxonomy> taxonomy) {
  taxonomy_ = std::move(taxonomy);
  contract_.log_sources = taxonomy_->log_sources();
}

absl::StatusOr<OwnedContracts> LoadContracts(const std::string& dir, ContractSet* set) {
  const absl::StatusOr<std::vector<std::string>> paths = TextProtosIn(dir);
  if (!paths.ok()) return paths.status();
  Folder folder;
  if (absl::Status status = ReadFolder(*paths, folder); !status.ok()) return status;
  if (folder.contracts.empty() && folder.taxonomies.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat(dir, ": no contract in it: no *.textproto begins with \"",
                     Abseil(kContractFirstLine), "\" or \"", Abseil(kTaxonomyFirstLine), "\""));
  }
  for (const auto& [sensor, entry] : folder.taxonomies) {
    if (absl::Status status = CheckTaxonomy(entry, folder, *set); !status.ok()) return status;
  }
  ApplyTaxonomies(*set, folder);
  for (const auto& contract : folder.contracts) set->Add(&contract->contract());
  return std::move(folder.contracts);
}

}  // namespace sluice
