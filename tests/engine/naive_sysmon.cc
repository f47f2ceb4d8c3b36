#include "tests/engine/naive_sysmon.h"

#include <algorithm>
#include <optional>
#include <set>
#include <stdexcept>

#include "tests/parser/sysmon/naive_text.h"

namespace naive {
namespace {

constexpr uint32_t kConditionNumbers = 16;

uint32_t Byte(std::string_view blob, size_t at) {
  return static_cast<unsigned char>(at < blob.size() ? blob[at] : throw std::out_of_range("blob"));
}

uint32_t Word(std::string_view blob, size_t at) {
  return Byte(blob, at) | Byte(blob, at + 1) << 8 | Byte(blob, at + 2) << 16 |
         Byte(blob, at + 3) << 24;
}

// Up to the first zero unit.
std::u16string WideText(std::string_view blob, size_t at, size_t bytes) {
  std::u16string text;
  for (size_t i = 0; i + 1 < bytes; i += 2) {
    const auto unit = static_cast<char16_t>(Byte(blob, at + i) | Byte(blob, at + i + 1) << 8);
    if (unit == 0) break;
    text += unit;
  }
  return text;
}

std::string Narrow(std::u16string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    uint32_t c = text[i];
    const bool pair = c >= 0xD800 && c < 0xDC00 && i + 1 < text.size() && text[i + 1] >= 0xDC00 &&
                      text[i + 1] < 0xE000;
    if (pair) c = 0x10000 + ((c - 0xD800) << 10) + (text[++i] - 0xDC00);
    if (c < 0x80) {
      out += static_cast<char>(c);
    } else if (c < 0x800) {
      out += static_cast<char>(0xC0 | c >> 6);
      out += static_cast<char>(0x80 | (c & 0x3F));
    } else {
      if (c < 0x10000) out += static_cast<char>(0xE0 | c >> 12);
      if (c >= 0x10000) out += static_cast<char>(0xF0 | c >> 18);
      if (c >= 0x10000) out += static_cast<char>(0x80 | (c >> 12 & 0x3F));
      out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
      out += static_cast<char>(0x80 | (c & 0x3F));
    }
  }
  return out;
}

const EventType* TypeOf(uint32_t id, const Build& build) {
  for (const EventType& type : build.types) {
    if (type.id == id) return &type;
  }
  return nullptr;
}

// The highest event id of the series; 0 for 255.
uint32_t ClassOf(uint32_t id, const Build& build) {
  if (id == 255) return 0;
  uint32_t highest = id;
  const EventType* own = TypeOf(id, build);
  for (const EventType& type : build.types) {
    const bool same = own != nullptr && !own->name.empty() && type.name == own->name;
    if (same) highest = std::max(highest, type.id);
  }
  return highest;
}

uint32_t HighestId(const Build& build) {
  uint32_t highest = 0;
  for (const EventType& type : build.types) {
    if (type.id != 255) highest = std::max(highest, type.id);
  }
  return highest;
}

SysmonRecord ReadRecord(std::string_view blob, uint32_t at) {
  SysmonRecord record;
  record.id = Word(blob, at);
  record.default_action = Word(blob, at + 4);
  record.combine = Word(blob, at + 8);
  if (Word(blob, at + 16) == 0) return record;
  for (uint32_t next = Word(blob, at + 20); next != 0 && next < blob.size();) {
    SysmonCondition condition;
    condition.field = Word(blob, next);
    condition.name = Narrow(WideText(blob, next + 4, 512));
    condition.number = Word(blob, next + 516) & 0xFFFF;
    condition.data = WideText(blob, next + 536, Word(blob, next + 524));
    condition.group = Word(blob, next + 528);
    if (condition.group != 0) {
      condition.group_there = Word(blob, Word(blob, next + 532) + size_t{264});
      condition.group_combine = Word(blob, Word(blob, next + 532) + size_t{280});
    }
    record.conditions.push_back(condition);
    next = Word(blob, next + 520);
  }
  return record;
}

// Default include first, each kind from the end of the chain to its start.
void Order(std::vector<SysmonRecord>* records) {
  std::vector<SysmonRecord> ordered;
  for (const uint32_t kind : {0, 1}) {
    for (auto it = records->rbegin(); it != records->rend(); ++it) {
      if (it->default_action == kind) ordered.push_back(*it);
    }
  }
  *records = ordered;
}

char16_t Lower(char16_t c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; }
char16_t Upper(char16_t c) { return c >= 'a' && c <= 'z' ? c - 32 : c; }

bool Equal(std::u16string_view v, std::u16string_view d) {
  return std::equal(v.begin(), v.end(), d.begin(), d.end(),
                    [](char16_t a, char16_t b) { return Lower(a) == Lower(b); });
}

bool Less(std::u16string_view a, std::u16string_view b) {
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                      [](char16_t x, char16_t y) { return Upper(x) < Upper(y); });
}

