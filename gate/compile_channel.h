// Compiles any number of files of one dialect to one channel file.

#ifndef SLUICE_GATE_COMPILE_CHANNEL_H_
#define SLUICE_GATE_COMPILE_CHANNEL_H_

#include <vector>

#include "absl/status/status.h"
#include "gate/compile.h"
#include "gate/compile_source.h"
#include "schema/self_contract.h"

namespace sluice {

// Fills in `out` from `sources`, of which there is at least one, in their order. Errors: sources of
// several dialects or bindings, two of Sysmon, nothing that can be compiled (kInvalidArgument);
// more than the format holds (kResourceExhausted); those of `ReadSource`.
absl::Status CompileChannel(const std::vector<CompileSource>& sources,
                            const CompileOptions& options, const SelfContracts& self_contracts,
                            Compiled& out);

}  // namespace sluice

#endif  // SLUICE_GATE_COMPILE_CHANNEL_H_
