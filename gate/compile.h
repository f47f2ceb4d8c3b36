// Compiles content: files that lint without an error to one binary.
//
//   CompileOptions options;
//   options.lint.fleet = ...;  options.lint.fleet_requested = true;
//   absl::StatusOr<Compiled> compiled = Compile({"rules/"}, options);
//   if (!compiled.ok()) ...            // it cannot be done at all: exit 2
//   if (compiled->ok()) Save(compiled->bytes);
//   else Show(compiled->results, compiled->refused);
//
// The same files give the same bytes, whatever the order in which they are named, the folder from
// which, and the number of threads. docs/compile.md says what is compiled to what.

#ifndef SLUICE_GATE_COMPILE_H_
#define SLUICE_GATE_COMPILE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "gate/lint.h"
#include "schema/contract.h"
#include "schema/place.h"
#include "schema/results.h"

namespace sluice {

enum class CompileTarget : uint8_t {
  kChannel,     // one channel file of all inputs (docs/channel-format.md)
  kSysmonBlob,  // the rule blob of one Sysmon content (docs/sysmon-blob.md)
};

struct CompileOptions {
  // How the inputs are linted. The sensors of the fleet are those that a channel file is built for;
  // without a fleet, what an input that is alone states. `select`, `max_findings` and
  // `keep_fixable` have no say: whatever there is to find in the content is looked for.
  LintOptions lint;
  CompileTarget to = CompileTarget::kChannel;
  // Channel: leave out the instances that some sensor of the fleet cannot take (errors of SL2xx) in
  // place of refusing all.
  bool skip_incompatible = false;
  // Channel: grows with every release, from 1. 0: what an input that is alone states, otherwise 1.
  uint32_t content_version = 0;
  // Blob: the sensor version it is for; its layout must be known. It is the fleet, too.
  const Contract* blob_target = nullptr;
  // Blob: compile what Sysmon's own compiler drops or does not understand as it does, in place of
  // refusing it.
  bool compatible = false;
};

// A place in one of the inputs, and what became of it.
struct CompileNote {
  std::string path;  // as in `Results::inputs`
  bool binary = false;
  Place place;
  uint32_t line = 0;  // of a text, from 1
  uint32_t column = 0;
  std::string instance;   // "rule 1234", safe to print; empty where it is about none
  std::string why;        // one clause, safe to print
  std::string_view rule;  // that reports the same, "SL101"; empty where there is none
};

struct Compiled {
  // Empty unless `ok()`.
  std::string bytes;
  // Of linting the inputs.
  Results results;
  // Why there are no bytes, beside the errors among the findings of `results`.
  std::vector<CompileNote> refused;
  // Instances that are not in `bytes`: sensors are not asked about them (correlations, log sources
  // that nobody knows, ...), or `skip_incompatible`. In the order of the files.
  std::vector<CompileNote> left_out;
  // Blob, `compatible`: what is in the content and not, or not as it is written, in `bytes`.
  std::vector<CompileNote> tolerated;
  uint64_t notes_left_out = 0;  // of `refused` and `tolerated`, past what is kept
  // In `bytes`.
  uint64_t files = 0;
  uint64_t instances = 0;
  uint64_t criteria = 0;

  bool ok() const { return !bytes.empty(); }
};

// The exit code (docs/exit-codes.md): 1 when content was refused, otherwise 2 when something that
// was requested was not checked, or there are no bytes; with `require_checked`, when anything was
// not checked or left out. A file is to be written for 0 only.
int ExitCode(const Compiled& compiled, bool require_checked);

// Compiles files, folders (recursively), or "-" alone.
//
// A channel file says what it was compiled from, and where that stands from the compile root: the
// innermost folder that all `paths` are in, where a folder that is named is in itself.
//
// Errors: flags or inputs that do not go together, nothing to compile, a layout that is not known
// (kInvalidArgument, kUnimplemented); a file that changed while it was compiled (kAborted); a limit
// of the format (kResourceExhausted). The message names the path where there is one. Those of
// `Linter::Make`.
absl::StatusOr<Compiled> Compile(const std::vector<std::string>& paths,
                                 const CompileOptions& options);

}  // namespace sluice

#endif  // SLUICE_GATE_COMPILE_H_
