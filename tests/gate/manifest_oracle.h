// An independent calculation of what every sensor version does with Sysmon content: straight from
// Sysmon's manifest and from the files, with nothing of Sluice's in it.

#ifndef SLUICE_TESTS_GATE_MANIFEST_ORACLE_H_
#define SLUICE_TESTS_GATE_MANIFEST_ORACLE_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace sluice::oracle {

struct Event {
  uint32_t id = 0;
  std::string rule_name;
  std::vector<std::string> fields;
};

struct Version {
  std::string name;  // "4.22"
  uint32_t binary_major = 0;
  std::vector<Event> events;
  std::vector<std::string> conditions;  // "contains any"
};

// Oldest first.
std::vector<Version> ReadManifest(const std::string& path);

// One condition of a file, as the file has it.
struct Condition {
  uint32_t record = 0;     // position of its record in the file
  std::string event_name;  // configuration
  std::string field_name;
  std::string condition;  // "contains any"; "" for none
  uint32_t event_id = 0;  // blob
  uint32_t field_index = 0;
};

std::vector<Condition> ReadConfig(const std::string& path);
std::vector<Condition> ReadBlob(const std::string& bytes);

enum class Answer { kWorks, kNoSuchEvent, kFieldMissing, kReadsOther };
struct Outcome {
  Answer answer = Answer::kWorks;
  std::string reads;  // kReadsOther: the field that stands at the index
  bool knows_condition = true;
  friend bool operator==(const Outcome&, const Outcome&) = default;
};

// By name: supplied when any event of that rule name has the field.
Outcome AskConfig(const Version& version, const Condition& condition);
// By index: what stands there, compared with what `compiled_for` has there.
Outcome AskBlob(const Version& version, const Version& compiled_for, const Condition& condition);

}  // namespace sluice::oracle

#endif  // SLUICE_TESTS_GATE_MANIFEST_ORACLE_H_
