#include "tests/parser/sysmon_blob/blob_test_util.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <utility>

#include "corpus/sysmon_blob_builder.h"
#include "parser/sysmon/blob_reader.h"

namespace sluice {
namespace {

constexpr ContractField kProcessFields[] = {
    {.name = "RuleName"}, {.name = "UtcTime"}, {.name = "Image"}};
constexpr ContractType kTypes[] = {{.name = "ProcessCreate", .id = 1, .fields = kProcessFields},
                                   {.name = "", .id = 4}};

const SelfContracts& TestContracts() {
  static const SelfContracts* contracts = [] {
    static const Contract contract = {.sensor = "sysmon",
                                      .version = "4.70",
                                      .rank = 470,
                                      .dialect = Dialect::kSysmon,
                                      .binary_major = 15,
                                      .types = kTypes};
    ContractSet set;
    set.Add(&contract);
    return new SelfContracts(set, nullptr);
  }();
  return *contracts;
}

bool Inside(Range range, size_t size) { return range.begin <= range.end && range.end <= size; }

bool Inside(Place place, const Content& content) {
  return place.offset <= content.bytes().size() &&
         place.length <= content.bytes().size() - place.offset;
}

void ExpectConsistent(const Content& content, const Instance& instance) {
  EXPECT_LT(instance.type, content.types().size());
  EXPECT_TRUE(Inside(instance.criteria, content.criteria().size()));
  EXPECT_TRUE(Inside(instance.groups, content.groups().size()));
  EXPECT_TRUE(Inside(instance.place, content));
  uint32_t at = instance.criteria.begin;
  for (const Group& group : content.groups(instance)) {
    EXPECT_GE(group.criteria.begin, at);
    EXPECT_LE(group.criteria.begin, group.criteria.end);
    EXPECT_TRUE(Inside(group.place, content));
    at = group.criteria.end;
  }
  EXPECT_LE(at, instance.criteria.end);
}

void ExpectConsistent(const Content& content, const Criterion& criterion) {
  EXPECT_LT(criterion.field, content.fields().size());
  EXPECT_EQ(criterion.operands.size(), 1u);
  EXPECT_TRUE(Inside(criterion.operands, content.operands().size()));
  EXPECT_TRUE(criterion.group == kNone || criterion.group < content.groups().size());
  EXPECT_FALSE(criterion.operator_text.empty());
  for (const Place& place : {criterion.place, criterion.field_place, criterion.operator_place,
                             criterion.name_place, content.operands(criterion)[0].place}) {
    EXPECT_TRUE(Inside(place, content));
    EXPECT_GT(place.length, 0u);
  }
}

}  // namespace

corpus::SysmonBlob ParseBlob(std::string_view text) {
  corpus::SysmonBlob blob;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(std::string(text), &blob)) << text;
  return blob;
}

std::string BuildBlob(std::string_view text) { return BuildSysmonBlob(ParseBlob(text)); }

ReadResult ReadBlob(std::string bytes) {
  return ReadSysmonBlob(std::make_shared<const std::string>(std::move(bytes)), TestOptions());
}

const ReadOptions& TestOptions() {
  static const ReadOptions options{.self_contracts = &TestContracts()};
  return options;
}

uint32_t Get32(std::string_view bytes, size_t at) {
  uint32_t value = 0;
  for (int i = 3; i >= 0; --i) value = (value << 8) | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

void Set32(std::string* bytes, size_t at, uint32_t value) {
  for (int i = 0; i < 4; ++i) (*bytes)[at + i] = static_cast<char>(value >> (8 * i));
}

void ExpectConsistent(const Content& content) {
  uint32_t criteria = 0;
  uint32_t groups = 0;
  for (const Instance& instance : content.instances()) {
    ExpectConsistent(content, instance);
    EXPECT_EQ(instance.criteria.begin, criteria);
    EXPECT_EQ(instance.groups.begin, groups);
    criteria = instance.criteria.end;
    groups = instance.groups.end;
  }
  EXPECT_EQ(criteria, content.criteria().size());
  EXPECT_EQ(groups, content.groups().size());
  for (const Criterion& criterion : content.criteria()) ExpectConsistent(content, criterion);
  for (const FieldRef& field : content.fields()) EXPECT_LT(field.type, content.types().size());
  for (const Irregularity& odd : content.irregularities()) EXPECT_TRUE(Inside(odd.place, content));
}

std::string SmallBlob() {
  return BuildBlob(R"pb(
    binary_major: 15
    schema_version: "4.50"
    event {
      id: 1
      default: 1
      combine: 1
      part {
        group {
          name: "g"
          condition { field: 2 text: "a" }
          condition { field: 1 text: "b" }
        }
      }
    }
    event {
      id: 99
      part { condition { field: 0 op: IMAGE text: "c" } }
      part {
        group {
          combine: 1
          condition { field: 3 text: "d" }
        }
      }
    }
    event { id: 1 default: 1 })pb");
}

std::string PlainBlob() {
  return BuildBlob(R"pb(
    binary_major: 15
    schema_version: "4.50"
    event {
      id: 1
      default: 1
      part { condition { field: 2 op: CONTAINS_ANY text: "cmd;powershell" name: "shell" } }
      part { condition { field: 1 op: END_WITH text: "" } }
    })pb");
}

std::vector<std::string> RealBlobs() {
  const char* shared = std::getenv("SLUICE_SHARED_DATA");
  const std::filesystem::path folder =
      std::filesystem::path(shared != nullptr ? shared : "../shared/data") / "sysmon" / "pairs";
  std::vector<std::string> paths;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".bin") paths.push_back(entry.path().string());
  }
  std::ranges::sort(paths);
  return paths;
}

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace sluice
