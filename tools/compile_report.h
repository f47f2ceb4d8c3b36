// What `sluice compile` says beside the file that it writes.

#ifndef SLUICE_TOOLS_COMPILE_REPORT_H_
#define SLUICE_TOOLS_COMPILE_REPORT_H_

#include <string>
#include <string_view>

#include "gate/compile.h"

namespace sluice {

struct CompileReportOptions {
  bool color = false;
  bool errors = true;            // those that refuse, or are tolerated
  bool quiet = false;            // nothing else
  bool require_checked = false;  // what was not checked is an error
};

// The errors among the findings as `sluice lint` shows them, what was refused, what was left out,
// and what else stood in the way; a line each, made safe for a terminal. Empty when there is
// nothing to say.
std::string CompileReport(const Compiled& compiled, const CompileReportOptions& options);

// In one line, what was compiled: "12 instances, 30 criteria of 5 files in 1,234 bytes; 3 left
// out"; or why nothing was: "2 errors, 0 refused".
std::string CompileSummary(const Compiled& compiled);

// All of it as one document: that of `JsonReport`, and the keys "compiled" (absent without bytes),
// "refused", "left_out" and "tolerated" (docs/compile.md).
std::string CompileJson(const Compiled& compiled, std::string_view version);

}  // namespace sluice

#endif  // SLUICE_TOOLS_COMPILE_REPORT_H_
