// What rules about the values in Sigma's detections share.

#ifndef SLUICE_SCHEMA_SIGMA_VALUES_H_
#define SLUICE_SCHEMA_SIGMA_VALUES_H_

#include <algorithm>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "schema/content.h"
#include "schema/finding.h"
#include "schema/sigma.h"

namespace sluice {

// The effects that several of these rules report.
inline constexpr std::string_view kMatchesPresent = "matches every event that has the field";
inline constexpr std::string_view kAddsNothing = "adds nothing";

// Calls `visit(instance, criteria)` for each key of every rule that means something, and for each
// list of keywords: with the criteria of all of its values.
template <typename Visit>
void ForEachKey(const Content& content, Visit visit) {
  ForEachCompleteRule(content, [&](const Instance& instance) {
    const std::span<const Criterion> criteria = content.criteria(instance);
    for (size_t begin = 0, end = 0; begin < criteria.size(); begin = end) {
      const uint32_t item = content.written(criteria[begin])->item;
      for (end = begin + 1; end < criteria.size(); ++end) {
        if (content.written(criteria[end])->item != item) break;
      }
      visit(instance, criteria.subspan(begin, end - begin));
    }
  });
}

// Calls `visit(instance, criterion, written)` for each criterion of those rules.
template <typename Visit>
void ForEachValue(const Content& content, Visit visit) {
  ForEachCompleteRule(content, [&](const Instance& instance) {
    for (const Criterion& criterion : content.criteria(instance)) {
      visit(instance, criterion, *content.written(criterion));
    }
  });
}

// Whether `modifiers` ("contains|all") has the one called `name`.
inline bool HasModifier(std::string_view modifiers, std::string_view name) {
  while (!modifiers.empty()) {
    const std::string_view first = modifiers.substr(0, modifiers.find('|'));
    if (first == name) return true;
    modifiers.remove_prefix(std::min(first.size() + 1, modifiers.size()));
  }
  return false;
}

// Whether a text is looked for, perhaps with wildcards in it.
inline bool TestsText(Operator op) { return op >= Operator::kEquals && op <= Operator::kGlob; }

inline bool IsKeyword(const Content& content, const Criterion& criterion) {
  return content.field(criterion).kind == FieldKind::kAny;
}

// Whether bytes that were encoded are looked for: letters are not what is written.
inline bool Encodes(const Criterion& criterion) {
  return criterion.operator_text.find("64") != std::string_view::npos ||
         criterion.operator_text.find("utf16") != std::string_view::npos ||
         HasModifier(criterion.operator_text, "wide");
}

// Where a value stands, with its quotes.
inline Place ValuePlace(const Content& content, const Criterion& criterion) {
  return criterion.operands.empty() ? criterion.place : content.operands(criterion).front().place;
}

// Whether the value stands in the file as it is: no escape, no folded line.
inline bool StandsAsItIs(const Content& content, std::string_view value) {
  const std::string_view text = content.text();
  return !value.empty() && !std::less<>()(value.data(), text.data()) &&
         !std::less<>()(text.data() + text.size(), value.data() + value.size());
}

// Where `part` of a value stands; all of the value where it does not stand as it is.
inline Place PartPlace(const Content& content, const Criterion& criterion, std::string_view part) {
  if (!StandsAsItIs(content, part)) return ValuePlace(content, criterion);
  return {static_cast<uint32_t>(part.data() - content.text().data()),
          static_cast<uint32_t>(part.size())};
}

// Whether the value stands as it is between quotes, so that part of it can be taken out.
inline bool InQuotes(const Content& content, std::string_view value) {
  if (!StandsAsItIs(content, value)) return false;
  const std::string_view text = content.text();
  const auto begin = static_cast<size_t>(value.data() - text.data());
  const size_t end = begin + value.size();
  return begin > 0 && end < text.size() && text[begin - 1] == text[end] &&
         (text[end] == '\'' || text[end] == '"');
}

// Whether the wildcard at `at` is taken as text: the backslashes before it are odd in number.
inline bool IsEscaped(std::string_view value, size_t at) {
  size_t backslashes = 0;
  while (backslashes < at && value[at - 1 - backslashes] == '\\') ++backslashes;
  return backslashes % 2 == 1;
}

// The length of the run of `*` that a value begins and ends with; 0 at the end for `\*`.
inline size_t LeadingStars(std::string_view value) {
  return std::min(value.find_first_not_of('*'), value.size());
}
inline size_t TrailingStars(std::string_view value) {
  const size_t last = value.find_last_not_of('*');
  if (last == std::string_view::npos) return value.size();
  const size_t stars = value.size() - 1 - last;
  return stars > 0 && IsEscaped(value, last + 1) ? stars - 1 : stars;
}

// Takes out the item of a list that stands alone on its line, with nothing behind it. Nothing where
// the line is not like that.
inline void RemoveLine(const Content& content, Place item, Finding& finding) {
  const std::string_view text = content.text();
  const size_t begin = text.substr(0, item.offset).find_last_of("\r\n") + 1;
  const size_t end = text.find('\n', item.end());
  if (end == std::string_view::npos) return;
  const std::string_view value = text.substr(item.offset, item.length);
  const std::string_view before = text.substr(begin, item.offset - begin);
  const std::string_view behind = text.substr(item.end(), end - item.end());
  const size_t dash = before.find_first_not_of(' ');
  const bool alone = dash != std::string_view::npos && before[dash] == '-' &&
                     dash + 1 < before.size() &&
                     before.find_first_not_of(' ', dash + 1) == std::string_view::npos &&
                     behind.find_first_not_of(" \t\r") == std::string_view::npos;
  if (!alone || value.find_first_of("\r\n") != std::string_view::npos) return;
  finding.fix.push_back(
      {{static_cast<uint32_t>(begin), static_cast<uint32_t>(end + 1 - begin)}, ""});
}

// "'*a*' of CommandLine", "the keyword '*a*'".
inline std::string ValueLabel(const Content& content, const Criterion& criterion) {
  const std::string value = Quoted(content.written(criterion)->value);
  if (IsKeyword(content, criterion)) return Cat("the keyword ", value);
  return Cat(value, " of ", Quoted(content.field(criterion).name));
}

// "Image|endswith: '\cmd.exe'"; with `more`, "Image|endswith: ['\cmd.exe', ...]".
inline std::string KeyLabel(const Content& content, const Criterion& criterion, bool more = false) {
  const Written& written = *content.written(criterion);
  const std::string_view modifiers = criterion.operator_text;
  const std::string value = written.type == ScalarType::kNull ? "null" : Quoted(written.value);
  return Cat(Printable(content.field(criterion).name), modifiers.empty() ? "" : "|",
             Printable(modifiers), ": ", more ? Cat("[", value, ", ...]") : value);
}

// Fills in a finding about a value.
inline void SayValue(const RuleInput& in, const Criterion& criterion, Finding& finding,
                     std::string_view effect, std::string message, std::string_view help) {
  finding.field = FieldLabel(in.content, in.self, criterion);
  Say(finding, effect, std::move(message), help);
}

}  // namespace sluice

#endif  // SLUICE_SCHEMA_SIGMA_VALUES_H_
