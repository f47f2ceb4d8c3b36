// Every limit of docs/channel-format.md: a file at it is read, and one past it is refused by it.

#include "parser/channel/channel_limits.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "parser/channel/channel_crc32c.h"
#include "parser/channel/channel_view.h"
#include "tests/parser/channel/channel_bytes.h"

namespace sluice {
namespace {

using channel_test::Append32;
using channel_test::Model;
using channel_test::Put32;
using channel_test::RawFile;
using channel_test::ToBytes;
using channel_test::ToRaw;
using Code = ChannelErrorCode;

ChannelError Open(const std::string& bytes) {
  ChannelView view;
  return OpenChannel(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size(), &view);
}

template <typename File>
void ExpectRead(const File& file) {
  const ChannelError error = Open(ToBytes(file));
  EXPECT_TRUE(error.ok()) << ChannelErrorText(error.code) << " " << error.structure << " "
                          << error.field << " " << error.found << " " << error.bound;
}

template <typename File>
void ExpectPast(const File& file, const char* structure, const char* field, uint64_t limit) {
  const ChannelError error = Open(ToBytes(file));
  EXPECT_EQ(error.code, Code::kPastLimit) << ChannelErrorText(error.code);
  EXPECT_STREQ(error.structure, structure);
  EXPECT_STREQ(error.field, field);
  EXPECT_EQ(error.found, limit + 1);
  EXPECT_EQ(error.bound, limit);
}

// A number that counts up in the order of bytes.
std::string Name(uint32_t i) { return std::to_string(10'000'000 + i); }

// An instance of one criterion, which needs no operand.
Model OneInstance() {
  Model model;
  model.dialect = 2;
  model.binding = 1;
  model.types = {{.name = "t",
                  .flags = 0,
                  .fields = {{"f"}},
                  .instances = {{.criteria = {{.field = 0, .op = 15}}}}}};
  return model;
}

TEST(ChannelLimits, AreThoseOfThePage) {
  EXPECT_EQ(channel::kMaxFileSize, 268'435'456u);
  EXPECT_EQ(channel::kMaxStringBytes, 1'048'576u);
}

TEST(ChannelLimits, FileSize) {
  // An optional section fills the file.
  RawFile raw;
  raw.sections.push_back({200, 1, "", channel::kMaxFileSize - 28 - 12 - 4});
  raw.file_size = channel::kMaxFileSize;
  std::string bytes = ToBytes(raw);
  bytes.resize(channel::kMaxFileSize);
  const auto* data = reinterpret_cast<const uint8_t*>(bytes.data());
  Put32(&bytes, bytes.size() - 4, 0);
  for (size_t i = 40; i < 44; ++i) bytes[i] = 0;  // where the checksum was
  Put32(&bytes, bytes.size() - 4, channel::Crc32c(data, bytes.size() - 4));
  EXPECT_TRUE(Open(bytes).ok());
  // One more byte, of which none beyond the header is looked at.
  ChannelView view;
  const ChannelError error = OpenChannel(data, size_t{channel::kMaxFileSize} + 1, &view);
  EXPECT_EQ(error.code, Code::kPastLimit);
  EXPECT_STREQ(error.field, "file size");
  EXPECT_EQ(error.found, channel::kMaxFileSize + 1);
}

TEST(ChannelLimits, Sections) {
  RawFile raw;
  for (uint32_t i = 0; i < channel::kMaxSections; ++i) raw.sections.push_back({200 + i, 1, "", {}});
  ExpectRead(raw);
  raw.sections.push_back({300, 1, "", {}});
  ExpectPast(raw, "header", "section count", channel::kMaxSections);
}

TEST(ChannelLimits, Contracts) {
  Model model;
  for (uint32_t i = 0; i < channel::kMaxContracts; ++i) model.contracts.push_back({"s", "v", i});
  ExpectRead(model);
  model.contracts.push_back({"s", "v", channel::kMaxContracts});
  ExpectPast(model, "section table", "count", channel::kMaxContracts);
}

TEST(ChannelLimits, Types) {
  Model model;
  for (uint32_t i = 0; i < channel::kMaxTypes; ++i) model.types.push_back({.name = Name(i)});
  ExpectRead(model);
  model.types.push_back({.name = Name(channel::kMaxTypes)});
  ExpectPast(model, "section table", "count", channel::kMaxTypes);
}

TEST(ChannelLimits, FieldsOfAType) {
  Model model;
  model.types.resize(2);
  model.types[1].name = "t";
  model.types[0].fields.resize(channel::kMaxFieldsOfType);
  model.types[1].fields.resize(channel::kMaxFieldsOfType);
  ExpectRead(model);
  model.types[1].fields.resize(channel::kMaxFieldsOfType + 1);
  ExpectPast(model, "type", "fields end", channel::kMaxFieldsOfType);
}

// Each field of a type that is not declared is used, up to the last.
TEST(ChannelLimits, FieldsInUse) {
  Model model = OneInstance();
  channel_test::Type& type = model.types[0];
  type.fields.clear();
  type.instances[0].criteria.clear();
  for (uint32_t i = 0; i < channel::kMaxFieldsOfType; ++i) {
    type.fields.push_back({Name(i)});
    type.instances[0].criteria.push_back({.field = i, .op = 15});
  }
  ExpectRead(model);
  type.instances[0].criteria[channel::kMaxFieldsOfType - 1].field = 0;
  const ChannelError error = Open(ToBytes(model));
  EXPECT_EQ(error.code, Code::kUnused);
  EXPECT_EQ(error.item, channel::kMaxFieldsOfType - 1);
}

// A Sysmon file of one type whose instances have nothing in them.
RawFile EmptyInstances(uint32_t instances) {
  RawFile raw;
  raw.dialect = 1;
  raw.binding = 1;
  std::string type;
  for (const uint32_t word : {channel_test::kNone, 0u, 0u, 0u, 0u, instances, 0u, 0u}) {
    Append32(&type, word);
  }
  const uint32_t strings = 1 + 2 * instances + 1;
  raw.sections = {{1, strings, std::string(size_t{4} * strings, '\0'), {}},
                  {4, 1, type, {}},
                  {6, instances, std::string(size_t{8} * instances, '\0'), {}},
                  {9, 1, std::string(8, '\0'), {}},
                  {11, instances, std::string(size_t{8} * instances, '\0'), {}}};
  return raw;
}

TEST(ChannelLimits, Instances) {
  ExpectRead(EmptyInstances(channel::kMaxInstances));
  ExpectPast(EmptyInstances(channel::kMaxInstances + 1), "section table", "count",
             channel::kMaxInstances);
}

// The count alone is enough, and a count that is not past the limit still has to have its bytes.
TEST(ChannelLimits, CountsWithoutBytes) {
  RawFile raw = EmptyInstances(3);
  raw.Find(6)->count = channel::kMaxInstances + 1;
  ExpectPast(raw, "section table", "count", channel::kMaxInstances);
  raw.Find(6)->count = channel::kMaxInstances;
  EXPECT_EQ(Open(ToBytes(raw)).code, Code::kWrongLength);
  raw.Find(6)->length = 8 * channel::kMaxInstances;
  EXPECT_EQ(Open(ToBytes(raw)).code, Code::kPastEnd);
}

TEST(ChannelLimits, CriteriaOfAnInstance) {
  Model model = OneInstance();
  auto& criteria = model.types[0].instances[0].criteria;
  criteria.resize(channel::kMaxCriteriaOfInstance, criteria[0]);
  ExpectRead(model);
  criteria.resize(channel::kMaxCriteriaOfInstance + 1, criteria[0]);
  ExpectPast(model, "instance", "criteria end", channel::kMaxCriteriaOfInstance);
}

TEST(ChannelLimits, OperandsOfACriterion) {
  Model model = OneInstance();
  channel_test::Criterion& criterion = model.types[0].instances[0].criteria[0];
  criterion.op = 2;
  criterion.operands.resize(channel::kMaxOperandsOfCriterion);
  ExpectRead(model);
  criterion.operands.resize(channel::kMaxOperandsOfCriterion + 1);
  ExpectPast(model, "criterion", "operands end", channel::kMaxOperandsOfCriterion);
}

TEST(ChannelLimits, TokensOfACondition) {
  Model model = OneInstance();
  auto& condition = model.types[0].instances[0].condition;
  condition = {0};
  while (condition.size() + 1 < channel::kMaxTokensOfCondition) {
    condition.push_back(0);
    condition.push_back(condition.size() % 4 == 2 ? 1u << 28 : 2u << 28);
  }
  condition.push_back(3u << 28);
  ASSERT_EQ(condition.size(), channel::kMaxTokensOfCondition);
  ExpectRead(model);
  condition.back() = 0;
  condition.push_back(condition.size() % 4 == 2 ? 1u << 28 : 2u << 28);
  ExpectPast(model, "instance", "condition end", channel::kMaxTokensOfCondition);
}

// `depth` criteria, and then all of them taken off again.
Model Deep(uint32_t depth) {
  Model model = OneInstance();
  channel_test::Instance& instance = model.types[0].instances[0];
  instance.criteria.resize(depth, instance.criteria[0]);
  for (uint32_t i = 0; i < depth; ++i) instance.condition.push_back(i);
  for (uint32_t i = 1; i < depth; ++i) instance.condition.push_back((1 + i % 2) << 28);
  return model;
}

TEST(ChannelLimits, ResultsOnTheStack) {
  ExpectRead(Deep(channel::kMaxConditionStack));
  ExpectPast(Deep(channel::kMaxConditionStack + 1), "condition token", "token",
             channel::kMaxConditionStack);
}

TEST(ChannelLimits, ResultsThatATokenTakes) {
  Model model = Deep(channel::kMaxConditionStack);
  auto& condition = model.types[0].instances[0].condition;
  condition.resize(channel::kMaxConditionStack);
  condition.push_back(channel::token::AtLeast(63, 64));
  ExpectRead(model);
  condition.back() = channel::token::AtLeast(63, 65);
  ExpectPast(model, "condition token", "token", channel::kMaxConditionStack);
}

TEST(ChannelLimits, GroupsOfAnInstance) {
  Model model = channel_test::SmallSysmon();
  auto& groups = model.types[0].instances[1].groups;
  groups.resize(channel::kMaxGroupsOfInstance);
  ExpectRead(model);
  groups.resize(channel::kMaxGroupsOfInstance + 1);
  ExpectPast(model, "record", "groups end", channel::kMaxGroupsOfInstance);
}

TEST(ChannelLimits, Settings) {
  Model model = channel_test::SmallSysmon();
  model.settings.resize(channel::kMaxSettings);
  ExpectRead(model);
  model.settings.resize(channel::kMaxSettings + 1);
  ExpectPast(model, "section table", "count", channel::kMaxSettings);
}

TEST(ChannelLimits, BytesOfAString) {
  Model model = OneInstance();
  std::string& name = model.types[0].instances[0].name;
  name = std::string(channel::kMaxStringBytes, 'n');
  ExpectRead(model);
  name += 'n';
  ExpectPast(model, "string", "end", channel::kMaxStringBytes);
}

TEST(ChannelLimits, BytesOfAPath) {
  Model model = OneInstance();
  model.sources = {{std::string(channel::kMaxStringBytes, 'p')}};
  ExpectRead(model);
  model.sources[0].path += 'p';
  ExpectPast(model, "source", "path end", channel::kMaxStringBytes);
}

TEST(ChannelLimits, Sources) {
  Model model;
  for (uint32_t i = 0; i < channel::kMaxSources; ++i) model.sources.push_back({Name(i)});
  ExpectRead(model);
  model.sources.push_back({Name(channel::kMaxSources)});
  ExpectPast(model, "section table", "count", channel::kMaxSources);
}

}  // namespace
}  // namespace sluice
