// Makes up Sysmon configurations, for comparing compilers and printers: mostly sound, with
// everything that Sysmon reads in a way of its own.

#ifndef SLUICE_TESTS_PARSER_SYSMON_CONFIG_GENERATOR_H_
#define SLUICE_TESTS_PARSER_SYSMON_CONFIG_GENERATOR_H_

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "tests/parser/sysmon/naive_blob_compiler.h"

namespace naive {

class ConfigGenerator {
 public:
  // The same seed gives the same files. Events and fields are those of `build`.
  ConfigGenerator(const Build& build, uint32_t seed) : build_(build), random_(seed) {}

  // The bytes of one file.
  std::string Next();

 private:
  uint32_t Below(uint32_t n) { return static_cast<uint32_t>(random_() % n); }
  bool Chance(uint32_t percent) { return Below(100) < percent; }
  template <size_t N>
  const char* Pick(const char* const (&words)[N]) {
    return words[Below(N)];
  }

  std::string AnyCase(std::string word);
  std::string Text();
  std::string AttributeText();
  std::string Name();
  std::string Attributes(bool name, const char* other, const std::string& value);
  std::string Space();
  std::string Relation();
  std::string Condition(const EventType& type, uint32_t depth);
  std::string Rule(const EventType& type, uint32_t depth);
  std::string OnMatch();
  std::string Event(uint32_t depth);
  std::string Filtering();
  std::string Options();
  std::string Encode(const std::string& text);

  const Build& build_;
  std::mt19937 random_;
  bool plain_ = false;  // of this file: nothing in it that a compiler drops
};

}  // namespace naive

#endif  // SLUICE_TESTS_PARSER_SYSMON_CONFIG_GENERATOR_H_
