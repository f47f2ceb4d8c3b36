#include "gate/file.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string_view>
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

// Whether no part of a path is empty, "." or "..", as in nearly all.
bool IsPlain(std::string_view path) {
  if (path.starts_with('/')) path.remove_prefix(1);
  for (;;) {
    const std::string_view part = path.substr(0, path.find('/'));
    if (part.empty() || part == "." || part == "..") return false;
    if (part.size() == path.size()) return true;
    path.remove_prefix(part.size() + 1);
  }
}

// What is equal for two ways to write one path: absolute, without "." and doubled '/'. One with
// ".." stays as it is, since behind a link it means another folder.
std::string KeyOf(const std::string& path, const fs::path& here) {
  if (path == "-") return path;
  if (IsPlain(path)) {
    if (path.starts_with('/')) return path;
    return here.native() + (here.native().ends_with('/') ? "" : "/") + path;
  }
  const fs::path whole = here / path;
  if (std::ranges::find(whole, fs::path("..")) != whole.end()) return whole.string();
  const fs::path normal = whole.lexically_normal();
  return (normal.has_filename() ? normal : normal.parent_path()).string();
}

// An input with what it is compared by. Of equal ones the one that was named itself comes first,
// then the shortest.
struct KeyedPath {
  std::string other_key;  // empty where the path is the key
  InputPath input;

  std::string_view Key() const { return other_key.empty() ? input.path : other_key; }
  auto Order() const {
    return std::tuple(Key(), !input.folder.empty(), input.path.size(), std::string_view(input.path),
                      std::string_view(input.folder));
  }
};

std::vector<InputPath> EachOnce(std::vector<InputPath> found, const fs::path& here) {
  std::vector<KeyedPath> keyed;
  keyed.reserve(found.size());
  for (InputPath& input : found) {
    const bool is_key = input.path.starts_with('/') && IsPlain(input.path);
    std::string other_key;
    if (!is_key) other_key = KeyOf(input.path, here);
    keyed.push_back({std::move(other_key), std::move(input)});
  }
  // Mostly they are in order already.
  if (!std::ranges::is_sorted(keyed, {}, &KeyedPath::Order)) {
    std::ranges::sort(keyed, {}, &KeyedPath::Order);
  }
  std::vector<InputPath> inputs;
  inputs.reserve(keyed.size());
  std::string_view last;
  for (KeyedPath& next : keyed) {
    std::string asked = next.input.folder.empty() ? next.input.path : next.input.folder;
    if (inputs.empty() || last != next.Key()) {
      inputs.push_back(std::move(next.input));
      last = next.other_key.empty() ? inputs.back().path : next.other_key;
    }
    std::vector<std::string>& asked_by = inputs.back().asked_by;
    if (asked_by.empty() || asked_by.back() != asked) asked_by.push_back(std::move(asked));
  }
  if (!std::ranges::is_sorted(inputs, {}, &InputPath::path)) {
    std::ranges::sort(inputs, {}, &InputPath::path);
  }
  return inputs;
}

// Folders that overlap meet the same obstacle twice.
void SayOnce(std::vector<NotChecked>& entries, size_t begin, const fs::path& here) {
  std::set<std::tuple<std::string, std::string, std::string>> said;
  const auto again = [&](const NotChecked& entry) {
    return !said.emplace(KeyOf(entry.path, here), entry.what, entry.why).second;
  };
  const auto first = entries.begin() + static_cast<std::ptrdiff_t>(begin);
  entries.erase(std::remove_if(first, entries.end(), again), entries.end());
}

}  // namespace

absl::StatusOr<std::shared_ptr<const std::string>> ReadFile(const std::string& path) {
  auto bytes = std::make_shared<std::string>();
  if (absl::Status status = ReadFileBytes(path, kMaxFileBytes, bytes.get()); !status.ok()) {
    return status;
  }
  return bytes;
}

// As std::filesystem::is_directory, which takes a path apart first: many files can be named.
bool IsFolder(const std::string& path) {
  struct stat about;
  return stat(path.c_str(), &about) == 0 && S_ISDIR(about.st_mode);
}

std::vector<InputPath> NamedPaths(const std::vector<std::string>& paths) {
  std::vector<InputPath> inputs;
  inputs.reserve(paths.size());
  for (const std::string& path : paths) inputs.push_back({path, ""});
  std::error_code ignored;
  return EachOnce(std::move(inputs), fs::current_path(ignored));
}

std::vector<InputPath> ExpandPaths(const std::vector<std::string>& paths,
                                   std::vector<NotChecked>& not_checked) {
  const size_t before = not_checked.size();
  std::vector<InputPath> inputs;
  inputs.reserve(paths.size());
  for (const std::string& path : paths) {
    if (path != "-" && IsFolder(path)) {
      FolderWalk(inputs, not_checked).Walk(path);
    } else {
      inputs.push_back({path, ""});
    }
  }
  std::error_code ignored;
  const fs::path here = fs::current_path(ignored);
  SayOnce(not_checked, before, here);
  return EachOnce(std::move(inputs), here);
}

}  // namespace sluice
