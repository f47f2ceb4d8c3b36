// Where commands write, and how they fail.

#ifndef SLUICE_TOOLS_OUTPUT_H_
#define SLUICE_TOOLS_OUTPUT_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "schema/results.h"

namespace sluice {

// Writes `text` to the file `path`, or to standard output when `path` is "" or "-".
//
// A file is written beside its place and renamed, so at every moment there is either the old file
// or all of the new one. A link is followed; what is not a regular file (a pipe, /dev/null) is
// written straight. What is unfinished is removed when an error, or SIGHUP, SIGINT or SIGTERM, ends
// the writing. Errors: what the system says, with the path.
absl::Status WriteOutput(const std::string& path, std::string_view text);

// kInvalidArgument when the output `path` is the very file (by device and inode) of one of
// `inputs`, where "-" is standard input: it would be lost. OK for standard output, and for what is
// no regular file.
absl::Status CheckOutput(const std::string& path, const std::vector<std::string>& inputs);

// What a run read content from: `paths` as they were named, and the files in folders that a reader
// took.
std::vector<std::string> ReadFrom(const Results& results, std::vector<std::string> paths);

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
