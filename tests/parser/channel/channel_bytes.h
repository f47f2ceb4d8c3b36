// Channel files for tests: a model of the file, to bytes, by docs/channel-format.md only. It checks
// nothing, so that a test can write what is wrong.

#ifndef SLUICE_TESTS_PARSER_CHANNEL_CHANNEL_BYTES_H_
#define SLUICE_TESTS_PARSER_CHANNEL_CHANNEL_BYTES_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::channel_test {

inline constexpr uint32_t kNone = 0xFFFFFFFF;

struct Origin {
  uint32_t source = 0;
  uint32_t line = 1;
  uint32_t column = 1;
};

struct Criterion {
  uint32_t field = 0;
  uint8_t op = 2;
  uint8_t flags = 0;
  uint8_t time_part = 0;
  std::vector<std::string> operands;
  std::string name;  // of section 13, which is written when one of them is not empty
  Origin origin;
};

struct Group {
  uint32_t id = 0;
  uint32_t first = 0;
  uint32_t count = 0;
  uint8_t combine = 0;
  std::string name;
};

struct Instance {
  std::string id;
  std::string name;
  std::vector<Criterion> criteria;
  std::vector<uint32_t> condition;  // tokens
  // In the dialect sysmon.
  uint8_t when_nothing_matches = 0;
  uint8_t combine = 0;
  std::vector<Group> groups;
  Origin origin;
};

struct Field {
  std::string name;
  uint8_t value_type = 0;
};

struct Type {
  std::string name;
  uint32_t id = kNone;
  uint32_t version = 0;
  uint8_t flags = 1;  // 1 declared, 2 open
  std::vector<Field> fields;
  std::vector<Instance> instances;
};

struct Contract {
  std::string sensor;
  std::string version;
  uint32_t rank = 0;
};

struct Setting {
  std::string name;
  std::string value;
};

struct Source {
  std::string path;
  std::array<uint8_t, 32> sha256 = {};
};

struct Model {
  uint32_t content_version = 1;
  uint8_t dialect = 0;
  uint8_t binding = 0;
  std::vector<Contract> contracts;
  std::vector<Type> types;
  // In the dialect sysmon.
  uint32_t schema_rank = kNone;
  uint32_t binary_version = 0;
  std::string schema_version;
  std::vector<Setting> settings;
  // Sections 128 to 131 are written when there is a source.
  std::vector<Source> sources;
};

// A section as it will be written. `length` is that of `bytes` unless it is set.
struct RawSection {
  uint32_t id = 0;
  uint32_t count = 0;
  std::string bytes;
  std::optional<uint32_t> length;
};

// A file before its parts are put together. What is not set is what it should be.
struct RawFile {
  std::string magic = "\x89SLC\r\n\x1a\n";
  uint16_t major = 0;
  uint16_t minor = 1;
  std::optional<uint32_t> file_size;
  uint32_t content_version = 1;
  uint8_t dialect = 0;
  uint8_t binding = 0;
  uint16_t zero = 0;
  std::optional<uint32_t> section_count;
  std::vector<RawSection> sections;
  std::string after;  // stands before the checksum, in no section
  std::optional<uint32_t> checksum;

  RawSection* Find(uint32_t id);  // nullptr when it is not there
};

RawFile ToRaw(const Model& model);
std::string ToBytes(const RawFile& raw);
std::string ToBytes(const Model& model);

// The offset of section `id` in `bytes`, which are whole; 0 when it is not there.
uint32_t OffsetOf(std::string_view bytes, uint32_t id);

void Put8(std::string* bytes, size_t offset, uint8_t value);
void Put16(std::string* bytes, size_t offset, uint16_t value);
void Put32(std::string* bytes, size_t offset, uint32_t value);
void Put64(std::string* bytes, size_t offset, uint64_t value);
uint32_t Get32(std::string_view bytes, size_t offset);
void Append32(std::string* bytes, uint32_t value);
// Sets the checksum at the end to what the bytes before give.
void Seal(std::string* bytes);

// CRC-32C, a byte at a time.
uint32_t Crc32c(std::string_view bytes);
uint64_t Fingerprint(const Type& type);

// A file of each dialect that uses every section and every kind of thing.
Model SmallChannel();
Model SmallSysmon();
Model SmallSigma();
// `instances` instances of five criteria with one operand of 20 bytes each, in the dialect sigma.
Model ManyInstances(uint32_t instances);

}  // namespace sluice::channel_test

#endif  // SLUICE_TESTS_PARSER_CHANNEL_CHANNEL_BYTES_H_
