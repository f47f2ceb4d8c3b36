// The real Sigma rules, all of those with a log source that some sensor has, in one channel file.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "gate/compile.h"
#include "parser/channel/channel_writer.h"
#include "parser/format.h"
#include "parser/sigma/sigma_print_compiled.h"
#include "schema/contracts/built_in_fleets.h"
#include "tests/support/shared_data.h"

namespace sluice {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> RealRules() {
  std::vector<fs::path> files;
  std::error_code error;
  for (const auto& entry : fs::recursive_directory_iterator(SharedData() / "sigma", error)) {
    const fs::path& path = entry.path();
    if (path.extension() == ".yml" && path.filename() != "info.yml") files.push_back(path);
  }
  return files;
}

// The log source of a rule by its lines, without a YAML reader: "windows/process_creation". Empty
// for a file that is no rule, and for a rule with placeholders.
std::string LogSourceOf(const fs::path& path) {
  std::ifstream in(path);
  std::string parts[3];
  bool inside = false;
  bool rule = false;
  for (std::string line; std::getline(in, line);) {
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
    if (line.starts_with("detection:")) rule = true;
    if (line.find("|expand") != std::string::npos) return "";
    if (line.empty() || line[0] != ' ') {
      inside = line.starts_with("logsource:");
      continue;
    }
    if (!inside) continue;
    const std::string_view keys[] = {"product:", "category:", "service:"};
    const size_t at = line.find_first_not_of(' ');
    for (size_t i = 0; i < 3; ++i) {
      if (line.compare(at, keys[i].size(), keys[i]) != 0) continue;
      std::string value = line.substr(at + keys[i].size());
      value = value.substr(0, value.find(" #"));
      std::erase_if(value, [](char c) { return c == ' ' || c == '\'' || c == '"'; });
      parts[i] = value;
    }
  }
  if (!rule) return "";
  std::string name = parts[0].empty() ? "*" : parts[0];
  if (!parts[1].empty()) name += "/" + parts[1];
  if (!parts[2].empty()) name += "/" + parts[2];
  return name;
}

bool IsKnown(const std::string& log_source) {
  return std::ranges::any_of(ContractSet::BuiltIn().all(), [&](const Contract* contract) {
    return contract->LogSourceNamed(log_source) != nullptr;
  });
}

Compiled MustCompile(const std::vector<std::string>& paths, const CompileOptions& options = {}) {
  absl::StatusOr<Compiled> compiled = Compile(paths, options);
  EXPECT_TRUE(compiled.ok()) << compiled.status().message();
  return compiled.ok() ? *std::move(compiled) : Compiled();
}

TEST(CompileRealSigmaRules, TakesAllWithAKnownLogSource) {
  const std::vector<fs::path> files = RealRules();
  SLUICE_NEED_SHARED(files);
  size_t known = 0;
  for (const fs::path& file : files) known += IsKnown(LogSourceOf(file)) ? 1 : 0;
  const Compiled compiled = MustCompile({(SharedData() / "sigma").string()});
  for (const CompileNote& note : compiled.refused) ADD_FAILURE() << note.path << ": " << note.why;
  ASSERT_TRUE(compiled.ok());
  EXPECT_EQ(compiled.instances, known);
  EXPECT_EQ(compiled.instances + compiled.left_out.size(), compiled.results.totals.instances);
}

TEST(CompileRealSigmaRules, GivesTheSameBytesHoweverTheyAreNamed) {
  const std::vector<fs::path> files = RealRules();
  SLUICE_NEED_SHARED(files);
  std::vector<std::string> names;
  for (const fs::path& file : files) names.push_back(fs::absolute(file).string());
  std::mt19937 random(7);
  std::ranges::shuffle(names, random);
  CompileOptions two;
  two.lint.jobs = 2;
  const std::string bytes = MustCompile({(SharedData() / "sigma").string()}).bytes;
  ASSERT_FALSE(bytes.empty());
  EXPECT_EQ(MustCompile(names, two).bytes, bytes);
}

// What `skip_incompatible` leaves out are the rules that linting has errors of SL2xx for, and what
// it makes lints without any.
TEST(CompileRealSigmaRules, SkipsWhatAnOldSensorCannotTake) {
  SLUICE_NEED_SHARED(RealRules());
  const Contract* old = ContractSet::BuiltIn().Find("sysmon@4.2");
  ASSERT_NE(old, nullptr);
  CompileOptions options;
  options.lint.jobs = 2;
  options.lint.fleet_requested = true;
  options.lint.fleet.Add({.name = "sysmon", .version = "4.2", .contract = old});
  options.skip_incompatible = true;
  const std::string folder = (SharedData() / "sigma").string();
  const Compiled compiled = MustCompile({folder}, options);
  ASSERT_TRUE(compiled.ok());
  const absl::StatusOr<Results> results = Lint({folder}, options.lint);
  ASSERT_TRUE(results.ok());
  std::set<std::string> wrong;
  for (const Finding& finding : results->findings) {
    if (finding.severity != Severity::kError) continue;
    wrong.insert(results->inputs[finding.input].path + ": rule " + finding.instance);
  }
  std::set<std::string> skipped;
  for (const CompileNote& note : compiled.left_out) {
    if (!note.rule.empty()) skipped.insert(note.path + ": " + note.instance);
  }
  EXPECT_GT(skipped.size(), 10u);
  EXPECT_EQ(skipped, wrong);

  const auto bytes = std::make_shared<const std::string>(compiled.bytes);
  const absl::StatusOr<Results> whole = LintBytes("rules.slc", bytes, options.lint);
  ASSERT_TRUE(whole.ok());
  EXPECT_EQ(whole->totals.instances, compiled.instances);
  EXPECT_EQ(whole->totals.errors, 0u);
  EXPECT_EQ(ExitCode(*whole, FailOn::kError, /*require_checked=*/false), 0);
}

Content MustRead(std::string_view kind, std::string bytes) {
  ReadResult read =
      FindFormat(kind)->read(std::make_shared<const std::string>(std::move(bytes)), {});
  EXPECT_TRUE(read.ok()) << read.malformed().structure << ": " << read.malformed().message;
  return std::move(read).TakeContent();
}

// Printed as Sigma and compiled again, the file is the same but for what it came from.
TEST(CompileRealSigmaRules, ComeBackAsSigma) {
  SLUICE_NEED_SHARED(RealRules());
  const Compiled compiled = MustCompile({(SharedData() / "sigma").string()});
  ASSERT_TRUE(compiled.ok());
  const Content before = MustRead("channel", compiled.bytes);
  const SigmaPrint print = PrintCompiledSigma(before);
  for (const SigmaUnprintable& refused : print.refused) {
    ADD_FAILURE() << before.instances()[refused.instance].id << ": " << refused.why;
  }
  ASSERT_TRUE(print.ok());
  const Content printed = MustRead("sigma", print.text);
  ASSERT_EQ(printed.instances().size(), before.instances().size());
  const absl::StatusOr<std::string> again = WriteChannel(printed);
  ASSERT_TRUE(again.ok()) << again.status().message();
  const Content after = MustRead("channel", *again);
  EXPECT_TRUE(SameMeaning(before, after));
  size_t different = 0;
  for (size_t i = 0; i < before.instances().size(); ++i) {
    const Instance& a = before.instances()[i];
    const Instance& b = after.instances()[i];
    different += a.criteria.size() != b.criteria.size() || a.condition.size() != b.condition.size();
    EXPECT_EQ(a.id, b.id);
  }
  EXPECT_EQ(different, 0u);
}

}  // namespace
}  // namespace sluice
