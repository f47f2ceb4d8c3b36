// Comments that take findings out of the result, through the whole of lint.

#include "gate/suppression.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gate/lint.h"
#include "schema/limits.h"

namespace sluice {
namespace {

// A rule whose lines 11 and on these are, in a selection, indented by four.
// `Image|contain` has an unknown modifier: SL102, an error.
std::string Rule(const std::string& lines) {
  return "title: Shell Started By An Office Program\n"
         "id: 3f2b8c1e-5d4a-4b6f-9a7e-0c1d2e3f4a5b\n"
         "status: test\n"
         "description: Detects a command shell that an office program starts.\n"
         "author: Jo Example\n"
         "date: 2024-05-01\n"
         "logsource: {category: process_creation, product: windows}\n"
         "level: high\n"
         "detection:\n"
         "  selection:\n" +
         lines + "  condition: selection\n";
}

Results MustLint(const std::string& text, LintOptions options = {}) {
  auto results = LintBytes("a.yml", std::make_shared<const std::string>(text), options);
  EXPECT_TRUE(results.ok()) << results.status().message();
  return results.ok() ? *std::move(results) : Results();
}

std::vector<uint32_t> LinesOf(const Results& results, std::string_view rule) {
  std::vector<uint32_t> lines;
  for (const Finding& f : results.findings) {
    if (f.rule->id == rule) lines.push_back(f.line);
  }
  return lines;
}

using Lines = std::vector<uint32_t>;

TEST(Suppression, WithoutACommentTheFindingIsThere) {
  const Results results = MustLint(Rule("    Image|contain: cmd\n"));
  EXPECT_EQ(LinesOf(results, "SL102"), Lines{11});
  EXPECT_EQ(results.totals.suppressed, 0u);
  EXPECT_EQ(ExitCode(results, FailOn::kError, false), 1);
}

TEST(Suppression, AtTheEndOfALineItHoldsForThatLine) {
  const Results results =
      MustLint(Rule("    Image|contain: cmd  # sluice:ignore SL102 our tool knows it\n"
                    "    User|contain: cmd\n"));
  EXPECT_EQ(LinesOf(results, "SL102"), Lines{12});
  EXPECT_EQ(LinesOf(results, "SL630"), Lines{});
  EXPECT_EQ(results.totals.suppressed, 1u);
}

TEST(Suppression, TakesTheExitAndKeepsTheEvidence) {
  const Results results =
      MustLint(Rule("    Image|contain: cmd  # sluice:ignore "
                    "operator-not-allowed our tool knows it\n"));
  EXPECT_EQ(results.totals.errors, 0u);
  EXPECT_EQ(ExitCode(results, FailOn::kError, false), 0);
  ASSERT_EQ(results.suppressed.size(), 1u);
  EXPECT_EQ(results.suppressed[0].finding.rule->id, "SL102");
  EXPECT_EQ(results.suppressed[0].finding.line, 11u);
  EXPECT_EQ(results.suppressed[0].comment_line, 11u);
  EXPECT_EQ(results.suppressed[0].reason, "our tool knows it");
}

TEST(Suppression, OnALineOfItsOwnItHoldsForTheNextThatIsNoComment) {
  const Results results =
      MustLint(Rule("    # sluice:ignore SL102 our tool knows it\n"
                    "\n"
                    "    # another comment\n"
                    "    Image|contain: cmd\n"
                    "    User|contain: cmd\n"));
  EXPECT_EQ(LinesOf(results, "SL102"), Lines{15});
}

TEST(Suppression, SeveralAboveOneAnotherHoldForTheSameLine) {
  const Results results =
      MustLint(Rule("    # sluice:ignore SL102 our tool knows it\n"
                    "    # sluice:ignore SL580 the other has gone\n"
                    "    Image|contain: cmd\n"));
  EXPECT_EQ(LinesOf(results, "SL102"), Lines{});
  EXPECT_EQ(LinesOf(results, "SL630"), Lines{12});
}

TEST(Suppression, OfTheFileHoldsAnywhere) {
  const Results results = MustLint(Rule("    Image|contain: cmd\n"
                                        "    User|contain: cmd\n") +
                                   "# sluice:ignore-file SL102 our tool knows it\n");
  EXPECT_EQ(LinesOf(results, "SL102"), Lines{});
  EXPECT_EQ(LinesOf(results, "SL630"), Lines{});
  EXPECT_EQ(results.totals.suppressed, 2u);
}

// The name of another rule of the same line is not enough.
TEST(Suppression, HoldsForTheRulesItNamesOnly) {
  const Results results =
      MustLint(Rule("    Image|contain: cmd  # sluice:ignore SL580 our tool knows it\n"));
  EXPECT_EQ(LinesOf(results, "SL102"), Lines{11});
  EXPECT_EQ(LinesOf(results, "SL630"), Lines{11});
}

TEST(Suppression, WithoutAReasonIsNotHonoured) {
  const Results results = MustLint(Rule("    Image|contain: cmd  # sluice:ignore SL102\n"));
  EXPECT_EQ(LinesOf(results, "SL102"), Lines{11});
  EXPECT_EQ(LinesOf(results, "SL631"), Lines{11});
}

TEST(Suppression, IsNotCalledUnusedWhereItsRuleWasNotRun) {
  LintOptions options;
  options.ignore = {"SL580"};
  const std::string text = Rule("    Image: cmd  # sluice:ignore SL580 two rules share it\n");
  EXPECT_EQ(LinesOf(MustLint(text), "SL630"), Lines{11});
  EXPECT_EQ(LinesOf(MustLint(text, options), "SL630"), Lines{});
}

TEST(Suppression, CannotSuppressWhatIsSaidAboutItself) {
  const Results results = MustLint("# sluice:ignore-file SL630,SL631 for later\n" +
                                   Rule("    Image: cmd  # sluice:ignore SL580\n"));
  EXPECT_EQ(LinesOf(results, "SL633"), (Lines{1, 1}));
  EXPECT_EQ(LinesOf(results, "SL631"), Lines{12});
}

TEST(Suppression, ItsOwnFindingsComeInOrder) {
  const Results results =
      MustLint("# sluice:ignore-file SL580 for later\n" + Rule("    Image|contain: cmd\n"));
  ASSERT_GE(results.findings.size(), 2u);
  EXPECT_EQ(results.findings.front().rule->id, "SL630");
  EXPECT_TRUE(std::ranges::is_sorted(results.findings, {}, &Finding::line));
}

// Two documents with one id: found once all files have been read.
TEST(Suppression, HoldsForFindingsOfSeveralRulesTogether) {
  const std::string one = Rule("    Image: cmd\n");
  std::string two = one;
  two.insert(two.find("\nstatus"), "  # sluice:ignore SL105 a copy for the other team");
  const Results both = MustLint(one + "---\n" + one);
  ASSERT_EQ(LinesOf(both, "SL105").size(), 1u);
  const Results suppressed = MustLint(one + "---\n" + two);
  EXPECT_EQ(LinesOf(suppressed, "SL105"), Lines{});
  EXPECT_EQ(LinesOf(suppressed, "SL630"), Lines{});
  EXPECT_GE(suppressed.totals.suppressed, 1u);
}

// Another file of the release may have the same id.
TEST(Suppression, IsNotCalledUnusedWhereItsRuleComparesFilesAndThereIsOne) {
  const std::string text = Rule(
      "    Image: cmd  # sluice:ignore SL105 a copy\n"
      "    User: jo  # sluice:ignore SL580 for later\n");
  EXPECT_EQ(LinesOf(MustLint(text), "SL630"), Lines{12});
}

TEST(Suppression, OfTheFileName) {
  const Results named = MustLint(Rule("    Image: cmd\n"));
  ASSERT_EQ(LinesOf(named, "SL634"), Lines{1});
  const Results results =
      MustLint("# sluice:ignore-file SL634 the agent asks for it\n" + Rule("    Image: cmd\n"));
  EXPECT_EQ(LinesOf(results, "SL633"), Lines{});
  EXPECT_EQ(LinesOf(results, "SL634"), Lines{});
}

// Past the limit findings are only counted, and those that a comment takes out
// are not.
TEST(Suppression, HoldsForFindingsThatAreOnlyCounted) {
  std::string lines;
  for (uint32_t i = 0; i < 2 * kMinFindingsPerRule; ++i) {
    lines += "    F" + std::to_string(i) + "|contain: cmd\n";
  }
  EXPECT_GT(MustLint(Rule(lines)).findings_left_out, 0u);
  const Results results = MustLint("# sluice:ignore-file SL102 our tool knows it\n" + Rule(lines));
  EXPECT_EQ(results.totals.errors, 0u);
  EXPECT_EQ(results.totals.suppressed, 2 * kMinFindingsPerRule);
}

TEST(Suppression, MoreThanAFileHasRoomForIsSaid) {
  std::string comment = "# sluice:ignore-file SL580";
  for (size_t i = 0; i < kMaxSuppressions; ++i) comment += ",SL580";
  const Results results = MustLint(comment + " for later\n" + Rule("    Image: cmd\n"));
  EXPECT_EQ(LinesOf(results, "SL632"), Lines{1});
  EXPECT_GE(results.totals.warnings, kMaxSuppressions);
}

TEST(Suppression, ManyCommentsAboveOneLineAreReadInLinearTime) {
  std::string comments;
  for (int i = 0; i < 100'000; ++i) comments += "# sluice:ignore SL580 for later\n";
  const Results results = MustLint(Rule(comments + "    Image: cmd\n"));
  EXPECT_GE(results.totals.warnings, kMaxSuppressions);
}

}  // namespace
}  // namespace sluice
