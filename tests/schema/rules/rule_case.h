// Contents that a rule speaks about, and near misses about which it is silent.
//
// Every rule of the catalogue has at least one of each: rules_test.cc sees to that.

#ifndef SLUICE_TESTS_SCHEMA_RULES_RULE_CASE_H_
#define SLUICE_TESTS_SCHEMA_RULES_RULE_CASE_H_

#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "schema/finding.h"

namespace sluice {

// What one finding of the rule has to say.
struct Expected {
  uint32_t line = 0;
  std::string instance;
  std::string effect;
  std::vector<std::string> sensors;  // names; empty without a fleet
  Severity severity = Severity::kError;
};

struct RuleCase {
  std::string rule;
  std::string shows;
  std::string text;
  std::vector<std::string> fleet;  // "sysmon@4.22", "sysmon@4.90/linux"
  bool assume_loaded = false;
  std::optional<Expected> expected;  // nothing: the rule is silent
  std::string path = "case";         // a name without an ending is none
};

// How GoogleTest prints a case.
inline void PrintTo(const RuleCase& one, std::ostream* out) {
  *out << one.rule << ": " << one.shows;
}

std::vector<RuleCase> InvalidCases();         // SL0xx, SL1xx
std::vector<RuleCase> OptionCases();          // part of InvalidCases: what stands beside the rules
std::vector<RuleCase> ChannelFileCases();     // part of InvalidCases: what only they can say
std::vector<RuleCase> FleetCases();           // SL2xx
std::vector<RuleCase> HygieneCases();         // SL5xx
std::vector<RuleCase> SigmaFleetCases();      // SL1xx and SL2xx through a taxonomy
std::vector<RuleCase> SigmaReadingCases();    // what the reader records
std::vector<RuleCase> SigmaMetadataCases();   // what stands outside of `detection`
std::vector<RuleCase> SigmaDetectionCases();  // values, fields, selections
std::vector<RuleCase> SigmaLogicCases();      // what follows from one part of it for another
std::vector<RuleCase> SigmaReleaseCases();    // several rules together
std::vector<RuleCase> SigmaSuppressionCases();  // comments that suppress findings

// A Sysmon configuration of schema 4.50 with these records; the first stands on line 2.
std::string Config(const std::string& records);

// A ProcessCreate include record with these conditions; the first stands on line 3. AND combines
// them.
std::string Process(const std::string& conditions);

// The same, with OR.
std::string ProcessOr(const std::string& conditions);

// Channel content with a template type IPC that has the fields Pipe (string), Path (string) and
// Port (uint16), declared on lines 3 to 5; `instances` begin on line 6. See `AcmeContracts`.
std::string Channel(const std::string& instances);

// The text form of a blob of binary version `major`; `instances` begin on line 4.
std::string Blob(int major, const std::string& instances);

// A compiled blob with one ProcessCreate record and a hole of 32 bytes before it.
std::string BlobWithHole();

// A Sigma rule over windows/process_creation that has all that a rule should have; what stands in
// `detection`, indented by two, begins on line 17. Its instance is called `kSigmaId`.
std::string SigmaRule(const std::string& detection);
inline constexpr const char* kSigmaId = "3f2b8c1e-5d4a-4b6f-9a7e-0c1d2e3f4a5b";

// The same, with the text `from`, which must be in it, replaced by `to`.
std::string SigmaWith(const std::string& from, const std::string& to);

// Contracts of a sensor that takes `Channel`, as text:
// acme@1: format 1 only; IPC with Pipe and Path; no regex; limits
// acme@2: formats 1 and 2; Pipe, Path, Port
// acme@3: as 2, but Pipe, Port, Path
// acme@4: as 2, but Port is a string
// acme@5: as 2, but Pipe is called PIPE
// acme@6: format 2 only; another type
// acme@7: as 2, and a fourth field
// And of one with Sysmon's ways: parked@1 has an event that it never decides about, and takes names
// of 20 bytes. `Pair` is two events, with the fields A and B; in parked@2 the second has both.
// Net, of binary version 78, has the field A: an address in parked@3, a string in
// parked@4.
// grid@1 takes Sigma rules over grid/process, of three criteria.
const std::vector<std::string>& AcmeContracts();

}  // namespace sluice

#endif  // SLUICE_TESTS_SCHEMA_RULES_RULE_CASE_H_
