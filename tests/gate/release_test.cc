// Rules that look across files: the files of a folder together, in their order, whatever the number
// of threads.

#include "gate/release.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gate/lint.h"
#include "schema/limits.h"
#include "schema/release_subsumption.h"

namespace sluice {
namespace {

namespace fs = std::filesystem;

constexpr char kShared[] = "3f2b8c1e-5d4a-4b6f-9a7e-0c1d2e3f4a5b";

// A rule of which the id stands on line 2 and `detection` on line 6.
std::string Rule(const std::string& title, const std::string& id, const std::string& value,
                 const std::string& more = "") {
  return absl::StrCat("title: ", title, "\nid: ", id,
                      "\nlevel: high\nlogsource:\n  category: process_creation\n"
                      "detection:\n  s:\n    Image: ",
                      value, "\n  condition: s\n", more);
}

// An id that no other number has.
std::string Id(int number) {
  std::string digits = absl::StrCat(number);
  digits.insert(0, 12 - digits.size(), '0');
  return "6d1f0b7a-2c3e-4d5f-8a9b-" + digits;
}

class ReleaseTest : public testing::Test {
 protected:
  ReleaseTest() {
    folder_ =
        fs::temp_directory_path() / ("sluice_release_test." + std::to_string(getpid()) + "." +
                                     testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(folder_);
  }
  ~ReleaseTest() override { fs::remove_all(folder_); }

  void Write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }
  Results LintRules(std::vector<std::string> rules, int jobs = 1) const {
    LintOptions options;
    options.select = std::move(rules);
    options.jobs = jobs;
    options.excerpts = true;
    absl::StatusOr<Results> results = Lint({folder_.string()}, options);
    EXPECT_TRUE(results.ok()) << results.status().message();
    return *std::move(results);
  }
  // "b.yml:2 SL105".
  static std::vector<std::string> Places(const Results& results) {
    std::vector<std::string> places;
    for (const Finding& f : results.findings) {
      const std::string& path = results.inputs[f.input].path;
      places.push_back(absl::StrCat(path.substr(path.rfind('/') + 1), ":", f.line, " ",
                                    std::string(f.rule->id)));
    }
    return places;
  }

