// Runs every tests/cli/cases/*.case against the built command.
//
// After a wanted change, `SLUICE_BLESS=1 build/release/tests/cli_test` writes what came out into
// the cases that no longer match: read the difference before it is committed.

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "gtest/gtest.h"
#include "tests/cli/cli_case.h"

namespace sluice {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> CasePaths() {
  std::vector<std::string> paths;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator("tests/cli/cases", error)) {
    if (entry.path().extension() == ".case") paths.push_back(entry.path().string());
  }
  std::ranges::sort(paths);
  return paths;
}

class CliTest : public testing::TestWithParam<std::string> {};

TEST_P(CliTest, GivesWhatTheCaseSays) {
  std::stringstream text;
  text << std::ifstream(GetParam()).rdbuf();
  CliCase test;
  std::string error;
  ASSERT_TRUE(ParseCliCase(text.str(), test, error)) << GetParam() << ": " << error;

  const CliOutcome outcome = RunCliCase(test, SLUICE_COMMAND, fs::current_path().string());
  if (std::getenv("SLUICE_BLESS") != nullptr) {
    const std::string blessed = Blessed(test, outcome);
    if (blessed != text.str()) std::ofstream(GetParam()) << blessed;
    return;
  }
  EXPECT_EQ(outcome.exit_code, test.exit_code) << GetParam();
  EXPECT_TRUE(MatchesPattern(test.expected_stdout, outcome.standard_output))
      << GetParam() << "\nexpected on stdout:\n"
      << test.expected_stdout << "\ngot:\n"
      << outcome.standard_output;
  EXPECT_TRUE(MatchesPattern(test.expected_stderr, outcome.standard_error))
      << GetParam() << "\nexpected on stderr:\n"
      << test.expected_stderr << "\ngot:\n"
      << outcome.standard_error;
}

INSTANTIATE_TEST_SUITE_P(Cases, CliTest, testing::ValuesIn(CasePaths()), [](const auto& instance) {
  return fs::path(instance.param).stem().string();
});

TEST(CliCases, AreFound) { EXPECT_GE(CasePaths().size(), 40u); }

TEST(MatchesPatternTest, TakesWildcards) {
  EXPECT_TRUE(MatchesPattern("a\nb\n", "a\nb\n"));
  EXPECT_TRUE(MatchesPattern("...\nb\n", "x\ny\nb\n"));
  EXPECT_TRUE(MatchesPattern("a {*} c\n", "a b b c\n"));
  EXPECT_TRUE(MatchesPattern("a\n...\n", "a\n"));
  EXPECT_TRUE(MatchesPattern("...\nb\n...\nb\n", "b\nc\nb\n"));
}

TEST(MatchesPatternTest, RefusesWhatDiffers) {
  EXPECT_FALSE(MatchesPattern("a\n", "a\nb\n"));
  EXPECT_FALSE(MatchesPattern("a\nb\n", "a\n"));
  EXPECT_FALSE(MatchesPattern("", "a\n"));
  EXPECT_FALSE(MatchesPattern("a {*} c\n", "a b\n"));
  EXPECT_FALSE(MatchesPattern("...\nb\n", "x\n"));
}

}  // namespace
}  // namespace sluice
