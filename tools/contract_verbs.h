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

namespace sluice {

std::function<int()> SetUpContractList(CLI::App& app);
std::function<int()> SetUpContractShow(CLI::App& app);
std::function<int()> SetUpContractDiff(CLI::App& app);
std::function<int()> SetUpContractImport(CLI::App& app);
std::function<int()> SetUpContractCheck(CLI::App& app);

// Flags that several verbs have; `value` must live as long as `app`.
void DeclareContractFolders(CLI::App& app, std::vector<std::string>& value);  // --contracts
void DeclareTextOrJson(CLI::App& app, std::string& value);                    // --format

}  // namespace sluice

#endif  // SLUICE_TOOLS_CONTRACT_VERBS_H_
