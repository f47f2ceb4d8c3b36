#include "parser/config/config_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "schema/limits.h"

namespace sluice {
namespace {

absl::Status SystemError(const std::string& path, const char* what) {
  return absl::UnavailableError(absl::StrCat(path, ": ", what, ": ", std::strerror(errno)));
}

// Reads to the end. The buffer never holds more than one step past the limit.
absl::StatusOr<std::string> ReadAll(int fd, const std::string& path) {
  constexpr size_t kStep = size_t{64} << 10;
  std::string bytes;
  size_t size = 0;
  while (true) {
    if (bytes.size() - size < kStep) bytes.resize(size + std::max(size, kStep));
    const ssize_t got = read(fd, bytes.data() + size, bytes.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return SystemError(path, "cannot be read");
    if (got == 0) break;
    size += static_cast<size_t>(got);
    if (size > kMaxConfigBytes) {
      return absl::ResourceExhaustedError(absl::StrCat(
          path, ": larger than ", kMaxConfigBytes >> 20, " MiB, the most that is read"));
    }
  }
  bytes.resize(size);
  return bytes;
}

}  // namespace

absl::StatusOr<std::string> ReadConfigFile(const std::string& path) {
  if (path == "-") return ReadAll(STDIN_FILENO, "standard input");
  // Not blocking, or a named pipe that nobody writes to would hold the run for ever.
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) return SystemError(path, "cannot be opened");
  struct stat info;
  absl::StatusOr<std::string> bytes;
  if (fstat(fd, &info) != 0) {
    bytes = SystemError(path, "cannot be read");
  } else if (S_ISDIR(info.st_mode)) {
    bytes = absl::InvalidArgumentError(absl::StrCat(path, ": is a folder; name a file in it"));
  } else {
    fcntl(fd, F_SETFL, 0);
    bytes = ReadAll(fd, path);
  }
  close(fd);
  return bytes;
}

}  // namespace sluice