bool Begins(std::u16string_view v, std::u16string_view d) {
  return v.size() >= d.size() && Equal(v.substr(0, d.size()), d);
}

bool Ends(std::u16string_view v, std::u16string_view d) {
  return v.size() >= d.size() && Equal(v.substr(v.size() - d.size()), d);
}

bool Contains(std::u16string_view v, std::u16string_view d) {
  for (size_t i = 0; i < v.size(); ++i) {
    if (Begins(v.substr(i), d)) return true;
  }
  return false;
}

// With `rest`, an empty item is all that follows it, delimiters included.
std::vector<std::u16string_view> Items(std::u16string_view d, bool rest) {
  std::vector<std::u16string_view> items;
  for (size_t at = 0; at <= d.size();) {
    const size_t end = std::min(d.find(u';', at), d.size());
    items.push_back(rest && end == at ? d.substr(at) : d.substr(at, end - at));
    at = end + 1;
  }
  return items;
}

size_t Occurring(std::u16string_view v, std::u16string_view d) {
  size_t count = 0;
  for (const std::u16string_view item : Items(d, true)) count += Contains(v, item) ? 1 : 0;
  return count;
}

bool EqualsItem(std::u16string_view v, std::u16string_view d) {
  bool equal = false;
  for (const std::u16string_view item : Items(d, false)) equal |= Equal(v, item);
  return equal;
}

bool IsImage(std::u16string_view v, std::u16string_view d) {
  if (d.find(u'\\') != d.npos) return Equal(v, d);
  const size_t last = v.rfind(u'\\');
  return Equal(last == v.npos ? v : v.substr(last + 1), d);
}

// What one condition, sub-group or record comes to.
enum class Result { kNo, kYes, kFailed };

// One event on its way through the records of its class.
class Decider {
 public:
  Decider(const SysmonEvent& event, const Build& build)
      : event_(event), type_(*TypeOf(event.id, build)), build_(build) {}

  Result Record(const SysmonRecord& record);
  const std::string& name() const { return name_; }

 private:
  Result Condition(const SysmonRecord& record, const SysmonCondition& condition);
  Result Group(const SysmonRecord& record, size_t first, size_t end);
  Result Any(const SysmonRecord& record);
  Result All(const SysmonRecord& record);
  std::u16string Value(uint32_t field) const;

  const SysmonEvent& event_;
  const EventType& type_;
  const Build& build_;
  std::string name_;
};

std::u16string Decider::Value(uint32_t field) const {
  const auto found = event_.values.find(type_.fields[field]);
  const bool empty = found == event_.values.end() || found->second.empty();
  return WideSysmon(empty ? "-" : found->second);
}

Result Decider::Condition(const SysmonRecord& record, const SysmonCondition& condition) {
  if (condition.field >= type_.fields.size()) return Result::kNo;
  if (record.id != event_.id) {
    const EventType* own = TypeOf(record.id, build_);
    const bool there = own != nullptr && condition.field < own->fields.size();
    if (!there || own->fields[condition.field] != type_.fields[condition.field]) {
      return Result::kNo;
    }
  }
  if (condition.number >= kConditionNumbers) return Result::kFailed;
  if (!HoldsSysmon(condition.number, Value(condition.field), condition.data)) return Result::kNo;
  if (!condition.name.empty()) name_ = condition.name;
  return Result::kYes;
}

size_t EndOfRun(const SysmonRecord& record, size_t first) {
  size_t end = first;
  const uint32_t group = record.conditions[first].group;
  while (end < record.conditions.size() && record.conditions[end].group == group) ++end;
  return end;
}

Result Decider::Group(const SysmonRecord& record, size_t first, size_t end) {
  const SysmonCondition& head = record.conditions[first];
  if (head.group_there != head.group) return Result::kFailed;
  if (head.group_combine > 1) return Result::kNo;
  const bool all = head.group_combine == 1;
  for (size_t i = first; i < end; ++i) {
    const Result result = Condition(record, record.conditions[i]);
    if (result == Result::kFailed) return result;
    if ((result == Result::kYes) != all) return result;
  }
  return all ? Result::kYes : Result::kNo;
}

