// A second evaluator of Sysmon rules, for the tests of the first: slow, plain, and written from the
// description alone (Sysmon rule blob, sections 1, 6 and 7). It shares nothing with the library. It
// decides as Sysmon for Linux does, which is what the description was verified with.

#ifndef SLUICE_TESTS_ENGINE_NAIVE_SYSMON_H_
#define SLUICE_TESTS_ENGINE_NAIVE_SYSMON_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tests/parser/sysmon/naive_blob_compiler.h"

namespace naive {

// Rules as they are in memory once the loader has taken them.
struct SysmonCondition {
  uint32_t field = 0;
  std::string name;
  uint32_t number = 0;
  std::u16string data;
  uint32_t group = 0;        // 0: plain
  uint32_t group_there = 0;  // the id that stands at the aggregation offset
  uint32_t group_combine = 0;
};

struct SysmonRecord {
  uint32_t chain = 0;  // position in the chain of the blob, from 0
  uint32_t id = 0;
  uint32_t default_action = 0;  // 0 include, 1 exclude
  uint32_t combine = 0;         // 0 OR, 1 AND
  std::vector<SysmonCondition> conditions;
};

struct SysmonRules {
  bool refused = false;                                   // the loader keeps what it had
  std::map<uint32_t, std::vector<SysmonRecord>> classes;  // in the order of evaluation
};

struct SysmonEvent {
  uint32_t id = 0;
  std::map<std::string, std::string> values;  // by field name
};

struct SysmonDecision {
  bool include = false;
  std::string name;
  int record = -1;  // the position in the chain of the one that decided
  bool failed = false;
};

// The loader (section 6.1). No bytes are no rules. Links that lead out of the blob, which the
// description leaves open, throw std::out_of_range.
SysmonRules LoadSysmon(std::string_view blob, const Build& build);

// The decision (sections 6.2 to 6.4) for an event that `build` has.
SysmonDecision DecideSysmon(const SysmonRules& rules, const SysmonEvent& event, const Build& build);

// One condition of section 7 on a value as it is compared. False for an unknown number.
bool HoldsSysmon(uint32_t number, std::u16string_view value, std::u16string_view data);

// A value or text as it is compared: UTF-16 up to a NUL or to the first invalid sequence.
std::u16string WideSysmon(std::string_view text);

}  // namespace naive

#endif  // SLUICE_TESTS_ENGINE_NAIVE_SYSMON_H_
