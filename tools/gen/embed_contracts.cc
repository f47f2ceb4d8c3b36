// Makes constant tables out of contracts, so that the built-in ones cost nothing at start.
//
//   embed_contracts OUTPUT.cc FOLDER...
//
// Reads them as a user's own are read, with all checks. Lists that several contracts share, such as
// the fields of an event that did not change, are written once.

#include <algorithm>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "parser/config/config_file.h"
#include "parser/config/contract_reader.h"
#include "schema/text.h"

namespace sluice {
namespace {

std::string Literal(std::string_view text) {
  return absl::StrCat("\"", absl::CEscape(Abseil(text)), "\"");
}

// An enumerator from its printed name: "hex32" is kHex32.
std::string Enumerator(std::string_view enumeration, std::string_view name) {
  std::string text(name);
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] -= 'a' - 'A';
  return absl::StrCat(Abseil(enumeration), "::k", text);
}

// Arrays by their text, each written once; an empty one is "{}".
class Arrays {
 public:
  std::string Name(std::string_view type, const std::vector<std::string>& items) {
    if (items.empty()) return "{}";
    std::string text = absl::StrCat("constexpr ", Abseil(type), " kArray@[] = {\n");
    for (const std::string& item : items) absl::StrAppend(&text, "    ", item, ",\n");
    text += "};\n";
    const auto [found, added] = names_.emplace(text, absl::StrCat("kArray", names_.size()));
    if (added) {
      text.replace(text.find("kArray@"), 7, found->second);
      definitions_ += text;
    }
    return found->second;
  }
  std::string Texts(std::span<const std::string_view> texts) {
    std::vector<std::string> items;
    for (const std::string_view text : texts) items.push_back(Literal(text));
    return Name("std::string_view", items);
  }
  const std::string& definitions() const { return definitions_; }

 private:
  std::map<std::string, std::string> names_;
  std::string definitions_;
};

std::string Fields(std::span<const ContractField> fields, Arrays& arrays) {
  std::vector<std::string> items;
  for (const ContractField& field : fields) {
    items.push_back(absl::StrCat("{", Literal(field.name), ", ",
                                 Enumerator("ValueType", Name(field.type)), ", ",
                                 Literal(field.formerly), "}"));
  }
  return arrays.Name("ContractField", items);
}

std::string Types(std::span<const ContractType> types, Arrays& arrays) {
  std::vector<std::string> items;
  for (const ContractType& type : types) {
    items.push_back(absl::StrCat(
        "{", Literal(type.name), ", ", type.id, ", ", Enumerator("Platform", Name(type.platform)),
        ", ", type.undescribed ? "true" : "false", ", ", type.default_include ? "true" : "false",
        ", ", Fields(type.fields, arrays), "}"));
  }
  return arrays.Name("ContractType", items);
}

std::string LogSources(std::span<const LogSource> sources, Arrays& arrays) {
  std::vector<std::string> items;
  for (const LogSource& source : sources) {
    std::vector<std::string> events;
    for (const uint32_t event : source.events) events.push_back(absl::StrCat(event));
    items.push_back(absl::StrCat(
        "{", Literal(source.name), ", ", Enumerator("Platform", Name(source.platform)), ", ",
        arrays.Name("uint32_t", events), ", ", arrays.Texts(source.header), "}"));
  }
  return arrays.Name("LogSource", items);
}

std::string FormatVersions(const Contract& contract, Arrays& arrays) {
  std::vector<std::string> items;
  for (const uint32_t version : contract.format_versions) items.push_back(absl::StrCat(version));
  return arrays.Name("uint32_t", items);
}

std::string Limits(const ContractLimits& limits) {
  return absl::StrCat("{.max_bytes = ", limits.max_bytes,
                      ", .max_instances = ", limits.max_instances,
                      ", .max_instances_per_type = ", limits.max_instances_per_type,
                      ", .max_criteria = ", limits.max_criteria,
                      ", .max_criteria_per_instance = ", limits.max_criteria_per_instance,
                      ", .max_name_bytes = ", limits.max_name_bytes,
                      ", .max_group_name_units = ", limits.max_group_name_units, "}");
}

std::string Initialiser(const Contract& contract, Arrays& arrays) {
  std::string out = "    {\n";
  const auto member = [&](const char* name, const std::string& value) {
    absl::StrAppend(&out, "        .", name, " = ", value, ",\n");
  };
  member("sensor", Literal(contract.sensor));
  member("version", Literal(contract.version));
  member("rank", absl::StrCat(contract.rank));
  member("aliases", arrays.Texts(contract.aliases));
  member("dialect", Enumerator("Dialect", Name(contract.dialect)));
  member("platform", Enumerator("Platform", Name(contract.platform)));
  member("binary_major", absl::StrCat(contract.binary_major));
  member("binary_minor", absl::StrCat(contract.binary_minor));
  member("min_schema_rank", absl::StrCat(contract.min_schema_rank));
  member("format_versions", FormatVersions(contract, arrays));
  member("types", Types(contract.types, arrays));
  member("operators", arrays.Texts(contract.operators));
  member("operator_mask", absl::StrCat("uint64_t{", contract.operator_mask, "u}"));
  member("options", arrays.Texts(contract.options));
  member("log_sources", LogSources(contract.log_sources, arrays));
  member("limits", Limits(contract.limits));
  member("source", Literal(contract.source));
  return out + "    },\n";
}

int Run(const std::string& output, const std::vector<std::string>& folders) {
  std::vector<OwnedContracts> owned;
  ContractSet set;
  for (const std::string& folder : folders) {
    absl::StatusOr<OwnedContracts> contracts = LoadContracts(folder, &set);
    if (!contracts.ok()) {
      std::cerr << contracts.status().message() << "\n";
      return 1;
    }
    owned.push_back(*std::move(contracts));
  }
  Arrays arrays;
  std::string table;
  for (const Contract* contract : set.all()) table += Initialiser(*contract, arrays);

  std::ofstream out(output);
  out << "// Made by tools/gen/embed_contracts.cc from schema/contracts/*/*.textproto.\n"
         "#include <cstdint>\n#include <string_view>\n\n#include \"schema/contract.h\"\n\n"
         "namespace sluice {\nnamespace {\n\n"
      << arrays.definitions() << "\nconstinit const Contract kContracts[] = {\n"
      << table
      << "};\n\n}  // namespace\n\n"
         "const ContractSet& ContractSet::BuiltIn() {\n"
         "  static const ContractSet& set = *[] {\n"
         "    auto* all = new ContractSet;\n"
         "    for (const Contract& contract : kContracts) all->Add(&contract);\n"
         "    return all;\n  }();\n  return set;\n}\n\n}  // namespace sluice\n";
  out.close();
  return out.good() ? 0 : 1;
}

}  // namespace
}  // namespace sluice

int main(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "usage: embed_contracts OUTPUT.cc FOLDER...\n";
    return 2;
  }
  return sluice::Run(argv[1], std::vector<std::string>(argv + 2, argv + argc));
}
