// SL610 value-unknown
//
// A value that a field with few values never has.
//
// Sysmon writes the protocol as tcp or udp, truth values as true or false, and integrity levels by
// their names. The identifiers of integrity levels (S-1-16-...), '-' and the empty value are
// accepted: other sensors write these.
//
//   Initiated: 'yes'
//   IntegrityLevel: 'Administrator'
//
// Fix: write one of the values that the field has.
//
// Source: Sysmon's events 1, 3 and 7; Windows, mandatory integrity control.

#include <algorithm>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma.h"
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

void Check(const RuleInput& in, Reporter& out) {
  ForEachCompleteRule(in.content, [&](const Instance& instance) {
    if (!IsWindowsSensorRule(in, instance)) return;
    for (const Criterion& criterion : in.content.criteria(instance)) {
      const std::string_view field = in.content.field(criterion).name;
      const auto values = ValuesOf(field);
      if (values.empty() || !IsOneText(criterion)) continue;
      const Operand& operand = in.content.operands(criterion)[0];
      if (IsElsewhere(field, operand.text) ||
          std::ranges::any_of(values, [&](std::string_view value) {
            return Fits(criterion.op, operand.text, value);
          })) {
        continue;
      }
      Finding* f = out.Report(kSL610, operand.place, &instance, &criterion);
      if (f == nullptr) continue;
      f->field = Printable(field);
      Say(*f, kNeverMatches,
          Cat(field, " is never ", Quoted(in.content.written(criterion)->value), ": it is one of ",
              Listed(values)),
          "write one of the values that the field has");
    }
  });
}

}  // namespace

const Rule kSL610 = {{"SL610", "value-unknown", Severity::kWarning, Category::kHygiene,
                      "a value that a field with few values never has", kSigmaFiles},
                     Check};

}  // namespace sluice
