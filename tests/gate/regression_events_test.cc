// Real rules on real events.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "gate/run.h"
#include "schema/text.h"
#include "tests/support/shared_data.h"

namespace sluice {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> Below(const fs::path& folder, std::string_view ending) {
  std::vector<std::string> files;
  std::error_code error;
  for (const auto& entry : fs::recursive_directory_iterator(folder, error)) {
    if (entry.path().native().ends_with(ending)) files.push_back(entry.path().string());
  }
  std::ranges::sort(files);
  return files;
}

// The folders of rules, without the events.
std::vector<std::string> RuleFolders() {
  std::vector<std::string> folders;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(SharedData() / "sigma", error)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with("rules")) folders.push_back(entry.path().string());
  }
  std::ranges::sort(folders);
  return folders;
}

// How many events of the file must match, where its description says so; 0
// where it does not.
uint64_t MatchCount(const fs::path& events) {
  std::ifstream info(events.parent_path() / "info.yml");
  constexpr std::string_view kKey = "match_count:";
  for (std::string line; std::getline(info, line);) {
    const size_t at = line.find_first_not_of(' ');
    if (at == std::string::npos || line.compare(at, kKey.size(), kKey) != 0) continue;
    return std::stoull(line.substr(at + kKey.size()));
  }
  return 0;
}

// Said to match once; all three of its events put a domain into a zone above 1, as the rule asks.
constexpr char kMiscounted[] = "45e112d0-7759-4c2a-aa36-9f8fb79d3393";

std::string EveryTenthLine(const fs::path& path) {
  std::ifstream in(path);
  std::string text;
  size_t lines = 0;
  for (std::string line; std::getline(in, line);) {
    if (lines++ % 10 == 0) text += line + "\n";
  }
  return text;
}

class Counts : public RunSink {
 public:
  void Row(const RunRow& row) override {
    if (row.kind == RunRowKind::kDecision) ++decisions;
    if (row.matched) ++matches[std::string(row.instance)];
  }
  void Problem(std::string_view message) override { problems.emplace_back(message); }

  std::map<std::string, uint64_t> matches;
  uint64_t decisions = 0;
  std::vector<std::string> problems;
};

TEST(RegressionEvents, EachMatchesTheRuleThatItBelongsTo) {
  const std::vector<std::string> files = Below(SharedData() / "sigma" / "regression_data", ".json");
  SLUICE_NEED_SHARED(files);
  const auto runner = ContentRunner::Load(RuleFolders(), {});
  ASSERT_TRUE(runner.ok()) << runner.status().message();
  EXPECT_EQ((*runner)->results().totals.errors, 0u);
  uint64_t counted = 0;
  for (const std::string& file : files) {
    const std::string rule = fs::path(file).stem().string();
    Counts counts;
    std::ifstream in(file);
    (*runner)->Run(in, file, counts);
    EXPECT_TRUE(counts.problems.empty()) << counts.problems.front();
    EXPECT_GE(counts.matches[rule], 1u) << file;
    const uint64_t count = MatchCount(file);
    if (count == 0 || rule == kMiscounted) continue;
    EXPECT_EQ(counts.matches[rule], count) << file;
    ++counted;
  }
  EXPECT_GE(files.size(), 100u);
  EXPECT_GE(counted, 80u);
}

// The background is mostly ordinary: few rules have something to say about it.
TEST(RegressionEvents, TheBackgroundRunsThroughAllRules) {
  const fs::path file = SharedData() / "events" / "sysmon-background.ndjson";
  std::ifstream in(file);
  if (!in) GTEST_SKIP() << "no shared data; set SLUICE_SHARED_DATA";
  const auto runner = ContentRunner::Load(RuleFolders(), {});
  ASSERT_TRUE(runner.ok());
  Counts counts;
  (*runner)->Run(in, file.string(), counts);
  EXPECT_TRUE(counts.problems.empty()) << counts.problems.front();
  const RunTotals& totals = (*runner)->totals();
  EXPECT_EQ(totals.events, 3230u);
  EXPECT_EQ(totals.asked, 3230u);
  EXPECT_GT(totals.matches, 0u);
  EXPECT_LT(totals.matches, totals.events / 10);
  EXPECT_GT((*runner)->instances(), 1'900u);
}

TEST(RegressionEvents, TheBackgroundRunsThroughSysmonConfigurations) {
  const std::vector<fs::path> configs = SharedFiles("sysmon/pairs", ".xml");
  SLUICE_NEED_SHARED(configs);
  const std::string events = EveryTenthLine(SharedData() / "events" / "sysmon-background.ndjson");
  uint64_t decided = 0;
  for (const fs::path& config : configs) {
    const auto runner = ContentRunner::Load({config.string()}, {.skip_failing = true});
    ASSERT_TRUE(runner.ok()) << config;
    if ((*runner)->instances() == 0) continue;
    Counts counts;
    std::istringstream in(events);
    (*runner)->Run(in, "events", counts);
    EXPECT_TRUE(counts.problems.empty()) << counts.problems.front();
    EXPECT_EQ(counts.decisions, 323u) << config;
    decided += counts.decisions;
  }
  EXPECT_GE(decided, 50u * 323u);
}

}  // namespace
}  // namespace sluice
