#include "gate/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <tuple>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "schema/limits.h"

namespace sluice {
namespace {

namespace fs = std::filesystem;

class Descriptor {
 public:
  explicit Descriptor(int fd, bool owned) : fd_(fd), owned_(owned) {}
  ~Descriptor() {
    if (owned_ && fd_ >= 0) close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
  bool owned_;
};

absl::Status SystemError(const char* what) {
  return absl::UnavailableError(absl::StrCat(what, ": ", std::strerror(errno)));
}

absl::Status TooLarge() {
  return absl::ResourceExhaustedError(
      absl::StrCat("larger than ", kMaxFileBytes >> 20, " MiB, the most that is read"));
}

// Reads to the end of the file. `expected` is only a hint.
absl::Status ReadAll(int fd, uint64_t expected, std::string& bytes) {
  constexpr size_t kStep = size_t{64} << 10;
  bytes.resize(std::min<uint64_t>(expected, kMaxFileBytes) + 1);
  size_t size = 0;
  while (true) {
    if (size == bytes.size()) bytes.resize(size + std::max(size, kStep));
    const ssize_t got = read(fd, bytes.data() + size, bytes.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return SystemError("cannot be read");
    if (got == 0) break;
    size += static_cast<size_t>(got);
    if (size > kMaxFileBytes) return TooLarge();
  }
  bytes.resize(size);
  return absl::OkStatus();
}

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
  const bool is_stdin = path == "-";
  // Not blocking, or a named pipe that nobody writes to would hold the run for ever.
  const Descriptor file(
      is_stdin ? STDIN_FILENO : open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK), !is_stdin);
  if (file.get() < 0) return SystemError("cannot be opened");
  struct stat info;
  if (fstat(file.get(), &info) != 0) return SystemError("cannot be read");
  if (S_ISDIR(info.st_mode)) return absl::InvalidArgumentError("is a folder");
  if (S_ISREG(info.st_mode) && static_cast<uint64_t>(info.st_size) > kMaxFileBytes) {
    return TooLarge();
  }
  if (!is_stdin) fcntl(file.get(), F_SETFL, 0);
  auto bytes = std::make_shared<std::string>();
  const uint64_t expected = S_ISREG(info.st_mode) ? static_cast<uint64_t>(info.st_size) : 0;
  if (absl::Status status = ReadAll(file.get(), expected, *bytes); !status.ok()) return status;
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
