#ifndef SLUICE_TESTS_ENGINE_NAIVE_SIGMA_H_
#define SLUICE_TESTS_ENGINE_NAIVE_SIGMA_H_

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/engine/naive_match.h"
#include "tests/engine/naive_regex.h"

// A second evaluator of Sigma rules, from their text: it shares no header with engine/, parser/ or
// schema/. What it and the engine do not agree on is a fault of one of them.

namespace sluice::naive {

struct EventField {
  enum Kind { kText, kNumber, kBoolean, kNull } kind = kText;
  std::string name;
  std::string text;  // any bytes; of a number, as it stands
};

// Fields are distinct by name.
struct Event {
  std::vector<std::string> types;  // log sources: "windows/process_creation", "windows"
  std::vector<EventField> fields;
};

// What one value of a rule asks of one value of an event.
struct ValueTest {
  enum Kind {
    kPatterns,  // one of these
    kNumber,    // that number
    kNull,      // there is none
    kExists,    // there is a field
    kRegex,
    kLess,
    kLessOrEqual,
    kGreater,
    kGreaterOrEqual,
    kNetwork,
    kOtherField,
  } kind = kPatterns;
  std::vector<Pattern> patterns;
  Number number;
  bool exists = true;
  RegexNode regex;
  std::string text;         // a network, or the other field's name
  bool open_begin = false;  // of another field's value: what may stand before and behind
  bool open_end = false;
  bool cased = false;
  Part part = Part::kWhole;
};

// A key of a selection's map with its values, or keywords.
struct Entry {
  bool any_field = false;
  std::string field;
  bool all = false;
  bool negated = false;
  std::vector<ValueTest> values;
};

struct Selection {
  std::string name;
  std::vector<std::vector<Entry>> any_of;  // of lists that are AND
};

// A condition; selections by their position.
struct Condition {
  enum Kind { kSelection, kAnd, kOr, kNot } kind = kSelection;
  size_t selection = 0;
  std::vector<Condition> children;
};

struct Rule {
  std::string type;  // log source: "windows/process_creation"; "*": any
  std::vector<Selection> selections;
  Condition condition;
};

using Placeholders = std::map<std::string, std::vector<std::string>>;

// One rule of YAML. Nothing, and a few words in `*why`, for what the specification gives no meaning
// and for regular expressions beyond its subset. `re2`: these are as RE2 has them
// (`RegexFlags::re2`).
std::optional<Rule> ReadRule(std::string_view yaml, const Placeholders& placeholders,
                             std::string* why, bool re2 = false);

// Texts and wildcards of a rule's value: `*`, `?`, and what backslashes make of them.
Pattern ReadPattern(std::string_view text);

bool Holds(const ValueTest& test, const EventField* field, const Event& event);
// Whether the event is of a log source; one without a product ("*/proxy") is that of any.
bool IsOf(const Event& event, std::string_view log_source);
// Whether the event is of the rule's log source and meets its condition.
bool Matches(const Rule& rule, const Event& event);

}  // namespace sluice::naive

#endif  // SLUICE_TESTS_ENGINE_NAIVE_SIGMA_H_
