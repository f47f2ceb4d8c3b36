// Every kind of thing that the Sigma reader records comes back as a finding where it stands, and
// fixes say what was meant.

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/parser/sigma/sigma_testing.h"
#include "tests/schema/rules/lint_case.h"
#include "tests/schema/rules/rule_case.h"

namespace sluice {
namespace {

// The rule that reports each kind, in their order. Values of a type that is taken for another are
// SL535's; an expression that is not compiled is no finding, but not checked.
constexpr std::string_view kReportedBy[] = {
    "SL519", "SL520", "SL123", "SL521", "SL155", "SL124", "SL125", "SL522", "SL126", "SL127",
    "SL156",  // the file
    "SL128", "SL129", "SL131", "SL130", "SL132", "SL133", "SL134", "SL135", "SL136", "SL137",
    "SL106", "SL523", "SL106", "SL524", "SL138", "SL139", "SL106",  // its parts
    "SL137", "SL140", "SL141", "SL142", "SL143", "SL144", "SL145", "SL525", "SL526", "SL157",
    "SL527",  // conditions
    "SL146", "SL102", "SL147", "SL528", "SL148", "SL149", "SL150", "SL529", "SL530",
    "SL531",  // keys
    "SL103", "SL151", "SL532", "SL152", "SL153", "SL154", "SL518", "SL103", "SL533", "SL103",
    "SL103",                        // values
    "SL103", "SL158", "SL534", "",  // expressions
};
constexpr int kFirst = static_cast<int>(IrregularityKind::kSigmaEncoding);
constexpr int kLast = static_cast<int>(kLastIrregularityKind);
static_assert(std::size(kReportedBy) == kLast - kFirst + 1, "a rule for each kind");

std::string_view RuleOf(const Irregularity& found) {
  if (found.kind == IrregularityKind::kSigmaValueType && !found.fatal) return "SL535";
  const int kind = static_cast<int>(found.kind) - kFirst;
  return kind < 0 ? std::string_view() : kReportedBy[kind];
}

bool Reports(const Results& results, std::string_view rule, Place place) {
  // The key's modifiers are the place of what changes none of its values.
  return std::ranges::any_of(results.findings, [&](const Finding& f) {
    return f.rule->id == rule && (rule == "SL532" || f.place == place);
  });
}

TEST(SigmaReading, EachKindIsReportedWhereItStands) {
  std::set<int> seen;
  for (const RuleCase& one : SigmaReadingCases()) {
    if (!one.expected) continue;
    const Results results = LintCase(one);
    const Content content = SigmaContent(one.text);
    for (const Irregularity& found : content.irregularities()) {
      if (RuleOf(found) != one.rule) continue;
      EXPECT_TRUE(Reports(results, one.rule, found.place)) << one.rule << ": " << one.shows;
      seen.insert(static_cast<int>(found.kind));
    }
  }
  for (int kind = kFirst; kind <= kLast; ++kind) {
    const bool finding = !kReportedBy[kind - kFirst].empty();
    EXPECT_EQ(seen.contains(kind), finding) << "kind " << kind;
  }
}

std::string Item(const std::string& item) {
  return SigmaRule(absl::StrCat("  selection:\n    ", item, "\n  condition: selection\n"));
}

TEST(SigmaReading, ExpressionsThatAreNotCompiledAreNotChecked) {
  const auto listed = [](const std::string& pattern) {
    const Results results = LintCase({.text = Item("Image|re: '" + pattern + "'")});
    return std::ranges::any_of(results.not_checked, [](const NotChecked& n) {
      return n.what == absl::StrCat("regular expressions of rule ", kSigmaId);
    });
  };
  EXPECT_TRUE(listed("a(?!b)"));
  EXPECT_FALSE(listed("a(b)"));
}

// What the fixes of a rule's findings make of a text.
std::string Fixed(const std::string& rule, std::string text) {
  const Results results = LintCase({.rule = rule, .text = text});
  std::vector<Edit> edits;
  for (const Finding& finding : results.findings) {
    if (finding.rule->id == rule) std::ranges::copy(finding.fix, std::back_inserter(edits));
  }
  std::ranges::sort(edits, std::ranges::greater{}, [](const Edit& e) { return e.place.offset; });
  for (const Edit& edit : edits) {
    text.replace(edit.place.offset, edit.place.length, edit.replacement);
  }
  return text;
}

TEST(SigmaReading, FixesSayWhatWasMeant) {
  const struct {
    std::string rule;
    std::string from;
    std::string to;
  } kFixes[] = {
      {"SL102", "Image|EndsWith: a  # as is", "Image|endswith: a  # as is"},
      {"SL156", "4688: a", "'4688': a"},
      {"SL528", "Image|contains|contains: a", "Image|contains: a"},
      {"SL531", "Image|contains|all: a", "Image|contains: a"},
      {"SL531", "\"Image|all|contains\": a", "\"Image|contains\": a"},
      {"SL532", "CommandLine|windash|contains: [a, b]", "CommandLine|contains: [a, b]"},
      {"SL532", "CommandLine|windash: a", "CommandLine: a"},
      {"SL533", "A|cidr: ['10.1.2.3/8', 10.1.2.3/31]", "A|cidr: ['10.0.0.0/8', 10.1.2.2/31]"},
      {"SL533", "A|cidr: 'fe80::1/10'", "A|cidr: 'fe80::/10'"},
      {"SL535", "CommandLine|contains: [4688, true]", "CommandLine|contains: ['4688', 'true']"},
      {"SL535", "DestinationPort|gt: '1023'", "DestinationPort|gt: 1023"},
  };
  for (const auto& [rule, from, to] : kFixes) {
    EXPECT_EQ(Fixed(rule, Item(from)), Item(to)) << rule << ": " << from;
  }
}

// Where a fix could change what the rule says, there is none.
TEST(SigmaReading, NoFixThatIsNotSafe) {
  const struct {
    std::string rule;
    std::string item;
  } kItems[] = {
      {"SL102", "Image|like: a"},
      {"SL528", "Image|contains|contains: a\n    Image|contains: b"},  // a key that is there
      {"SL531", "Image|all: a\n    Image: b"},
      {"SL531", "'|all': a"},                           // keywords
      {"SL528", "Image|contains|contains|nothing: a"},  // what means nothing
      {"SL533", "A|cidr: \"10.1.2.3\\x2f8\""},          // escapes
      {"SL535", "DestinationPort|gt: '0123'"},          // which is octal without the quotes
      {"SL535", "Image|cased: 1"},
  };
  for (const auto& [rule, item] : kItems) {
    const std::string text = Item(item);
    const Results results = LintCase({.rule = rule, .text = text});
    EXPECT_TRUE(
        std::ranges::any_of(results.findings, [&](const Finding& f) { return f.rule->id == rule; }))
        << rule << ": " << item;
    EXPECT_EQ(Fixed(rule, text), text);
  }
}

// The condition, of the selections a, b and null.
std::string Condition(const std::string& condition) {
  return SigmaRule(
      absl::StrCat("  a: {A: a}\n  b: {B: b}\n  null: {C: c}\n  condition: ", condition, "\n"));
}

std::string Tokens(const std::string& text) {
  const Content content = SigmaContent(text);
  return Show(content.condition(content.instances()[0]));
}

TEST(SigmaReading, FixesOfConditionsKeepTheirMeaning) {
  const struct {
    std::string rule;
    std::string from;
    std::string to;
  } kFixes[] = {
      {"SL157", "a AND NOT 1 OF b*  # AND", "a and not 1 of b*  # AND"},
      {"SL526", "a and (b)", "a and b"},
      {"SL526", "( a and b )  # (so)", "a and b  # (so)"},
      {"SL526", "'((a)) or (b)'", "'a or b'"},
      {"SL526", "not(a)and b", "not a and b"},
      {"SL526", "(null)", "(null)"},
      {"SL526", "a and\n    (b)", "a and\n    (b)"},  // folded: the place is all of it
      {"SL526", "(a) and\n    (b)", "(a) and\n    (b)"},
      {"SL526", "\n    - ((a) or b)\n    - (((b)))", "\n    - a or b\n    - b"},
  };
  for (const auto& [rule, from, to] : kFixes) {
    EXPECT_EQ(Fixed(rule, Condition(from)), Condition(to)) << rule << ": " << from;
    EXPECT_EQ(Tokens(Condition(from)), Tokens(Condition(to))) << from;
  }
}

TEST(SigmaReading, SuggestsTheNearestSelection) {
  const auto help = [](const std::string& condition) -> std::string {
    for (const Finding& f : LintCase({.text = Condition(condition)}).findings) {
      if (f.rule->id == "SL143") return f.help;
    }
    return "";
  };
  EXPECT_NE(help("a and nul").find("'null'"), std::string::npos);
  EXPECT_EQ(help("a and filter").find('\''), std::string::npos);
}

}  // namespace
}  // namespace sluice
