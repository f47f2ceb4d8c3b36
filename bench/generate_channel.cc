#include "bench/generate_channel.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string_view>
#include <utility>

#include "parser/channel/channel_limits.h"

namespace sluice {
namespace {

using channel::Operator;
using channel::TokenKind;
using channel::token::Make;

constexpr uint32_t kAnd = Make(TokenKind::kAnd);
constexpr uint32_t kOr = Make(TokenKind::kOr);
constexpr uint32_t kNot = Make(TokenKind::kNot);

struct LogSource {
  std::string_view name;
  std::array<std::string_view, 5> fields;
};
// That every version of Sysmon supplies.
constexpr std::array<LogSource, 4> kLogSources = {{
    {"windows/driver_load", {"Hashes", "ImageLoaded", "Signature", "Signed", "UtcTime"}},
    {"windows/image_load", {"Image", "ImageLoaded", "ProcessId", "Signed", "UtcTime"}},
    {"windows/network_connection",
     {"DestinationHostname", "DestinationIp", "DestinationPort", "Image", "Protocol"}},
    {"windows/process_creation",
     {"CommandLine", "Image", "ParentCommandLine", "ParentImage", "User"}},
}};

std::string Number(uint64_t number) {
  char text[32];
  std::snprintf(text, sizeof text, "%09llu", static_cast<unsigned long long>(number));
  return text;
}

// 20 bytes.
std::string Operand(uint32_t number) {
  return (number % 64 == 0 ? "\\caf\xC3\xA9\\run" : "\\program\\-") + Number(number) + ".";
}

// As rules have them: none, "any but the last of these", "one of the first two, and all others".
std::vector<uint32_t> OrdinaryCondition(uint32_t instance, uint32_t criteria) {
  if (instance % 2 == 0) return {};
  std::vector<uint32_t> tokens = {0, 1, kOr};
  for (uint32_t i = 2; i < criteria; ++i) {
    tokens.push_back(i);
    if (instance % 4 == 1 && i == criteria - 1) tokens.push_back(kNot);
    tokens.push_back(kAnd);
  }
  return tokens;
}

}  // namespace

Sample OrdinarySample(uint32_t instances, uint32_t serial) {
  Sample sample;
  for (const LogSource& source : kLogSources) {
    sample.types.push_back(
        {.name = std::string(source.name), .fields = {source.fields.begin(), source.fields.end()}});
  }
  uint32_t criterion = serial * 1'000'000;
  for (uint32_t i = 0; i < instances; ++i) {
    SampleInstance made{.id = "rule-" + std::to_string(serial) + "-" + Number(i),
                        .name = "Program " + std::to_string(i) + " started"};
    for (uint32_t left = 4 + i % 3; left > 0; --left, ++criterion) {
      made.criteria.push_back({.field = (criterion + i) % 5,
                               .op = static_cast<Operator>(2 + criterion % 4),
                               .operands = {Operand(criterion)}});
    }
    made.condition = OrdinaryCondition(i, static_cast<uint32_t>(made.criteria.size()));
    sample.types[i % kLogSources.size()].instances.push_back(std::move(made));
  }
  return sample;
}

namespace {

SampleType OneType(std::vector<std::string> fields = {"F"}) {
  return {.name = "T", .fields = std::move(fields)};
}

// All of `count` criteria on the one field, with these operands.
SampleInstance Instance(size_t count, const std::vector<std::string>& operands) {
  return {.criteria = std::vector<SampleCriterion>(count, {.operands = operands})};
}

// One type, and `instance` again and again; `size` is what one takes in the file.
Sample Repeated(const SampleInstance& instance, size_t bytes, size_t size) {
  Sample sample{.types = {OneType()}};
  sample.types[0].instances.resize(std::max<size_t>(bytes / size, 1), instance);
  return sample;
}

// Each criterion with as many operands as it may have, all of them empty but for the last in the
// file, so that the end of none is that of the string bytes.
Sample EmptyOperands(size_t bytes) {
  constexpr size_t kMost = channel::kMaxOperandsOfCriterion;
  Sample sample = Repeated(Instance(1, std::vector<std::string>(kMost)), bytes, 4 * kMost);
  sample.types[0].instances.back().criteria[0].operands.back() = "x";
  return sample;
}

Sample SmallestInstances(size_t bytes) {
  const SampleInstance instance{.criteria = {{.op = Operator::kIsEmpty}}};
  return Repeated(instance, bytes, 28);
}

// As ordinary operands are, of characters that take as many bytes as `character` has.
Sample Multibyte(size_t bytes, std::string_view character) {
  std::string operand;
  while (operand.size() + character.size() <= 20) operand += character;
  return Repeated(Instance(5, {operand}), bytes, 196);
}

Sample GiantStrings(size_t bytes, std::string_view character) {
  std::string operand;
  while (operand.size() + character.size() <= channel::kMaxStringBytes) operand += character;
  return Repeated(Instance(1, {operand}), bytes, operand.size());
}

// The most results that may stand on the stack, as often as the tokens go, over the criteria of one
// instance.
Sample DeepConditions(size_t bytes) {
  constexpr uint32_t kDeep = channel::kMaxConditionStack;
  SampleInstance instance = Instance(kDeep, {""});
  std::vector<uint32_t>& tokens = instance.condition;
  while (tokens.size() + 2 * kDeep <= channel::kMaxTokensOfCondition) {
    for (uint32_t i = tokens.empty() ? 0 : 1; i < kDeep; ++i) tokens.push_back(i);
    for (uint32_t i = 1; i < kDeep; ++i) tokens.push_back(i % 2 == 0 ? kAnd : kOr);
  }
  return Repeated(instance, bytes, 4 * tokens.size());
}

// One chain with as many tokens as there may be, of all kinds, in no order to predict.
Sample LongestConditions(size_t bytes) {
  SampleInstance instance = Instance(3, {""});
  std::vector<uint32_t>& tokens = instance.condition;
  tokens = {0, 1, 2, channel::token::AtLeast(2, 3)};
  uint32_t random = 1;
  while (tokens.size() + 6 <= channel::kMaxTokensOfCondition) {
    random = random * 1664525 + 1013904223;
    tokens.push_back(random >> 30 & 1);
    if ((random >> 29 & 1) != 0) tokens.push_back(kNot);
    if ((random >> 28 & 1) != 0) {
      tokens.push_back(2);
      tokens.push_back(channel::token::AtLeast(2, 3));
    } else {
      tokens.push_back((random >> 27 & 1) != 0 ? kAnd : kOr);
    }
  }
  return Repeated(instance, bytes, 4 * tokens.size());
}

// As many types as there may be, an instance each, their names the same but for the ends.
Sample TypesOfOne(size_t bytes, bool declared) {
  Sample sample;
  const size_t name = bytes / channel::kMaxTypes / 2;
  for (uint32_t i = 0; i < channel::kMaxTypes; ++i) {
    SampleType type = OneType({std::string(name, 'f')});
    type.name = std::string(name, 't') + Number(i);
    type.declared = declared;
    type.instances = {Instance(1, {"x"})};
    sample.types.push_back(std::move(type));
  }
  return sample;
}

// As many fields as types may have, each used once.
Sample MostFields(size_t bytes, bool declared) {
  constexpr uint32_t kMost = channel::kMaxFieldsOfType;
  Sample sample;
  for (size_t i = 0; i < std::max<size_t>(bytes / (kMost * 24), 1); ++i) {
    SampleType type{.name = "T" + Number(i), .declared = declared};
    SampleInstance instance;
    for (uint32_t field = 0; field < kMost; ++field) {
      type.fields.push_back(std::to_string(10'000 + field));
      instance.criteria.push_back({.field = field, .op = Operator::kIsNull});
    }
    type.instances.push_back(std::move(instance));
    sample.types.push_back(std::move(type));
  }
  return sample;
}

Sample MostGroups(size_t bytes) {
  constexpr uint32_t kMost = channel::kMaxGroupsOfInstance;
  Sample sample = Repeated({.groups = kMost}, bytes, size_t{20} * kMost);
  sample.dialect = channel::Dialect::kSysmon;
  sample.types[0].fields.clear();
  return sample;
}

// Instances with nothing in them, and what Sysmon's records say beside each.
Sample EmptyRecords(size_t bytes) {
  Sample sample = Repeated({}, bytes, 24);
  sample.dialect = channel::Dialect::kSysmon;
  sample.types[0].fields.clear();
  return sample;
}

Sample MostSources(size_t bytes) {
  Sample sample{.types = {OneType()}};
  sample.types[0].instances = {Instance(1, {""})};
  for (uint32_t i = 0; i < bytes / 46; ++i) sample.sources.push_back(Number(i));
  return sample;
}

// Ordinary content, and where each piece of it came from.
Sample Origins(size_t bytes) {
  Sample sample = OrdinarySample(static_cast<uint32_t>(bytes / 370));
  sample.sources = {"rules.yml"};
  return sample;
}

}  // namespace

std::vector<ChannelAdversary> ChannelAdversaries(size_t bytes) {
  std::vector<ChannelAdversary> all;
  const auto add = [&all](std::string name, const Sample& sample) {
    all.push_back({std::move(name), ChannelBytes(sample)});
  };
  add("empty operands", EmptyOperands(bytes));
  add("the smallest instances", SmallestInstances(bytes));
  add("characters of two bytes", Multibyte(bytes, "\xC3\xA9"));
  add("characters of three bytes", Multibyte(bytes, "\xE2\x82\xAC"));
  add("characters of four bytes", Multibyte(bytes, "\xF0\x9F\x98\x80"));
  add("giant strings", GiantStrings(bytes, "x"));
  add("giant strings, of three bytes each", GiantStrings(bytes, "\xE2\x82\xAC"));
  add("deep conditions", DeepConditions(bytes));
  add("the longest conditions", LongestConditions(bytes));
  add("a type for each instance", TypesOfOne(bytes, false));
  add("a declared type for each instance", TypesOfOne(bytes, true));
  add("most fields", MostFields(bytes, false));
  add("most fields, declared", MostFields(bytes, true));
  add("most groups", MostGroups(bytes));
  add("empty records", EmptyRecords(bytes));
  add("most sources", MostSources(bytes));
  add("origins", Origins(bytes));
  return all;
}

}  // namespace sluice
