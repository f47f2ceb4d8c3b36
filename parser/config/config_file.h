// Reads the small files that set up a run: contracts, fleets, settings, schema dumps.

#ifndef SLUICE_PARSER_CONFIG_CONFIG_FILE_H_
#define SLUICE_PARSER_CONFIG_CONFIG_FILE_H_

#include <string>

#include "absl/status/statusor.h"

namespace sluice {

// The whole of a file; "-" is standard input. Errors begin with the path: what the system says
// (kUnavailable); a folder (kInvalidArgument); more than `kMaxConfigBytes` (kResourceExhausted),
// which is refused without reading on. A named pipe without a writer reads as empty.
absl::StatusOr<std::string> ReadConfigFile(const std::string& path);

}  // namespace sluice

#endif  // SLUICE_PARSER_CONFIG_CONFIG_FILE_H_
