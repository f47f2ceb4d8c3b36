#include "parser/config/config_file.h"

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "parser/file_bytes.h"
#include "schema/limits.h"

namespace sluice {

absl::StatusOr<std::string> ReadConfigFile(const std::string& path) {
  std::string bytes;
  absl::Status status = ReadFileBytes(path, kMaxConfigBytes, &bytes);
  if (status.ok()) return bytes;
  return absl::Status(status.code(),
                      absl::StrCat(path == "-" ? "standard input" : path, ": ", status.message()));
}

}  // namespace sluice
