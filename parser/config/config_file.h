// Reads the small files that set up a run: contracts, fleets, settings, schema dumps.

#ifndef SLUICE_PARSER_CONFIG_CONFIG_FILE_H_
#define SLUICE_PARSER_CONFIG_CONFIG_FILE_H_

#include <string>

#include "absl/status/statusor.h"

namespace sluice {

// The whole of a file of at most `kMaxConfigBytes`; "-" is standard input. Errors: those of
// `ReadFileBytes`, behind the path.
absl::StatusOr<std::string> ReadConfigFile(const std::string& path);

}  // namespace sluice

#endif  // SLUICE_PARSER_CONFIG_CONFIG_FILE_H_
