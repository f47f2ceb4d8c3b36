#include "tools/output.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <csignal>
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

constexpr int kEndingSignals[] = {SIGHUP, SIGINT, SIGTERM};

// The file that is written just now; empty when there is none. The handler may read it at any time
// while the signals are not blocked.
char unfinished[PATH_MAX];

extern "C" void RemoveUnfinished(int signal) {
  if (unfinished[0] != '\0') unlink(unfinished);
  // The handler is gone by now (SA_RESETHAND): the signal ends the process when it returns.
  raise(signal);
}

// While it lives, the signals that end the process remove the file first. One that is ignored
// stays so.
class RemovedOnSignal {
 public:
  // Makes the file of a name that ends in "XXXXXX"; `fd` is -1 when that failed, and errno is set.
  explicit RemovedOnSignal(std::string& path) {
    const SignalsBlocked blocked;
    fd = mkostemp(path.data(), O_CLOEXEC);
    if (fd < 0 || path.size() >= sizeof unfinished) return;
    std::memcpy(unfinished, path.c_str(), path.size() + 1);
    for (size_t i = 0; i < std::size(kEndingSignals); ++i) {
      struct sigaction action = {};
      sigaction(kEndingSignals[i], nullptr, &before_[i]);
      if (before_[i].sa_handler == SIG_IGN) continue;
      action.sa_handler = RemoveUnfinished;
      action.sa_flags = static_cast<int>(SA_RESETHAND);
      sigaction(kEndingSignals[i], &action, nullptr);
    }
    installed_ = true;
  }
  ~RemovedOnSignal() {
    if (!installed_) return;
    const SignalsBlocked blocked;
    unfinished[0] = '\0';
    for (size_t i = 0; i < std::size(kEndingSignals); ++i) {
      sigaction(kEndingSignals[i], &before_[i], nullptr);
    }
  }
  RemovedOnSignal(const RemovedOnSignal&) = delete;
  RemovedOnSignal& operator=(const RemovedOnSignal&) = delete;

  int fd = -1;

 private:
  class SignalsBlocked {
   public:
    SignalsBlocked() {
      sigset_t ending;
      sigemptyset(&ending);
      for (const int signal : kEndingSignals) sigaddset(&ending, signal);
      pthread_sigmask(SIG_BLOCK, &ending, &before_);
    }
    ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
    SignalsBlocked(const SignalsBlocked&) = delete;
    SignalsBlocked& operator=(const SignalsBlocked&) = delete;

   private:
    sigset_t before_;
  };

  struct sigaction before_[std::size(kEndingSignals)] = {};
  bool installed_ = false;
};

absl::Status WriteBeside(const std::string& path, std::string_view text) {
  std::string beside = path + ".XXXXXX";
  const RemovedOnSignal file(beside);
  const int fd = file.fd;
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

absl::Status CheckOutput(const std::string& path, const std::vector<std::string>& inputs) {
  struct stat output;
  if (path.empty() || path == "-" || stat(path.c_str(), &output) != 0 || !S_ISREG(output.st_mode)) {
    return absl::OkStatus();
  }
  for (const std::string& input : inputs) {
    struct stat info;
    const int failed = input == "-" ? fstat(STDIN_FILENO, &info) : stat(input.c_str(), &info);
    if (failed != 0 || info.st_dev != output.st_dev || info.st_ino != output.st_ino) continue;
    return absl::InvalidArgumentError(
        absl::StrCat(Printable(path, kMessageLimit),
                     ": is an input, and writing the output there would destroy it; name another "
                     "file"));
  }
  return absl::OkStatus();
}

std::vector<std::string> ReadFrom(const Results& results, std::vector<std::string> paths) {
  for (const InputResult& input : results.inputs) {
    if (!input.kind.empty()) paths.push_back(input.path);
  }
  return paths;
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
