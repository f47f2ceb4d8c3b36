#include "tools/output.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "schema/text.h"
#include "tools/command.h"

namespace sluice {
namespace {

constexpr size_t kMessageLimit = 10'000;

absl::Status SystemError(std::string_view path, int error) {
  return absl::UnavailableError(
      absl::StrCat(Printable(path, kMessageLimit), ": cannot be written: ", std::strerror(error)));
}

// 0, or the error number.
int WriteAll(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t wrote = write(fd, text.data(), text.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) return errno;
    text.remove_prefix(static_cast<size_t>(wrote));
  }
  return 0;
}

absl::Status WriteStraight(const std::string& path, std::string_view text) {
  const int fd = open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (fd < 0) return SystemError(path, errno);
  int error = WriteAll(fd, text);
  if (close(fd) != 0 && error == 0) error = errno;
  return error == 0 ? absl::OkStatus() : SystemError(path, error);
}

// The permissions of the file that is replaced, otherwise those of any new file.
mode_t PermissionsFor(const std::string& path) {
  struct stat info;
  if (stat(path.c_str(), &info) == 0) return info.st_mode & 0777;
  const mode_t mask = umask(0);
  umask(mask);
  return 0666 & ~mask;
}

absl::Status WriteBeside(const std::string& path, std::string_view text) {
  std::string beside = path + ".XXXXXX";
  const int fd = mkostemp(beside.data(), O_CLOEXEC);
  if (fd < 0) return SystemError(path, errno);
  int error = WriteAll(fd, text);
  if (error == 0 && fchmod(fd, PermissionsFor(path)) != 0) error = errno;
  if (error == 0 && fsync(fd) != 0) error = errno;
  if (close(fd) != 0 && error == 0) error = errno;
  if (error == 0 && rename(beside.c_str(), path.c_str()) != 0) error = errno;
  if (error == 0) return absl::OkStatus();
  unlink(beside.c_str());
  return SystemError(path, error);
}

}  // namespace

absl::Status WriteOutput(const std::string& path, std::string_view text) {
  if (path.empty() || path == "-") {
    const int error = WriteAll(STDOUT_FILENO, text);
    return error == 0 ? absl::OkStatus() : SystemError("standard output", error);
  }
  std::error_code ignored;
  const std::filesystem::path real = std::filesystem::canonical(path, ignored);
  const std::string target = ignored ? path : real.string();
  struct stat info;
  const bool exists = stat(target.c_str(), &info) == 0;
  if (exists && S_ISDIR(info.st_mode)) return SystemError(path, EISDIR);
  if (exists && !S_ISREG(info.st_mode)) return WriteStraight(target, text);
  return WriteBeside(target, text);
}

int FinishOutput(const std::string& path, std::string_view text, int code) {
  const absl::Status status = WriteOutput(path, text);
  return status.ok() ? code : FailAt(Standard(status.message()));
}

int Fail(std::string_view message) {
  return FailAt(absl::StrCat("sluice: ", std::string(message)));
}

int FailAt(std::string_view message) {
  const std::string line = Printable(message, kMessageLimit) + "\n";
  WriteAll(STDERR_FILENO, line);
  return kExitNotChecked;
}

std::string NotCheckedLine(const NotChecked& entry) {
  return absl::StrCat(entry.path.empty() ? "sluice" : Printable(entry.path, 4096), ": ", entry.what,
                      ": not checked: ", entry.why);
}

}  // namespace sluice
