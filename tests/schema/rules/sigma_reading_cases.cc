// What the Sigma reader records becomes findings: each with a near miss.

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "schema/limits.h"
#include "tests/schema/rules/rule_case.h"

namespace sluice {
namespace {

constexpr const char* kNothing = "the rule means nothing";
constexpr const char* kRefused = "is refused by Sigma tools";
constexpr const char* kNoChange = "changes nothing";

RuleCase Speaks(std::string rule, std::string shows, std::string text, uint32_t line,
                std::string effect = kNothing, Severity severity = Severity::kError) {
  return {.rule = std::move(rule),
          .shows = std::move(shows),
          .text = std::move(text),
          .expected = Expected{line, kSigmaId, std::move(effect), {}, severity}};
}

RuleCase Silent(std::string rule, std::string shows, std::string text) {
  return {.rule = std::move(rule), .shows = std::move(shows), .text = std::move(text)};
}

// One entry of one selection, on line 18.
std::string Item(const std::string& item) {
  return SigmaRule(absl::StrCat("  selection:\n    ", item, "\n  condition: selection\n"));
}

// Of the selections `one` and `two`, on line 19.
std::string Condition(const std::string& condition) {
  return SigmaRule(
      absl::StrCat("  one: {Image|endswith: '\\cmd.exe'}\n"
                   "  two: {ParentImage|endswith: '\\winword.exe'}\n"
                   "  condition: ",
                   condition, "\n"));
}

// A selection with this text behind its name, which stands on line 17.
std::string Selection(const std::string& value) {
  return SigmaRule(absl::StrCat("  selection:", value, "\n  condition: selection\n"));
}

// ASCII as UTF-16, little endian.
std::string Utf16(std::string_view text) {
  std::string out = "\xFF\xFE";
  for (const char c : text) out.append({c, '\0'});
  return out;
}

std::vector<RuleCase> Documents() {
  const Severity warning = Severity::kWarning;
  const Severity note = Severity::kNote;
  const std::string rule = SigmaWith("", "");
  // On lines 25 and 26.
  const std::string other = absl::StrCat(rule, "---\nid: ", kSigmaId, "\n");
  // Where a rule's detection is on line 16.
  const auto without = [](const std::string& part) { return SigmaWith(part, ""); };
  const std::string source = "logsource:\n  category: process_creation\n  product: windows\n";
  const std::string detection =
      "detection:\n  selection:\n    ParentImage|endswith: '\\winword.exe'\n"
      "    Image|endswith: '\\cmd.exe'\n  condition: selection\n";
  return {
      Speaks("SL123", "a document of notes", other + "note: text\n", 25),
      Silent("SL123", "a rule", rule),
      Speaks("SL124", "a second product", SigmaWith("product: windows", "category: windows"), 15),
      Speaks("SL124", "a field twice", Item("Image: a\n    Image: b"), 19),
      Speaks("SL124", "a second level", rule + "level: low\n", 24, "is lost behind the first one",
             warning),
      Silent("SL124", "two modifiers of a field", Item("Image|contains: a\n    Image: b")),
      Speaks("SL125", "a merge key", Item("<<: {Image: a}"), 18),
      Silent("SL125", "the characters in a value", Item("Image: '<<'")),
      Speaks("SL126", "a tag of somebody", Item("Image: !path a"), 18),
      Silent("SL126", "a tag of YAML", Item("Image: !!str a")),
      Speaks("SL127", "braces as key", Item("{host}: a"), 18),
      Silent("SL127", "braces in quotes", Item("'{host}': a")),
      Speaks("SL128", "no log source", without(source), 1, kRefused),
      Silent("SL128", "a log source", rule),
      Speaks("SL129", "a text", SigmaWith(source, "logsource: windows\n"), 13),
      Silent("SL129", "a map in braces", SigmaWith(source, "logsource: {product: windows}\n")),
      Speaks("SL130", "two products", SigmaWith("product: windows", "product: [windows, linux]"),
             15),
      Silent("SL130", "a product in quotes", SigmaWith("product: windows", "product: 'windows'")),
      Speaks("SL131", "a definition only", SigmaWith(source, "logsource:\n  definition: any\n"), 14,
             kRefused),
      Silent("SL131", "a service only", SigmaWith(source, "logsource:\n  service: sshd\n")),
      Speaks("SL132", "no detection", without(detection), 1),
      Silent("SL132", "a detection", rule),
      Speaks("SL133", "a list", SigmaWith(detection, "detection:\n  - a\n"), 17),
      Speaks("SL133", "nothing", SigmaWith(detection, "detection:\n"), 16),
      Silent("SL133", "a map in braces",
             SigmaWith(detection, "detection: {selection: {Image: a}, condition: selection}\n")),
      Speaks("SL134", "a condition only", SigmaRule("  condition: selection\n"), 16),
      Silent("SL134", "a selection", rule),
      Speaks("SL155", "parts of rules",
             absl::StrCat("action: global\nid: ", kSigmaId, "\n---\n", rule), 1,
             "is not checked for sensors", warning),
      Silent("SL155", "a field of that name", Item("action: global")),
      {.rule = "SL519",
       .shows = "a byte order mark",
       .text = "\xEF\xBB\xBF" + rule,
       .expected = Expected{1, "", "hides the first key from some tools", {}, note}},
      {.rule = "SL519",
       .shows = "UTF-16",
       .text = Utf16(rule),
       .expected = Expected{1, "", kRefused, {}, warning}},
      Silent("SL519", "letters outside of ASCII", Item("Image: '\xC3\xA9.exe'")),
      {.rule = "SL520",
       .shows = "a marker at the end",
       .text = rule + "---\n",
       .expected = Expected{24, "", "is read as nothing", {}, note}},
      Silent("SL520", "a marker at the start", "---\n" + rule),
      Speaks("SL521", "two rules", absl::StrCat(rule, "---\n", rule), 25,
             "is missed by tools that read one rule a file", note),
      Silent("SL521", "a rule and a correlation",
             absl::StrCat(other, "title: Many shells\ncorrelation: {type: event_count}\n")),
  };
}

std::vector<RuleCase> Keys() {
  const Severity warning = Severity::kWarning;
  return {
      Speaks("SL156", "a truth value", Item("on: monday"), 18, kRefused, warning),
      Speaks("SL156", "a number", Item("4688: a"), 18, kRefused, warning),
      Silent("SL156", "a number in quotes", Item("'4688': a")),
      Speaks("SL522", "an alias", Item("Image: &x a\n    ParentImage: *x"), 19,
             "is read as what the anchor stands for", Severity::kNote),
      Silent("SL522", "an anchor that nothing uses", Item("Image: &x a")),
  };
}

std::vector<RuleCase> Selections() {
  const Severity note = Severity::kNote;
  return {
      Speaks("SL106", "a selection of nothing", Selection(""), 17),
      Speaks("SL106", "an empty map in a list", Selection(" [{}, {Image: a}]"), 17),
      Speaks("SL106", "a list of no values", Item("Image: []"), 18),
      Silent("SL106", "an empty value", Item("Image: ''")),
      Speaks("SL135", "no condition", SigmaRule("  selection: {Image: a}\n"), 16),
      Speaks("SL135", "a condition of nothing",
             SigmaRule("  selection: {Image: a}\n  condition:\n"), 16),
      Silent("SL135", "a condition", Condition("one and two")),
      Speaks("SL136", "a map", Condition("{one: two}"), 19),
      Silent("SL136", "a list of texts", Condition("[one, two]")),
      Speaks("SL137", "an empty text", Condition("''"), 19),
      Speaks("SL137", "an empty list", Condition("[]"), 19),
      Silent("SL137", "a name", Condition("one")),
      Speaks("SL138", "a list in a list of values", Item("Image: [a, [b]]"), 18),
      Silent("SL138", "a list", Item("Image: [a, b]")),
      Speaks("SL139", "a value with a colon", Item("Image: [user: admin]"), 18),
      Silent("SL139", "a value with a colon in quotes", Item("Image: ['user: admin']")),
      Speaks("SL523", "one keyword", Selection(" mimikatz"), 17, "is read as one keyword", note),
      Silent("SL523", "a list of one", Selection(" [mimikatz]")),
      Speaks("SL524", "a map and a keyword", Selection(" [{Image: a}, b]"), 17,
             "looks for keywords, too", Severity::kWarning),
      Silent("SL524", "two maps", Selection(" [{Image: a}, {Image: b}]")),
  };
}

std::vector<RuleCase> Conditions() {
  const Severity warning = Severity::kWarning;
  const Severity note = Severity::kNote;
  const std::string single = "says the same as the name";
  return {
      Speaks("SL140", "an operator at the end", Condition("one and"), 19),
      Speaks("SL140", "a pattern alone", Condition("one*"), 19),
      Silent("SL140", "a pattern", Condition("1 of one*")),
      Speaks("SL141", "a count", Condition("one | count() > 5"), 19),
      Silent("SL141", "a selection called count",
             SigmaRule("  count: {Image: a}\n  condition: count\n")),
      Speaks("SL142", "near", Condition("one | near two"), 19),
      Silent("SL142", "a selection called near",
             SigmaRule("  near: {Image: a}\n  condition: near\n")),
      Speaks("SL143", "a name misspelt", Condition("one and tow"), 19),
      Speaks("SL143", "another letter case", Condition("one and Two"), 19),
      Silent("SL143", "the names", Condition("one and two")),
      Speaks("SL144", "a pattern", Condition("1 of three*"), 19),
      Silent("SL144", "a pattern of one", Condition("1 of two*")),
      Speaks("SL145", "three of two", Condition("3 of them"), 19, "is never true"),
      Silent("SL145", "two of two", Condition("2 of them")),
      Speaks("SL157", "upper case", Condition("one AND two"), 19, kRefused, warning),
      Silent("SL157", "a name in upper case",
             SigmaRule("  ORDER: {Image: a}\n  condition: ORDER\n")),
      Speaks("SL525", "a name", Condition("1 of one and two"), 19, single, note),
      Speaks("SL525", "them", SigmaRule("  one: {Image: a}\n  condition: all of them\n"), 18,
             single, note),
      Silent("SL525", "a pattern for those to come", Condition("1 of one* and two")),
      Silent("SL525", "them of two", Condition("all of them")),
      Speaks("SL526", "around a name", Condition("one and (two)"), 19, kNoChange, note),
      Silent("SL526", "around a chain of the other", Condition("one or (one and two)")),
      Speaks("SL527", "both", Condition("one and two or one"), 19, "applies 'and' before 'or'",
             note),
      Silent("SL527", "both with parentheses", Condition("(one and two) or one")),
  };
}

std::vector<RuleCase> Modifiers() {
  const Severity warning = Severity::kWarning;
  std::string many = "Image";
  for (uint32_t i = 0; i <= kMaxSigmaModifiers; ++i) many += "|all";
  return {
      Speaks("SL102", "another letter case", Item("Image|EndsWith: a"), 18),
      Speaks("SL102", "a word", Item("Image|like: a"), 18),
      Silent("SL102", "an alias", Item("Image|re|ignorecase: a")),
      Speaks("SL146", "nothing behind the bar", Item("Image|: a"), 18),
      Silent("SL146", "a modifier", Item("Image|contains: a")),
      Speaks("SL147", "more than are read", Item(many + ": [a, b]"), 18),
      Silent("SL147", "as many as are read", Item(many.substr(0, many.size() - 4) + ": [a, b]")),
      Speaks("SL148", "two positions", Item("Image|startswith|endswith: a"), 18),
      Speaks("SL148", "a case that counts anyway", Item("Image|re|cased: a"), 18, kNoChange,
             warning),
      Silent("SL148", "a position and all", Item("Image|contains|all: [a, b]")),
      Speaks("SL149", "a position first", Item("Image|contains|base64: a"), 18),
      Silent("SL149", "an encoding first", Item("Image|base64|contains: a")),
      Speaks("SL150", "a flag alone", Item("Image|i: a"), 18),
      Silent("SL150", "a flag of re", Item("Image|re|i: a")),
      Speaks("SL528", "contains twice", Item("Image|contains|contains: a"), 18, kNoChange, warning),
      Silent("SL528", "base64 twice", Item("Image|base64|base64: a")),
      Speaks("SL529", "alone", Item("Image|base64offset: abc"), 18, "seldom matches", warning),
      Silent("SL529", "with contains", Item("Image|base64offset|contains: abc")),
      Speaks("SL530", "alone", Item("Image|wide: a"), 18, "seldom matches", warning),
      Silent("SL530", "with base64", Item("Image|wide|base64: a")),
      Speaks("SL531", "one value", Item("Image|contains|all: a"), 18, kNoChange, warning),
      Silent("SL531", "two values", Item("Image|contains|all: [a, b]")),
      Speaks("SL532", "no dash", Item("CommandLine|contains|windash: [a, b]"), 18, kNoChange,
             Severity::kNote),
      Speaks("SL532", "no placeholder", Item("CommandLine|expand: a"), 18, kNoChange,
             Severity::kNote),
      Silent("SL532", "a dash in one of the values", Item("CommandLine|contains|windash: [-a, b]")),
  };
}

std::vector<RuleCase> Values() {
  const Severity warning = Severity::kWarning;
  const Severity note = Severity::kNote;
  const std::string date = "compares with what no date has";
  const std::string read = "is read as what the modifier takes";
  const std::string long_pattern(kMaxSigmaRegexBytes, 'a');
  return {
      Speaks("SL103", "text where a number must be", Item("Image|gt: a"), 18),
      Speaks("SL103", "no network", Item("DestinationIp|cidr: 10.0.0"), 18),
      Speaks("SL103", "an hour that no day has", Item("UtcTime|hour: 24"), 18, date),
      Speaks("SL103", "a group that is open", Item("Image|re: 'a(b'"), 18),
      Speaks("SL103", "a pattern too long", Item("Image|re: " + long_pattern + "a"), 18),
      Silent("SL103", "a number", Item("DestinationPort|gt: 1023")),
      Silent("SL103", "a network", Item("DestinationIp|cidr: 10.0.0.0/8")),
      Silent("SL103", "the last hour", Item("UtcTime|hour: 23")),
      Silent("SL103", "a group", Item("Image|re: 'a(b)'")),
      Silent("SL103", "a pattern at the limit", Item("Image|re: " + long_pattern)),
      Speaks("SL151", "null among others", Item("Image: [a, null]"), 18),
      Silent("SL151", "null alone", Item("Image: null")),
      Silent("SL151", "a text", Item("Image: [a, 'null']")),
      Speaks("SL152", "a star that is encoded", Item("Image|base64: 'ab*'"), 18),
      Silent("SL152", "a star that is escaped", Item("Image|base64: 'ab\\*'")),
      Speaks("SL153", "one byte", Item("Image|base64offset|contains: a"), 18),
      Speaks("SL153", "two bytes", Item("Image|base64offset|contains: ab"), 18,
             "matches nearly any text", warning),
      Silent("SL153", "three bytes", Item("Image|base64offset|contains: abc")),
      Speaks("SL154", "six dashes", Item("CommandLine|windash: '------'"), 18),
      Silent("SL154", "five dashes", Item("CommandLine|windash: '-----'")),
      Speaks("SL158", "a look-ahead", Item("Image|re: 'a(?!b)'"), 18, "works in some engines only",
             warning),
      Silent("SL158", "a group without a number", Item("Image|re: 'a(?:b|c)'")),
      Speaks("SL518", "a placeholder", Item("User|expand: '%admins%'"), 18,
             "the rule is not checked", note),
      Silent("SL518", "a per cent sign", Item("User: '%admins%'")),
      Speaks("SL533", "an address in a network", Item("DestinationIp|cidr: 10.0.0.1/8"), 18,
             kRefused, warning),
      Silent("SL533", "a network", Item("DestinationIp|cidr: 10.0.0.0/8")),
      Speaks("SL534", "a repetition repeated", Item("Image|re: '(a+)+b'"), 18,
             "may never finish in a backtracking engine", warning),
      Silent("SL534", "a repetition with an end", Item("Image|re: '(a+c)+b'")),
      Speaks("SL535", "a number in a text", Item("CommandLine|contains: 4688"), 18, read, note),
      Speaks("SL535", "a text for a number", Item("DestinationPort|gt: '1023'"), 18, read, note),
      Silent("SL535", "a number without a modifier", Item("EventID: 4688")),
  };
}

}  // namespace

std::vector<RuleCase> SigmaReadingCases() {
  std::vector<RuleCase> all;
  for (auto cases : {Documents(), Keys(), Selections(), Conditions(), Modifiers(), Values()}) {
    std::ranges::move(cases, std::back_inserter(all));
  }
  return all;
}

}  // namespace sluice
