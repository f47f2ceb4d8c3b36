// One file, for the commands that show what is in it.

#ifndef SLUICE_TOOLS_INPUT_H_
#define SLUICE_TOOLS_INPUT_H_

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "parser/config/placeholder_reader.h"
#include "parser/format.h"
#include "parser/reader.h"
#include "schema/self_contract.h"
#include "tools/sensors.h"

namespace sluice {

struct InputFlags {
  std::string path;
  std::string kind;
  std::string as;                         // NAME@VERSION
  std::vector<std::string> placeholders;  // files
};

// Declares FILE, --kind and --as on `app`; `flags` must live as long as `app`.
void DeclareInputFlags(CLI::App& app, InputFlags& flags);
// The same for --placeholders, of which not every command has use.
void DeclarePlaceholders(CLI::App& app, InputFlags& flags);

// A file with the reader that takes it. Views the contracts it holds.
struct Input {
  std::string path;
  Bytes bytes;
  const Format* format = nullptr;
  std::unique_ptr<KnownContracts> contracts;
  std::unique_ptr<SelfContracts> self_contracts;
  std::unique_ptr<Placeholders> placeholders;

  ReadOptions options() const {
    return {.self_contracts = self_contracts.get(), .placeholders = placeholders->AsFunction()};
  }
};

// Errors, each with the path and what to do: a file that cannot be read, bytes that no reader
// knows, a kind or a sensor that there is not, placeholders that do not read.
absl::StatusOr<Input> LoadInput(const InputFlags& flags);

// Prints why the input was not read on standard error, as `sluice lint` does. Returns 1 when it
// does not parse, 2 when it is over a limit.
int FailMalformed(const Input& input);

}  // namespace sluice

#endif  // SLUICE_TOOLS_INPUT_H_
