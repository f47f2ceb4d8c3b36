// What the rules about Sigma's values put in place of them, and where they stop.

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/schema/rules/lint_case.h"
#include "tests/schema/rules/rule_case.h"

namespace sluice {
namespace {

std::string Selection(const std::string& lines) {
  return SigmaRule(absl::StrCat("  selection:\n", lines, "  condition: selection\n"));
}

// `text` with the fixes of all findings of `rule`, which must not overlap.
std::string Fixed(const std::string& rule, std::string text) {
  std::vector<Edit> edits;
  for (const Finding& finding : LintCase({.text = text}).findings) {
    if (finding.rule->id == rule) edits.insert(edits.end(), finding.fix.begin(), finding.fix.end());
  }
  std::ranges::sort(edits, std::ranges::greater(), [](const Edit& e) { return e.place.offset; });
  for (const Edit& edit : edits) {
    text.replace(edit.place.offset, edit.place.length, edit.replacement);
  }
  return text;
}

struct FixCase {
  std::string rule;
  std::string before;  // the lines of a selection
  std::string after;   // the same, when nothing may be changed
};

class SigmaFixTest : public testing::TestWithParam<FixCase> {};

TEST_P(SigmaFixTest, ChangesTheValueAlone) {
  const FixCase& one = GetParam();
  const std::string after = Selection(one.after);
  EXPECT_EQ(Fixed(one.rule, Selection(one.before)), after);
  // What was mended is not found again.
  if (one.before == one.after) return;
  for (const Finding& finding : LintCase({.text = after}).findings) {
    EXPECT_NE(finding.rule->id, one.rule);
  }
}

std::vector<FixCase> FixCases() {
  return {
      {"SL582", "    CommandLine|contains: '**a*'   # why\n",
       "    CommandLine|contains: 'a'   # why\n"},
      {"SL582", "    Image|startswith: 'C:\\\\*'\n", "    Image|startswith: 'C:\\\\'\n"},
      {"SL582", "    CommandLine|contains: a*\n", "    CommandLine|contains: a*\n"},
      {"SL582", "    CommandLine|contains: \"\\x2aa*\"\n",
       "    CommandLine|contains: \"\\x2aa*\"\n"},
      {"SL583", "    Image: '*\\a.exe'\n", "    Image|endswith: '\\a.exe'\n"},
      {"SL583", "    CommandLine:\n      - '*a*'\n      - '*b*' # b\n",
       "    CommandLine|contains:\n      - 'a'\n      - 'b' # b\n"},
      {"SL583", "    CommandLine|all:\n      - '*a*'\n      - '*b*'\n",
       "    CommandLine|contains|all:\n      - 'a'\n      - 'b'\n"},
      {"SL584", "    CommandLine|contains: 'a***b'\n", "    CommandLine|contains: 'a*b'\n"},
      {"SL585", "    Image: 'C:\\Users\\*\\a.exe'\n", "    Image: 'C:\\Users\\\\*\\a.exe'\n"},
      {"SL585", "    CommandLine: 'C:\\Users\\*\\a.exe'\n",
       "    CommandLine: 'C:\\Users\\*\\a.exe'\n"},
      {"SL586", "    User:\n      - 'a'\n      - 'b'\n      - 'a'\n",
       "    User:\n      - 'a'\n      - 'b'\n"},
      {"SL586", "    User:\n      - 'a'\n      - 'a' # not me\n",
       "    User:\n      - 'a'\n      - 'a' # not me\n"},
      {"SL586", "    User: ['a', 'a']\n", "    User: ['a', 'a']\n"},
      {"SL586", "    User:\n      - &x 'a'\n      - *x\n",
       "    User:\n      - &x 'a'\n      - *x\n"},
      {"SL587", "    User:\n      - 'a'\n      -   A\n", "    User:\n      - 'a'\n"},
      {"SL592", "    ' Image |endswith': 'a'\n", "    'Image|endswith': 'a'\n"},
      {"SL593", "    commandline|contains: 'a'\n", "    CommandLine|contains: 'a'\n"},
      {"SL593", "    ProcessName: 'a'\n", "    ProcessName: 'a'\n"},
      {"SL637", "    CommandLine: 012\n", "    CommandLine: '012'\n"},
      {"SL637", "    ParentCommandLine:\n      - 12:30\n",
       "    ParentCommandLine:\n      - '12:30'\n"},
      {"SL637", "    ProcessId: 012\n", "    ProcessId: 012\n"},
      {"SL637", "    CommandLine: 1_000\n", "    CommandLine: 1_000\n"},
      {"SL593", "    \"command\\x6cine\": 'a'\n", "    \"command\\x6cine\": 'a'\n"},
  };
}

INSTANTIATE_TEST_SUITE_P(Values, SigmaFixTest, testing::ValuesIn(FixCases()));

TEST(SigmaFix, TakesTheQuotesOfANumberAway) {
  const auto rule = [](const std::string& port) {
    std::string text = Selection(absl::StrCat("    DestinationPort: ", port, "\n"));
    const std::string from = "process_creation";
    return text.replace(text.find(from), from.size(), "network_connection");
  };
  EXPECT_EQ(Fixed("SL589", rule("'445'")), rule("445"));
  EXPECT_EQ(Fixed("SL589", rule("\"445\"")), rule("445"));
  // YAML would read it as octal.
  EXPECT_EQ(Fixed("SL589", rule("'0445'")), rule("'0445'"));
}

// As something that was asked for and not done.
bool IsListedAsNotChecked(const std::string& text, const std::string& rule) {
  return std::ranges::any_of(LintCase({.text = text}).not_checked, [&](const NotChecked& entry) {
    return entry.requested && entry.what.find(rule) != std::string::npos;
  });
}

// Texts of two letters, all of one length: nothing is part of another, and all of them look alike.
// Under one operator the length would be enough to know.
TEST(SigmaValueCover, GivesUpInTimeAndSaysSo) {
  const auto list = [](int bits) {
    std::string lines = "    CommandLine:\n      - 'a'\n";
    for (int i = 0; i < 1 << bits; ++i) {
      absl::StrAppend(&lines, "      - '*");
      for (int bit = 0; bit < bits; ++bit) lines += (i >> bit & 1) != 0 ? 'a' : 'b';
      absl::StrAppend(&lines, "*'\n");
    }
    return Selection(lines);
  };
  EXPECT_TRUE(IsListedAsNotChecked(list(12), "SL588"));
  EXPECT_FALSE(IsListedAsNotChecked(list(4), "SL588"));
}

// Every answer is that of comparing all pairs, in short lists and in long ones.
TEST(SigmaValueCover, IsThatOfAllPairs) {
  uint32_t random = 1;
  const auto next = [&random](uint32_t below) {
    random = random * 1664525 + 1013904223;
    return (random >> 16) % below;
  };
  constexpr uint32_t kFirstLine = 19;
  for (const std::string modifier : {"contains", "startswith", "endswith"}) {
    for (const uint32_t size : {6U, 20U, 40U}) {
      std::vector<std::string> values;
      while (values.size() < size) {
        std::string value;
        for (uint32_t length = 3 + next(5); length > 0; --length) value += "abC"[next(3)];
        if (std::ranges::find(values, value) == values.end()) values.push_back(value);
      }
      std::string lines = absl::StrCat("    CommandLine|", modifier, "|cased:\n");
      for (const std::string& value : values) absl::StrAppend(&lines, "      - '", value, "'\n");
      std::vector<uint32_t> wanted;
      for (uint32_t i = 0; i < values.size(); ++i) {
        const bool covered = std::ranges::any_of(values, [&](const std::string& wide) {
          if (wide == values[i]) return false;
          if (modifier == "startswith") return values[i].starts_with(wide);
          if (modifier == "endswith") return values[i].ends_with(wide);
          return values[i].find(wide) != std::string::npos;
        });
        if (covered) wanted.push_back(kFirstLine + i);
      }
      std::vector<uint32_t> found;
      for (const Finding& finding : LintCase({.text = Selection(lines)}).findings) {
        if (finding.rule->id == "SL588") found.push_back(finding.line);
      }
      EXPECT_EQ(found, wanted) << lines;
      EXPECT_FALSE(wanted.empty() && modifier == "contains" && size > 20);
    }
  }
}

}  // namespace
}  // namespace sluice
