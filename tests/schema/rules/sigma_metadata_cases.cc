// Rules about what stands outside of `detection`: SL160 to SL169, SL540 to SL579.

#include <initializer_list>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "tests/schema/rules/rule_case.h"

namespace sluice {
namespace {

constexpr const char* kRefused = "is refused by Sigma tools";
constexpr const char* kNothing = "the rule means nothing";
constexpr Severity kNote = Severity::kNote;
constexpr Severity kWarning = Severity::kWarning;
constexpr const char* kTag = "attack.t1059.003";
constexpr const char* kDate = "date: 2024-05-01";
constexpr const char* kModified = "modified: 2024-06-01";
constexpr const char* kTitle = "title: Shell Started By An Office Program";
constexpr const char* kDescription =
    "description: Detects a command shell that an office program starts.";
constexpr const char* kReference = "  - https://example.com/office-shells\n";
constexpr const char* kFalsePositive = "  - Administrators who test macros\n";

using Cases = std::vector<RuleCase>;

// The rule speaks where `to` stands for `from`.
RuleCase Speaks(const char* rule, const char* shows, const std::string& from, const std::string& to,
                uint32_t line, const char* effect, Severity severity, const char* name = kSigmaId) {
  return {.rule = rule,
          .shows = shows,
          .text = SigmaWith(from, to),
          .expected = Expected{line, name, effect, {}, severity}};
}

RuleCase Silent(const char* rule, const char* shows, const std::string& from,
                const std::string& to) {
  return {.rule = rule, .shows = shows, .text = SigmaWith(from, to)};
}

// A correlation with an id; what stands under `correlation` begins on line 4.
std::string Correlation(const std::string& body) {
  return absl::StrCat("title: Many Failed Logons\nid: ", kSigmaId, "\ncorrelation:\n", body);
}

std::string Filter(const std::string& body) {
  return absl::StrCat("title: Administrators Left Out\nid: ", kSigmaId,
                      "\nlogsource:\n  product: windows\nfilter:\n", body);
}

RuleCase SpeaksOf(const char* rule, const char* shows, std::string text, uint32_t line,
                  const char* effect, Severity severity = Severity::kError) {
  return {.rule = rule,
          .shows = shows,
          .text = std::move(text),
          .expected = Expected{line, kSigmaId, effect, {}, severity}};
}

RuleCase SilentOf(const char* rule, const char* shows, std::string text) {
  return {.rule = rule, .shows = shows, .text = std::move(text)};
}

// A rule with a description of so many letters, on line 23: a file is known by what it begins with.
std::string Described(size_t letters) {
  return absl::StrCat(SigmaWith(absl::StrCat(kDescription, "\n"), ""),
                      "description: ", std::string(letters, 'd'), "\n");
}

Cases ShapeCases() {
  return {
      Speaks("SL160", "title is a number", kTitle, "title: 2024", 1, kRefused, kWarning),
      Speaks("SL160", "tags are one text", "tags:\n  - attack.execution\n  - attack.t1059.003\n",
             "tags: attack.execution\n", 10, kRefused, kWarning),
      Speaks("SL160", "item with a colon is a map", kFalsePositive, "  - Backup tools: rarely\n",
             22, kRefused, kWarning),
      Speaks("SL160", "references is a map", kReference, "  web: here\n", 6, kRefused, kWarning),
      Speaks("SL160", "related holds texts", kModified, "related:\n  - other", 10, kRefused,
             kWarning),
      Silent("SL160", "title in quotes", kTitle, "title: '2024'"),
      Silent("SL160", "custom attribute of any shape", kModified, "ours: {a: [1]}"),
      SilentOf("SL160", "a correlation may have one false positive as text",
               Correlation("  type: temporal\nfalsepositives: Backups\n")),
  };
}

Cases DateCases() {
  return {
      Speaks("SL161", "slashes", kDate, "date: 2024/05/01", 8, kRefused, kWarning),
      Speaks("SL161", "day first", kModified, "modified: 01.06.2024", 9, kRefused, kWarning),
      Speaks("SL161", "no date at all", kDate, "date: soon", 8, kRefused, kWarning),
      Silent("SL161", "date in quotes", kDate, "date: '2024-05-01'"),
      Silent("SL161", "day that does not exist has the form", kDate, "date: 2024-02-30"),
      Speaks("SL162", "30 February", kDate, "date: 2024-02-30", 8, kRefused, kWarning),
      Speaks("SL162", "29 February 1900", kDate, "date: 1900-02-29", 8, kRefused, kWarning),
      Speaks("SL162", "month 13", kModified, "modified: 2024-13-01", 9, kRefused, kWarning),
      Silent("SL162", "29 February 2024", kDate, "date: 2024-02-29"),
      Silent("SL162", "29 February 2000", kDate, "date: 2000-02-29"),
      Speaks("SL552", "modified first", kModified, "modified: 2023-06-01", 9,
             "contradicts its date", kWarning),
      Silent("SL552", "modified on the same day", kModified, "modified: 2024-05-01"),
      Silent("SL552", "modified with another form", kModified, "modified: 2023/06/01"),
      Speaks("SL551", "no date", "date: 2024-05-01\n", "", 1, "hides how old it is", kNote),
      Silent("SL551", "a date that is none", kDate, "date: soon"),
  };
}

Cases CorrelationCases() {
  const std::string whole =
      "  type: event_count\n  rules:\n    - failed_logon\n  group-by:\n    - User\n"
      "  timespan: 5m\n  condition:\n    gte: 10\n";
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string text = Correlation(whole);
    return text.replace(text.find(from), from.size(), to);
  };
  Cases cases;
  for (const char* rule : {"SL163", "SL164", "SL165", "SL166", "SL578"}) {
    cases.push_back(SilentOf(rule, "correlation with all its parts", Correlation(whole)));
  }
  for (const char* part : {"  type: event_count\n", "  rules:\n    - failed_logon\n",
                           "  timespan: 5m\n", "  condition:\n    gte: 10\n"}) {
    cases.push_back(SpeaksOf("SL163", "part missing", with(part, ""), 3, kNothing));
  }
  const Cases more = {
      SpeaksOf("SL163", "no rules listed", with("\n    - failed_logon", " []"), 3, kNothing),
      SpeaksOf("SL163", "values without a field", with("event_count", "value_count"), 3, kNothing),
      SilentOf("SL163", "temporal needs no condition",
               Correlation("  type: temporal\n  rules: [a, b]\n  timespan: 1h\n")),
      SpeaksOf("SL164", "other name", with("event_count", "count_events"), 4, kNothing),
      SpeaksOf("SL164", "capitals", with("event_count", "Event_Count"), 4, kNothing),
      SpeaksOf("SL165", "words", with("5m", "5 minutes"), 9, kNothing),
      SpeaksOf("SL165", "no unit", with("5m", "5"), 9, kNothing),
      SpeaksOf("SL165", "no time at all", with("5m", "0m"), 9, kNothing),
      SilentOf("SL165", "months", with("5m", "1M")),
      SpeaksOf("SL166", "operator of another kind", with("gte", "at_least"), 11, kNothing),
      SpeaksOf("SL166", "no number", with("gte: 10", "gte: many"), 11, kNothing),
      SpeaksOf("SL166", "a field and no comparison", with("gte: 10", "field: User"), 10, kNothing),
      SilentOf("SL166", "a field beside a comparison", with("gte: 10", "gte: 10\n    field: User")),
      SilentOf("SL166", "condition over rules",
               Correlation("  type: temporal\n  rules: [a, b]\n  timespan: 1h\n"
                           "  condition: a and not b\n")),
      SpeaksOf("SL578", "itself by id", with("failed_logon", kSigmaId), 6, kRefused, kWarning),
      SpeaksOf("SL578", "itself by name",
               absl::StrCat(with("failed_logon", "many"), "name: many\n"), 6, kRefused, kWarning),
      SpeaksOf("SL579", "rule named twice",
               with("    - failed_logon\n", "    - failed_logon\n    - failed_logon\n"), 7,
               "says nothing new", kNote),
  };
  cases.insert(cases.end(), more.begin(), more.end());
  return cases;
}

// A correlation with this condition, on line 7.
std::string Counting(const std::string& condition, const std::string& type = "event_count") {
  return Correlation(absl::StrCat("  type: ", type, "\n  rules: [a]\n  timespan: 1h\n",
                                  "  condition: ", condition, "\n"));
}

// A rule that is called `logon`, and behind it a correlation of it with these lines, the first of
// which is line 30.
std::string CorrelationOf(const std::string& lines) {
  return absl::StrCat(
      SigmaWith("title:", "name: logon\ntitle:"),
      "---\ntitle: Many Shells\ncorrelation:\n  type: value_count\n  rules: [logon]\n", lines);
}

Cases CorrelationHygieneCases() {
  const auto never = [](std::string shows, std::string text) {
    return RuleCase{.rule = "SL639",
                    .shows = std::move(shows),
                    .text = std::move(text),
                    .expected = Expected{7, kSigmaId, "never matches", {}, Severity::kError}};
  };
  const auto always = [](std::string shows, std::string text) {
    return RuleCase{.rule = "SL639",
                    .shows = std::move(shows),
                    .text = std::move(text),
                    .expected = Expected{7, kSigmaId, "always matches", {}, Severity::kWarning}};
  };
  const auto field = [](std::string shows, const std::string& lines, uint32_t line) {
    return RuleCase{.rule = "SL640",
                    .shows = std::move(shows),
                    .text = CorrelationOf(lines),
                    .expected = Expected{
                        line, "Many Shells", "finds nothing to compare", {}, Severity::kWarning}};
  };
  return {
      never("more than ten and less than five", Counting("{gte: 10, lt: 5}")),
      never("no whole number between", Counting("{gt: 10, lt: 11}")),
      never("equal to what is left out", Counting("{eq: 3, neq: 3}")),
      never("of values, too", Counting("{gt: 3, lte: 3, field: x}", "value_avg")),
      never("fewer than none", Counting("{lt: 0}")),
      always("zero or more", Counting("{gte: 0}")),
      SilentOf("SL639", "one or more", Counting("{gte: 1}")),
      SilentOf("SL639", "a range", Counting("{gte: 10, lte: 10}")),
      SilentOf("SL639", "an average between", Counting("{gt: 10, lt: 11, field: x}", "value_avg")),
      SilentOf("SL639", "a sum that may be negative", Counting("{gte: 0, field: x}", "value_sum")),
      field("a field that is not there", "  group-by: [Usr]\n", 30),
      field("another spelling", "  group-by:\n    - image\n", 31),
      field("the field that is counted", "  condition: {gte: 3, field: Query}\n", 30),
      SilentOf("SL640", "fields of the event and of its header",
               CorrelationOf("  group-by: [User, Computer]\n")),
      SilentOf("SL640", "an alias",
               CorrelationOf("  aliases: {who: {logon: User}}\n  group-by: [who]\n")),
      SilentOf("SL640", "a rule of another file",
               Correlation("  type: temporal\n  rules: [logon]\n  group-by: [Usr]\n")),
  };
}

Cases FilterCases() {
  const std::string rules = "  rules:\n    - other\n";
  const std::string selection = "  selection:\n    User: adm\n";
  const std::string condition = "  condition: not selection\n";
  return {
      SilentOf("SL167", "filter with all its parts", Filter(rules + selection + condition)),
      SilentOf("SL167", "filter of any rule", Filter("  rules: any\n" + selection + condition)),
      SpeaksOf("SL167", "no rules", Filter(selection + condition), 5, kNothing),
      SpeaksOf("SL167", "empty rules", Filter("  rules: []\n" + selection + condition), 5,
               kNothing),
      SpeaksOf("SL167", "no selection", Filter(rules + condition), 5, kNothing),
      SpeaksOf("SL167", "no condition", Filter(rules + selection), 5, kNothing),
      SpeaksOf("SL578", "filter of itself",
               Filter(absl::StrCat("  rules:\n    - ", kSigmaId, "\n", selection, condition)), 7,
               kRefused, kWarning),
  };
}

Cases TitleCases() {
  const auto title = [](size_t letters) { return "title: " + std::string(letters, 'a'); };
  std::string wide;
  for (int i = 0; i < 110; ++i) wide += "\xC3\xA4";
  const std::string none = "title: Shell Started By An Office Program\n";
  return {
      Speaks("SL540", "no title", none, "", 1, kRefused, kWarning),
      Speaks("SL540", "empty title", kTitle, "title: ''", 1, kRefused, kWarning),
      SpeaksOf("SL540", "correlation without a title",
               absl::StrCat("id: ", kSigmaId, "\ndetection:\ncorrelation:\n  type: temporal\n"), 1,
               kRefused, kWarning),
      Silent("SL540", "title of one letter", kTitle, "title: a"),
      Speaks("SL541", "111 letters", kTitle, title(111), 1, "is cut in lists of alerts", kNote),
      Speaks("SL541", "257 letters", kTitle, title(257), 1, kRefused, kWarning),
      Silent("SL541", "110 letters", kTitle, title(110)),
      Silent("SL541", "110 letters of two bytes", kTitle, "title: " + wide),
      Speaks("SL542", "full stop", kTitle, "title: A shell.", 1, "reads as a sentence", kNote),
      Silent("SL542", "three dots", kTitle, "title: A shell..."),
      Silent("SL542", "full stop inside", kTitle, "title: Use of cmd.exe"),
      Speaks("SL577", "name of 257 letters", kModified, "name: " + std::string(257, 'n'), 9,
             kRefused, kWarning),
      Silent("SL577", "name of 256 letters", kModified, "name: " + std::string(256, 'n')),
  };
}

Cases WordCases() {
  return {
      Speaks("SL168", "another word", "status: test", "status: testing", 3, kRefused, kWarning),
      Speaks("SL168", "capitals", "status: test", "status: Test", 3, kRefused, kWarning),
      Silent("SL168", "in quotes", "status: test", "status: \"unsupported\""),
      Speaks("SL169", "another word", "level: high", "level: severe", 23, kRefused, kWarning),
      Silent("SL169", "informational", "level: high", "level: informational"),
      Speaks("SL543", "no id", absl::StrCat("id: ", kSigmaId, "\n"), "", 1, "cannot be found again",
             kWarning, "Shell Started By An Office Program"),
      Silent("SL543", "an id that is none", kSigmaId, "windows-01"),
      Speaks("SL544", "no UUID", kSigmaId, "windows-01", 2, kRefused, kWarning, "windows-01"),
      Speaks("SL544", "a letter that is no digit", kSigmaId, "3f2b8c1e-5d4a-4b6f-9a7e-0c1d2e3f4a5g",
             2, kRefused, kWarning, "3f2b8c1e-5d4a-4b6f-9a7e-0c1d2e3f4a5g"),
      Silent("SL544", "capitals", kSigmaId, "3F2B8C1E-5D4A-4B6F-9A7E-0C1D2E3F4A5B"),
      Silent("SL544", "version 1", kSigmaId, "3f2b8c1e-5d4a-11ef-9a7e-0c1d2e3f4a5b"),
      Speaks("SL545", "no status", "status: test\n", "", 1,
             "is left out by tools that choose by status", kNote),
      Silent("SL545", "any status", "status: test", "status: testing"),
      Speaks("SL546", "no level", "level: high\n", "", 1, "raises alerts without a severity",
             kWarning),
      SilentOf("SL546", "a filter has no level", Filter("  rules: any\n")),
      Speaks("SL550", "no author", "author: Jo Example\n", "", 1, "leaves nobody to ask", kNote),
      Silent("SL550", "a team", "Jo Example", "Detection Team"),
  };
}

Cases TextCases() {
  const std::string same = "says no more than the title";
  return {
      Speaks("SL547", "no description", absl::StrCat(kDescription, "\n"), "", 1,
             "leaves the analyst with the title", kNote),
      Silent("SL547", "short description", kDescription, "description: a"),
      Speaks("SL548", "15 letters", kDescription, "description: Detects a shell", 4, same.c_str(),
             kNote),
      Silent("SL548", "16 letters", kDescription, "description: Detects a shell."),
      SpeaksOf("SL549", "65536 letters", Described(65536), 23, kRefused, kWarning),
      SilentOf("SL549", "65535 letters", Described(65535)),
      Speaks("SL576", "title again", kDescription,
             "description: Shell started by an Office program.", 4, same.c_str(), kNote),
      Silent("SL576", "title and more", kDescription,
             "description: Shell started by an Office program on Windows"),
      Speaks("SL574", "blank before the quote", kTitle, "title: 'A Shell '", 1,
             "keeps the white space", kNote),
      Speaks("SL574", "blank in a tag", kTag, "\" attack.t1059\"", 12, "keeps the white space",
             kNote),
      Speaks("SL574", "block with a blank at its end", kDescription, "description: |\n  A shell. ",
             4, "keeps the white space", kNote),
      Silent("SL574", "block of text", kDescription, "description: |\n  Detects a shell.\n"),
      Silent("SL574", "blanks that YAML drops", kTitle, "title:   A Shell   "),
      Speaks("SL575", "escape sequence", kTitle, "title: \"A \\x1b[2K Shell\"", 1,
             "shows something else than it says", kWarning),
      Speaks("SL575", "direction turned", kTitle, "title: \"A \\u202e Shell\"", 1,
             "shows something else than it says", kWarning),
      Silent("SL575", "an en dash is shown", kTitle, "title: A \xE2\x80\x93 Shell"),
      Silent("SL575", "tab and line break", kDescription, "description: \"A\\tshell\\nat work\""),
  };
}

Cases ListCases() {
  const std::string twice = absl::StrCat(kReference, kReference);
  const std::string hint = "leaves the analyst without a hint";
  const std::string again = "says nothing new";
  return {
      Speaks("SL553", "no references", absl::StrCat("references:\n", kReference), "", 1,
             "hides what it was made from", kNote),
      Silent("SL553", "a reference that is none", kReference, "  - Research\n"),
      Speaks("SL554", "words", kReference, "  - Internal Research\n", 6, "cannot be followed",
             kNote),
      Speaks("SL554", "words beside a URL", kReference, "  - https://example.com/a (page 3)\n", 6,
             "cannot be followed", kNote),
      Silent("SL554", "another scheme", kReference, "  - ftp://example.com/a\n"),
      Speaks("SL555", "reference twice", kReference, twice, 7, again.c_str(), kNote),
      Silent("SL555", "another reference", kReference,
             absl::StrCat(kReference, "  - https://example.com/b\n")),
      Speaks("SL566", "no false positives", absl::StrCat("falsepositives:\n", kFalsePositive), "",
             1, hint.c_str(), kNote),
      Silent("SL566", "unknown false positives", kFalsePositive, "  - Unknown\n"),
      Speaks("SL567", "none", kFalsePositive, "  - None.\n", 22, hint.c_str(), kNote),
      Speaks("SL567", "misspelt", kFalsePositive, "  - Unkown\n", 22, hint.c_str(), kNote),
      Silent("SL567", "unknown", kFalsePositive, "  - Unknown\n"),
      Silent("SL567", "none among words", kFalsePositive, "  - None seen in two years\n"),
      Speaks("SL571", "empty list", absl::StrCat("falsepositives:\n", kFalsePositive),
             "falsepositives: []\n", 21, "says nothing", kWarning),
      Speaks("SL571", "nothing written", kDescription, "description:", 4, "says nothing", kWarning),
      Silent("SL571", "a custom attribute", kModified, "ours:"),
      Silent("SL571", "an item that is empty", kFalsePositive, "  - ''\n"),
      Speaks("SL572", "dash left over", kReference, absl::StrCat(kReference, "  -\n"), 7, kRefused,
             kWarning),
      Silent("SL572", "item of a custom list", kModified, "ours:\n  - ''"),
      Speaks("SL579", "false positive twice", kFalsePositive,
             absl::StrCat(kFalsePositive, kFalsePositive), 23, again.c_str(), kNote),
      Silent("SL579", "item in other lists", kModified,
             "fields:\n  - Administrators who test macros"),
  };
}

Cases TagCases() {
  const char* view = "is in no view of what is covered";
  const char* nobody = "is understood by nobody";
  return {
      Speaks("SL556", "no tags", "tags:\n  - attack.execution\n  - attack.t1059.003\n", "", 1, view,
             kNote),
      Silent("SL556", "a tag that is none", kTag, "shells"),
      Speaks("SL557", "no namespace", kTag, "t1059", 12, kRefused, kWarning),
      Speaks("SL557", "blank", kTag, "attack.lateral movement", 12, kRefused, kWarning),
      Speaks("SL557", "capitals", kTag, "attack.T1059", 12, "is not found under its tag", kNote),
      Silent("SL557", "underscore", kTag, "attack.lateral_movement"),
      Silent("SL557", "the label with a plus sign", kTag, "tlp.amber+strict"),
      Speaks("SL558", "misspelt", kTag, "atack.execution", 12, "is known to no other tool", kNote),
      Silent("SL558", "capitals", kTag, "Attack.execution"),
      Speaks("SL559", "no such technique", kTag, "attack.t1000", 12, view, kWarning),
      Speaks("SL559", "no such tactic", kTag, "attack.lateral-move", 12, view, kWarning),
      Speaks("SL559", "too few digits", kTag, "attack.t105", 12, view, kWarning),
      Speaks("SL559", "no such sub-technique", kTag, "attack.t1059.099", 12, view, kNote),
      Silent("SL559", "capitals", kTag, "attack.T1059.001"),
      Silent("SL559", "group", kTag, "attack.g0016"),
      Silent("SL559", "withdrawn technique", kTag, "attack.t1086"),
      Silent("SL559", "technique newer than the table", kTag, "attack.t1999.001"),
      Speaks("SL560", "withdrawn technique", kTag, "attack.t1086", 12, view, kNote),
      Speaks("SL560", "tactic with an underscore", kTag, "attack.defense_evasion", 12, view, kNote),
      Silent("SL560", "tactic with a dash", kTag, "attack.defense-evasion"),
      Speaks("SL561", "tag twice", kTag, "attack.execution", 12, "says nothing new", kNote),
      Silent("SL561", "technique beside its sub-technique", "attack.execution", "attack.t1059"),
      Speaks("SL562", "dots", kTag, "cve.2021.44228", 12, "is not found under its vulnerability",
             kWarning),
      Speaks("SL562", "three digits", kTag, "cve.2021-442", 12,
             "is not found under its vulnerability", kWarning),
      Silent("SL562", "seven digits", kTag, "cve.2021-1044228"),
      Speaks("SL563", "yellow", kTag, "tlp.yellow", 12, nobody, kWarning),
      Silent("SL563", "amber", kTag, "tlp.amber"),
      Speaks("SL564", "hunting", kTag, "detection.hunting", 12, nobody, kWarning),
      Silent("SL564", "threat hunting", kTag, "detection.threat-hunting"),
      Speaks("SL565", "analytic with its letters", kTag, "car.car-2013-05-004", 12, nobody, kNote),
      Speaks("SL565", "score of 7", kTag, "stp.7", 12, nobody, kNote),
      Silent("SL565", "analytic", kTag, "car.2013-05-004"),
      Silent("SL565", "score", kTag, "stp.4u"),
      Silent("SL565", "technique of defence", kTag, "d3fend.d3-psa"),
  };
}

Cases RelatedCases() {
  const std::string other = "4e2d7c1a-90ab-4b3f-8d52-6a1c0f9e8b77";
  const auto related = [](const std::string& id, const std::string& type) {
    return absl::StrCat("related:\n  - id: ", id, "\n    type: ", type);
  };
  const std::string two =
      absl::StrCat("related:\n  - type: similar\n  - id: ", other, "\n    type: similar");
  const std::string no_type = absl::StrCat("related:\n  - id: ", other);
  return {
      Speaks("SL568", "no UUID", kModified, related("other", "similar"), 10, kRefused, kWarning),
      Speaks("SL568", "the first has no id", kModified, two, 10, kRefused, kWarning),
      Silent("SL568", "UUID", kModified, related(other, "similar")),
      Speaks("SL569", "another word", kModified, related(other, "replaces"), 11, kRefused,
             kWarning),
      Speaks("SL569", "no type", kModified, no_type, 10, kRefused, kWarning),
      Silent("SL569", "similar", kModified, related(other, "similar")),
      Speaks("SL570", "own id", kModified, related(kSigmaId, "derived"), 10,
             "leads to no other rule", kWarning),
      Silent("SL570", "other id", kModified, related(other, "derived")),
  };
}

Cases KeyCases() {
  const char* unread = "is read by nobody";
  return {
      Speaks("SL573", "letters changed", "references:", "refrences:", 5, unread, kWarning),
      Speaks("SL573", "capitals and underscore", "falsepositives:", "False_Positives:", 21, unread,
             kWarning),
      Speaks("SL573", "capital of a short key", "tags:", "Tags:", 10, unread, kWarning),
      Silent("SL573", "key of one's own", kModified, "score: 70"),
      Silent("SL573", "beside the key that is meant", kModified, "authors: many"),
  };
}

Cases FileNameCases() {
  const auto named = [](std::string path, bool wrong) {
    RuleCase one{.rule = "SL634", .shows = path, .text = SigmaWith("", ""), .path = path};
    if (wrong) {
      one.expected =
          Expected{1, kSigmaId, "is missed by tools that look for rules", {}, Severity::kNote};
    }
    return one;
  };
  return {named("rules/office_starts_shell.yml", false),
          named("rules/ten_letters_.yml", false),
          named("no ending", false),
          named("rules.d/x", false),
          named("office_starts_shell.yaml", true),
          named("Office_starts_shell.yml", true),
          named("office starts shell.yml", true),
          named("shell.yml", true),
          named(std::string(91, 'a') + ".yml", true)};
}

}  // namespace

std::vector<RuleCase> SigmaMetadataCases() {
  Cases all;
  for (const Cases& cases :
       {ShapeCases(), DateCases(), CorrelationCases(), CorrelationHygieneCases(), FilterCases(),
        TitleCases(), WordCases(), TextCases(), ListCases(), TagCases(), RelatedCases(), KeyCases(),
        FileNameCases()}) {
    all.insert(all.end(), cases.begin(), cases.end());
  }
  return all;
}

}  // namespace sluice
