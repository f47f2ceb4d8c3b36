// Results as one JSON document for programs (docs/output.md).
//
// Numbers are JSON numbers, zero is printed, and keys that do not apply are absent. The order of
// keys is fixed. Bytes that are not UTF-8 become U+FFFD, so the document always parses.

#ifndef SLUICE_REPORT_JSON_REPORT_H_
#define SLUICE_REPORT_JSON_REPORT_H_

#include <string>
#include <string_view>

#include "schema/results.h"

namespace sluice {

// `version` is that of the tool. Ends in a line feed.
std::string JsonReport(const Results& results, std::string_view version);

}  // namespace sluice

#endif  // SLUICE_REPORT_JSON_REPORT_H_
