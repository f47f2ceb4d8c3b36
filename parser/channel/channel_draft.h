// What a ChannelAssembler has gathered: for channel_write*.cc only.

#ifndef SLUICE_PARSER_CHANNEL_CHANNEL_DRAFT_H_
#define SLUICE_PARSER_CHANNEL_CHANNEL_DRAFT_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "schema/content.h"

namespace sluice {

struct ChannelDraft {
  struct Field {
    std::string name;
    ValueType type = ValueType::kUnknown;
    friend bool operator==(const Field&, const Field&) = default;
  };
  struct Type {
    std::string name;
    uint32_t id = kNone;
    uint32_t version = 0;
    bool declared = false;
    bool open = false;
    std::vector<Field> fields;  // in the order of supply, or of first use
    absl::flat_hash_map<std::string, uint32_t> positions;  // of the fields, by name
    std::vector<uint32_t> instances;
  };
  // Ranges of bytes are in `pool`, all others in the arrays below.
  struct Criterion {
    uint32_t field = kNone;  // in Type::fields; kNone: any field
    uint8_t op = 0;          // as the format numbers it
    uint8_t flags = 0;
    TimePart time_part = TimePart::kWhole;
    Range operands;
    Range name;
    Origin origin;
  };
  struct Group {
    uint32_t id = 0;
    uint32_t first_criterion = 0;  // position among the instance's criteria
    uint32_t criteria = 0;
    Combine combine = Combine::kOr;
    Range name;
  };
  struct Instance {
    Range id;
    Range name;
    Range criteria;
    Range condition;
    Range groups;
    RecordDefault record_default = RecordDefault::kTypeDefault;
    Combine combine = Combine::kAnd;
    Origin origin;
  };
  struct Source {
    std::string path;
    std::string sha256;  // 32 bytes
  };

  std::string_view Text(Range range) const {
    return std::string_view(pool).substr(range.begin, range.size());
  }

  std::vector<Type> types;
  std::vector<Instance> instances;
  std::vector<Criterion> criteria;
  std::vector<Range> operands;
  std::vector<uint32_t> condition;
  std::vector<Group> groups;
  std::vector<Source> sources;
  std::string pool;
  bool some_without_origin = false;

  // Sysmon.
  std::string schema_version;
  uint32_t schema_rank = kNone;
  uint32_t binary_version = 0;
  std::vector<std::pair<std::string, std::string>> settings;
};

}  // namespace sluice

#endif  // SLUICE_PARSER_CHANNEL_CHANNEL_DRAFT_H_
