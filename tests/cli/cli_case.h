// One case of the command line: files, a shell script, and what it must give.
//
//   # What the case shows.
//   --- file rules.xml
//   <Sysmon schemaversion="4.50"/>
//   --- hex rules.bin
//   00 00 0f 00  00*512   # two digits a byte, *N repeats one
//   --- run
//   sluice lint rules.xml
//   --- exit 1
//   --- stdout
//   rules.xml:1:1: error: {*} [SL101 field-undeclared]
//   ...
//   --- stderr
//
// In what is expected, `{*}` stands for anything on the line and a line `...` for any lines, also
// none. A stream that is not named must be empty.

#ifndef SLUICE_TESTS_CLI_CLI_CASE_H_
#define SLUICE_TESTS_CLI_CLI_CASE_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sluice {

struct CliCase {
  std::string comment;                                        // the lines before the first section
  std::vector<std::pair<std::string, std::string>> sections;  // title and lines, as in the file
  std::vector<std::pair<std::string, std::string>> files;     // name and bytes
  std::string script;
  int exit_code = 0;
  std::string expected_stdout;
  std::string expected_stderr;
};

// Reads a case; on failure `error` says why.
bool ParseCliCase(std::string_view text, CliCase& out, std::string& error);

struct CliOutcome {
  int exit_code = -1;
  std::string standard_output;
  std::string standard_error;
};

// Runs the case in a new folder with `command`'s folder first in PATH and $ROOT the source tree.
CliOutcome RunCliCase(const CliCase& test, const std::string& command, const std::string& root);

// Whether `actual` is what `pattern` says, line by line.
bool MatchesPattern(std::string_view pattern, std::string_view actual);

// The case's file with what really came out where that does not match.
std::string Blessed(const CliCase& test, const CliOutcome& outcome);

}  // namespace sluice

#endif  // SLUICE_TESTS_CLI_CLI_CASE_H_
