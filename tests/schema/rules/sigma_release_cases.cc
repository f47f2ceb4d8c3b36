#include "absl/strings/str_cat.h"
#include "tests/schema/rules/rule_case.h"

namespace sluice {
namespace {

constexpr const char* kOtherId = "7c1e0a52-93d4-4f0b-8a6d-5e2f1b7c9d03";

// The rule of `SigmaWith("", "")`, and behind "---" another one, which begins on line 25: its id
// stands on line 26, `detection` on line 32. What is in its detection is indented by two.
std::string WithSecond(const std::string& detection, const std::string& more = "",
                       const std::string& title = "Another Shell", const std::string& id = kOtherId,
                       const std::string& level = "high") {
  return absl::StrCat(SigmaWith("", ""), "---\n", "title: ", title, "\nid: ", id,
                      "\nstatus: test\n", "level: ", level, "\n",
                      "logsource:\n  category: process_creation\n  product: windows\n",
                      "detection:\n", detection, more);
}

constexpr char kUnlike[] =
    "  selection:\n"
    "    Image|endswith: '\\sh.exe'\n"
    "  condition: selection\n";

// A document that is no rule, behind the first.
std::string WithDocument(const std::string& document) {
  return absl::StrCat(SigmaWith("status:", "name: office_shell\nstatus:"), "---\n", document);
}

std::string Correlation(const std::string& rule) {
  return WithDocument(absl::StrCat("title: Many Shells\nid: ", kOtherId,
                                   "\ncorrelation:\n"
                                   "  type: event_count\n"
                                   "  rules:\n"
                                   "    - ",
                                   rule, "\n  timespan: 5m\n"));
}

std::string Filter(const std::string& rule) {
  return WithDocument(absl::StrCat("title: No Test Hosts\nid: ", kOtherId,
                                   "\n"
                                   "logsource:\n  category: process_creation\n  product: windows\n"
                                   "filter:\n"
                                   "  rules: ",
                                   rule,
                                   "\n  selection:\n    User: tester\n  condition: selection\n"));
}

std::string Related(const std::string& id, const std::string& type) {
  return absl::StrCat("related:\n  - id: ", id, "\n    type: ", type, "\n");
}

// With this reference in the second document, to the first.
std::string Replacing(const std::string& type, const std::string& status) {
  std::string text = WithSecond(kUnlike, Related(kSigmaId, type));
  text.replace(text.find("status: test"), 12, "status: " + status);
  return text;
}

std::vector<RuleCase> NameCases() {
  const std::string id = kSigmaId;
  const std::string upper = "3F2B8C1E-5D4A-4B6F-9A7E-0C1D2E3F4A5B";
  const std::string title = "Shell started by an office program";
  return {
      {.rule = "SL105",
       .shows = "the same id",
       .text = WithSecond(kUnlike, "", "Other", id),
       .expected = Expected{26, id, "names two rules", {}, Severity::kError}},
      {.rule = "SL105",
       .shows = "in capitals",
       .text = WithSecond(kUnlike, "", "Other", upper),
       .expected = Expected{26, upper, "names two rules", {}, Severity::kError}},
      {.rule = "SL105", .shows = "another id", .text = WithSecond(kUnlike)},
      {.rule = "SL105", .shows = "two without an id", .text = WithSecond(kUnlike, "", "Other", "")},
      {.rule = "SL620",
       .shows = "a title in other case",
       .text = WithSecond(kUnlike, "", title),
       .expected =
           Expected{25, kOtherId, "cannot be told apart by its title", {}, Severity::kWarning}},
      {.rule = "SL620",
       .shows = "a longer title",
       .text = WithSecond(kUnlike, "", title + " Twice")},
      {.rule = "SL626",
       .shows = "the same name",
       .text = absl::StrCat(Correlation("office_shell"), "name: office_shell\n"),
       .expected = Expected{33, kOtherId, "correlations find one of them", {}, Severity::kWarning}},
      {.rule = "SL626",
       .shows = "another name",
       .text = absl::StrCat(Correlation("office_shell"), "name: office_shells\n")},
  };
}

std::vector<RuleCase> ReferenceCases() {
  const Expected correlation = {31, kOtherId, "is refused by Sigma tools", {}, Severity::kWarning};
  const Expected both = {37, kOtherId, "both rules fire", {}, Severity::kWarning};
  return {
      {.rule = "SL624",
       .shows = "an unknown name",
       .text = Correlation("office_shells"),
       .expected = correlation},
      {.rule = "SL624",
       .shows = "its own filter's id",
       .text = Filter(absl::StrCat("[", kOtherId, "]")),
       .expected = Expected{32, kOtherId, "filters nothing", {}, Severity::kWarning}},
      {.rule = "SL624", .shows = "a name", .text = Correlation("office_shell")},
      {.rule = "SL624", .shows = "an id", .text = Correlation(kSigmaId)},
      {.rule = "SL624", .shows = "any rule", .text = Filter("any")},
      {.rule = "SL624",
       .shows = "rules of other files",
       .text = Correlation("elsewhere").substr(SigmaWith("", "").size() + 23)},
      {.rule = "SL625",
       .shows = "obsolete and there",
       .text = Replacing("obsolete", "test"),
       .expected = both},
      {.rule = "SL625",
       .shows = "renamed and there",
       .text = Replacing("renamed", "test"),
       .expected = both},
      {.rule = "SL625", .shows = "deprecated", .text = Replacing("obsolete", "deprecated")},
      {.rule = "SL625", .shows = "similar", .text = Replacing("similar", "test")},
      {.rule = "SL625",
       .shows = "gone",
       .text = WithSecond(kUnlike, Related("00000000-93d4-4f0b-8a6d-5e2f1b7c9d03", "obsolete"))},
  };
}

std::vector<RuleCase> RelatedCases() {
  const std::string gone = "00000000-93d4-4f0b-8a6d-5e2f1b7c9d03";
  const Expected nowhere = {37, kOtherId, "leads nowhere", {}, Severity::kNote};
  const std::string upper = "3F2B8C1E-5D4A-4B6F-9A7E-0C1D2E3F4A5B";
  return {
      {.rule = "SL623",
       .shows = "similar to none",
       .text = WithSecond(kUnlike, Related(gone, "similar")),
       .expected = nowhere},
      {.rule = "SL623",
       .shows = "derived from none",
       .text = WithSecond(kUnlike, Related(gone, "derived")),
       .expected = nowhere},
      {.rule = "SL623",
       .shows = "obsolete",
       .text = WithSecond(kUnlike, Related(gone, "obsolete"))},
      {.rule = "SL623", .shows = "there", .text = WithSecond(kUnlike, Related(upper, "similar"))},
      {.rule = "SL623",
       .shows = "one rule alone",
       .text = SigmaWith("status:", Related(gone, "similar") + "status:")},
  };
}

std::vector<RuleCase> DuplicateCases() {
  const Expected twice = {32, kOtherId, "raises every alert twice", {}, Severity::kWarning};
  const auto as = [](const std::string& shows, const std::string& detection) {
    return RuleCase{.rule = "SL621", .shows = shows, .text = WithSecond(detection)};
  };
  std::vector<RuleCase> cases = {
      as("another order, name and case",
         "  s:\n    Image|endswith: '\\CMD.exe'\n    ParentImage|endswith: '\\winword.exe'\n"
         "  condition: s\n"),
      as("two selections",
         "  a:\n    Image|endswith: '\\cmd.exe'\n  b:\n    ParentImage|endswith: '\\winword.exe'\n"
         "  condition: a and b\n"),
      as("all of them",
         "  a:\n    Image|endswith: '\\cmd.exe'\n  b:\n    ParentImage|endswith: '\\winword.exe'\n"
         "  condition: all of them\n"),
      as("not of not",
         "  a:\n    Image|endswith: '\\cmd.exe'\n  b:\n    ParentImage|endswith: '\\winword.exe'\n"
         "  condition: not (not a or not b)\n"),
      as("a value twice",
         "  a:\n    Image|endswith: ['\\cmd.exe', '\\cmd.exe']\n"
         "    ParentImage|endswith: '\\winword.exe'\n  condition: a\n"),
      as("a wildcard in place of a modifier",
         "  a:\n    Image: '*\\cmd.exe'\n    ParentImage|endswith: '\\winword.exe'\n"
         "  condition: a\n"),
  };
  for (RuleCase& one : cases) one.expected = twice;
  for (
      const RuleCase& one :
      {as("or in place of and",
          "  a:\n    Image|endswith: '\\cmd.exe'\n  b:\n    ParentImage|endswith: '\\winword.exe'\n"
          "  condition: a or b\n"),
       as("another operator",
          "  a:\n    Image|contains: '\\cmd.exe'\n    ParentImage|endswith: '\\winword.exe'\n"
          "  condition: a\n"),
       as("the fields swapped",
          "  a:\n    ParentImage|endswith: '\\cmd.exe'\n    Image|endswith: '\\winword.exe'\n"
          "  condition: a\n"),
       as("with regard to case",
          "  a:\n    Image|endswith|cased: '\\cmd.exe'\n    ParentImage|endswith: '\\winword.exe'\n"
          "  condition: a\n"),
       as("one negated",
          "  a:\n    Image|endswith: '\\cmd.exe'\n  b:\n    ParentImage|endswith: '\\winword.exe'\n"
          "  condition: a and not b\n")}) {
    cases.push_back(one);
  }
  RuleCase other = cases.front();
  other.shows = "another log source";
  other.text.replace(other.text.rfind("process_creation"), 16, "image_load");
  other.expected.reset();
  cases.push_back(other);
  return cases;
}

std::vector<RuleCase> SubsumedCases() {
  const auto as = [](const std::string& shows, const std::string& detection,
                     const std::string& level = "high") {
    return RuleCase{.rule = "SL622",
                    .shows = shows,
                    .text = WithSecond(detection, "", "Another Shell", kOtherId, level)};
  };
  const Expected nothing = {
      32, kOtherId, "adds nothing but a second alert", {}, Severity::kWarning};
  const Expected second = {32, kOtherId, "raises a second alert", {}, Severity::kNote};
  const std::string both =
      "    Image|endswith: '\\cmd.exe'\n    ParentImage|endswith: '\\winword.exe'\n";
  const std::string narrow = "  s:\n" + both + "    User: SYSTEM\n  condition: s\n";
  const std::string filtered =
      "  s:\n" + both +
      "  f:\n    User: SYSTEM\n    CurrentDirectory: a\n  condition: s and not f\n";
  std::vector<RuleCase> cases = {as("one more field", narrow), as("a filter", filtered),
                                 as("of a higher level", narrow, "critical"),
                                 as("without a known level", narrow, "urgent")};
  cases[0].expected = cases[1].expected = nothing;
  cases[2].expected = cases[3].expected = second;
  // The first rule is the narrower one here.
  RuleCase fewer =
      as("fewer values",
         "  s:\n    Image|endswith: ['\\cmd.exe', '\\sh.exe']\n"
         "    ParentImage|endswith: ['\\excel.exe', '\\winword.exe']\n  condition: s\n");
  fewer.expected =
      Expected{16, kSigmaId, "adds nothing but a second alert", {}, Severity::kWarning};
  RuleCase whole = as("one selection of another rule",
                      "  s:\n" + both + "  o:\n    User: SYSTEM\n  condition: 1 of them\n");
  whole.expected = fewer.expected;
  cases.push_back(fewer);
  cases.push_back(whole);
  RuleCase retired = as("retired", narrow);
  retired.text.replace(retired.text.rfind("status: test"), 12, "status: deprecated");
  cases.push_back(retired);
  cases.push_back(as("equal", "  s:\n" + both + "  condition: s\n"));
  cases.push_back(
      as("a field more and a value more",
         "  s:\n    Image|endswith: ['\\cmd.exe', '\\sh.exe']\n"
         "    ParentImage|endswith: '\\winword.exe'\n    User: SYSTEM\n  condition: s\n"));
  cases.push_back(
      as("a filter in place of a field",
         "  s:\n    Image|endswith: '\\cmd.exe'\n"
         "  f:\n    ParentImage|endswith: '\\winword.exe'\n  condition: s and not f\n"));
  cases.push_back(as("two of three",
                     "  a:\n    Image|endswith: '\\cmd.exe'\n"
                     "  b:\n    ParentImage|endswith: '\\winword.exe'\n  c:\n    User: SYSTEM\n"
                     "  condition: 2 of them\n"));
  return cases;
}

}  // namespace

std::vector<RuleCase> SigmaReleaseCases() {
  std::vector<RuleCase> all;
  for (const std::vector<RuleCase>& cases :
       {NameCases(), ReferenceCases(), RelatedCases(), DuplicateCases(), SubsumedCases()}) {
    all.insert(all.end(), cases.begin(), cases.end());
  }
  return all;
}

}  // namespace sluice
