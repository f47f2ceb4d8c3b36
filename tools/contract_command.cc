// sluice contract: what sensor versions really supply.

#include <memory>
#include <utility>

#include "tools/command.h"
#include "tools/contract_verbs.h"
#include "tools/output.h"

namespace sluice {

void DeclareContractFolders(CLI::App& app, std::vector<std::string>& value) {
  app.add_option("--contracts", value, "Also use the contracts in this folder (repeatable)")
      ->allow_extra_args(false)
      ->option_text("DIR");
}

void DeclareTextOrJson(CLI::App& app, std::string& value) {
  app.add_option("--format", value, "text (the default) or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->option_text("FORMAT");
}

namespace {

struct Verb {
  const char* name;
  const char* summary;
  const char* example;  // as that of a command
  std::function<int()> (*set_up)(CLI::App& app);
};

constexpr Verb kVerbs[] = {
    {"list", "list all contracts",
     "sluice contract list\n"
     "  sluice contract list --contracts contracts/ --format json",
     SetUpContractList},
    {"show", "show one contract: its template types with their fields",
     "sluice contract show sysmon@4.22 --type ProcessCreate\n"
     "  sluice contract show sysmon@15.15",
     SetUpContractShow},
    {"diff", "show what changes between two contracts",
     "sluice contract diff sysmon@4.22 sysmon@4.90\n"
     "  sluice contract diff sysmon@10.41 sysmon@15.15 --format json",
     SetUpContractDiff},
    {"import", "make contracts of a sensor's schema dump",
     "sluice contract import schema.xml --output contracts/\n"
     "  sysmon -s | sluice contract import - --output contracts/",
     SetUpContractImport},
    {"infer", "draft a contract from events of Windows, as JSON",
     "sluice contract infer events.ndjson --sensor acme@1.0 --output contracts/acme-1.0.textproto",
     SetUpContractInfer},
    {"check", "show what breaks in the field if the sensor changes",
     "sluice contract check sysmon@4.22 sysmon@4.90 --content rules/\n"
     "  sluice contract check sysmon@10.41 sysmon@15.15 --content rules.bin --assume-loaded",
     SetUpContractCheck},
};

std::function<int()> SetUp(CLI::App& app) {
  // A verb is asked for at the end, where the message can name them all.
  app.require_subcommand(0, 1);
  std::vector<std::pair<CLI::App*, std::function<int()>>> verbs;
  for (const Verb& verb : kVerbs) {
    CLI::App* sub = app.add_subcommand(verb.name, verb.summary);
    sub->footer(std::string(verb.example));
    verbs.emplace_back(sub, verb.set_up(*sub));
  }
  return [verbs = std::move(verbs)] {
    for (const auto& [sub, run] : verbs) {
      if (sub->parsed()) return run();
    }
    return Fail("contract: say what to do: list, show, diff, import, infer or check");
  };
}

}  // namespace

extern const Command kContractCommand;
const Command kContractCommand = {
    "contract", "list, show, compare, import and draft what sensor versions supply",
    "sluice contract list\n"
    "  sluice contract show sysmon@4.22 --type ProcessCreate\n"
    "  sluice contract diff sysmon@4.22 sysmon@4.90\n"
    "  sluice contract import schema.xml --output contracts/\n"
    "  sluice contract infer events.ndjson --sensor acme@1.0 --output "
    "contracts/acme-1.0.textproto\n"
    "  sluice contract check sysmon@4.22 sysmon@4.90 --content rules/",
    SetUp};

}  // namespace sluice
