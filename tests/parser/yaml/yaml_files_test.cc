// The real rules.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "parser/yaml/yaml_text.h"
#include "tests/parser/yaml/yaml_testing.h"
#include "tests/support/shared_data.h"

namespace sluice {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> RuleFiles() {
  std::vector<fs::path> files;
  std::error_code error;
  for (const auto& entry : fs::recursive_directory_iterator(SharedData() / "sigma", error)) {
    const std::string& path = entry.path().native();
    if (path.find("/sigma/rules") != std::string::npos && path.ends_with(".yml")) {
      files.push_back(entry.path());
    }
  }
  std::ranges::sort(files);
  return files;
}

// What the bytes of a scalar stand for, as far as a line without escapes says it.
std::optional<std::string> DecodedPlace(const YamlNode& node, std::string_view at) {
  if (at.find('\n') != std::string_view::npos) return std::nullopt;
  if (node.style == YamlStyle::kPlain) return std::string(at);
  std::string inner(at.substr(1, at.size() - 2));
  if (node.style == YamlStyle::kDoubleQuoted) {
    return inner.find('\\') == std::string::npos ? std::optional(inner) : std::nullopt;
  }
  if (node.style != YamlStyle::kSingleQuoted) return std::nullopt;
  for (size_t i = 0; (i = inner.find("''", i)) != std::string::npos; ++i) inner.erase(i, 1);
  return inner;
}

TEST(YamlFiles, EveryRuleParsesWithValuesAtTheirPlaces) {
  const std::vector<fs::path> files = RuleFiles();
  SLUICE_NEED_SHARED(files);
  size_t compared = 0;
  for (const fs::path& path : files) {
    const YamlText text = DecodeYamlText(Slurp(path));
    ASSERT_FALSE(text.malformed) << path;
    const YamlDocument document = ParseYaml(*text.text);
    if (testing::Test::HasFailure()) FAIL() << path;
    for (const YamlNode& node : document.nodes()) {
      if (node.kind != YamlKind::kScalar) continue;
      const auto decoded = DecodedPlace(node, At(*text.text, node.place));
      if (!decoded) continue;
      ASSERT_EQ(node.value, *decoded) << path << " at " << node.place.offset;
      ++compared;
    }
  }
  EXPECT_EQ(files.size(), 1927u);
  EXPECT_GT(compared, 100'000u);
}

}  // namespace
}  // namespace sluice
