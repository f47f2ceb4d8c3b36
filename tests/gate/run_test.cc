#include "gate/run.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gate/compile.h"
#include "schema/rule.h"
#include "schema/text.h"
#include "tests/support/scratch_folder.h"

namespace sluice {
namespace {

constexpr char kRuleId[] = "6d1f0b7a-2c3e-4d5f-8a9b-000000000001";
constexpr char kChannel[] = R"("Channel": "Microsoft-Windows-Sysmon/Operational")";

// A rule that matches processes of \cmd.exe, with more lines of its selection.
std::string Rule(std::string_view id, std::string_view more = "") {
  return absl::StrCat("title: A shell\nid: ", Abseil(id),
                      "\nstatus: test\nlogsource:\n  product: windows\n  category: "
                      "process_creation\ndetection:\n  selection:\n    Image|endswith: "
                      "'\\cmd.exe'\n",
                      Abseil(more), "  condition: selection\n");
}

std::string Process(std::string_view image) {
  return absl::StrCat("{\"EventID\": 1, ", kChannel, R"(, "Image": "C:\\)", Abseil(image), "\"}\n");
}

constexpr char kConfig[] = R"(<Sysmon schemaversion="4.90">
  <EventFiltering>
    <RuleGroup name="" groupRelation="or">
      <ProcessCreate onmatch="include">
        <Image name="shell" condition="end with">\cmd.exe</Image>
      </ProcessCreate>
    </RuleGroup>
  </EventFiltering>
</Sysmon>
)";

// Keeps what a run says. Rows are "event kind instance matched|rule name
// path:line".
class Kept : public RunSink {
 public:
  void Row(const RunRow& row) override {
    const char* kinds[] = {"instance", "decision", "record"};
    const std::string path(row.path.substr(row.path.rfind('/') + 1));
    rows.push_back(absl::StrCat(row.event, " ", kinds[static_cast<int>(row.kind)], " ",
                                std::string(row.instance), " ", row.matched ? "yes" : "no", " ",
                                path, ":", row.line));
    names.emplace_back(row.name);
    rule_names.emplace_back(row.rule_name);
    offsets.push_back(row.binary ? row.offset : 0);
    sources.push_back(row.source == nullptr ? Source() : *row.source);
    criteria.push_back(row.criteria == nullptr ? std::vector<RunCriterion>() : *row.criteria);
  }
  void Problem(std::string_view message) override { problems.emplace_back(message); }

  std::vector<std::string> rows;
  std::vector<std::string> names;
  std::vector<std::string> rule_names;
  std::vector<uint64_t> offsets;
  std::vector<Source> sources;
  std::vector<std::vector<RunCriterion>> criteria;
  std::vector<std::string> problems;
};

class Run : public testing::Test {
 protected:
  std::string Write(std::string_view name, std::string_view text) {
    return folder_.Write(name, text);
  }
  std::string Folder() const { return folder_.path().string(); }

  // Runs what is in the folder, unless a path is given.
  void RunOn(const std::string& events, const std::string& path = "") {
    kept_ = Kept();
    auto runner = ContentRunner::Load({path.empty() ? Folder() : path}, options_);
    ASSERT_TRUE(runner.ok()) << runner.status().message();
    std::istringstream in(events);
    (*runner)->Run(in, "e.json", kept_);
    results_ = (*runner)->results();
    totals_ = (*runner)->totals();
    instances_ = (*runner)->instances();
    exit_ = ExitCode(results_, totals_);
  }

  // "SL101 a.yml" of every finding.
  std::vector<std::string> Findings() const {
    std::vector<std::string> found;
    for (const Finding& finding : results_.findings) {
      const std::string& path = results_.inputs[finding.input].path;
      found.push_back(
          absl::StrCat(std::string(finding.rule->id), " ", path.substr(path.rfind('/') + 1)));
    }
    return found;
  }

  ScratchFolder folder_;
  RunOptions options_;
  Kept kept_;
  Results results_;
  RunTotals totals_;
  uint64_t instances_ = 0;
  int exit_ = -1;
};

using Texts = std::vector<std::string>;

TEST_F(Run, ARowForEveryMatch) {
  Write("a.yml", Rule(kRuleId));
  Write("b.yml", Rule("6d1f0b7a-2c3e-4d5f-8a9b-000000000002", "    User: me\n"));
  RunOn(Process("a.exe") + Process("CMD.exe") + Process("cmd.exe"));
  EXPECT_EQ(kept_.rows, (Texts{absl::StrCat("1 instance ", kRuleId, " yes a.yml:1"),
                               absl::StrCat("2 instance ", kRuleId, " yes a.yml:1")}));
  EXPECT_EQ(kept_.names.front(), "A shell");
  EXPECT_EQ(instances_, 2u);
  EXPECT_EQ(totals_.events, 3u);
  EXPECT_EQ(totals_.matches, 2u);
  EXPECT_EQ(exit_, 0);
}

