// Results as text for people (docs/output.md).
//
//   rules.xml:4:7: error: ProcessCreate has no field "Imag" [SL101 field-undeclared]
//      4 |     <Imag condition="is">cmd.exe</Imag>
//        |      ^^^^
//     effect: never matches
//     help: write "Image"
//
//   1 file, 2 instances, 7 criteria checked: 1 error, 0 warnings, 0 notes
//
// Whatever content holds, what is printed holds no control character but the line feed, and no byte
// that is not UTF-8: nothing in a file reaches the terminal as a command.

#ifndef SLUICE_REPORT_TEXT_REPORT_H_
#define SLUICE_REPORT_TEXT_REPORT_H_

#include <string>

#include "schema/results.h"

namespace sluice {

struct TextReportOptions {
  bool color = false;   // with the colour codes of a terminal
  bool quiet = false;   // the line of each finding and nothing else
  bool summary = true;  // what was not checked, and the totals; never with `quiet`
};

// The findings in the order of `results`, then what was not checked, then the summary. Ends in a
// line feed; empty when there is nothing to say (`quiet`, without findings).
std::string TextReport(const Results& results, const TextReportOptions& options = {});

}  // namespace sluice

#endif  // SLUICE_REPORT_TEXT_REPORT_H_
