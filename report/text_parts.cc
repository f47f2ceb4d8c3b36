#include "report/text_parts.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "schema/text.h"

namespace sluice {
namespace {

// Paths are printed whole: the longest that a system takes is shorter.
constexpr size_t kPathLimit = 8192;

bool HasEndpoints(const Fleet& fleet) {
  return std::ranges::any_of(fleet.sensors(), [](const Sensor& s) { return s.endpoints > 0; });
}

std::string IntervalText(const Fleet::Interval& interval, bool endpoints) {
  std::string text = Printable(interval.first);
  std::vector<std::string> counts;
  if (interval.last != interval.first) {
    // The name of the sensor is said once.
    absl::StrAppend(&text, " to ", Printable(interval.last.substr(interval.last.find('@') + 1)));
    counts.push_back(Counted(interval.sensors, "version"));
  }
  if (endpoints) counts.push_back(Counted(interval.endpoints, "endpoint"));
  if (!counts.empty()) absl::StrAppend(&text, " (", absl::StrJoin(counts, ", "), ")");
  return text;
}

}  // namespace

std::string WithCommas(uint64_t number) {
  std::string digits = absl::StrCat(number);
  for (size_t i = digits.size(); i > 3; i -= 3) digits.insert(i - 3, 1, ',');
  return digits;
}

std::string Counted(uint64_t number, std::string_view noun) {
  return absl::StrCat(WithCommas(number), " ", std::string(noun), number == 1 ? "" : "s");
}

std::string PlaceText(const Results& results, const Finding& finding) {
  if (finding.input >= results.inputs.size()) return "sluice";
  std::string text = Printable(results.inputs[finding.input].path, kPathLimit);
  if (finding.binary) {
    absl::StrAppendFormat(&text, ":0x%x+%u", finding.place.offset, finding.place.length);
  } else if (finding.line > 0) {
    absl::StrAppend(&text, ":", finding.line, ":", finding.column);
  }
  return text;
}

std::string SensorText(const Fleet& fleet, const SensorSet& sensors) {
  const bool endpoints = HasEndpoints(fleet);
  std::vector<std::string> parts;
  for (const Fleet::Interval& interval : fleet.Intervals(sensors)) {
    parts.push_back(IntervalText(interval, endpoints));
  }
  return absl::StrJoin(parts, ", ");
}

}  // namespace sluice
