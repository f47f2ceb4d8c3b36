// A second compiler of Sysmon configurations, for the tests of the first: slow, plain, and written
// from the description alone (Sysmon rule blob, sections 1, 5, 7 and 9). It shares nothing with the
// library, and does what Sysmon for Linux does: it drops what that drops, with every quirk of its
// buffer.

#ifndef SLUICE_TESTS_PARSER_SYSMON_NAIVE_BLOB_COMPILER_H_
#define SLUICE_TESTS_PARSER_SYSMON_NAIVE_BLOB_COMPILER_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace naive {

extern const char kCatalogue470[];
extern const char kCatalogue490[];
extern const char kConditions[];

inline constexpr uint32_t kBinaryVersion470 = 0x000F0000;
inline constexpr uint32_t kBinaryVersion490 = 0x00120000;

struct EventType {
  uint32_t id = 0;
  std::string name;  // empty: no rule can name it
  bool include = false;
  std::vector<std::string> fields;
};

struct Build {
  uint32_t binary_version = 0;
  std::vector<EventType> types;         // in manifest order
  std::vector<std::string> conditions;  // by number
};

// `catalogue` is one of the two above.
Build ParseBuild(std::string_view catalogue, uint32_t binary_version);

struct Compiled {
  bool accepted = false;  // otherwise `why` says what is wrong with the file
  std::string why;
  std::string blob;  // empty when there is no event record
  // A link of an aggregation record that had been taken back was written where it is none any more,
  // or stayed behind: no compiler must imitate it (section 5.4, Q3).
  bool corrupt = false;
  // A record was dropped for good after it had given ids to groups.
  bool dropped_groups = false;
  // Something happened of which the description does not say what comes of it.
  bool unclear = false;
};

Compiled Compile(std::string_view file, const Build& build);

}  // namespace naive

#endif  // SLUICE_TESTS_PARSER_SYSMON_NAIVE_BLOB_COMPILER_H_