Result Decider::Any(const SysmonRecord& record) {
  for (size_t i = 0; i < record.conditions.size();) {
    const bool plain = record.conditions[i].group == 0;
    const size_t end = plain ? i + 1 : EndOfRun(record, i);
    const Result result = plain ? Condition(record, record.conditions[i]) : Group(record, i, end);
    if (result != Result::kNo) return result;
    i = end;
  }
  return Result::kNo;
}

Result Decider::All(const SysmonRecord& record) {
  std::set<uint32_t> matched;
  for (size_t i = 0; i < record.conditions.size();) {
    const SysmonCondition& condition = record.conditions[i];
    if (condition.group != 0) {
      const size_t end = EndOfRun(record, i);
      const Result result = Group(record, i, end);
      if (result != Result::kYes) return result;
      i = end;
      continue;
    }
    ++i;
    if (matched.count(condition.field) != 0) continue;
    const Result result = Condition(record, condition);
    if (result == Result::kFailed) return result;
    if (result == Result::kYes) matched.insert(condition.field);
    bool forgiven = result == Result::kYes;
    for (size_t later = i; later < record.conditions.size(); ++later) {
      const SysmonCondition& other = record.conditions[later];
      forgiven |= other.group == 0 && other.field == condition.field;
    }
    if (!forgiven) return Result::kNo;
  }
  return Result::kYes;
}

Result Decider::Record(const SysmonRecord& record) {
  if (record.conditions.empty() || record.combine > 1) return Result::kNo;
  return record.combine == 0 ? Any(record) : All(record);
}

}  // namespace

std::u16string WideSysmon(std::string_view text) {
  std::u16string wide;
  for (const uint16_t unit : Units(text)) wide += static_cast<char16_t>(unit);
  return wide;
}

bool HoldsSysmon(uint32_t number, std::u16string_view value, std::u16string_view data) {
  switch (number) {
    case 0:
      return Equal(value, data);
    case 1:
      return !Equal(value, data);
    case 2:
      return Contains(value, data);
    case 3:
      return Occurring(value, data) > 0;
    case 4:
      return EqualsItem(value, data);
    case 5:
      return Occurring(value, data) == Items(data, true).size();
    case 6:
      return !Contains(value, data);
    case 7:
      return Occurring(value, data) == 0;
    case 8:
      return Occurring(value, data) < Items(data, true).size();
    case 9:
      return Begins(value, data);
    case 10:
      return Ends(value, data);
    case 11:
      return Less(value, data);
    case 12:
      return Less(data, value);
    case 13:
      return IsImage(value, data);
    case 14:
      return !Begins(value, data);
    case 15:
      return !Ends(value, data);
    default:
      return false;
  }
}

SysmonRules LoadSysmon(std::string_view blob, const Build& build) {
  SysmonRules rules;
  if (blob.empty()) return rules;
  rules.refused = Word(blob, 0) >> 16 != build.binary_version >> 16 || Word(blob, 4) == 0;
  uint32_t chain = 0;
  for (uint32_t at = Word(blob, 16); at != 0 && at < blob.size(); ++chain) {
    SysmonRecord record = ReadRecord(blob, at);
    record.chain = chain;
    at = Word(blob, at + 12);
    if (record.default_action > 1) rules.refused = true;
    if (record.id >= 0x80000000 || (record.id & 0xF000) != 0) continue;
    const uint32_t number = ClassOf(record.id, build);
    if (number > HighestId(build)) rules.refused = true;
    rules.classes[number].push_back(record);
  }
  for (auto& [number, records] : rules.classes) {
    if (records.size() > 65534) rules.refused = true;
    Order(&records);
  }
  if (rules.refused) rules.classes.clear();
  return rules;
}

SysmonDecision DecideSysmon(const SysmonRules& rules, const SysmonEvent& event,
                            const Build& build) {
  if (event.id == 4 || event.id == 16 || event.id == 255) return {.include = true};
  const auto records = rules.classes.find(ClassOf(event.id, build));
  if (records == rules.classes.end()) return {.include = TypeOf(event.id, build)->include};
  SysmonDecision decision;
  Decider decider(event, build);
  for (const SysmonRecord& record : records->second) {
    const Result result = decider.Record(record);
    if (result == Result::kFailed) decision.failed = true;
    if (result != Result::kYes) continue;
    decision.include = record.default_action == 1;
    decision.name = decider.name();
    decision.record = static_cast<int>(record.chain);
    return decision;
  }
  decision.include = records->second.size() == 1 && records->second[0].default_action == 0;
  return decision;
}

}  // namespace naive
