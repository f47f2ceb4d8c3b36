// The real Sigma rules are right: what is an error in them is listed, each with its reason.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>

#include "gate/lint.h"
#include "tests/support/shared_data.h"

namespace sluice {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMostErrors = 10;
constexpr const char* kListed = "tests/gate/real_rule_errors.txt";

// "PATH:LINE RULE" and the reason, from lines "PATH:LINE RULE: REASON".
std::map<std::string, std::string> ListedErrors() {
  std::map<std::string, std::string> listed;
  std::ifstream in(kListed);
  EXPECT_TRUE(in) << kListed << " is missing";
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line[0] == '#') continue;
    const size_t at = line.find(": ");
    EXPECT_NE(at, std::string::npos) << line;
    if (at != std::string::npos) listed[line.substr(0, at)] = line.substr(at + 2);
  }
  return listed;
}

std::vector<fs::path> RealRules() {
  std::vector<fs::path> files;
  std::error_code error;
  for (const auto& entry : fs::recursive_directory_iterator(SharedData() / "sigma", error)) {
    // Beside the events of a regression test stands its description.
    const fs::path& path = entry.path();
    if (path.extension() == ".yml" && path.filename() != "info.yml") files.push_back(path);
  }
  return files;
}

TEST(RealSigmaRules, ErrorsAreThoseListed) {
  SLUICE_NEED_SHARED(RealRules());
  const fs::path root = SharedData() / "sigma";
  LintOptions options;
  options.jobs = 2;
  const auto results = Lint({root.string()}, options);
  ASSERT_TRUE(results.ok());
  EXPECT_EQ(results->totals.files, RealRules().size());
  EXPECT_EQ(results->findings_left_out, 0u);
  const std::map<std::string, std::string> listed = ListedErrors();
  EXPECT_LE(listed.size(), kMostErrors);
  std::set<std::string> found;
  for (const Finding& f : results->findings) {
    if (f.severity != Severity::kError) continue;
    std::ostringstream key;
    key << fs::path(results->inputs[f.input].path).lexically_relative(root).string() << ":"
        << f.line << " " << f.rule->id;
    EXPECT_TRUE(found.insert(key.str()).second) << key.str() << " twice";
    EXPECT_TRUE(listed.contains(key.str())) << key.str() << ": " << f.message;
  }
  for (const auto& [key, reason] : listed) {
    EXPECT_TRUE(found.contains(key)) << key << " is no error any more";
    EXPECT_GE(reason.size(), 20u) << key << ": say why it is an error";
  }
}

// A finding has a line and a column, whatever its severity.
TEST(RealSigmaRules, EveryFindingHasAPlace) {
  SLUICE_NEED_SHARED(RealRules());
  const auto results = Lint({(SharedData() / "sigma").string()}, {});
  ASSERT_TRUE(results.ok());
  for (const Finding& f : results->findings) {
    EXPECT_GE(f.line, 1u) << results->inputs[f.input].path << " " << f.rule->id;
    EXPECT_GE(f.column, 1u) << results->inputs[f.input].path << " " << f.rule->id;
  }
}

}  // namespace
}  // namespace sluice
