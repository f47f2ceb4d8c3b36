#include "tests/parser/channel/naive_channel_checks.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <tuple>

namespace sluice {
namespace {

// What an operator takes: how many operands, which flags, and whether a part of a time.
struct NaiveOperator {
  size_t least = 0;
  size_t most = 0;
  uint8_t flags = 0;
  bool time_part = false;
};

const NaiveOperator* FindOperator(int op) {
  constexpr uint8_t kNegated = 1, kCased = 2, kEnvironment = 4, kPattern = 8 + 16, kNumeric = 32;
  constexpr uint8_t kText = kNegated | kCased;
  constexpr size_t kMany = 65536;
  constexpr NaiveOperator kTexts = {1, kMany, kText, false};
  constexpr NaiveOperator kNumbers = {1, kMany, kNegated, true};
  static const auto* const operators = new std::map<int, NaiveOperator>{
      {1, {0, 0, 0, false}},
      {2, {1, kMany, kText | kNumeric, true}},
      {3, kTexts},
      {4, kTexts},
      {5, kTexts},
      {6, kTexts},
      {7, {1, kMany, kText | kPattern, false}},
      {8, kTexts},
      {9, kNumbers},
      {10, kNumbers},
      {11, kNumbers},
      {12, kNumbers},
      {13, {1, kMany, kNegated, false}},
      {14, {1, 1, kNegated, false}},
      {15, {0, 0, kNegated, false}},
      {16, {0, 0, kNegated, false}},
      {17, kTexts},
      {18, kTexts},
      {19, kTexts},
      {20, kTexts},
  };
  static const NaiveOperator of_sysmon = {1, 1, kEnvironment, false};
  if (op >= 64 && op <= 64 + 15) {
    return &of_sysmon;
  }
  const auto found = operators->find(op);
  return found == operators->end() ? nullptr : &found->second;
}

std::string CheckOperator(const NaiveChannel& channel, const NaiveCriterion& criterion) {
  const NaiveOperator* const op = FindOperator(criterion.op);
  if (op == nullptr) {
    return "unknown operator";
  }
  if (criterion.op != 1 && (criterion.op >= 64) != (channel.dialect == 1)) {
    return "an operator of another dialect";
  }
  if (criterion.operands.size() < op->least || criterion.operands.size() > op->most) {
    return "number of operands";
  }
  if ((criterion.flags & ~op->flags) != 0) {
    return "a flag that the operator does not take";
  }
  return criterion.time_part <= (op->time_part ? 6 : 0) ? "" : "time part";
}

std::string CheckCriteria(const NaiveChannel& channel) {
  bool named = false;
  for (const NaiveInstance& instance : channel.instances) {
    for (const NaiveCriterion& criterion : instance.criteria) {
      if (std::string why = CheckOperator(channel, criterion); !why.empty()) {
        return why;
      }
      named = named || !criterion.name.empty();
    }
  }
  return channel.has_criterion_names && !named ? "criterion names, all of them empty" : "";
}

std::string CheckContracts(const NaiveChannel& channel) {
  for (size_t i = 1; i < channel.contracts.size(); ++i) {
    const NaiveContract& one = channel.contracts[i - 1];
    const NaiveContract& other = channel.contracts[i];
    if (std::tie(one.name, one.rank, one.version) >=
        std::tie(other.name, other.rank, other.version)) {
      return "contracts do not ascend";
    }
  }
  return "";
}

std::string CheckFields(const NaiveChannel& channel, const NaiveType& type) {
  if (channel.binding == 0) {
    return "bound by index, but not declared";
  }
  if (type.first_instance == type.instances_end) {
    return "neither declared nor used";
  }
  std::set<uint32_t> used;
  for (uint32_t i = type.first_instance; i < type.instances_end; ++i) {
    for (const NaiveCriterion& criterion : channel.instances[i].criteria) {
      used.insert(criterion.field);
    }
  }
  for (uint32_t i = 0; i < type.fields.size(); ++i) {
    if (i > 0 && type.fields[i].name <= type.fields[i - 1].name) {
      return "fields do not ascend";
    }
    if (type.fields[i].value_type != 0 || !used.contains(i)) {
      return "a field that is not declared has a type, or is not used";
    }
  }
  return "";
}

std::string CheckTypes(const NaiveChannel& channel) {
  for (size_t i = 0; i < channel.types.size(); ++i) {
    const NaiveType& type = channel.types[i];
    if (i > 0 && std::tie(channel.types[i - 1].name, channel.types[i - 1].id) >=
                     std::tie(type.name, type.id)) {
      return "types do not ascend";
    }
    if (type.fingerprint != (type.declared ? NaiveFingerprint(type) : 0)) {
      return "fingerprint";
    }
    if (std::string why = type.declared ? "" : CheckFields(channel, type); !why.empty()) {
      return why;
    }
  }
  return "";
}

enum NaiveToken : uint32_t { kCriterion, kAnd, kOr, kNot, kAtLeast };

// How many results the token takes, or nothing if there is no such token.
std::optional<uint32_t> Takes(uint32_t token) {
  const uint32_t kind = token >> 28;
  const uint32_t value = token & 0x0FFFFFFF;
  if (kind == kCriterion) {
    return 0;
  }
  if (kind == kAtLeast) {
    const uint32_t n = value / 256;
    const uint32_t k = value % 256;
    return 1 < n && n < k && k <= 64 ? std::optional(k) : std::nullopt;
  }
  if (kind > kAtLeast || value != 0) {
    return std::nullopt;
  }
  return kind == kNot ? 1 : 2;
}

std::string CheckStack(const NaiveInstance& instance) {
  uint32_t stack = 0;
  for (const uint32_t token : instance.condition) {
    const std::optional<uint32_t> takes = Takes(token);
    if (!takes.has_value()) {
      return "a token";
    }
    if (*takes > stack) {
      return "stack underflow";
    }
    stack = stack - *takes + 1;
    if (stack > 64) {
      return "stack overflow";
    }
  }
  return stack == 1 ? "" : "what a condition leaves";
}

std::string CheckCondition(const NaiveInstance& instance) {
  if (std::string why = CheckStack(instance); !why.empty()) {
    return why;
  }
  uint32_t used = 0;
  uint32_t before = kCriterion;
  for (const uint32_t token : instance.condition) {
    const uint32_t kind = token >> 28;
    if (kind == kCriterion && token > used) {
      return "criteria not in their order";
    }
    if (kind == kCriterion && token == used) {
      ++used;
    }
    if ((kind == kAnd || kind == kOr || kind == kNot) && kind == before) {
      return "a chain to the right, or not not";
    }
    before = kind;
  }
  if (used != instance.criteria.size()) {
    return "criteria that a condition does not use, or that are not there";
  }
  std::vector<uint32_t> all = {0};
  for (uint32_t i = 1; i < used; ++i) {
    all.push_back(i);
    all.push_back(kAnd << 28);
  }
  return instance.condition != all ? "" : "a condition that says what none says";
}

// The places of strings that the file has, in the order of the page.
std::vector<std::string*> StringPlaces(NaiveChannel* channel) {
  std::vector<std::string*> places;
  for (NaiveContract& contract : channel->contracts) {
    places.insert(places.end(), {&contract.name, &contract.version});
  }
  for (NaiveType& type : channel->types) {
    places.push_back(&type.name);
  }
  for (NaiveType& type : channel->types) {
    for (NaiveField& field : type.fields) {
      places.push_back(&field.name);
    }
  }
  for (NaiveInstance& instance : channel->instances) {
    places.insert(places.end(), {&instance.id, &instance.name});
  }
  if (channel->has_sysmon) {
    places.push_back(&channel->schema_version);
  }
  for (NaiveSetting& setting : channel->settings) {
    places.insert(places.end(), {&setting.name, &setting.value});
  }
  for (NaiveInstance& instance : channel->instances) {
    for (NaiveGroup& group : instance.groups) {
      places.push_back(&group.name);
    }
  }
  std::vector<std::string*> operands;
  for (NaiveInstance& instance : channel->instances) {
    for (NaiveCriterion& criterion : instance.criteria) {
      if (channel->has_criterion_names) {
        places.push_back(&criterion.name);
      }
      for (std::string& operand : criterion.operands) {
        operands.push_back(&operand);
      }
    }
  }
  places.insert(places.end(), operands.begin(), operands.end());
  return places;
}

}  // namespace

std::string CheckNaive(const NaiveChannel& channel) {
  for (const auto check : {CheckCriteria, CheckContracts, CheckTypes}) {
    if (std::string why = check(channel); !why.empty()) {
      return why;
    }
  }
  for (const NaiveInstance& instance : channel.instances) {
    if (std::string why = instance.condition.empty() ? "" : CheckCondition(instance);
        !why.empty()) {
      return why;
    }
  }
  return "";
}

std::string GiveNaiveStrings(const std::vector<std::string>& strings, NaiveChannel* channel) {
  const std::vector<std::string*> places = StringPlaces(channel);
  if (places.size() != strings.size()) {
    return "strings are not as many as their places";
  }
  for (size_t i = 0; i < strings.size(); ++i) {
    *places[i] = strings[i];
  }
  return "";
}

bool NaiveIsUtf8(std::string_view text) {
  size_t at = 0;
  while (at < text.size()) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const size_t more = lead < 0x80             ? 0
                        : (lead & 0xE0) == 0xC0 ? 1
                        : (lead & 0xF0) == 0xE0 ? 2
                        : (lead & 0xF8) == 0xF0 ? 3
                                                : ~size_t{0};
    if (more >= text.size() - at) {
      return false;
    }
    uint32_t character = more == 0 ? lead : lead & (0x3F >> more);
    for (size_t i = 1; i <= more; ++i) {
      const auto next = static_cast<unsigned char>(text[at + i]);
      if ((next & 0xC0) != 0x80) {
        return false;
      }
      character = character << 6 | (next & 0x3F);
    }
    constexpr uint32_t kSmallest[] = {0, 0x80, 0x800, 0x10000};
    if (character < kSmallest[more] || character > 0x10FFFF ||
        (character >= 0xD800 && character <= 0xDFFF)) {
      return false;
    }
    at += more + 1;
  }
  return true;
}

uint64_t NaiveFingerprint(const NaiveType& type) {
  const auto append = [](uint32_t number, std::string* bytes) {
    for (int shift = 0; shift < 32; shift += 8) {
      *bytes += static_cast<char>(number >> shift);
    }
  };
  std::string lower = type.name;
  append(type.id, &lower);
  append(type.version, &lower);
  std::string upper;
  for (const NaiveField& field : type.fields) {
    lower += field.name;
    append(static_cast<uint32_t>(field.name.size()), &upper);
    append(static_cast<uint32_t>(field.value_type), &upper);
  }
  return uint64_t{NaiveCrc32c(upper)} << 32 | NaiveCrc32c(lower);
}

uint32_t NaiveCrc32c(std::string_view bytes) {
  uint32_t crc = 0xFFFFFFFF;
  for (const char byte : bytes) {
    crc ^= static_cast<unsigned char>(byte);
    for (int bit = 0; bit < 8; ++bit) {
      crc = (crc & 1) != 0 ? crc >> 1 ^ 0x82F63B78 : crc >> 1;
    }
  }
  return ~crc;
}

}  // namespace sluice