TEST_F(Run, OnlyEventsOfTheLogSource) {
  Write("a.yml", Rule(kRuleId));
  RunOn(absl::StrCat("{\"EventID\": 3, ", kChannel, R"(, "Image": "\\cmd.exe"})",
                     R"({"EventID": 1, "Channel": "System", "Image": "\\cmd.exe"})"));
  EXPECT_TRUE(kept_.rows.empty());
  EXPECT_EQ(exit_, 0);
}

TEST_F(Run, AnEventWithoutALogSourceIsNotChecked) {
  Write("a.yml", Rule(kRuleId));
  const std::string plain = R"({"Image": "\\cmd.exe"})";
  RunOn(Process("cmd.exe") + plain);
  EXPECT_EQ(kept_.rows.size(), 1u);
  ASSERT_EQ(kept_.problems.size(), 1u);
  EXPECT_TRUE(kept_.problems[0].starts_with("e.json:2:1: event 1: ")) << kept_.problems[0];
  EXPECT_EQ(totals_.unplaced, 1u);
  EXPECT_EQ(exit_, 2);

  options_.log_source = "windows/process_creation";
  RunOn(Process("cmd.exe") + plain);
  EXPECT_EQ(kept_.rows.size(), 2u);
  EXPECT_TRUE(kept_.problems.empty());
  EXPECT_EQ(exit_, 0);
}

TEST_F(Run, BrokenEventsAreSaidAndTheOthersRun) {
  Write("a.yml", Rule(kRuleId));
  RunOn("{\"EventID\": 1,}\n" + Process("cmd.exe"));
  EXPECT_EQ(kept_.rows, (Texts{absl::StrCat("1 instance ", kRuleId, " yes a.yml:1")}));
  ASSERT_EQ(kept_.problems.size(), 1u);
  EXPECT_TRUE(kept_.problems[0].starts_with("e.json:1:15: ")) << kept_.problems[0];
  EXPECT_EQ(totals_.broken, 1u);
  EXPECT_EQ(exit_, 2);
}

TEST_F(Run, NoEventAtAllIsNoPass) {
  Write("a.yml", Rule(kRuleId));
  RunOn("\n");
  EXPECT_EQ(exit_, 2);
}

TEST_F(Run, BrokenFilesAreSaidAndTheOthersRun) {
  Write("a.yml", Rule(kRuleId));
  Write("b.yml", "title: x\ndetection: [\n");
  Write("c.bin", "nothing that a reader knows");
  RunOn(Process("cmd.exe"));
  EXPECT_EQ(Findings(), (Texts{"SL001 b.yml"}));
  EXPECT_EQ(kept_.rows.size(), 1u);
  EXPECT_EQ(exit_, 1);
}

TEST_F(Run, NamedPathsMustBeThere) {
  const std::string rule = Write("a.yml", Rule(kRuleId));
  const auto exit_with = [&](const std::string& other) {
    auto runner = ContentRunner::Load({rule, other}, options_);
    EXPECT_TRUE(runner.ok());
    std::istringstream in(Process("cmd.exe"));
    (*runner)->Run(in, "e", kept_);
    EXPECT_EQ((*runner)->totals().matches, 1u);
    return ExitCode((*runner)->results(), (*runner)->totals());
  };
  EXPECT_EQ(exit_with(Folder() + "/gone.yml"), 2);
  EXPECT_EQ(exit_with(Write("c.bin", "no reader knows this")), 2);
  EXPECT_EQ(exit_with(Write("d/notes.txt", "no content").substr(0, Folder().size() + 2)), 2);
  EXPECT_EQ(exit_with(rule), 0);
}

