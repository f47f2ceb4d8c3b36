#include "parser/file_bytes.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "absl/strings/str_cat.h"

namespace sluice {
namespace {

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

absl::Status TooLarge(uint64_t limit) {
  return absl::ResourceExhaustedError(
      absl::StrCat("larger than ", limit >> 20, " MiB, the most that is read"));
}

// Devices can be endless, wait for ever, or do something when they are read.
absl::Status CheckType(mode_t mode) {
  if (S_ISREG(mode) || S_ISFIFO(mode)) return absl::OkStatus();
  if (S_ISDIR(mode)) return absl::InvalidArgumentError("is a folder; name a file in it");
  return absl::InvalidArgumentError(absl::StrCat("is a ", S_ISSOCK(mode) ? "socket" : "device",
                                                 "; only files and pipes are read"));
}

// Reads to the end of the file: where a read gives nothing, or of a regular file, of which size
// `expected` is, that size and less than was asked for. Otherwise `expected` is only a hint.
absl::Status ReadAll(int fd, uint64_t expected, uint64_t limit, std::string& bytes) {
  constexpr size_t kStep = size_t{64} << 10;
  bytes.resize(std::min(expected, limit) + 1);
  size_t size = 0;
  while (true) {
    if (size == bytes.size()) bytes.resize(size + std::max(size, kStep));
    const ssize_t got = read(fd, bytes.data() + size, bytes.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return SystemError("cannot be read");
    if (got == 0) break;
    size += static_cast<size_t>(got);
    if (size > limit) return TooLarge(limit);
    if (size == expected && size < bytes.size()) break;
  }
  bytes.resize(size);
  return absl::OkStatus();
}

}  // namespace

absl::Status ReadFileBytes(const std::string& path, uint64_t limit, std::string* bytes) {
  const bool is_stdin = path == "-";
  // Not blocking, or a pipe that nobody writes to would hold the run for ever.
  constexpr int kFlags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;
  const Descriptor file(is_stdin ? STDIN_FILENO : open(path.c_str(), kFlags), !is_stdin);
  if (file.get() < 0) return SystemError("cannot be opened");
  struct stat info;
  if (fstat(file.get(), &info) != 0) return SystemError("cannot be read");
  if (!is_stdin || S_ISDIR(info.st_mode)) {
    if (absl::Status status = CheckType(info.st_mode); !status.ok()) return status;
  }
  const bool regular = S_ISREG(info.st_mode);
  const uint64_t expected = regular ? static_cast<uint64_t>(info.st_size) : 0;
  if (expected > limit) return TooLarge(limit);
  // A writer takes its time, while a regular file that waits, as /proc/kmsg does, never ends.
  if (!is_stdin && !regular) fcntl(file.get(), F_SETFL, 0);
  return ReadAll(file.get(), expected, limit, *bytes);
}

}  // namespace sluice
