// Results made by hand, for the tests of reports.

#ifndef SLUICE_TESTS_REPORT_SAMPLE_RESULTS_H_
#define SLUICE_TESTS_REPORT_SAMPLE_RESULTS_H_

#include "schema/results.h"
#include "schema/rule.h"

namespace sluice {

inline constexpr RuleInfo kOutOfBounds{"SL201",
                                       "field-out-of-bounds",
                                       Severity::kError,
                                       Category::kIncompatible,
                                       "reads what is not there",
                                       WithFleet(kAnyContent)};
inline constexpr RuleInfo kSpace{
    "SL512",       "white-space-around", Severity::kWarning, Category::kHygiene,
    "white space", kSysmonContent};

// Five versions of one sensor, 100, 200, ... endpoints each, or none.
inline Fleet SampleFleet(bool endpoints = true) {
  Fleet fleet;
  for (uint64_t i = 1; i <= 5; ++i) {
    fleet.Add({.name = "acme", .version = std::to_string(i), .endpoints = endpoints ? 100 * i : 0});
  }
  return fleet;
}

// A finding in a binary, on versions 1, 2 and 4.
inline Finding BinaryFinding() {
  Finding f;
  f.rule = &kOutOfBounds;
  f.input = 0;
  f.binary = true;
  f.place = {0x1a4, 4};
  f.instance = "ProcessCreate#2/name";
  f.field = "OriginalFileName";
  f.effect = "never matches";
  f.message = "field 25 is past the end";
  f.help = "build it again";
  f.fingerprint = 0x0123456789abcdef;
  f.sensors.set(0).set(1).set(3);
  return f;
}

// A finding in a text, about no sensor.
inline Finding TextFinding() {
  Finding f;
  f.rule = &kSpace;
  f.severity = Severity::kWarning;
  f.input = 1;
  f.place = {40, 3};
  f.line = 3;
  f.column = 7;
  f.message = "the operand ends in white space";
  f.excerpt = {{.gutter = "3", .text = "<Image> a </Image>", .mark_begin = 7, .mark_length = 3}};
  return f;
}

inline Results SampleResults() {
  Results results;
  results.fleet = SampleFleet();
  results.inputs = {{"a.bin", "sysmon-blob", std::string(64, 'a')},
                    {"b.xml", "sysmon-xml", std::string(64, 'b')},
                    {"c.txt", "", ""}};
  results.findings = {BinaryFinding(), TextFinding()};
  using Rules = const std::vector<std::string>;
  results.checked = {{0, std::make_shared<Rules>(Rules{"SL001", "SL201"}), SensorSet(1), 2, 1234},
                     {1, std::make_shared<Rules>(Rules{"SL001"}), {}, 0, 0}};
  results.not_checked = {{"c.txt", "file", "cannot be opened", true},
                         {"", "acme@9", "unknown", false}};
  results.totals = {.files = 2,
                    .instances = 2,
                    .criteria = 1234,
                    .errors = 1,
                    .warnings = 1,
                    .notes = 0,
                    .not_checked = 2};
  return results;
}

}  // namespace sluice

#endif  // SLUICE_TESTS_REPORT_SAMPLE_RESULTS_H_
