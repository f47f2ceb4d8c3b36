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
  std::string folder;  // a named folder it was found in; empty when it was named itself
  // All of the paths, as they were named, that ask for this file: its own, and folders above it.
  std::vector<std::string> asked_by = {};
};

bool IsFolder(const std::string& path);

// The paths as they are, be they folders or not there. Sorted, each once, as `ExpandPaths` says.
std::vector<InputPath> NamedPaths(const std::vector<std::string>& paths);

// Replaces each folder by the files in it, recursively, without following links to folders. Sorted
// by path, each file once: "a//b", "./a/b" and the absolute path are one, but a path with ".." is
// compared as it stands, since that means another folder behind a link. What cannot be listed goes
// to `not_checked`.
std::vector<InputPath> ExpandPaths(const std::vector<std::string>& paths,
                                   std::vector<NotChecked>& not_checked);

}  // namespace sluice

#endif  // SLUICE_GATE_FILE_H_
