// What the fields of Windows events hold, as far as rules about Sigma ask.

#ifndef SLUICE_SCHEMA_SIGMA_FIELDS_H_
#define SLUICE_SCHEMA_SIGMA_FIELDS_H_

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

#include "schema/content.h"
#include "schema/rule.h"

namespace sluice {

// Whether the rule's log source is one of Windows that some contract describes: then its fields are
// those of the sensor's events.
inline bool IsWindowsSensorRule(const RuleInput& in, const Instance& instance) {
  return instance.type != kNone && in.content.type(instance).name.starts_with("windows/") &&
         in.self.type(instance.type).supported.any();
}

// Whether the field holds the path of a file, as Windows writes it. Source: Sysmon's manifest.
inline bool HoldsPath(std::string_view field) {
  switch (field.size()) {
    case 5:
      return field == "Image";
    case 11:
      return field == "ParentImage" || field == "ImageLoaded" || field == "SourceImage" ||
             field == "TargetImage";
    case 14:
      return field == "TargetFilename";
    default:
      return false;
  }
}

// The same of a criterion, in a rule over a log source of Windows.
inline bool HoldsWindowsPath(const Content& content, const Criterion& criterion) {
  const FieldRef& field = content.field(criterion);
  return HoldsPath(field.name) && content.types()[field.type].name.starts_with("windows/");
}

// Whether the criterion looks for text in the field, or compares it, and is not negated.
inline bool IsPathText(const Criterion& criterion) {
  return (criterion.flags & kNegated) == 0 && criterion.op >= Operator::kEquals &&
         criterion.op <= Operator::kGlob;
}

// The numbers that a field can have.
struct NumberRange {
  int64_t least = 0;
  int64_t most = 0;
};

// nullopt where it is not known. Source: RFC 9293, section 3.1 (ports have 16 bits); Windows
// process ids are unsigned.
inline std::optional<NumberRange> RangeOf(std::string_view field) {
  if (field == "SourcePort" || field == "DestinationPort") return NumberRange{0, 65'535};
  if (field == "ProcessId" || field == "ParentProcessId" || field == "TerminalSessionId" ||
      field == "SourceProcessId" || field == "TargetProcessId") {
    return NumberRange{0, 4'294'967'295};
  }
  return std::nullopt;
}

// nullopt for what is no integer of at most 18 digits.
inline std::optional<int64_t> Integer(std::string_view text) {
  int64_t number = 0;
  const char* const last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, number);
  if (error != std::errc() || end != last || text.empty() || text.size() > 18) return std::nullopt;
  return number;
}

}  // namespace sluice

#endif  // SLUICE_SCHEMA_SIGMA_FIELDS_H_
