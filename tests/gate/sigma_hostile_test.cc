// Sigma files made to break a checker: each ends as a finding with a place, and stops no other.

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>

#include "gate/lint.h"
#include "schema/contracts/built_in_fleets.h"

namespace sluice {
namespace {

namespace fs = std::filesystem;

std::string Repeat(std::string_view text, size_t times) {
  std::string out;
  for (size_t i = 0; i < times; ++i) out += text;
  return out;
}

std::string Rule(const std::string& detection) {
  return "title: Rule\nlogsource:\n  product: windows\n  category: process_creation\ndetection:\n" +
         detection;
}

// `name: &name [*before, ...]`, nine times the one before it.
std::string Bomb() {
  std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 20; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    const std::string name = "a" + std::to_string(i);
    text += name + ": &" + name + " [" + Repeat(before + ", ", 8) + before + "]\n";
  }
  return text;
}

std::string ManyValues(size_t count) {
  std::string values;
  for (size_t i = 0; i < count; ++i) values += "      - v" + std::to_string(i) + "\n";
  return "  s:\n    Image|contains:\n" + values + "  condition: s\n";
}

std::string Utf16(const std::string& text, bool little) {
  std::string out = little ? "\xFF\xFE" : "\xFE\xFF";
  for (const char c : text) {
    if (!little) out += '\0';
    out += c;
    if (little) out += '\0';
  }
  return out;
}

Results LintText(const std::string& text, const std::string& kind = "") {
  LintOptions options;
  options.kind = kind;
  options.fleet = *BuiltInFleet("sysmon-all");
  options.fleet_requested = true;
  auto results = LintBytes("rule.yml", std::make_shared<const std::string>(text), options);
  EXPECT_TRUE(results.ok());
  return results.ok() ? *std::move(results) : Results();
}

bool HasPlace(const Finding& f) { return f.line >= 1 && f.column >= 1; }

const Finding* Find(const Results& results, std::string_view rule) {
  const auto found =
      std::ranges::find_if(results.findings, [&](const Finding& f) { return f.rule->id == rule; });
  return found == results.findings.end() ? nullptr : &*found;
}

struct Hostile {
  const char* name;
  std::string text;
  const char* rule;
  uint32_t line;
  int exit;
};

const std::string kCondition = "  s: {Image: a}\n  condition: ";

std::vector<Hostile> HostileFiles() {
  return {
      {"YAML bomb", Bomb() + Rule(kCondition + "s\n"), "SL002", 0, 2},
      {"100,000 brackets", Rule("  s: " + std::string(100'000, '[')), "SL001", 6, 1},
      {"100,000 maps", Rule("  s: " + std::string(100'000, '{')), "SL001", 6, 1},
      {"100,000 dashes", Rule("  s: " + Repeat("- ", 100'000)), "SL001", 0, 1},
      {"100,000 parentheses",
       Rule(kCondition + std::string(100'000, '(') + "s" + std::string(100'000, ')') + "\n"),
       "SL002", 7, 2},
      {"anchor in itself", Rule("  s: &s {Image: *s}\n  condition: s\n"), "SL001", 6, 1},
      {"tab", Rule("\ts: {Image: a}\n  condition: s\n"), "SL001", 6, 1},
      {"Latin-1", Rule("  s: {Image: caf\xE9}\n  condition: s\n"), "SL001", 6, 1},
      {"NUL", Rule(std::string("  s: {Image: a\0b}\n", 18)), "SL001", 6, 1},
      {"half a surrogate", Utf16(Rule(kCondition + "s\n"), true) + std::string("\x00\xD8", 2),
       "SL001", 8, 1},
      {"cut", Rule("  s: {Image: 'a"), "SL001", 0, 1},
      {"duplicate key", Rule("  s: {Image: a}\n  s: {Image: b}\n  condition: s\n"), "SL124", 7, 1},
  };
}

TEST(SigmaHostileFiles, EachIsAFindingWithAPlace) {
  for (const Hostile& hostile : HostileFiles()) {
    const Results results = LintText(hostile.text, "sigma");
    const Finding* finding = Find(results, hostile.rule);
    ASSERT_NE(finding, nullptr) << hostile.name;
    EXPECT_TRUE(HasPlace(*finding)) << hostile.name;
    if (hostile.line != 0) {
      EXPECT_EQ(finding->line, hostile.line) << hostile.name;
    }
    EXPECT_EQ(ExitCode(results, FailOn::kError, false), hostile.exit) << hostile.name;
  }
}

TEST(SigmaHostileFiles, LargeOnesAreRead) {
  const std::string huge(10 << 20, 'x');
  for (const std::string& text :
       {Rule(ManyValues(50'000)), Rule("  s: {Image: " + huge + "}\n  condition: s\n"),
        "description: " + huge + "\n" + Rule(kCondition + "s\n"),
        Utf16(Rule(kCondition + "s\n"), true), Utf16(Rule(kCondition + "s\n"), false),
        Rule(kCondition + Repeat("not ", 100'000) + "s\n"),
        "\xEF\xBB\xBF" + Rule(kCondition + "s\n")}) {
    const Results results = LintText(text);
    ASSERT_EQ(results.checked.size(), 1u) << text.substr(0, 80);
    EXPECT_GE(results.totals.criteria, 1u);
    EXPECT_EQ(Find(results, "SL001"), nullptr);
  }
}

TEST(SigmaHostileFiles, BinaryAmongRulesIsMalformed) {
  std::string bytes = Rule(kCondition + "s\n");
  bytes += std::string("\0\x01\x02\xFF", 4);
  const Results results = LintText(bytes);
  ASSERT_NE(Find(results, "SL001"), nullptr);
  EXPECT_EQ(Find(results, "SL001")->line, 8u);
  EXPECT_EQ(ExitCode(results, FailOn::kError, false), 1);
}

TEST(SigmaHostileFiles, BinaryWithoutKeysIsNotRecognised) {
  const std::string bytes(
      "\x7F"
      "ELF\0\x01\x02\xFF\n\0\0",
      11);
  EXPECT_EQ(ExitCode(LintText(bytes), FailOn::kError, false), 2);
  const Results forced = LintText(bytes, "sigma");
  ASSERT_NE(Find(forced, "SL001"), nullptr);
  EXPECT_TRUE(HasPlace(*Find(forced, "SL001")));
}

TEST(SigmaHostileFiles, OneBrokenFileStopsNoOther) {
  const fs::path folder =
      fs::temp_directory_path() / ("sluice_sigma_hostile." + std::to_string(getpid()));
  fs::create_directories(folder);
  const auto write = [&](const std::string& name, const std::string& text) {
    std::ofstream(folder / name, std::ios::binary) << text;
  };
  size_t files = 0;
  for (const Hostile& hostile : HostileFiles()) {
    if (hostile.exit == 1) write(std::to_string(files++) + "_broken.yml", hostile.text);
  }
  write("z_good.yml", Rule(kCondition + "s\n"));
  for (const int jobs : {1, 2}) {
    LintOptions options;
    options.jobs = jobs;
    const auto results = Lint({folder.string()}, options);
    ASSERT_TRUE(results.ok());
    EXPECT_EQ(results->inputs.size(), files + 1);
    EXPECT_EQ(results->inputs.back().kind, "sigma");
    const auto good = std::ranges::find(results->checked, files, &Checked::input);
    ASSERT_NE(good, results->checked.end());
    EXPECT_EQ(good->criteria, 1u);
    EXPECT_EQ(ExitCode(*results, FailOn::kError, false), 1);
  }
  fs::remove_all(folder);
}

}  // namespace
}  // namespace sluice
