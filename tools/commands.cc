#include "tools/command.h"

namespace sluice {

extern const Command kContractCommand;
extern const Command kDumpCommand;
extern const Command kExplainCommand;
extern const Command kLintCommand;
extern const Command kPrintCommand;
extern const Command kRulesCommand;

namespace {

constexpr const Command* kCommands[] = {
    &kLintCommand,     &kExplainCommand, &kRulesCommand, &kDumpCommand, &kPrintCommand,
#ifdef SLUICE_HAS_CONTRACT_COMMAND
    &kContractCommand,
#endif
};

}  // namespace

std::span<const Command* const> Commands() { return kCommands; }

}  // namespace sluice
