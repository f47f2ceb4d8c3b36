// What the rules about metadata would change: the text that comes out, comments and layout kept.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "schema/rule.h"
#include "tests/schema/rules/lint_case.h"
#include "tests/schema/rules/rule_case.h"

namespace sluice {
namespace {

// `text` with the edits that `rule` proposes; empty when it proposes none.
std::string Fixed(std::string_view rule, const std::string& text) {
  std::vector<Edit> edits;
  for (const Finding& finding : LintCase({.text = text}).findings) {
    if (finding.rule->id != rule) continue;
    edits.insert(edits.end(), finding.fix.begin(), finding.fix.end());
  }
  std::ranges::sort(edits, std::greater<>(), [](const Edit& e) { return e.place.offset; });
  std::string fixed = edits.empty() ? "" : text;
  for (const Edit& edit : edits) {
    fixed.replace(edit.place.offset, edit.place.length, edit.replacement);
  }
  return fixed;
}

struct Change {
  const char* rule;
  const char* from;   // in the rule that has no findings
  const char* wrong;  // what stands there
  const char* right;  // what should; "" for no change
};

TEST(SigmaMetadata, Changes) {
  const Change kChanges[] = {
      {"SL160", "title: Shell Started By An Office Program", "title: 2024  # year",
       "title: '2024'  # year"},
      {"SL160", "  - Administrators who test macros", "  - Backups: rarely",
       "  - 'Backups: rarely'"},
      {"SL160", "  - Administrators who test macros", "  - Backups: rarely # so",
       "  - 'Backups: rarely' # so"},
      {"SL160", "  - Administrators who test macros", "  - Backups: 'rarely'", ""},
      {"SL161", "2024-05-01", "2024/5/1 # first", "2024-05-01 # first"},
      {"SL161", "2024-05-01", "'2024/05/01'", "'2024-05-01'"},
      {"SL161", "2024-05-01", "2024/13/01", ""},
      {"SL161", "2024-05-01", "01.05.2024", ""},
      {"SL168", "status: test", "status: \"Test\"", "status: \"test\""},
      {"SL168", "status: test", "status: ready", ""},
      {"SL169", "level: high", "level: meduim", "level: medium"},
      {"SL542", "An Office Program", "An Office Program.", "An Office Program"},
      {"SL542", "An Office Program", "An Office Program .", ""},
      {"SL555", "  - https://example.com/office-shells\n",
       "  - https://example.com/a\n  # twice\n  - https://example.com/a\n",
       "  - https://example.com/a\n  # twice\n"},
      {"SL555", "  - https://example.com/office-shells\n",
       "  - https://example.com/a\n  - https://example.com/a # why\n", ""},
      {"SL555", "\n  - https://example.com/office-shells\n",
       " ['https://example.com/a', 'https://example.com/a']\n", ""},
      {"SL557", "attack.t1059.003", "attack.T1059 # shell", "attack.t1059 # shell"},
      {"SL560", "attack.execution", "attack.defense_evasion", "attack.defense-evasion"},
      {"SL560", "attack.t1059.003", "attack.t1086", ""},
      {"SL561", "  - attack.t1059.003\n", "  - attack.execution\n", ""},
      {"SL562", "attack.t1059.003", "cve.2021.44228", "cve.2021-44228"},
      {"SL562", "attack.t1059.003", "cve.cve-2021-44228", "cve.2021-44228"},
      {"SL160", "title: Shell Started By An Office Program", "title: !!int 2024", ""},
      {"SL563", "attack.t1059.003", "tlp.amber_strict", "tlp.amber-strict"},
      {"SL564", "attack.t1059.003", "detection.threat_hunting", "detection.threat-hunting"},
      {"SL564", "attack.t1059.003", "detection.hunting", ""},
      {"SL572", "  - https://example.com/office-shells\n", "  - https://example.com/a\n  -\n",
       "  - https://example.com/a\n"},
      {"SL567", "Administrators who test macros", "Unkown", "Unknown"},
      {"SL573", "references:", "refrences:", "references:"},
      {"SL574", "An Office Program", "An Office Program", ""},
      {"SL574", "title: Shell Started By An Office Program", "title: ' A shell '",
       "title: 'A shell'"},
      {"SL574", "title: Shell Started By An Office Program", "title: \"A shell\\t\"", ""},
  };
  for (const Change& change : kChanges) {
    std::string right = SigmaWith(change.from, change.right);
    if (std::string_view(change.right).empty()) right.clear();
    // Taken away: the line goes with its item.
    if (std::string_view(change.rule) == "SL561") right = SigmaWith(change.from, "");
    EXPECT_EQ(Fixed(change.rule, SigmaWith(change.from, change.wrong)), right) << change.wrong;
  }
}

TEST(SigmaMetadata, LineEndsOfAnotherSystemStay) {
  std::string text = SigmaWith("  - attack.t1059.003\n", "  - attack.execution\n");
  std::string want = SigmaWith("  - attack.t1059.003\n", "");
  for (std::string* one : {&text, &want}) {
    std::string with;
    for (const char c : *one) with += c == '\n' ? std::string("\r\n") : std::string(1, c);
    *one = with;
  }
  EXPECT_EQ(Fixed("SL561", text), want);
}

TEST(SigmaMetadata, RuleThatHasAllIsSilent) {
  for (const Finding& finding : LintCase({.text = SigmaWith("", "")}).findings) {
    ADD_FAILURE() << finding.rule->id << ": " << finding.message;
  }
}

// Lists of many items take the time of one pass, be they all the same or all different.
TEST(SigmaMetadata, ManyItems) {
  std::string list;
  for (int i = 0; i < 50'000; ++i) list += "  - Tool " + std::to_string(i % 40'000) + "\n";
  const Results results =
      LintCase({.text = SigmaWith("  - Administrators who test macros\n", list)});
  EXPECT_EQ(results.totals.notes, 10'000u);
  EXPECT_TRUE(std::ranges::all_of(results.findings,
                                  [](const Finding& f) { return f.rule->id == "SL579"; }));
}

}  // namespace
}  // namespace sluice
