#include "tests/engine/sysmon_generator.h"

#include <iterator>

namespace naive {
namespace {

constexpr const char* kOperands[] = {
    "a",    "b",    "ab",   "A",       "aB",    "\\a",        "C:\\a",        "c:\\A\\b",
    "a;b",  "b;ab", ";a",   "a;;b",    "a;",    ";",          ";;",           "-",
    "-;a",  "10",   "9",    "[",       "_",     "\xC3\xA9",   "\xC3\x89;a",   "\xF0\x9F\x94\x92",
    " ",    " a",   "b.ex", "%TEMP%",  "&amp;", "&lt;;&gt;a", "\xEF\xBC\x81", "0x1",
    "true", "a;a",  "bab",  "ab;ba;c", "c",     "abab",       "a/b",          "\xE2\x84\xAA"};
constexpr const char* kValues[] = {"a",
                                   "b",
                                   "ab",
                                   "A",
                                   "B",
                                   "\\",
                                   "C:\\",
                                   "a;b",
                                   ";",
                                   "-",
                                   "10",
                                   "9",
                                   "[",
                                   "_",
                                   "\xC3\xA9",
                                   "\xC3\x89",
                                   " ",
                                   ".exe",
                                   "%TEMP%",
                                   "&",
                                   "<",
                                   "\xF0\x9F\x94\x92",
                                   "\xEF\xBC\x81",
                                   "c",
                                   "true",
                                   "0x1",
                                   "/",
                                   "k",
                                   "\xFF",
                                   "\xC3",
                                   "\xED\xA0\xBD"};

uint32_t WordAt(const std::string& blob, size_t at) {
  uint32_t word = 0;
  for (int i = 3; i >= 0; --i) word = word << 8 | static_cast<unsigned char>(blob[at + i]);
  return word;
}

void SetWord(std::string* blob, size_t at, uint32_t word) {
  for (int i = 0; i < 4; ++i) (*blob)[at + i] = static_cast<char>(word >> (8 * i));
}

}  // namespace

const EventType& SysmonGenerator::PickType() {
  while (true) {
    // Half of them of a series.
    const uint32_t last = static_cast<uint32_t>(build_.types.size());
    const EventType& type = build_.types[Chance(50) ? 12 + Below(10) : Below(last)];
    if (!type.name.empty()) return type;
  }
}

std::string SysmonGenerator::Name() {
  constexpr const char* kNames[] = {"n", "m", "T1059", "\xC3\xA9"};
  return Chance(40) ? std::string(" name=\"") + Pick(kNames) + "\"" : "";
}

std::string SysmonGenerator::Relation() {
  constexpr const char* kRelations[] = {"", " groupRelation=\"or\"", " groupRelation=\"and\""};
  return Pick(kRelations);
}

std::string SysmonGenerator::Operand() {
  std::string text = Pick(kOperands);
  if (Chance(15)) text += Pick(kOperands);
  return Chance(3) ? "" : text;
}

// Mostly one of the last few, so that several conditions read the same.
std::string SysmonGenerator::Field(const EventType& type) {
  const auto count = static_cast<uint32_t>(type.fields.size());
  while (true) {
    const uint32_t at = Chance(75) ? count - 1 - Below(4) : Below(count);
    if (!typed_.contains(type.fields[at])) return type.fields[at];
  }
}

std::string SysmonGenerator::Condition(const EventType& type) {
  const std::string field = Field(type);
  const std::string condition = build_.conditions[Below(16)];
  return "<" + field + Name() + (Chance(5) ? "" : " condition=\"" + condition + "\"") + ">" +
         Operand() + "</" + field + ">";
}

std::string SysmonGenerator::Record(const EventType& type) {
  // With its list option the sensor refuses records that exclude.
  const bool include = type.name == option_ || Chance(60);
  std::string record = "<" + type.name + " onmatch=\"" + (include ? "include" : "exclude") + "\">";
  for (uint32_t n = Below(6); n > 0; --n) {
    if (Chance(70)) {
      record += Condition(type);
      continue;
    }
    record += "<Rule" + Name() + Relation() + ">";
    for (uint32_t i = 1 + Below(3); i > 0; --i) record += Condition(type);
    record += "</Rule>";
  }
  record += "</" + type.name + ">";
  if (Chance(30)) return record;
  return "<RuleGroup" + Name() + Relation() + ">" + record + "</RuleGroup>";
}

std::string SysmonGenerator::Config() {
  constexpr const char* kVersions[] = {"4.00", "4.10", "4.22", "4.50", "4.70"};
  std::vector<const EventType*> types;
  for (uint32_t n = 1 + Below(3); n > 0; --n) types.push_back(&PickType());
  ids_.clear();
  for (const EventType& type : build_.types) {
    for (const EventType* used : types) {
      if (used->name == type.name) ids_.push_back(type.id);
    }
  }
  option_ = Chance(5) ? (Chance(50) ? "ImageLoad" : "NetworkConnect") : "";
  std::string text = std::string("<Sysmon schemaversion=\"") + Pick(kVersions) + "\">";
  if (!option_.empty()) {
    text += "<" + option_ + ">a,b.exe,c,,d</" + option_ + ">";
    ids_.push_back(option_ == "ImageLoad" ? 7 : 3);
    for (const EventType& type : build_.types) {
      if (type.name == option_ && Chance(50)) types.push_back(&type);
    }
  }
  text += "<EventFiltering>";
  for (uint32_t n = 1 + Below(8); n > 0; --n) {
    const EventType* type = types[Below(static_cast<uint32_t>(types.size()))];
    // Another event of its series, with fields of its own.
    for (const EventType& other : build_.types) {
      if (other.name == type->name && Chance(30)) type = &other;
    }
    text += Record(*type);
  }
  return text + "</EventFiltering></Sysmon>";
}

std::string SysmonGenerator::Value() {
  std::string value;
  for (uint32_t n = 1 + Below(3); n > 0; --n) value += Pick(kValues);
  if (Chance(2)) value += std::string(1, '\0') + "a";
  if (Chance(1)) value += std::string(Below(3000), 'a') + Pick(kValues);
  return Chance(4) ? "" : value;
}

SysmonEvent SysmonGenerator::Event() {
  const auto types = static_cast<uint32_t>(build_.types.size());
  SysmonEvent event{.id = Chance(95) ? ids_[Below(static_cast<uint32_t>(ids_.size()))]
                                     : build_.types[Below(types)].id,
                    .values = {}};
  for (const EventType& type : build_.types) {
    if (type.id != event.id) continue;
    for (const std::string& field : type.fields) {
      if (Chance(85)) event.values[field] = Value();
    }
  }
  if (Chance(5)) event.values["Other"] = Value();
  return event;
}

// The text of a condition or an item of it, whole or with something around it.
std::string SysmonGenerator::ValueNear(const SysmonCondition& condition) {
  std::vector<std::string> items(1);
  for (const char16_t unit : condition.data) {
    if (unit == u';' && Chance(50)) {
      items.emplace_back();
    } else {
      items.back() += static_cast<char>(unit);
    }
  }
  std::string value = items[Below(static_cast<uint32_t>(items.size()))];
  if (Chance(20)) value = Pick(kValues) + value;
  if (Chance(20)) value += Pick(kValues);
  if (Chance(20)) value = "C:\\" + value;
  if (Chance(10) && !value.empty()) value.pop_back();
  return value;
}

SysmonEvent SysmonGenerator::EventNear(const SysmonRules& rules) {
  while (true) {
    auto of_class = rules.classes.begin();
    std::advance(of_class, Below(static_cast<uint32_t>(rules.classes.size())));
    const std::vector<SysmonRecord>& records = of_class->second;
    const SysmonRecord& record = records[Below(static_cast<uint32_t>(records.size()))];
    const EventType* type = nullptr;
    for (const EventType& candidate : build_.types) {
      if (candidate.id == record.id) type = &candidate;
    }
    if (type == nullptr) continue;
    SysmonEvent event{.id = record.id, .values = {}};
    for (uint32_t n = record.conditions.empty() ? 0 : 1 + Below(8); n > 0; --n) {
      const SysmonCondition& condition =
          record.conditions[Below(static_cast<uint32_t>(record.conditions.size()))];
      if (condition.field < type->fields.size()) {
        event.values[type->fields[condition.field]] = ValueNear(condition);
      }
    }
    // Mostly all that one sub-group asks for.
    for (const SysmonCondition& condition : record.conditions) {
      const bool same = !record.conditions.empty() && condition.group != 0 &&
                        condition.group == record.conditions.back().group;
      if (same && Chance(80)) event.values[type->fields[condition.field]] = ValueNear(condition);
    }
    return event;
  }
}

void SysmonGenerator::MutateCondition(uint32_t at, std::string* blob) {
  constexpr uint16_t kUnits[] = {0xD83D, 0xDD12, 0xDC00, 'A', ';', '\\', 0xE000, 0xFF01};
  const uint32_t how = Below(12);
  if (how == 0) SetWord(blob, at, Below(10));
  if (how == 1) SetWord(blob, at + 516, Below(16) | (Chance(20) ? 1u << 30 : 0));
  if (how > 3) return;
  // One of the units before the last, which ends the text.
  const uint32_t units = WordAt(*blob, at + 524) / 2 - 1;
  if (units == 0) return;
  const size_t unit = at + 536 + 2 * Below(units);
  const uint16_t value = kUnits[Below(8)];
  (*blob)[unit] = static_cast<char>(value & 0xFF);
  (*blob)[unit + 1] = static_cast<char>(value >> 8);
}

std::string SysmonGenerator::Mutate(std::string blob) {
  for (uint32_t at = blob.empty() ? 0 : 24; at != 0 && at < blob.size();
       at = WordAt(blob, at + 12)) {
    const uint32_t id = WordAt(blob, at);
    const bool registry = id >= 12 && id <= 14;
    const bool wmi = id >= 19 && id <= 21;
    if (registry && Chance(15)) SetWord(&blob, at, 12 + Below(3));
    if (wmi && Chance(15)) SetWord(&blob, at, 19 + Below(3));
    if (Chance(10)) SetWord(&blob, at + 4, Below(2));
    if (Chance(10)) SetWord(&blob, at + 8, Below(2));
    for (uint32_t next = WordAt(blob, at + 20); next != 0 && next < blob.size();
         next = WordAt(blob, next + 520)) {
      MutateCondition(next, &blob);
      const uint32_t group = WordAt(blob, next + 532);
      if (group != 0 && Chance(5)) SetWord(&blob, group + 280, Below(2));
    }
  }
  return blob;
}

}  // namespace naive
