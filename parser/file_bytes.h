// The bytes of a file that a path names, whatever stands there.

#ifndef SLUICE_PARSER_FILE_BYTES_H_
#define SLUICE_PARSER_FILE_BYTES_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"

namespace sluice {

// Reads a whole file into `bytes`, at most `limit` of them; "-" is standard input, whatever that
// is. A path may name a regular file or a pipe: `<(...)` of a shell, /dev/stdin behind one. A pipe
// is read until its writers are done; one without a writer reads as empty.
//
// Errors, without the path: what the system says (kUnavailable), also of a file of the system that
// has nothing to give yet; a folder, a device or a socket (kInvalidArgument), of which nothing is
// read; more than `limit` (kResourceExhausted), refused from the size where there is one. `bytes`
// are then of no use.
absl::Status ReadFileBytes(const std::string& path, uint64_t limit, std::string* bytes);

}  // namespace sluice

#endif  // SLUICE_PARSER_FILE_BYTES_H_
