// Fixes in memory: which edits go together, what they make of a file, and what
// is refused.

#include "gate/fix.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gate/edited_text.h"
#include "schema/content.h"
#include "schema/rule.h"

namespace sluice {
namespace {

Finding With(std::vector<Edit> fix) {
  Finding finding;
  finding.fix = std::move(fix);
  return finding;
}

std::string Applied(const std::vector<Finding>& findings, const std::string& text,
                    uint64_t expected_used) {
  uint64_t used = 0;
  const std::vector<const Edit*> edits = ChooseEdits(findings, text, used);
  EXPECT_EQ(used, expected_used);
  EditedText edited(text);
  edited.Apply(edits);
  return edited.text();
}

TEST(ChooseEdits, AppliesThoseThatDoNotOverlapInOrderOfPlace) {
  EXPECT_EQ(
      Applied({With({{{4, 2}, "X"}}), With({{{0, 2}, ""}}), With({{{2, 2}, "Y"}})}, "aabbccdd", 3),
      "YXdd");
}

TEST(ChooseEdits, OfTwoThatOverlapTheFirstWins) {
  EXPECT_EQ(Applied({With({{{2, 3}, "X"}}), With({{{4, 2}, "Y"}})}, "aabbccdd", 1), "aaXcdd");
  EXPECT_EQ(Applied({With({{{2, 3}, "X"}}), With({{{1, 2}, "Y"}})}, "aabbccdd", 1), "aaXcdd");
  EXPECT_EQ(Applied({With({{{2, 3}, "X"}}), With({{{0, 8}, "Y"}})}, "aabbccdd", 1), "aaXcdd");
}

TEST(ChooseEdits, AnInsertionDoesNotTouchAnotherEdit) {
  EXPECT_EQ(Applied({With({{{2, 0}, "X"}}), With({{{2, 0}, "Y"}})}, "aabb", 1), "aaXbb");
  EXPECT_EQ(Applied({With({{{0, 2}, "X"}}), With({{{2, 0}, "Y"}})}, "aabb", 1), "Xbb");
  EXPECT_EQ(Applied({With({{{2, 2}, "X"}}), With({{{2, 0}, "Y"}})}, "aabb", 1), "aaX");
}

TEST(ChooseEdits, AppliesAllEditsOfAFindingOrNone) {
  EXPECT_EQ(Applied({With({{{2, 2}, "X"}}), With({{{0, 1}, "Y"}, {{3, 2}, "Z"}})}, "aabbcc", 1),
            "aaXcc");
  // What was tried first is free again.
  EXPECT_EQ(Applied({With({{{0, 1}, "Y"}, {{90, 1}, "Z"}}), With({{{0, 2}, "X"}})}, "aabb", 1),
            "Xbb");
}

TEST(ChooseEdits, LeavesWhatIsOutOfTheTextOrChangesNothing) {
  EXPECT_EQ(Applied({With({{{4, 1}, "X"}})}, "aabb", 0), "aabb");
  EXPECT_EQ(Applied({With({{{5, 0}, "X"}})}, "aabb", 0), "aabb");
  EXPECT_EQ(Applied({With({{{1, 0xFFFFFFFF}, "X"}})}, "aabb", 0), "aabb");
  EXPECT_EQ(Applied({With({{{2, 2}, "bb"}})}, "aabb", 0), "aabb");
  EXPECT_EQ(Applied({With({})}, "aabb", 0), "aabb");
}

TEST(EditedText, RemembersTheLinesThatStayed) {
  EditedText text("one\ntwo\nthree\nfour");
  const Edit change{{5, 1}, "W"};
  const Edit gone{{8, 6}, ""};
  text.Apply(std::vector<const Edit*>{&change, &gone});
  EXPECT_EQ(text.text(), "one\ntWo\nfour");
  EXPECT_EQ(text.origins(), (std::vector<uint32_t>{0, kNone, 3}));
  const Edit added{{0, 0}, "zero\n"};
  text.Apply(std::vector<const Edit*>{&added});
  EXPECT_EQ(text.text(), "zero\none\ntWo\nfour");
  EXPECT_EQ(text.origins(), (std::vector<uint32_t>{kNone, 0, kNone, 3}));
}

TEST(EditedText, ALineThatIsJoinedOrSplitIsNew) {
  EditedText text("one\ntwo\n");
  const Edit join{{3, 1}, " "};
  text.Apply(std::vector<const Edit*>{&join});
  EXPECT_EQ(text.origins(), (std::vector<uint32_t>{kNone}));
  EditedText other("one two\n");
  const Edit split{{3, 1}, "\n"};
  other.Apply(std::vector<const Edit*>{&split});
  EXPECT_EQ(other.origins(), (std::vector<uint32_t>{kNone, kNone}));
}

constexpr char kBefore[] =
    "<Sysmon schemaversion=\"4.50\"><EventFiltering>\n"
    "<ProcessCreate onmatch=\"include\">\n"
    "<!-- kept -->\n"
    "<Image condition=\"end with\">\n\\cmd.exe</Image>\n"
    "<CommandLine condition=\"contains any\">a;\tb;c\t</CommandLine>\n"
    "</ProcessCreate></EventFiltering></Sysmon>\n";
constexpr char kAfter[] =
    "<Sysmon schemaversion=\"4.50\"><EventFiltering>\n"
    "<ProcessCreate onmatch=\"include\">\n"
    "<!-- kept -->\n"
    "<Image condition=\"end with\">\\cmd.exe</Image>\n"
    "<CommandLine condition=\"contains any\">a;b;c</CommandLine>\n"
    "</ProcessCreate></EventFiltering></Sysmon>\n";

LintOptions Keeping() {
  LintOptions options;
  options.keep_fixable = true;
  return options;
}

FixPlan Plan(const std::string& bytes, const LintOptions& options = Keeping()) {
  auto results = LintBytes("a.xml", std::make_shared<const std::string>(bytes), options);
  EXPECT_TRUE(results.ok());
  auto plan = PlanFixes(*results, options);
  EXPECT_TRUE(plan.ok());
  return *std::move(plan);
}

// The second item of the list is found when the first has been fixed.
TEST(PlanFixes, RepeatsUntilNothingIsLeft) {
  const FixPlan plan = Plan(kBefore);
  ASSERT_EQ(plan.files.size(), 1u);
  EXPECT_EQ(plan.files[0].after, kAfter);
  EXPECT_EQ(*plan.files[0].before, kBefore);
  EXPECT_EQ(plan.files[0].findings, 3u);
  EXPECT_TRUE(plan.refused.empty());
}

TEST(PlanFixes, KeepsTheByteOrderMark) {
  const FixPlan plan = Plan(std::string("\xEF\xBB\xBF") + kBefore);
  ASSERT_EQ(plan.files.size(), 1u);
  EXPECT_EQ(plan.files[0].after, std::string("\xEF\xBB\xBF") + kAfter);
}

TEST(PlanFixes, LeavesUtf16Alone) {
  std::string utf16 = "\xFF\xFE";
  for (const char c : std::string(kBefore)) utf16 += {c, '\0'};
  auto results = LintBytes("a.xml", std::make_shared<const std::string>(utf16), Keeping());
  ASSERT_TRUE(results.ok());
  EXPECT_GT(results->totals.warnings, 0u);
  EXPECT_EQ(results->totals.fixable, 0u);
  EXPECT_TRUE(Plan(utf16).files.empty());
}

TEST(PlanFixes, FixesSelectedRulesOnly) {
  LintOptions options = Keeping();
  options.ignore = {"SL512"};
  EXPECT_TRUE(Plan(kBefore, options).files.empty());
}

TEST(PlanFixes, WhatIsFixedNeedsNoOther) { EXPECT_TRUE(Plan(kAfter).files.empty()); }

// A rule with `fields` in its selection.
std::string SigmaRule(const std::string& fields) {
  return "title: Shell Started By An Office Program\n"
         "id: 3f2b8c1e-5d4a-4b6f-9a7e-0c1d2e3f4a5b\n"
         "logsource: {category: process_creation, product: windows}\n"
         "detection:\n  s:\n" +
         fields + "  condition: s\n";
}

// The other field would change its meaning: there the wildcards are none too many.
TEST(PlanFixes, LeavesValuesBehindAnAliasAlone) {
  LintOptions options = Keeping();
  options.select = {"SL5"};
  const std::string apart = SigmaRule("    Image|contains: ['*abc*', x]\n    User: ['*abc*', x]\n");
  const FixPlan plan = Plan(apart, options);
  ASSERT_EQ(plan.files.size(), 1u);
  EXPECT_NE(plan.files[0].after.find("Image|contains: ['abc', x]"), std::string::npos);
  EXPECT_NE(plan.files[0].after.find("User: ['*abc*', x]"), std::string::npos);
  const std::string shared = SigmaRule("    Image|contains: &v ['*abc*', x]\n    User: *v\n");
  EXPECT_TRUE(Plan(shared, options).files.empty());
}

Results Lint(const std::string& bytes) {
  auto results = LintBytes("a.xml", std::make_shared<const std::string>(bytes), {});
  EXPECT_TRUE(results.ok());
  return *std::move(results);
}

TEST(WhyNotFix, TakesWhatIsNoWorse) {
  EXPECT_EQ(WhyNotFix(Lint(kBefore), Lint(kAfter)), "");
  EXPECT_EQ(WhyNotFix(Lint(kAfter), Lint(kAfter)), "");
}

TEST(WhyNotFix, RefusesWhatDoesNotParse) {
  const std::string torn = std::string(kAfter).substr(0, 100);
  EXPECT_NE(WhyNotFix(Lint(kBefore), Lint(torn)), "");
}

TEST(WhyNotFix, RefusesANewError) {
  std::string unknown = kAfter;
  unknown.replace(unknown.find("<Image"), 6, "<Imaeg");
  unknown.replace(unknown.find("</Image"), 7, "</Imaeg");
  EXPECT_NE(WhyNotFix(Lint(kBefore), Lint(unknown)), "");
  EXPECT_EQ(WhyNotFix(Lint(unknown), Lint(kAfter)), "");
}

TEST(WhyNotFix, RefusesToLoseARule) {
  std::string twice = kAfter;
  twice.insert(twice.find("<ProcessCreate"), "<FileCreate onmatch=\"exclude\"/>\n");
  EXPECT_NE(WhyNotFix(Lint(twice), Lint(kAfter)), "");
}

}  // namespace
}  // namespace sluice
