// Wording that every text for people shares.

#ifndef SLUICE_REPORT_TEXT_PARTS_H_
#define SLUICE_REPORT_TEXT_PARTS_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "schema/finding.h"
#include "schema/fleet.h"
#include "schema/results.h"

namespace sluice {

// "8,500,000".
std::string WithCommas(uint64_t number);

// "1 error", "2 errors", "0 errors". `noun` is the singular; its plural takes an "s".
std::string Counted(uint64_t number, std::string_view noun);

// Where a finding stands: "rules.xml:12:5" (line and column), "rules.bin:0x1a4+4" (offset and
// length in bytes), or the path alone where the finding is about the whole file. Safe to print. A
// finding that is about no file has the name of the tool: "sluice".
std::string PlaceText(const Results& results, const Finding& finding);

// A set of sensors as intervals by rank, each with what runs it:
// "sysmon@4.0 to 4.22 (7 versions, 120,400 endpoints), sysmon@4.90 (12 endpoints)". Endpoints are
// left out for a fleet that has none at all.
std::string SensorText(const Fleet& fleet, const SensorSet& sensors);

}  // namespace sluice

#endif  // SLUICE_REPORT_TEXT_PARTS_H_
