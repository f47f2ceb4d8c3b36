// Reads the cases of the corpus and builds the bytes that they describe.

#ifndef SLUICE_CORPUS_CASE_BUILDER_H_
#define SLUICE_CORPUS_CASE_BUILDER_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "corpus/case.pb.h"

namespace sluice {

// Every `*.case` file below `folder`, in order of path.
std::vector<std::string> FindCases(const std::string& folder);

// Reads a case. Errors, which begin with the path: what `ReadConfigFile` and `ParseProtoText`
// refuse, and a first line that is not that of a case.
absl::StatusOr<corpus::Case> ReadCase(const std::string& path);

// The bytes of a case that stands at `path`. Errors, which begin with the path: no bytes are
// described; a file that cannot be read; an unknown encoding, or text that it cannot hold; content
// that cannot be compiled; a patch or a truncation past the end, or whose `find` or `section` does
// not occur.
absl::StatusOr<std::string> BuildCase(const corpus::Case& description, const std::string& path);

}  // namespace sluice

#endif  // SLUICE_CORPUS_CASE_BUILDER_H_
