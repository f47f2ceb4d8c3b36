// SL610 value-unknown
//
// A value that a field with few values never has.
//
// Sysmon writes the protocol as tcp or udp, truth values as true or false, and integrity levels by
// their names. The identifiers of integrity levels (S-1-16-...), '-' and the empty value are
// accepted: other sensors write these.
//
// What registry, pipe and WMI events tell of in EventType depends on the event. Of fields that the
// contracts say hold numbers, addresses or GUIDs, text with letters that none of these has is
// reported.
//
//   Initiated: 'yes'
//   IntegrityLevel: 'Administrator'
//   EventType: 'CreateKey'              # in registry_set
//   DestinationPort: 'https'
//
// Fix: write one of the values that the field has.
//
// Source: Sysmon's events 1, 3, 7, 12 to 14 and 17 to 21; Windows, mandatory integrity control.

#include <algorithm>
#include <string>
#include <vector>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma.h"
#include "schema/sigma_address.h"
#include "schema/sigma_fields.h"
#include "schema/text.h"

namespace sluice {

extern const Rule kSL610;

namespace {

constexpr std::string_view kTruth[] = {"true", "false"};
constexpr std::string_view kTransport[] = {"tcp", "udp"};
constexpr std::string_view kIntegrity[] = {"untrusted", "low",    "medium",       "mediumplus",
                                           "high",      "system", "appcontainer", "protected"};

std::span<const std::string_view> ValuesOf(std::string_view field) {
  switch (field.size()) {
    case 6:
      if (field == "Signed") return kTruth;
      break;
    case 8:
      if (field == "Protocol") return kTransport;
      break;
    case 9:
      if (field == "Initiated") return kTruth;
      break;
    case 12:
      if (field == "SourceIsIpv6" || field == "IsExecutable") return kTruth;
      break;
    case 14:
      if (field == "IntegrityLevel") return kIntegrity;
      break;
    case 17:
      if (field == "DestinationIsIpv6") return kTruth;
      break;
    default:
      break;
  }
  return {};
}

// What EventType is in an event of Sysmon; empty for events that are not known to have it.
std::span<const std::string_view> EventTypesOf(uint32_t event) {
  static constexpr std::string_view kKeys[] = {"createkey", "deletekey", "createvalue",
                                               "deletevalue"};
  static constexpr std::string_view kSet[] = {"setvalue"};
  static constexpr std::string_view kRenamed[] = {"renamekey", "renamevalue"};
  static constexpr std::string_view kPipe[] = {"createpipe", "connectpipe"};
  static constexpr std::string_view kWmi[] = {"wmifilterevent", "wmiconsumerevent",
                                              "wmibindingevent"};
  if (event == 12) return kKeys;
  if (event == 13) return kSet;
  if (event == 14) return kRenamed;
  if (event == 17 || event == 18) return std::span(kPipe).subspan(event - 17, 1);
  if (event >= 19 && event <= 21) return std::span(kWmi).subspan(event - 19, 1);
  return {};
}

// What EventType is in the events of a log source; empty where one of them is not known to have it.
std::vector<std::string_view> EventTypes(const Bound& self, uint32_t type) {
  std::vector<std::string_view> all;
  for (size_t s = 0; s < self.fleet().sensors().size(); ++s) {
    const LogSource* source = self.LogSourceOn(s, type);
    if (source == nullptr || !self.type(type).supported[s]) continue;
    for (const uint32_t event : source->events) {
      const auto values = EventTypesOf(event);
      if (values.empty()) return {};
      for (const std::string_view value : values) {
        if (std::ranges::find(all, value) == all.end()) all.push_back(value);
      }
    }
  }
  return all;
}

// The letters and signs of all values of a type, however a sensor writes them; empty when they can
// have any.
std::string_view LettersOf(ValueType type) {
  switch (type) {
    case ValueType::kUint16:
    case ValueType::kUint32:
    case ValueType::kUint64:
    case ValueType::kInt64:
    case ValueType::kHex32:
    case ValueType::kHex64:
      return "0123456789abcdefx-+,. ";
    case ValueType::kGuid:
      return "0123456789abcdef{}-";
    default:
      return {};
  }
}

std::string_view WhatIs(ValueType type) {
  if (type == ValueType::kGuid) return "a GUID";
  return type == ValueType::kIp ? "an address" : "a number";
}

// Whether a value of the type can have the text, as far as its letters tell.
bool CanHave(ValueType type, std::string_view text) {
  if (type == ValueType::kIp) return !IsNoAddress(text);
  const std::string_view letters = LettersOf(type);
  return letters.empty() || std::ranges::all_of(text, [&](char c) {
           return letters.find(AsciiLower(c)) != std::string_view::npos;
         });
}

// Whether the field has that type wherever a sensor has it.
bool IsAlways(const Bound& self, uint32_t type, std::string_view field, ValueType wanted) {
  for (size_t s = 0; s < self.fleet().sensors().size(); ++s) {
    for (const ContractType* event : self.TypesOn(s, type)) {
      const auto found = std::ranges::find(event->fields, field, &ContractField::name);
      if (found != event->fields.end() && found->type != wanted) return false;
    }
  }
  return true;
}

bool Fits(Operator op, std::string_view text, std::string_view value) {
  if (text.size() > value.size()) return false;
  const std::string lower = Lowercase(text);
  switch (op) {
    case Operator::kEquals:
      return lower == value;
    case Operator::kStartsWith:
      return value.starts_with(lower);
    case Operator::kEndsWith:
      return value.ends_with(lower);
    default:
      return value.find(lower) != std::string_view::npos;
  }
}

// What other sensors write there.
bool IsElsewhere(std::string_view field, std::string_view text) {
  if (text.empty() || text == "-") return true;
  return field == "IntegrityLevel" && text.find("16-") != std::string_view::npos;
}

std::string Listed(std::span<const std::string_view> values) {
  std::string all;
  for (const std::string_view value : values) {
    if (!all.empty()) all += ", ";
    all += value;
  }
  return all;
}

bool IsOneText(const Criterion& criterion) {
  return IsPathText(criterion) && criterion.op != Operator::kGlob && criterion.operands.size() == 1;
}

// What the criterion's field is, if it can never have the operand; empty otherwise.
std::string WhatItIs(const RuleInput& in, const Criterion& criterion, const Operand& operand) {
  const FieldRef& ref = in.content.field(criterion);
  std::span<const std::string_view> values = ValuesOf(ref.name);
  std::vector<std::string_view> of_events;
  if (ref.name == "EventType") values = of_events = EventTypes(in.self, ref.type);
  if (values.empty()) {
    const ValueType type = in.self.field(criterion).type;
    const bool never = !CanHave(type, operand.text) && IsAlways(in.self, ref.type, ref.name, type);
    return never ? std::string(WhatIs(type)) : std::string();
  }
  const auto fits = [&](std::string_view value) { return Fits(criterion.op, operand.text, value); };
  if (std::ranges::any_of(values, fits)) return {};
  return values.size() == 1 ? std::string(values[0]) : Cat("one of ", Listed(values));
}

void CheckOne(const RuleInput& in, Reporter& out, const Instance& instance,
              const Criterion& criterion) {
  const Operand& operand = in.content.operands(criterion)[0];
  const std::string_view field = in.content.field(criterion).name;
  if (IsElsewhere(field, operand.text)) return;
  const std::string is = WhatItIs(in, criterion, operand);
  if (is.empty()) return;
  Finding* f = out.Report(kSL610, operand.place, &instance, &criterion);
  if (f == nullptr) return;
  f->field = Printable(field);
  Say(*f, kNeverMatches,
      Cat(field, " is never ", Quoted(in.content.written(criterion)->value), ": it is ", is),
      "write one of the values that the field has");
}

// Whether the values of the field are known at all: mostly they are not.
bool IsNarrow(const Bound& self, const Content& content, const Criterion& criterion) {
  const ValueType type = self.field(criterion).type;
  const std::string_view field = content.field(criterion).name;
  return (type != ValueType::kUnknown && type != ValueType::kString) || field == "EventType" ||
         !ValuesOf(field).empty();
}

void Check(const RuleInput& in, Reporter& out) {
  ForEachCompleteRule(in.content, [&](const Instance& instance) {
    if (!IsWindowsSensorRule(in, instance)) return;
    for (const Criterion& criterion : in.content.criteria(instance)) {
      if (IsOneText(criterion) && IsNarrow(in.self, in.content, criterion)) {
        CheckOne(in, out, instance, criterion);
      }
    }
  });
}

}  // namespace

const Rule kSL610 = {{"SL610", "value-unknown", Severity::kWarning, Category::kHygiene,
                      "a value that a field with few values never has", kSigmaFiles},
                     Check};

}  // namespace sluice
