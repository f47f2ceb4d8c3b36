#include "tools/lint_fix.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "gate/file.h"
#include "schema/text.h"
#include "tools/output.h"

namespace sluice {
namespace {

constexpr size_t kPathLimit = 4096;

// Why the file was not written; empty when it was.
std::string Write(const FixedFile& file) {
  const absl::StatusOr<std::shared_ptr<const std::string>> now = ReadFile(file.path);
  if (!now.ok()) return std::string(now.status().message());
  // One file by two names is fixed once.
  if (**now == file.after) return {};
  if (**now != *file.before) return "the file has changed since it was checked; run it again";
  if (access(file.path.c_str(), W_OK) != 0) return std::strerror(errno);
  const absl::Status status = WriteOutput(file.path, file.after);
  return status.ok() ? std::string() : std::string(status.message());
}

}  // namespace

absl::Status CheckWritable(const std::vector<std::string>& paths) {
  for (const std::string& path : paths) {
    struct stat info;
    if (path == "-") {
      return absl::InvalidArgumentError(
          "lint: --fix cannot write standard input back; use --diff, or name the file");
    }
    if (stat(path.c_str(), &info) != 0 || S_ISREG(info.st_mode) || S_ISDIR(info.st_mode)) continue;
    return absl::InvalidArgumentError(absl::StrCat("lint: --fix cannot write ",
                                                   Printable(path, kPathLimit),
                                                   ", which is no file; use --diff"));
  }
  return absl::OkStatus();
}

uint64_t WriteFixes(FixPlan& plan) {
  uint64_t findings = 0;
  for (const FixedFile& file : plan.files) {
    std::string why = Write(file);
    if (why.empty()) {
      findings += file.findings;
    } else {
      plan.refused.push_back({file.path, "fixes", std::move(why), true});
    }
  }
  return findings;
}

std::string DiffOf(const FixPlan& plan, const UnifiedDiffOptions& options) {
  std::string diff;
  for (const FixedFile& file : plan.files) {
    diff += UnifiedDiff(file.path, *file.before, file.after, file.origins, options);
  }
  return diff;
}

}  // namespace sluice