  fs::path folder_;
};

using Strings = std::vector<std::string>;

TEST_F(ReleaseTest, FindingStandsInTheLaterFileAndNamesTheEarlier) {
  Write("a.yml", Rule("A", kShared, "a"));
  Write("b.yml", Rule("B", kShared, "b"));
  const Results results = LintRules({"SL105"});
  ASSERT_EQ(Places(results), Strings{"b.yml:2 SL105"});
  const Finding& finding = results.findings[0];
  EXPECT_EQ(finding.column, 5u);
  EXPECT_EQ(finding.instance, kShared);
  EXPECT_NE(finding.message.find((folder_ / "a.yml").string()), std::string::npos);
  EXPECT_NE(finding.message.find("line 2"), std::string::npos);
  EXPECT_NE(finding.fingerprint, 0u);
  EXPECT_EQ(results.totals.errors, 1u);
  ASSERT_EQ(finding.excerpt.size(), 1u);
  EXPECT_EQ(finding.excerpt[0].gutter, "2");
  EXPECT_EQ(finding.excerpt[0].text, std::string("id: ") + kShared);
  EXPECT_EQ(finding.excerpt[0].mark_begin, 4u);
}

TEST_F(ReleaseTest, MemoryHasExcerptsToo) {
  LintOptions options;
  options.select = {"SL105"};
  options.excerpts = true;
  const std::string text = Rule("A", kShared, "a") + "---\n" + Rule("B", kShared, "b");
  const auto results = LintBytes("-", std::make_shared<const std::string>(text), options);
  ASSERT_TRUE(results.ok());
  ASSERT_EQ(results->findings.size(), 1u);
  EXPECT_EQ(results->findings[0].line, 12u);
  ASSERT_EQ(results->findings[0].excerpt.size(), 1u);
  EXPECT_NE(results->findings[0].message.find("line 2"), std::string::npos);
}

TEST_F(ReleaseTest, FindingsAreInOrderOfPlaceAmongThoseOfTheFile) {
  Write("a.yml", Rule("Same", kShared, "a"));
  Write("b.yml", Rule("Same", kShared, "a"));
  Write("c.yml", Rule("Same", kShared, "a"));
  const Results results = LintRules({"SL105", "SL620", "SL621", "SL622"});
  EXPECT_EQ(Places(results), (Strings{"b.yml:1 SL620", "b.yml:2 SL105", "b.yml:6 SL621",
                                      "c.yml:1 SL620", "c.yml:2 SL105", "c.yml:6 SL621"}));
  EXPECT_EQ(results.totals.errors, 2u);
  EXPECT_EQ(results.totals.warnings, 4u);
}

TEST_F(ReleaseTest, NothingDependsOnTheNumberOfThreads) {
  for (int i = 0; i < 60; ++i) {
    Write(absl::StrCat(i, ".yml"), Rule(absl::StrCat("T", i % 7), Id(i % 11), absl::StrCat(i % 5)));
  }
  const Results one = LintRules({});
  const Results four = LintRules({}, 4);
  ASSERT_GT(one.findings.size(), 100u);
  ASSERT_EQ(Places(one), Places(four));
  for (size_t i = 0; i < one.findings.size(); ++i) {
    EXPECT_EQ(one.findings[i].message, four.findings[i].message);
    EXPECT_EQ(one.findings[i].fingerprint, four.findings[i].fingerprint);
  }
}

TEST_F(ReleaseTest, EqualFindingsOfOneFileHaveFingerprintsOfTheirOwn) {
  Write("a.yml", Rule("A", kShared, "a") + "---\n" + Rule("B", kShared, "b") + "---\n" +
                     Rule("C", kShared, "c"));
  const Results results = LintRules({"SL105"});
  ASSERT_EQ(results.findings.size(), 2u);
  EXPECT_NE(results.findings[0].fingerprint, results.findings[1].fingerprint);
}

TEST_F(ReleaseTest, LongTitlesAreTheSameInAnyCase) {
  const std::string title(150, 'a');
  Write("a.yml", Rule(title, Id(1), "x"));
  Write("b.yml", Rule(std::string(150, 'A'), Id(2), "y"));
  Write("c.yml", Rule(title + "b", Id(3), "z"));
  EXPECT_EQ(Places(LintRules({"SL620"})), std::vector<std::string>{"b.yml:1 SL620"});
}

TEST_F(ReleaseTest, RelatedRulesAreLookedForInAllFiles) {
  Write("a.yml", Rule("A", Id(1), "a",
                      absl::StrCat("related:\n  - id: ", Id(2), "\n    type: similar\n  - id: ",
                                   Id(3), "\n    type: derived\n")));
  EXPECT_EQ(Places(LintRules({"SL623"})), Strings()) << "by itself";
  Write("b.yml", Rule("B", Id(2), "b"));
  EXPECT_EQ(Places(LintRules({"SL623"})), Strings{"a.yml:13 SL623"});
}

TEST_F(ReleaseTest, CommentSuppressesAtThePlaceOfTheFinding) {
  Write("a.yml", Rule("A", kShared, "a"));
  std::string text = Rule("B", kShared, "b");
  text.insert(text.find("\nlevel"), "  # sluice:ignore SL105 both are deployed apart");
  Write("b.yml", text);
  const Results results = LintRules({"SL105", "SL630"});
  EXPECT_EQ(Places(results), Strings());
  EXPECT_EQ(results.totals.suppressed, 1u);
  EXPECT_EQ(results.totals.errors, 0u);
}

TEST_F(ReleaseTest, CommentIsUnusedOnlyWhereFilesWereCompared) {
  Write("a.yml", "# sluice:ignore-file SL105 a copy is deployed apart\n" + Rule("A", Id(1), "a"));
  EXPECT_EQ(Places(LintRules({"SL105", "SL630"})), Strings()) << "by itself";
  Write("b.yml", Rule("B", Id(2), "b"));
  EXPECT_EQ(Places(LintRules({"SL105", "SL630"})), Strings{"a.yml:1 SL630"});
}

TEST_F(ReleaseTest, CommentSuppressesWhatIsOnlyCounted) {
  std::string text = "# sluice:ignore-file SL105 the copies are deployed apart\n";
  for (uint32_t i = 0; i < kMinFindingsPerRule + 11; ++i) {
    text += Rule("T", kShared, absl::StrCat(i)) + "---\n";
  }
  Write("a.yml", text);
  const Results results = LintRules({"SL105"});
  EXPECT_EQ(results.totals.errors, 0u);
  EXPECT_EQ(results.findings_left_out, 0u);
  EXPECT_EQ(results.totals.suppressed, kMinFindingsPerRule + 10);
}

TEST_F(ReleaseTest, NamesOfACorrelationByItselfAreListed) {
  const std::string correlation =
      absl::StrCat("title: C\nid: ", Id(1),
                   "\ncorrelation:\n  type: event_count\n  rules: [failed_logon]\n"
                   "  group-by: [User]\n  timespan: 1h\n  condition: {gte: 3}\n");
  const auto listed = [](const Results& results) {
    return std::ranges::count_if(results.not_checked, [](const NotChecked& entry) {
      return entry.what.find("correlation " + Id(1)) != std::string::npos &&
             entry.what.starts_with("the rules") && !entry.requested;
    });
  };
  Write("a.yml", correlation);
  const Results alone = LintRules({"SL624"});
  EXPECT_EQ(Places(alone), Strings());
  EXPECT_EQ(listed(alone), 1);
  EXPECT_EQ(ExitCode(alone, FailOn::kError, false), 0);
  Write("b.yml", Rule("B", Id(2), "b"));
  const Results both = LintRules({"SL624"});
  EXPECT_EQ(Places(both), Strings{"a.yml:5 SL624"});
  EXPECT_EQ(listed(both), 0);
}

TEST_F(ReleaseTest, FindingsOfOneFileAreBounded) {
  std::string text;
  for (uint32_t i = 0; i < kMinFindingsPerRule + 11; ++i) {
    text += Rule("T", kShared, absl::StrCat(i)) + "---\n";
  }
  Write("a.yml", text);
  const Results results = LintRules({"SL105"});
  EXPECT_EQ(results.findings.size(), kMinFindingsPerRule);
  EXPECT_EQ(results.findings_left_out, 10u);
  EXPECT_EQ(results.totals.errors, kMinFindingsPerRule + 10);
}

// Each of these lacks another one of the values: all have to be compared, and none is narrower.
TEST_F(ReleaseTest, BudgetThatRanOutIsSaid) {
  constexpr int kRules = 120;
  constexpr int kValues = 3000;
  static_assert(uint64_t{kRules - 1} * (kValues - 1) > kMaxComparedTests);
  for (int i = 0; i < kRules; ++i) {
    std::string values = "[";
    for (int v = 0; v < kValues; ++v) {
      if (v != i) absl::StrAppend(&values, "v", v, ", ");
    }
    Write(absl::StrCat(i, ".yml"), Rule(absl::StrCat("T", i), Id(i), values + "]"));
  }
  const Results results = LintRules({"SL622"});
  EXPECT_EQ(ExitCode(results, FailOn::kError, false), 2);
  const auto said = std::ranges::count_if(results.not_checked,
                                          [](const NotChecked& entry) { return entry.requested; });
  EXPECT_EQ(said, kRules);
}

TEST_F(ReleaseTest, TooManyValuesAreSaid) {
  std::string all = "[";
  for (size_t i = 0; i <= kMaxShapeTests; ++i) absl::StrAppend(&all, "v", i, ", ");
  Write("a.yml", Rule("A", Id(1), all + "]"));
  Write("b.yml", Rule("B", Id(2), "b"));
  EXPECT_EQ(ExitCode(LintRules({"SL622"}), FailOn::kError, false), 2);
  Write("c.yml", Rule("C", Id(3), all + "]"));
  EXPECT_EQ(Places(LintRules({"SL621"})), Strings{"c.yml:6 SL621"}) << "equal all the same";
}

TEST_F(ReleaseTest, DeepConditionsAreCompared) {
  const auto deep = [](int depth) {
    std::string condition = "s";
    for (int i = 0; i < depth; ++i) condition = absl::StrCat("not ", condition);
    return condition;
  };
  for (const auto& [name, depth] : {std::pair("a.yml", 0), {"b.yml", 20'000}, {"c.yml", 20'001}}) {
    std::string text = Rule(name, Id(depth), "a");
    text.replace(text.rfind("condition: s"), 12, "condition: " + deep(depth));
    Write(name, text);
  }
  EXPECT_EQ(Places(LintRules({"SL621"})), Strings{"b.yml:6 SL621"});
}

TEST_F(ReleaseTest, WithoutSuchARuleNothingIsSaid) {
  Write("a.yml", Rule("A", kShared, "a"));
  Write("b.yml", Rule("B", kShared, "b"));
  LintOptions options;
  options.ignore = {"SL105"};
  const auto results = Lint({folder_.string()}, options);
  ASSERT_TRUE(results.ok());
  EXPECT_TRUE(std::ranges::none_of(results->findings,
                                   [](const Finding& f) { return f.rule->id == "SL105"; }));
}

}  // namespace
}  // namespace sluice
