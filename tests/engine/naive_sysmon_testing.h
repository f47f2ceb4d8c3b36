// What the tests of the naive Sysmon evaluator share.

#ifndef SLUICE_TESTS_ENGINE_NAIVE_SYSMON_TESTING_H_
#define SLUICE_TESTS_ENGINE_NAIVE_SYSMON_TESTING_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>

#include "tests/engine/naive_sysmon.h"
#include "tests/parser/sysmon/naive_blob_compiler.h"

namespace naive {

using Values = std::map<std::string, std::string>;

inline const Build& Build470() {
  static const Build build = ParseBuild(kCatalogue470, kBinaryVersion470);
  return build;
}

inline const Build& Build490() {
  static const Build build = ParseBuild(kCatalogue490, kBinaryVersion490);
  return build;
}

inline std::string Blob(const std::string& events, const Build& build = Build490(),
                        const std::string& version = "4.90") {
  return Compile("<Sysmon schemaversion='" + version + "'><EventFiltering>" + events +
                     "</EventFiltering></Sysmon>",
                 build)
      .blob;
}

inline SysmonDecision Decide(const std::string& events, uint32_t id, const Values& values,
                             const Build& build = Build490()) {
  return DecideSysmon(LoadSysmon(Blob(events, build), build), {id, values}, build);
}

inline bool Includes(const std::string& events, uint32_t id, const Values& values,
                     const Build& build = Build490()) {
  return Decide(events, id, values, build).include;
}

inline std::string NameOf(const std::string& events, uint32_t id, const Values& values) {
  return Decide(events, id, values).name;
}

// With the word at `at` replaced.
inline std::string With(std::string blob, size_t at, uint32_t word) {
  for (int i = 0; i < 4; ++i) blob[at + i] = static_cast<char>(word >> (8 * i));
  return blob;
}

inline uint32_t WordAt(const std::string& blob, size_t at) {
  uint32_t word = 0;
  for (int i = 3; i >= 0; --i) word = word << 8 | static_cast<unsigned char>(blob[at + i]);
  return word;
}

inline SysmonDecision DecideBlob(const std::string& blob, uint32_t id, const Values& values) {
  return DecideSysmon(LoadSysmon(blob, Build490()), {id, values}, Build490());
}

// Of a blob with one record: where its fields and those of its first condition stand.
inline constexpr size_t kRecordId = 24;
inline constexpr size_t kRecordDefault = 28;
inline constexpr size_t kRecordCombine = 32;
inline constexpr size_t kRecordNext = 36;
inline constexpr size_t kConditionField = 48;
inline constexpr size_t kConditionNumber = 48 + 516;
inline constexpr size_t kGroupId = 48 + 264;  // where an aggregation record comes first
inline constexpr size_t kGroupCombine = 48 + 280;

inline constexpr char kDns[] = "<DnsQuery onmatch='include'><QueryName>a</QueryName></DnsQuery>";

}  // namespace naive

#endif  // SLUICE_TESTS_ENGINE_NAIVE_SYSMON_TESTING_H_
