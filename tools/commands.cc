#include "tools/command.h"

namespace sluice {

extern const Command kCodegenCommand;
extern const Command kCompileCommand;
extern const Command kContractCommand;
extern const Command kDumpCommand;
extern const Command kExplainCommand;
extern const Command kLintCommand;
extern const Command kPrintCommand;
extern const Command kRulesCommand;
extern const Command kRunCommand;

namespace {

constexpr const Command* kCommands[] = {
    &kLintCommand,    &kExplainCommand, &kRulesCommand,    &kDumpCommand,    &kPrintCommand,
    &kCompileCommand, &kRunCommand,     &kContractCommand, &kCodegenCommand,
};

}  // namespace

std::span<const Command* const> Commands() { return kCommands; }

}  // namespace sluice
