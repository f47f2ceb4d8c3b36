#ifndef SLUICE_TESTS_PARSER_CHANNEL_NAIVE_CHANNEL_H_
#define SLUICE_TESTS_PARSER_CHANNEL_NAIVE_CHANNEL_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// A second reader of channel files, written from docs/channel-format.md and nothing else: it shares
// no line, no constant and no table with parser/. It copies everything and takes its time, so that
// each check is plain to see. What the two do not agree on is a fault of one of them, or of the
// page.

namespace sluice {

inline constexpr uint32_t kNaiveNone = 0xFFFFFFFF;

// A place that content was compiled from; `source` is kNaiveNone where the file does not say.
struct NaiveOrigin {
  uint32_t source = kNaiveNone;
  uint32_t line = 0;
  uint32_t column = 0;
  bool operator==(const NaiveOrigin&) const = default;
};

struct NaiveContract {
  std::string name;
  std::string version;
  uint32_t rank = 0;
  bool operator==(const NaiveContract&) const = default;
};

struct NaiveField {
  std::string name;
  uint8_t value_type = 0;
  bool operator==(const NaiveField&) const = default;
};

// Its instances are [first_instance, instances_end) of the file's.
struct NaiveType {
  std::string name;
  uint32_t id = 0;
  uint32_t version = 0;
  bool declared = false;
  bool open = false;
  uint64_t fingerprint = 0;
  std::vector<NaiveField> fields;
  uint32_t first_instance = 0;
  uint32_t instances_end = 0;
  bool operator==(const NaiveType&) const = default;
};

struct NaiveCriterion {
  uint32_t field = 0;
  uint8_t op = 0;
  uint8_t flags = 0;
  uint8_t time_part = 0;
  std::vector<std::string> operands;
  std::string name;
  NaiveOrigin origin;
  bool operator==(const NaiveCriterion&) const = default;
};

struct NaiveGroup {
  uint32_t id = 0;
  uint32_t first_criterion = 0;
  uint32_t criteria = 0;
  uint8_t combine = 0;
  std::string name;
  bool operator==(const NaiveGroup&) const = default;
};

// `condition` holds the tokens as they stand in the file.
struct NaiveInstance {
  std::string id;
  std::string name;
  std::vector<NaiveCriterion> criteria;
  std::vector<uint32_t> condition;
  uint8_t record_default = 0;
  uint8_t record_combine = 0;
  std::vector<NaiveGroup> groups;
  NaiveOrigin origin;
  bool operator==(const NaiveInstance&) const = default;
};

struct NaiveSetting {
  std::string name;
  std::string value;
  bool operator==(const NaiveSetting&) const = default;
};

struct NaiveSource {
  std::string path;
  std::string sha256;
  bool operator==(const NaiveSource&) const = default;
};

struct NaiveChannel {
  uint32_t content_version = 0;
  uint8_t dialect = 0;
  uint8_t binding = 0;
  std::vector<NaiveContract> contracts;
  std::vector<NaiveType> types;
  std::vector<NaiveInstance> instances;
  bool has_sysmon = false;
  uint32_t schema_rank = 0;
  uint32_t binary_version = 0;
  std::string schema_version;
  std::vector<NaiveSetting> settings;
  bool has_criterion_names = false;
  std::vector<NaiveSource> sources;
  bool operator==(const NaiveChannel&) const = default;
};

// All of the file, or nothing and in `*why` a few words on the first rule of the page that it
// breaks.
std::optional<NaiveChannel> ReadNaive(std::string_view bytes, std::string* why);

// CRC-32C as the page defines it, a bit at a time.
uint32_t NaiveCrc32c(std::string_view bytes);

}  // namespace sluice

#endif  // SLUICE_TESTS_PARSER_CHANNEL_NAIVE_CHANNEL_H_
