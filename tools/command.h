// The subcommands of `sluice`, a file each.
//
// A command's file defines one `Command` and is listed in `tools/commands.cc`. `set_up` declares
// the flags on `app` and returns the function that runs the command: it gives the exit code.

#ifndef SLUICE_TOOLS_COMMAND_H_
#define SLUICE_TOOLS_COMMAND_H_

#include <CLI/CLI.hpp>
#include <functional>
#include <span>
#include <string_view>

namespace sluice {

struct Command {
  std::string_view name;
  std::string_view summary;  // one line
  std::string_view example;  // a line each; -h shows the first, --help all
  std::function<int()> (*set_up)(CLI::App& app);
};

// In the order of `sluice --help`.
std::span<const Command* const> Commands();

inline constexpr int kExitOk = 0;
inline constexpr int kExitFindings = 1;
inline constexpr int kExitNotChecked = 2;

}  // namespace sluice

#endif  // SLUICE_TOOLS_COMMAND_H_
