// Where the real content is that tests read but the project does not carry.

#ifndef SLUICE_TESTS_SUPPORT_SHARED_DATA_H_
#define SLUICE_TESTS_SUPPORT_SHARED_DATA_H_

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

// SLUICE_SHARED_DATA, by default ../shared/data beside the project.
inline std::filesystem::path SharedData() {
  const char* set = std::getenv("SLUICE_SHARED_DATA");
  return set != nullptr && *set != '\0' ? set : "../shared/data";
}

// Files below a folder of the shared data with this ending, sorted; empty when there is no such
// data.
inline std::vector<std::filesystem::path> SharedFiles(std::string_view folder,
                                                      std::string_view ending) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(SharedData() / folder, error)) {
    if (entry.path().native().ends_with(ending)) files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

inline std::shared_ptr<const std::string> Slurp(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return std::make_shared<const std::string>(std::istreambuf_iterator<char>(in),
                                             std::istreambuf_iterator<char>());
}

}  // namespace sluice

// Skips the test aloud where the shared data is not there.
#define SLUICE_NEED_SHARED(files)                                                                 \
  if ((files).empty()) {                                                                          \
    GTEST_SKIP() << "no shared data at " << ::sluice::SharedData() << "; set SLUICE_SHARED_DATA"; \
  }

#endif  // SLUICE_TESTS_SUPPORT_SHARED_DATA_H_
