// Compiles one Sysmon content to a rule blob.

#ifndef SLUICE_GATE_COMPILE_BLOB_H_
#define SLUICE_GATE_COMPILE_BLOB_H_

#include "absl/status/status.h"
#include "gate/compile.h"
#include "gate/compile_source.h"
#include "parser/reader.h"

namespace sluice {

// Fills in `out`. Errors: content that is not Sysmon's, that is bound by index for another binary
// version than the target loads, or without an event record (kInvalidArgument); those of
// `ReadSource`.
absl::Status CompileBlob(const CompileSource& source, const CompileOptions& options,
                         const ReadOptions& read, Compiled& out);

}  // namespace sluice

#endif  // SLUICE_GATE_COMPILE_BLOB_H_
