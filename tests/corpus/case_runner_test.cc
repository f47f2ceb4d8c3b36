#include "corpus/case_runner.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "schema/rule.h"
#include "tests/support/scratch_folder.h"

namespace sluice {
namespace {

using testing::HasSubstr;

// One error in a text, one warning and one note in a binary.
Results Found() {
  Results results;
  results.fleet.Add({.name = "a", .version = "1"});
  results.fleet.Add({.name = "a", .version = "2"});
  Finding error{.rule = &FindRule("SL201")->info,
                .severity = Severity::kError,
                .place = {7, 3},
                .line = 4,
                .column = 2,
                .instance = "I#1",
                .field = "Image",
                .effect = "reads out of bounds"};
  error.sensors.set(1);
  Finding warning{.rule = &FindRule("SL503")->info,
                  .severity = Severity::kWarning,
                  .binary = true,
                  .place = {24, 4}};
  Finding note{.rule = &FindRule("SL106")->info, .severity = Severity::kNote};
  results.findings = {error, warning, note};
  results.totals.errors = 1;
  results.totals.warnings = 1;
  results.totals.notes = 1;
  return results;
}

absl::Status CompareWith(const std::string& text) {
  corpus::Expect expect;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &expect)) << text;
  return Compare(expect, Found());
}

TEST(Compare, PassesWhenAllIsListed) {
  EXPECT_TRUE(CompareWith("finding { rule: 'SL201' } finding { rule: 'SL503' }").ok());
  EXPECT_TRUE(CompareWith("finding { rule: 'SL201' line: 4 column: 2 length: 3 instance: 'I#1' "
                          "field: 'Image' effect: 'reads out of bounds' severity: 'error' "
                          "sensors: 'a@2' } others: true exit: 1")
                  .ok());
  EXPECT_TRUE(CompareWith("finding { rule: 'SL503' offset: 24 } others: true").ok());
  EXPECT_TRUE(CompareWith("finding { rule: 'SL106' severity: 'note' } others: true").ok());
  EXPECT_TRUE(CompareWith("absent: 'SL202' others: true").ok());
}

TEST(Compare, FailsOnEveryDifference) {
  for (const char* key :
       {"rule: 'SL202'", "rule: 'SL201' line: 5", "rule: 'SL201' column: 1",
        "rule: 'SL201' offset: 7", "rule: 'SL201' length: 4", "rule: 'SL201' instance: ''",
        "rule: 'SL201' field: 'User'", "rule: 'SL201' effect: 'never matches'",
        "rule: 'SL201' severity: 'warning'", "rule: 'SL201' sensors: 'a@1'",
        "rule: 'SL201' sensors: ['a@1', 'a@2']", "rule: 'SL503' offset: 25",
        "rule: 'SL503' line: 0"}) {
    const absl::Status status = CompareWith("finding { " + std::string(key) + " } others: true");
    EXPECT_THAT(std::string(status.message()), HasSubstr("missing: ")) << key;
  }
}

TEST(Compare, OneFindingAnswersOneWish) {
  EXPECT_FALSE(
      CompareWith("finding { rule: 'SL201' } finding { rule: 'SL201' } others: true").ok());
}

TEST(Compare, FailsOnWhatIsNotListed) {
  EXPECT_THAT(std::string(CompareWith("finding { rule: 'SL201' }").message()),
              HasSubstr("not expected: SL503"));
  EXPECT_THAT(std::string(CompareWith("absent: 'SL106' others: true").message()),
              HasSubstr("must be absent: SL106"));
}

TEST(Compare, FailsOnAnotherExit) {
  EXPECT_FALSE(CompareWith("others: true exit: 0").ok());
  EXPECT_FALSE(CompareWith("others: true exit: 2").ok());
}

TEST(RunCase, ReportsWhatIsFound) {
  const ScratchFolder folder;
  const std::string head = "# proto-message: sluice.corpus.Case\nkind: 'content-text'\nline: '?'\n";
  EXPECT_TRUE(
      RunCase(folder.Write("a.case", head + "expect { finding { rule: 'SL001' line: 1 } }")).ok());
  const absl::Status status = RunCase(folder.Write("b.case", head));
  EXPECT_THAT(std::string(status.message()), HasSubstr("not expected: SL001"));
}

TEST(RunCase, ReportsWhatItNeedsAndCannotHave) {
  const ScratchFolder folder;
  const std::string head = "# proto-message: sluice.corpus.Case\nline: '<Sysmon/>'\n";
  for (const char* lint :
       {"lint { fleet: 'gone' }", "lint { contracts: 'gone' }", "lint { sensor: 'sysmon' }",
        "lint { as: 'sysmon@0.1' }", "lint { ignore: 'no-such-rule' }", "kind: 'snort'"}) {
    const absl::Status status = RunCase(folder.Write("a.case", head + lint));
    EXPECT_FALSE(status.ok()) << lint;
    EXPECT_NE(status.code(), absl::StatusCode::kFailedPrecondition) << lint;
  }
}

}  // namespace
}  // namespace sluice
