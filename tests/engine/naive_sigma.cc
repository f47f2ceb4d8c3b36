#include "tests/engine/naive_sigma.h"

#include <algorithm>

namespace sluice::naive {
namespace {

const EventField* FieldOf(const Event& event, std::string_view name) {
  for (const EventField& field : event.fields) {
    if (field.name == name) return &field;
  }
  return nullptr;
}

// The number that a comparison is about.
std::optional<Number> NumberOf(const ValueTest& test, std::string_view text) {
  if (test.part == Part::kWhole) return ReadNumber(text);
  const std::optional<int> part = DatePart(text, test.part);
  return part ? ReadNumber(std::to_string(*part)) : std::nullopt;
}

bool ComparesWithField(const ValueTest& test, std::string_view text, const Event& event) {
  const EventField* other = FieldOf(event, test.text);
  if (other == nullptr || other->kind == EventField::kNull) return false;
  Pattern pattern = Literal(Decode(other->text));
  if (test.open_begin) pattern.insert(pattern.begin(), {Glyph::kAnyRun, 0});
  if (test.open_end) pattern.push_back({Glyph::kAnyRun, 0});
  return Matches(pattern, Decode(text), test.cased);
}

// The field is there and has a value.
bool HoldsFor(const ValueTest& test, std::string_view text, const Event& event) {
  if (test.kind == ValueTest::kPatterns) {
    return std::ranges::any_of(test.patterns, [&](const Pattern& pattern) {
      return Matches(pattern, Decode(text), test.cased);
    });
  }
  if (test.kind == ValueTest::kRegex) return Finds(test.regex, Decode(text));
  if (test.kind == ValueTest::kNetwork) return InNetwork(text, test.text);
  if (test.kind == ValueTest::kOtherField) return ComparesWithField(test, text, event);
  const std::optional<Number> number = NumberOf(test, text);
  if (!number) return false;
  const int order = Compare(*number, test.number);
  switch (test.kind) {
    case ValueTest::kNumber:
      return order == 0;
    case ValueTest::kLess:
      return order < 0;
    case ValueTest::kLessOrEqual:
      return order <= 0;
    case ValueTest::kGreater:
      return order > 0;
    case ValueTest::kGreaterOrEqual:
      return order >= 0;
    default:
      return false;
  }
}

bool Holds(const Entry& entry, const ValueTest& test, const Event& event) {
  if (!entry.any_field) return Holds(test, FieldOf(event, entry.field), event);
  return std::ranges::any_of(event.fields,
                             [&](const EventField& field) { return Holds(test, &field, event); });
}

// `neq` turns what the key says without it: none of the values, with `all` not all of them.
bool Holds(const Entry& entry, const Event& event) {
  const auto holds = [&](const ValueTest& test) { return Holds(entry, test, event); };
  const bool linked = entry.all ? std::ranges::all_of(entry.values, holds)
                                : std::ranges::any_of(entry.values, holds);
  return linked != entry.negated;
}

bool Holds(const Selection& selection, const Event& event) {
  return std::ranges::any_of(selection.any_of, [&](const std::vector<Entry>& entries) {
    return std::ranges::all_of(entries, [&](const Entry& entry) { return Holds(entry, event); });
  });
}

bool Holds(const Rule& rule, const Condition& condition, const Event& event) {
  const auto holds = [&](const Condition& child) { return Holds(rule, child, event); };
  switch (condition.kind) {
    case Condition::kSelection:
      return Holds(rule.selections[condition.selection], event);
    case Condition::kAnd:
      return std::ranges::all_of(condition.children, holds);
    case Condition::kOr:
      return std::ranges::any_of(condition.children, holds);
    case Condition::kNot:
      return !holds(condition.children[0]);
  }
  return false;
}

}  // namespace

bool Holds(const ValueTest& test, const EventField* field, const Event& event) {
  const bool has_value = field != nullptr && field->kind != EventField::kNull;
  if (test.kind == ValueTest::kExists) return (field != nullptr) == test.exists;
  if (test.kind == ValueTest::kNull) return !has_value;
  return has_value && HoldsFor(test, field->text, event);
}

bool IsOf(const Event& event, std::string_view log_source) {
  if (log_source == "*") return true;
  return std::ranges::any_of(event.types, [&](std::string_view type) {
    const size_t slash = type.find('/');
    const bool any_product = log_source.starts_with("*/") && slash != std::string_view::npos;
    return type == log_source || (any_product && type.substr(slash) == log_source.substr(1));
  });
}

bool Matches(const Rule& rule, const Event& event) {
  return IsOf(event, rule.type) && Holds(rule, rule.condition, event);
}

Pattern ReadPattern(std::string_view text) {
  const Units units = Decode(text);
  Pattern pattern;
  for (size_t i = 0; i < units.size(); ++i) {
    const char32_t c = units[i];
    const char32_t next = i + 1 < units.size() ? units[i + 1] : 0;
    if (c == '\\' && (next == '*' || next == '?' || next == '\\')) {
      pattern.push_back({Glyph::kLiteral, next});
      ++i;
    } else if (c == '*' || c == '?') {
      pattern.push_back({c == '*' ? Glyph::kAnyRun : Glyph::kAnyOne, 0});
    } else {
      pattern.push_back({Glyph::kLiteral, c});
    }
  }
  return pattern;
}

}  // namespace sluice::naive
