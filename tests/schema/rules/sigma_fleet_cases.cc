// What sensors do with Sigma rules. Contracts of another dialect are asked through their taxonomy.

#include "absl/strings/str_cat.h"
#include "tests/schema/rules/rule_case.h"

namespace sluice {
namespace {

constexpr Severity kNote = Severity::kNote;

std::string Reads(const std::string& criterion) {
  return SigmaRule(absl::StrCat("  s:\n    ", criterion, "\n  condition: s\n"));
}

std::string Over(const std::string& category, const std::string& criterion) {
  std::string rule = Reads(criterion);
  const std::string from = "category: process_creation";
  return rule.replace(rule.find(from), from.size(), "category: " + category);
}

RuleCase Sigma(std::string rule, std::string shows, std::string text,
               std::vector<std::string> fleet, std::optional<Expected> expected = {}) {
  return {.rule = std::move(rule),
          .shows = std::move(shows),
          .text = std::move(text),
          .fleet = std::move(fleet),
          .expected = std::move(expected)};
}

}  // namespace

std::vector<RuleCase> SigmaFleetCases() {
  std::string grid = Over("process", "Image|re: 'a+b'");
  grid.replace(grid.find("windows"), 7, "grid");
  const std::string command_line = Over("file_event", "CommandLine|contains: 'mshta'");
  const std::string parent_user = Reads("ParentUser: SYSTEM");
  return {
      Sigma("SL101", "a field that no version has, without a fleet", command_line, {},
            Expected{18, kSigmaId, "never matches", {}, kNote}),
      Sigma("SL101", "SL201 says it of a fleet", command_line, {"sysmon@4.90"}),
      Sigma("SL101", "a field of the header", Reads("Computer: a"), {}),
      Sigma("SL101", "a log source that nobody has", Over("webserver", "Imaeg: a"), {}),
      Sigma("SL201", "a field that no version has", command_line, {"sysmon@4.22", "sysmon@4.90"},
            Expected{18, kSigmaId, "never matches", {"sysmon@4.22", "sysmon@4.90"}}),
      Sigma("SL201", "a field that newer versions have", parent_user,
            {"sysmon@4.22", "sysmon@4.90"},
            Expected{18, kSigmaId, "never matches", {"sysmon@4.22"}}),
      Sigma("SL201", "a field that another one is compared with",
            Reads("Image|fieldref: ParentUser"), {"sysmon@4.22", "sysmon@4.90"},
            Expected{18, kSigmaId, "never matches", {"sysmon@4.22"}}),
      Sigma("SL201", "one that is there", Reads("Image|fieldref: ParentImage"), {"sysmon@4.22"}),
      Sigma("SL101", "a field that another one is compared with, without a fleet",
            Reads("Image|fieldref|endswith: ParentImag"), {},
            Expected{18, kSigmaId, "never matches", {}, kNote}),
      Sigma("SL201", "a field of the header", Reads("EventID: 1"), {"sysmon@2.0", "sysmon@4.90"}),
      Sigma("SL201", "a keyword reads any field",
            SigmaRule("  s:\n    - mimikatz\n  condition: s\n"), {"sysmon@2.0"}),
      Sigma("SL201", "another platform is not asked", parent_user, {"sysmon@4.22/linux"}),
      Sigma("SL205", "an operator that the sensor does not list", grid, {"grid@1"},
            Expected{18, kSigmaId, "refuses the file", {"grid@1"}}),
      Sigma("SL205", "operators of a sensor that rules are compiled for", Reads("Image|re: 'a+b'"),
            {"sysmon@4.90"}),
      Sigma("SL206", "an event that older versions have not", Over("dns_query", "QueryName: a"),
            {"sysmon@4.2", "sysmon@4.90"}, Expected{13, kSigmaId, "never matches", {"sysmon@4.2"}}),
      Sigma("SL206", "an event of the same version", Over("dns_query", "QueryName: a"),
            {"sysmon@4.22"}),
      Sigma("SL206", "a log source of another platform", Over("dns_query", "QueryName: a"),
            {"sysmon@4.2/linux"}),
  };
}

}  // namespace sluice
