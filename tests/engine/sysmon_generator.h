// Makes up Sysmon configurations that verify, and events that their conditions are near: few fields
// and few letters, so that conditions meet, and everything that Sysmon compares in a way of its
// own. Shares nothing with the library.

#ifndef SLUICE_TESTS_ENGINE_SYSMON_GENERATOR_H_
#define SLUICE_TESTS_ENGINE_SYSMON_GENERATOR_H_

#include <cstdint>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tests/engine/naive_sysmon.h"
#include "tests/parser/sysmon/naive_blob_compiler.h"

namespace naive {

class SysmonGenerator {
 public:
  // The same seed gives the same. Events and fields are those of `build`; conditions read none of
  // `typed`, which do not take any text.
  SysmonGenerator(const Build& build, std::set<std::string> typed, uint32_t seed)
      : build_(build), typed_(std::move(typed)), random_(seed) {}

  // One configuration. Events that are made afterwards are mostly of its types.
  std::string Config();

  SysmonEvent Event();

  // An event that the conditions of one of `rules` are near: its values have something of the
  // conditions' texts. There must be a record of an event that `build` has.
  SysmonEvent EventNear(const SysmonRules& rules);

  // The blob with a few numbers and units of it changed, so that it can still be read: ids of a
  // series, defaults, combinations, fields, conditions, data.
  std::string Mutate(std::string blob);

  uint32_t Below(uint32_t n) { return static_cast<uint32_t>(random_() % n); }
  bool Chance(uint32_t percent) { return Below(100) < percent; }

 private:
  template <size_t N>
  const char* Pick(const char* const (&words)[N]) {
    return words[Below(N)];
  }

  const EventType& PickType();
  std::string Name();
  std::string Relation();
  std::string Field(const EventType& type);
  std::string Condition(const EventType& type);
  std::string Record(const EventType& type);
  std::string Operand();
  std::string Value();
  std::string ValueNear(const SysmonCondition& condition);
  void MutateCondition(uint32_t at, std::string* blob);

  const Build& build_;
  const std::set<std::string> typed_;
  std::mt19937 random_;
  std::vector<uint32_t> ids_;  // of the types of the last configuration, and of their series
  std::string option_;         // its list option's event
};

}  // namespace naive

#endif  // SLUICE_TESTS_ENGINE_SYSMON_GENERATOR_H_
