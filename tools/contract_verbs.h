// The verbs of `sluice contract`, a file each.
//
// Each declares its flags on `app` and returns the function that runs it and gives the exit code,
// as a command does (tools/command.h).

#ifndef SLUICE_TOOLS_CONTRACT_VERBS_H_
#define SLUICE_TOOLS_CONTRACT_VERBS_H_

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "schema/contract.h"
#include "tools/sensors.h"

namespace sluice {

std::function<int()> SetUpContractList(CLI::App& app);
std::function<int()> SetUpContractShow(CLI::App& app);
std::function<int()> SetUpContractDiff(CLI::App& app);
std::function<int()> SetUpContractImport(CLI::App& app);
std::function<int()> SetUpContractInfer(CLI::App& app);
std::function<int()> SetUpContractCheck(CLI::App& app);

// Flags that several verbs have; `value` must live as long as `app`.
void DeclareContractFolders(CLI::App& app, std::vector<std::string>& value);  // --contracts
void DeclareTextOrJson(CLI::App& app, std::string& value);                    // --format

// Two contracts to compare, OLD and NEW, with --contracts.
struct ContractPair {
  std::string before_asked;  // SENSOR@VERSION, by version or product version
  std::string after_asked;
  std::vector<std::string> folders;
  KnownContracts contracts;
  const Contract* before = nullptr;  // what these are, once found; never nullptr then
  const Contract* after = nullptr;

  // Loads the folders and looks both up. Errors: those of `KnownContracts`, ready for `FailAt`.
  absl::Status Find();
  // "sysmon@4.22 -> sysmon@4.90"; where a product version was asked for, with that behind:
  // "sysmon@4.22 (sysmon@10.41) -> sysmon@4.90".
  std::string Title() const;
};

// Declares the flags; `pair` must live as long as `app`.
void DeclareContractPair(CLI::App& app, ContractPair& pair);

}  // namespace sluice

#endif  // SLUICE_TOOLS_CONTRACT_VERBS_H_
