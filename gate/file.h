// Files in, and the paths that name them.

#ifndef SLUICE_GATE_FILE_H_
#define SLUICE_GATE_FILE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "schema/results.h"

namespace sluice {

// Reads a whole file of at most `kMaxFileBytes`; "-" is standard input. Errors: those of
// `ReadFileBytes`.
absl::StatusOr<std::shared_ptr<const std::string>> ReadFile(const std::string& path);

struct InputPath {
  std::string path;
  std::string folder;  // the named folder it was found in; empty when it was named itself
};

// Replaces each folder by the files in it, recursively, without following links to folders. Sorted
// by path, each path once. What cannot be listed goes to `not_checked`.
std::vector<InputPath> ExpandPaths(const std::vector<std::string>& paths,
                                   std::vector<NotChecked>& not_checked);

}  // namespace sluice

#endif  // SLUICE_GATE_FILE_H_
