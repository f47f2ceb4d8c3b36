#include "schema/finding.h"

#include <gtest/gtest.h>

#include "schema/results.h"
#include "schema/rule.h"

namespace sluice {
namespace {

Finding Sample() {
  Finding finding;
  finding.rule = &FindRule("SL201")->info;
  finding.instance = "ProcessCreate#1";
  finding.field = "User";
  finding.effect = "never matches";
  return finding;
}

TEST(Fingerprint, DependsOnWhatIsWrongAndNotOnWhere) {
  Finding finding = Sample();
  const uint64_t first = Fingerprint(finding, "a.xml", "text", 0);
  finding.line = 7;
  finding.place = {100, 4};
  finding.message = "another message";
  EXPECT_EQ(Fingerprint(finding, "a.xml", "text", 0), first);
  EXPECT_NE(Fingerprint(finding, "b.xml", "text", 0), first);
  EXPECT_NE(Fingerprint(finding, "a.xml", "texts", 0), first);
  EXPECT_NE(Fingerprint(finding, "a.xml", "text", 1), first);
  finding.effect = "always matches";
  EXPECT_NE(Fingerprint(finding, "a.xml", "text", 0), first);
}

TEST(Fingerprint, PartsDoNotRunTogether) {
  Finding a = Sample();
  Finding b = Sample();
  a.instance = "User";
  a.field = "Name";
  b.instance = "Use";
  b.field = "rName";
  EXPECT_NE(Fingerprint(a, "p", "t", 0), Fingerprint(b, "p", "t", 0));
}

TEST(ExitCode, FindingsBeatWhatWasNotChecked) {
  Results results;
  EXPECT_EQ(ExitCode(results, FailOn::kError, false), 0);
  results.not_checked.push_back({"", "x", "y", false});
  EXPECT_EQ(ExitCode(results, FailOn::kError, false), 0);
  EXPECT_EQ(ExitCode(results, FailOn::kError, true), 2);
  results.not_checked.push_back({"", "x", "y", true});
  EXPECT_EQ(ExitCode(results, FailOn::kError, false), 2);
  results.totals.warnings = 1;
  EXPECT_EQ(ExitCode(results, FailOn::kError, false), 2);
  EXPECT_EQ(ExitCode(results, FailOn::kWarning, false), 1);
  results.totals.errors = 1;
  EXPECT_EQ(ExitCode(results, FailOn::kError, false), 1);
  EXPECT_EQ(ExitCode(results, FailOn::kNever, false), 2);
}

TEST(ExitCode, NotesCountWhenAskedFor) {
  Results results;
  results.totals.notes = 1;
  EXPECT_EQ(ExitCode(results, FailOn::kWarning, false), 0);
  EXPECT_EQ(ExitCode(results, FailOn::kNote, false), 1);
}

}  // namespace
}  // namespace sluice
