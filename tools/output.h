// Where commands write, and how they fail.

#ifndef SLUICE_TOOLS_OUTPUT_H_
#define SLUICE_TOOLS_OUTPUT_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "schema/results.h"

namespace sluice {

// Writes `text` to the file `path`, or to standard output when `path` is "" or "-".
//
// A file is written beside its place and renamed, so at every moment there is either the old file
// or all of the new one. A link is followed; what is not a regular file (a pipe, /dev/null) is
// written straight. Errors: what the system says, with the path.
absl::Status WriteOutput(const std::string& path, std::string_view text);

// The same as the end of a command: `code`, or 2 with a message on standard error when the output
// cannot be written.
int FinishOutput(const std::string& path, std::string_view text, int code);

// Prints "sluice: message" on standard error, made safe for a terminal, and returns 2.
int Fail(std::string_view message);

// The same for a message that begins with the place it is about, "path:line:column: ...".
int FailAt(std::string_view message);

// "path: what: not checked: why", for `FailAt`.
std::string NotCheckedLine(const NotChecked& entry);

}  // namespace sluice

#endif  // SLUICE_TOOLS_OUTPUT_H_
