#include "gate/file.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <tuple>
#include <utility>

#include "absl/status/status.h"
#include "parser/file_bytes.h"
#include "schema/limits.h"

namespace sluice {
namespace {

namespace fs = std::filesystem;

// Lists a folder, sorted by name.
std::vector<fs::directory_entry> Entries(const fs::path& folder, std::error_code& error) {
  std::vector<fs::directory_entry> entries;
  fs::directory_iterator it(folder, error);
  while (!error && it != fs::directory_iterator() && entries.size() < kMaxFolderEntries) {
    entries.push_back(*it);
    it.increment(error);
  }
  std::ranges::sort(entries, {}, [](const fs::directory_entry& e) { return e.path().native(); });
  return entries;
}

// Adds the files below `root`. The stack is explicit: folders can be deep.
class FolderWalk {
 public:
  FolderWalk(std::vector<InputPath>& out, std::vector<NotChecked>& not_checked)
      : out_(out), not_checked_(not_checked) {}

  void Walk(const std::string& root) {
    root_ = root;
    open_.push_back({root, 0});
    while (!open_.empty()) {
      const auto [folder, depth] = open_.back();
      open_.pop_back();
      List(folder, depth);
    }
  }

 private:
  void List(const fs::path& folder, uint32_t depth) {
    std::error_code error;
    const std::vector<fs::directory_entry> entries = Entries(folder, error);
    if (error) {
      not_checked_.push_back({folder.string(), "folder", error.message(), true});
    } else if (entries.size() >= kMaxFolderEntries) {
      not_checked_.push_back({folder.string(), "folder", "too many entries to list", true});
    }
    for (const fs::directory_entry& entry : entries) Visit(entry, depth);
  }

  void Visit(const fs::directory_entry& entry, uint32_t depth) {
    std::error_code error;
    const fs::file_status link = entry.symlink_status(error);
    const fs::file_status target = entry.status(error);
    const std::string path = entry.path().string();
    if (fs::is_directory(target)) {
      if (fs::is_symlink(link)) {
        not_checked_.push_back({path, "folder", "a link to a folder is not followed", false});
      } else if (depth + 1 >= kMaxFolderDepth) {
        not_checked_.push_back({path, "folder", "nested too deep", true});
      } else {
        open_.push_back({entry.path(), depth + 1});
      }
    } else if (fs::is_regular_file(target)) {
      out_.push_back({path, root_});
    } else {
      not_checked_.push_back({path, "file", "not a regular file", false});
    }
  }

  std::string root_;
  std::vector<InputPath>& out_;
  std::vector<NotChecked>& not_checked_;
  std::vector<std::pair<fs::path, uint32_t>> open_;
};

}  // namespace

absl::StatusOr<std::shared_ptr<const std::string>> ReadFile(const std::string& path) {
  auto bytes = std::make_shared<std::string>();
  if (absl::Status status = ReadFileBytes(path, kMaxFileBytes, bytes.get()); !status.ok()) {
    return status;
  }
  return bytes;
}

std::vector<InputPath> ExpandPaths(const std::vector<std::string>& paths,
                                   std::vector<NotChecked>& not_checked) {
  std::vector<InputPath> inputs;
  for (const std::string& path : paths) {
    std::error_code error;
    if (path != "-" && fs::is_directory(path, error)) {
      FolderWalk(inputs, not_checked).Walk(path);
    } else {
      inputs.push_back({path, ""});
    }
  }
  // A path that is both named and found counts as named.
  std::ranges::sort(inputs, {}, [](const InputPath& i) { return std::tie(i.path, i.folder); });
  const auto same_path = [](const InputPath& a, const InputPath& b) { return a.path == b.path; };
  inputs.erase(std::unique(inputs.begin(), inputs.end(), same_path), inputs.end());
  return inputs;
}

}  // namespace sluice
