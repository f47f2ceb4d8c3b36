// The files of a compilation: which, in what order, and that they are still those that were linted.

#ifndef SLUICE_GATE_COMPILE_SOURCE_H_
#define SLUICE_GATE_COMPILE_SOURCE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "parser/format.h"
#include "parser/reader.h"
#include "schema/results.h"

namespace sluice {

// A file that was linted and is to be compiled.
struct CompileSource {
  uint32_t input = 0;    // in Results::inputs
  std::string path;      // as it was found
  std::string relative;  // to the compile root, with '/'
  std::string sha256;
  const Format* format = nullptr;
  Bytes bytes;  // where it cannot be read again; otherwise nullptr
};

// The inputs that a reader took, in ascending order of `relative` (bytes). `paths` are those that
// were named; they say what the compile root is. Errors: a file that is there twice, by two names;
// a name that is not UTF-8 (kInvalidArgument); a folder that is gone (kAborted).
absl::StatusOr<std::vector<CompileSource>> CompileSources(const std::vector<std::string>& paths,
                                                          const Results& results);

// The same for a run over `bytes` from standard input alone, which go by the last part of the name
// that was given to them. Empty where no reader took them.
absl::StatusOr<std::vector<CompileSource>> StandardInputSource(const Results& results, Bytes bytes);

// Reads a source again. Errors (kAborted): it cannot be read, is not what was linted, or does not
// parse any more.
absl::StatusOr<Content> ReadSource(const CompileSource& source, const ReadOptions& options);

}  // namespace sluice

#endif  // SLUICE_GATE_COMPILE_SOURCE_H_
