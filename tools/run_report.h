// What `sluice run` prints (docs/run.md).

#ifndef SLUICE_TOOLS_RUN_REPORT_H_
#define SLUICE_TOOLS_RUN_REPORT_H_

#include <cstdint>
#include <string>

#include "gate/run.h"
#include "schema/results.h"

namespace sluice {

// One line of JSON, with its line feed: a match, what Sysmon decides, or why an instance matches or
// does not. A byte that is not UTF-8 becomes U+FFFD.
std::string RunRowJson(const RunRow& row);

// Why content is not run: the findings, then what was not checked. Of what was not asked for, 20
// entries are listed, with `quiet` none.
std::string RunReport(const Results& results, bool color, bool quiet);

// "3,230 events, 1,902 instances: 12 matches; 1 event not checked".
std::string RunSummary(const RunTotals& totals, uint64_t instances);

}  // namespace sluice

#endif  // SLUICE_TOOLS_RUN_REPORT_H_
