// The conditions, keys and patterns of SigmaHQ's rules, taken line by line where a line says all of
// one. Counts are not asserted: the rules are not ours.

#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <sstream>
#include <string>
#include <string_view>

#include "parser/sigma/sigma_condition.h"
#include "parser/sigma/sigma_modifiers.h"
#include "parser/sigma/sigma_regex.h"
#include "tests/support/shared_data.h"

namespace sluice {
namespace {

// How many lines there were.
int ForEachLine(const std::function<void(std::string_view line, const std::string& path)>& each) {
  int lines = 0;
  std::error_code error;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(SharedData() / "sigma", error)) {
    if (entry.path().extension() != ".yml") continue;
    std::istringstream in(*Slurp(entry.path()));
    for (std::string line; std::getline(in, line); ++lines) {
      const size_t first = line.find_first_not_of(" -");
      if (first == std::string::npos || line[first] == '#') continue;
      each(std::string_view(line).substr(first), entry.path());
    }
  }
  return lines;
}

TEST(SigmaRealRules, EveryConditionIsRead) {
  int conditions = 0;
  const int lines = ForEachLine([&](std::string_view line, const std::string& path) {
    constexpr std::string_view kKey = "condition: ";
    if (!line.starts_with(kKey) || line.find_first_of("'\">#") != std::string_view::npos) return;
    const SigmaConditionResult result = ParseSigmaCondition(line.substr(kKey.size()));
    EXPECT_TRUE(result.ok()) << path << ": " << line;
    EXPECT_TRUE(result.condition.not_lower_case.empty()) << path << ": " << line;
    ++conditions;
  });
  if (lines == 0) GTEST_SKIP() << "no shared data: set SLUICE_SHARED_DATA";
  EXPECT_GT(conditions, 1000);
}

TEST(SigmaRealRules, EveryKeyIsRead) {
  int keys = 0;
  const int lines = ForEachLine([&](std::string_view line, const std::string& path) {
    if (line.starts_with('\'')) line.remove_prefix(1);
    const size_t end = line.find_first_of(":' ");
    const bool quoted = end != std::string_view::npos && line[end] == '\'';
    if (end == std::string_view::npos) return;
    const std::string_view rest = line.substr(end + quoted);
    if (rest != ":" && !rest.starts_with(": ")) return;
    if (line.substr(0, end).find('|') == std::string_view::npos) return;
    const SigmaKey key = ParseSigmaKey(line.substr(0, end));
    EXPECT_TRUE(key.problems.empty()) << path << ": " << line;
    ++keys;
  });
  if (lines == 0) GTEST_SKIP() << "no shared data: set SLUICE_SHARED_DATA";
  EXPECT_GT(keys, 1000);
}

TEST(SigmaRealRules, EveryPatternCompilesAndCanBeFinished) {
  int patterns = 0;
  const int lines = ForEachLine([&](std::string_view line, const std::string& path) {
    const size_t key = line.find("|re: '");
    const size_t end = line.rfind('\'');
    if (key == std::string_view::npos || line.find("''") != std::string_view::npos) return;
    const std::string_view pattern = line.substr(key + 6, end - key - 6);
    if (pattern.find("' #") != std::string_view::npos) return;
    const SigmaRegexReport report = CheckSigmaRegex(pattern, false);
    EXPECT_TRUE(report.compiled) << path << ": " << line;
    EXPECT_FALSE(report.explosive) << path << ": " << line;
    ++patterns;
  });
  if (lines == 0) GTEST_SKIP() << "no shared data: set SLUICE_SHARED_DATA";
  EXPECT_GT(patterns, 30);
}

}  // namespace
}  // namespace sluice