TEST_F(Run, ContentWithErrorsIsNotRun) {
  const std::string broken = "    Image|endswith|nonsense: a\n";
  Write("a.yml", Rule(kRuleId) + "---\n" + Rule("6d1f0b7a-2c3e-4d5f-8a9b-000000000002", broken));
  Write("b.yml", Rule("6d1f0b7a-2c3e-4d5f-8a9b-000000000003"));
  RunOn(Process("cmd.exe"));
  ASSERT_EQ(kept_.rows.size(), 1u);
  EXPECT_TRUE(kept_.rows[0].ends_with("b.yml:1"));
  EXPECT_FALSE(Findings().empty());
  for (const std::string& finding : Findings()) EXPECT_TRUE(finding.ends_with(" a.yml")) << finding;
  EXPECT_GT(results_.findings.front().line, 10u);
  EXPECT_EQ(exit_, 1);

  options_.skip_failing = true;
  RunOn(Process("cmd.exe"));
  EXPECT_EQ(kept_.rows.size(), 2u);
  EXPECT_TRUE(Findings().empty());
  EXPECT_EQ(instances_, 2u);
  EXPECT_TRUE(std::ranges::any_of(results_.not_checked, [](const NotChecked& entry) {
    return entry.what == "rule 6d1f0b7a-2c3e-4d5f-8a9b-000000000002" && !entry.requested;
  }));
  EXPECT_EQ(exit_, 0);
}

TEST_F(Run, OnASensorOnlyWhatItSupplies) {
  Write("a.yml", Rule(kRuleId, "    ParentUser: me\n"));  // since 4.80
  const std::string event =
      absl::StrCat("{\"EventID\": 1, ", kChannel, R"(, "Image": "\\cmd.exe", "ParentUser": "me"})");
  RunOn(event);
  EXPECT_EQ(kept_.rows.size(), 1u);
  options_.contract = ContractSet::BuiltIn().Find("sysmon@4.90");
  RunOn(event);
  EXPECT_EQ(kept_.rows.size(), 1u);
  EXPECT_EQ(exit_, 0);
  options_.contract = ContractSet::BuiltIn().Find("sysmon@4.22");
  RunOn(event);
  EXPECT_EQ(Findings(), (Texts{"SL201 a.yml"}));
  EXPECT_TRUE(kept_.rows.empty());
  EXPECT_EQ(exit_, 1);
}

TEST_F(Run, WhatNoSensorIsAskedAboutIsListed) {
  Write("a.yml", Rule(kRuleId));
  Write("b.yml",
        "title: Twice\nid: "
        "6d1f0b7a-2c3e-4d5f-8a9b-000000000002\ncorrelation:\n  type: "
        "event_count\n  rules: [a]\n  group-by: [User]\n  timespan: "
        "1h\n  condition: {gte: 2}\n");
  RunOn(Process("cmd.exe"));
  EXPECT_EQ(instances_, 1u);
  EXPECT_TRUE(std::ranges::any_of(results_.not_checked, [](const NotChecked& entry) {
    return entry.path.ends_with("b.yml") && !entry.requested;
  }));
  EXPECT_EQ(exit_, 0);
}

TEST_F(Run, SysmonDecidesEveryEvent) {
  Write("a.xml", kConfig);
  RunOn(Process("cmd.exe") + Process("a.exe") + R"({"Channel": "Security", "EventID": 1})" +
        R"({"EventID": 1, "Image": "C:\\cmd.exe"})");
  EXPECT_EQ(kept_.rows, (Texts{"0 decision ProcessCreate#1 yes a.xml:4", "1 decision  no a.xml:0",
                               "3 decision ProcessCreate#1 yes a.xml:4"}));
  EXPECT_EQ(kept_.rule_names.front(), "shell");
  EXPECT_EQ(totals_.included, 2u);
  EXPECT_EQ(totals_.excluded, 1u);
  EXPECT_EQ(totals_.not_sysmon, 1u);
  EXPECT_TRUE(kept_.problems.empty());
  EXPECT_EQ(exit_, 0);
}

TEST_F(Run, NoEventOfSysmonIsNoPass) {
  Write("a.xml", kConfig);
  RunOn(R"({"Channel": "Security", "EventID": 1})");
  EXPECT_TRUE(kept_.rows.empty());
  EXPECT_EQ(exit_, 2);
}

TEST_F(Run, SysmonAndSigmaSideBySide) {
  Write("a.xml", kConfig);
  Write("b.xml", kConfig);
  Write("c.yml", Rule(kRuleId));
  RunOn(Process("cmd.exe"));
  EXPECT_EQ(kept_.rows, (Texts{absl::StrCat("0 instance ", kRuleId, " yes c.yml:1"),
                               "0 decision ProcessCreate#1 yes a.xml:4",
                               "0 decision ProcessCreate#1 yes b.xml:4"}));
}

