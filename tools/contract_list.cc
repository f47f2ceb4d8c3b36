// sluice contract list: one line for each contract.

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

namespace sluice {
namespace {

struct ListFlags {
  std::vector<std::string> contracts;
  std::string format = "text";
};

size_t FieldCount(const Contract& contract) {
  size_t count = 0;
  for (const ContractType& type : contract.types) count += type.fields.size();
  return count;
}

std::string BinaryVersion(const Contract& contract) {
  return contract.dialect == Dialect::kSysmon
             ? absl::StrCat(contract.binary_major, ".", contract.binary_minor)
             : "-";
}

std::string AsText(const ContractSet& contracts) {
  size_t width = 0;
  for (const Contract* contract : contracts.all()) width = std::max(width, contract->Name().size());
  std::string table =
      absl::StrFormat("%-*s   rank  binary  types  fields  operators  product versions\n",
                      static_cast<int>(width), "contract");
  for (const Contract* contract : contracts.all()) {
    std::string aliases;
    for (const std::string_view alias : contract->aliases) {
      absl::StrAppend(&aliases, "  ", Abseil(alias));
    }
    absl::StrAppendFormat(&table, "%-*s %6u  %6s  %5d  %6d  %9d%s\n", static_cast<int>(width),
                          contract->Name(), contract->rank, BinaryVersion(*contract),
                          contract->types.size(), FieldCount(*contract), contract->operators.size(),
                          aliases);
  }
  return table;
}

std::string AsJson(const ContractSet& contracts) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const Contract* contract : contracts.all()) {
    list.push_back({{"contract", contract->Name()},
                    {"dialect", Name(contract->dialect)},
                    {"rank", contract->rank},
                    {"binary_major", contract->binary_major},
                    {"binary_minor", contract->binary_minor},
                    {"types", contract->types.size()},
                    {"fields", FieldCount(*contract)},
                    {"operators", contract->operators.size()},
                    {"aliases", contract->aliases}});
  }
  return list.dump(2) + "\n";
}

int List(const ListFlags& flags) {
  KnownContracts contracts;
  if (absl::Status status = contracts.Load(flags.contracts); !status.ok()) {
    return FailAt(Standard(status.message()));
  }
  const bool json = flags.format == "json";
  return FinishOutput("", json ? AsJson(contracts.set()) : AsText(contracts.set()), kExitOk);
}

}  // namespace

std::function<int()> SetUpContractList(CLI::App& app) {
  const auto flags = std::make_shared<ListFlags>();
  DeclareContractFolders(app, flags->contracts);
  DeclareTextOrJson(app, flags->format);
  return [flags] { return List(*flags); };
}

}  // namespace sluice
