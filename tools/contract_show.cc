// sluice contract show: one contract in full.

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "schema/text.h"
#include "tools/command.h"
#include "tools/contract_verbs.h"
#include "tools/output.h"
#include "tools/sensors.h"
#include "tools/suggest.h"

namespace sluice {
namespace {

struct ShowFlags {
  std::string contract;
  std::string type;
  std::vector<std::string> contracts;
  std::string format = "text";
};

using Types = std::vector<const ContractType*>;

// The limits that are known, by name.
std::vector<std::pair<std::string, uint64_t>> KnownLimits(const ContractLimits& limits) {
  std::vector<std::pair<std::string, uint64_t>> known = {
      {"max_bytes", limits.max_bytes},
      {"max_instances", limits.max_instances},
      {"max_instances_per_type", limits.max_instances_per_type},
      {"max_criteria", limits.max_criteria},
      {"max_criteria_per_instance", limits.max_criteria_per_instance},
      {"max_name_bytes", limits.max_name_bytes},
      {"max_group_name_units", limits.max_group_name_units}};
  std::erase_if(known, [](const auto& limit) { return limit.second == 0; });
  return known;
}

std::string Line(const char* what, const std::string& value) {
  return value.empty() ? "" : absl::StrFormat("%-18s%s\n", absl::StrCat(what, ":"), value);
}

std::string Joined(std::span<const std::string_view> words) {
  std::string out;
  for (const std::string_view word : words) {
    absl::StrAppend(&out, out.empty() ? "" : ", ", Printable(word));
  }
  return out;
}

std::string HeadText(const Contract& contract) {
  std::string out = absl::StrCat(contract.Name(), "\n");
  out += Line("dialect", std::string(Name(contract.dialect)));
  out += Line("platform", std::string(Name(contract.platform)));
  out += Line("rank", absl::StrCat(contract.rank));
  if (contract.dialect == Dialect::kSysmon) {
    out += Line("binary version", absl::StrCat(contract.binary_major, ".", contract.binary_minor));
  }
  if (contract.min_schema_rank != 0) {
    out += Line("lowest schema", absl::StrCat("rank ", contract.min_schema_rank));
  }
  std::string formats;
  for (const uint32_t version : contract.format_versions) {
    absl::StrAppend(&formats, formats.empty() ? "" : ", ", version);
  }
  out += Line("format versions", formats);
  out += Line("product versions", Joined(contract.aliases));
  out += Line("operators", Joined(contract.operators));
  out += Line("options", Joined(contract.options));
  for (const auto& [name, limit] : KnownLimits(contract.limits)) {
    out += Line("limit", absl::StrCat(name, " ", limit));
  }
  return out + Line("source", Printable(contract.source, 1000));
}

std::string TypeText(const ContractType& type) {
  std::string out = absl::StrCat(
      "\n", type.name.empty() ? "(no name)" : Printable(type.name), "  id ", type.id,
      type.platform == Platform::kAny ? "" : absl::StrCat("  on ", Abseil(Name(type.platform))),
      type.undescribed ? "  fields not known" : "", type.default_include ? "  included" : "", "\n");
  for (size_t i = 0; i < type.fields.size(); ++i) {
    const ContractField& field = type.fields[i];
    absl::StrAppendFormat(&out, "  %3d  %-28s %s", i, Printable(field.name),
                          std::string(Name(field.type)));
    if (!field.formerly.empty()) {
      absl::StrAppend(&out, "  formerly ", Printable(field.formerly));
    }
    out += "\n";
  }
  return out;
}

// How Sigma's log sources map to the types.
std::string LogSourcesText(const Contract& contract) {
  std::string out = contract.log_sources.empty() ? "" : "\nlog sources\n";
  for (const LogSource& source : contract.log_sources) {
    std::string events;
    for (const uint32_t event : source.events) {
      absl::StrAppend(&events, events.empty() ? "" : ", ", event);
    }
    absl::StrAppendFormat(&out, "  %-36s events %s\n", Printable(source.name), events);
  }
  return out;
}

std::string AsText(const Contract& contract, const Types& types, bool whole) {
  std::string out = whole ? HeadText(contract) : absl::StrCat(contract.Name(), "\n");
  for (const ContractType* type : types) out += TypeText(*type);
  return whole ? out + LogSourcesText(contract) : out;
}

nlohmann::ordered_json TypeJson(const ContractType& type) {
  nlohmann::ordered_json fields = nlohmann::ordered_json::array();
  for (const ContractField& field : type.fields) {
    fields.push_back({{"name", field.name}, {"type", Name(field.type)}});
    if (!field.formerly.empty()) fields.back()["formerly"] = field.formerly;
  }
  return {{"name", type.name},
          {"id", type.id},
          {"platform", Name(type.platform)},
          {"undescribed", type.undescribed},
          {"default_include", type.default_include},
          {"fields", fields}};
}

nlohmann::ordered_json LogSourcesJson(const Contract& contract) {
  nlohmann::ordered_json out = nlohmann::ordered_json::array();
  for (const LogSource& source : contract.log_sources) {
    out.push_back({{"name", source.name},
                   {"platform", Name(source.platform)},
                   {"events", source.events},
                   {"header", source.header}});
  }
  return out;
}

std::string AsJson(const Contract& contract, const Types& types, bool whole) {
  nlohmann::ordered_json limits = nlohmann::ordered_json::object();
  for (const auto& [name, limit] : KnownLimits(contract.limits)) limits[name] = limit;
  nlohmann::ordered_json out = {{"contract", contract.Name()},
                                {"sensor", contract.sensor},
                                {"version", contract.version},
                                {"dialect", Name(contract.dialect)},
                                {"platform", Name(contract.platform)},
                                {"rank", contract.rank},
                                {"binary_major", contract.binary_major},
                                {"binary_minor", contract.binary_minor},
                                {"min_schema_rank", contract.min_schema_rank},
                                {"format_versions", contract.format_versions},
                                {"aliases", contract.aliases},
                                {"operators", contract.operators},
                                {"options", contract.options},
                                {"limits", limits},
                                {"source", contract.source},
                                {"types", nlohmann::ordered_json::array()}};
  for (const ContractType* type : types) out["types"].push_back(TypeJson(*type));
  if (whole && !contract.log_sources.empty()) out["log_sources"] = LogSourcesJson(contract);
  return out.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

// The types called `name`, or all of them.
Types TypesOf(const Contract& contract, const std::string& name) {
  Types types;
  for (const ContractType& type : contract.types) {
    if (name.empty() || type.name == name || absl::StrCat(type.id) == name) types.push_back(&type);
  }
  return types;
}

int NoSuchType(const Contract& contract, const std::string& name) {
  std::vector<std::string_view> names;
  for (const ContractType& type : contract.types) names.push_back(type.name);
  return Fail(absl::StrCat("contract show: ", contract.Name(), " has no template type \"",
                           Printable(name), "\"", Suggestion(name, names)));
}

int Show(const ShowFlags& flags) {
  KnownContracts contracts;
  if (absl::Status status = contracts.Load(flags.contracts); !status.ok()) {
    return FailAt(Standard(status.message()));
  }
  const absl::StatusOr<const Contract*> contract = contracts.Find(flags.contract);
  if (!contract.ok()) return Fail(Standard(contract.status().message()));
  const Types types = TypesOf(**contract, flags.type);
  if (types.empty() && !flags.type.empty()) return NoSuchType(**contract, flags.type);
  const bool json = flags.format == "json";
  const bool whole = flags.type.empty();
  return FinishOutput(
      "", json ? AsJson(**contract, types, whole) : AsText(**contract, types, whole), kExitOk);
}

}  // namespace

std::function<int()> SetUpContractShow(CLI::App& app) {
  const auto flags = std::make_shared<ShowFlags>();
  app.add_option("CONTRACT", flags->contract, "The contract, by version or product version")
      ->required()
      ->option_text("SENSOR@VERSION");
  app.add_option("--type", flags->type, "Only the template types of this name or id")
      ->option_text("NAME");
  DeclareContractFolders(app, flags->contracts);
  DeclareTextOrJson(app, flags->format);
  return [flags] { return Show(*flags); };
}

}  // namespace sluice