TEST_F(Run, ACompiledFileSaysWhatItIsFrom) {
  const std::string rules = Write("rules/a.yml", "# One\n" + Rule(kRuleId));
  const absl::StatusOr<Compiled> compiled = Compile({rules}, {});
  ASSERT_TRUE(compiled.ok());
  ASSERT_TRUE(compiled->ok());
  RunOn(Process("cmd.exe") + Process("a.exe"), Write("rules.slc", compiled->bytes));
  ASSERT_EQ(kept_.rows, (Texts{absl::StrCat("0 instance ", kRuleId, " yes rules.slc:0")}));
  EXPECT_GT(kept_.offsets[0], 0u);
  EXPECT_EQ(kept_.sources[0].path, "a.yml");
  EXPECT_EQ(kept_.sources[0].line, 2u);
  EXPECT_EQ(exit_, 0);
}

TEST_F(Run, ExplainedCriterionByCriterion) {
  options_.explain = true;
  Write("a.yml", Rule(kRuleId, "    User|contains:\n      - me\n      - you\n"));
  RunOn(Process("cmd.exe") +
        absl::StrCat("{\"EventID\": 1, ", kChannel,
                     R"(, "Image": "x\\cmd.exe", "User": "a\u001byou"})") +
        absl::StrCat("{\"EventID\": 3, ", kChannel, "}"));
  EXPECT_EQ(kept_.rows, (Texts{absl::StrCat("0 instance ", kRuleId, " no a.yml:1"),
                               absl::StrCat("1 instance ", kRuleId, " yes a.yml:1")}));
  ASSERT_EQ(kept_.criteria[0].size(), 3u);
  const RunCriterion& image = kept_.criteria[0][0];
  EXPECT_EQ(image.field, "Image");
  EXPECT_EQ(image.op, "endswith");
  EXPECT_EQ(image.operand, "\\cmd.exe");
  EXPECT_EQ(image.selection, "selection");
  EXPECT_EQ(image.value, "C:\\cmd.exe");
  EXPECT_EQ(image.line, 9u);
  EXPECT_TRUE(image.holds);
  EXPECT_FALSE(kept_.criteria[0][1].holds);
  EXPECT_FALSE(kept_.criteria[0][1].value.has_value());  // there is no such field
  EXPECT_FALSE(kept_.criteria[1][1].holds);
  EXPECT_TRUE(kept_.criteria[1][2].holds);
  EXPECT_EQ(kept_.criteria[1][2].value,
            "a\\x1byou");  // nothing reaches the terminal
}

TEST_F(Run, SysmonExplained) {
  options_.explain = true;
  Write("a.xml", kConfig);
  RunOn(Process("cmd.exe") + Process("a.exe"));
  EXPECT_EQ(kept_.rows,
            (Texts{"0 decision ProcessCreate#1 yes a.xml:4", "0 record ProcessCreate#1 yes a.xml:4",
                   "1 decision  no a.xml:0", "1 record ProcessCreate#1 no a.xml:4"}));
  ASSERT_EQ(kept_.criteria[3].size(), 1u);
  EXPECT_EQ(kept_.criteria[3][0].op, "end with");
  EXPECT_EQ(kept_.criteria[3][0].value, "C:\\a.exe");
  EXPECT_FALSE(kept_.criteria[3][0].holds);
}

TEST_F(Run, OnlyRowsOfTheInstancesThatAreNamed) {
  Write("a.yml", Rule(kRuleId));
  Write("b.yml", Rule("6d1f0b7a-2c3e-4d5f-8a9b-000000000002"));
  options_.only = {kRuleId};
  RunOn(Process("cmd.exe"));
  EXPECT_EQ(kept_.rows.size(), 1u);
  EXPECT_EQ(totals_.matches, 2u);
  options_.only = {"nobody"};
  EXPECT_FALSE(ContentRunner::Load({Folder()}, options_).ok());
}

TEST_F(Run, AnEventOverTheBudgetIsNotChecked) {
  Write("a.yml", Rule(kRuleId));
  options_.engine.budget = 1;
  RunOn(Process("cmd.exe"));
  EXPECT_TRUE(kept_.rows.empty());
  ASSERT_EQ(kept_.problems.size(), 1u);
  EXPECT_TRUE(kept_.problems[0].starts_with("e.json:1:1: event 0: "));
  EXPECT_EQ(totals_.exhausted, 1u);
  EXPECT_EQ(exit_, 2);
}

TEST_F(Run, RefusesAKindThatThereIsNot) {
  options_.kind = "nonsense";
  EXPECT_FALSE(ContentRunner::Load({Folder()}, options_).ok());
}

}  // namespace
}  // namespace sluice
