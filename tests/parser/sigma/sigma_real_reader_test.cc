// SigmaHQ's rules, read whole. Counts are not asserted: the rules are not ours.

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "parser/sigma/sigma_reader.h"
#include "tests/parser/sigma/sigma_testing.h"
#include "tests/support/shared_data.h"

namespace sluice {
namespace {

// Placeholders that rules ask for are a site's own, so these are the only fatal irregularities.
bool IsExpected(const Irregularity& irregularity) {
  return irregularity.kind == IrregularityKind::kSigmaPlaceholderUndefined;
}

TEST(SigmaRealReader, ReadsEveryRuleWithItsMeaning) {
  size_t files = 0;
  size_t criteria = 0;
  size_t placeholders = 0;
  std::error_code error;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(SharedData() / "sigma", error)) {
    const std::string path = entry.path().native();
    if (entry.path().extension() != ".yml" || path.find("regression_data") != std::string::npos) {
      continue;
    }
    const Bytes bytes = Slurp(entry.path());
    EXPECT_TRUE(LooksLikeSigma(*bytes)) << path;
    const ReadResult result = ReadSigma(bytes, {});
    ASSERT_TRUE(result.ok()) << path << ": " << result.malformed().message;
    ++files;
    criteria += result.content().criteria().size();
    for (const Irregularity& found : result.content().irregularities()) {
      if (!found.fatal) continue;
      placeholders += IsExpected(found) ? 1 : 0;
      EXPECT_TRUE(IsExpected(found)) << path << ": kind " << static_cast<int>(found.kind) << " at "
                                     << At(result.content(), found.place);
    }
    for (const Instance& instance : result.content().instances()) {
      EXPECT_NE(instance.role, InstanceRole::kOther) << path;
      EXPECT_FALSE(instance.id.empty()) << path;
      EXPECT_FALSE(instance.role == InstanceRole::kRule && instance.condition.empty()) << path;
    }
  }
  if (files == 0) GTEST_SKIP() << "no shared data: set SLUICE_SHARED_DATA";
  std::printf("%zu files, %zu criteria, %zu placeholders\n", files, criteria, placeholders);
  EXPECT_GT(files, 1000u);
  EXPECT_GT(criteria, 10 * files);
}

TEST(SigmaRealReader, LeavesOtherYamlAlone) {
  size_t files = 0;
  std::error_code error;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(
           SharedData() / "sigma" / "regression_data", error)) {
    if (entry.path().filename() != "info.yml") continue;
    EXPECT_FALSE(LooksLikeSigma(*Slurp(entry.path()))) << entry.path();
    ++files;
  }
  if (files == 0) GTEST_SKIP() << "no shared data: set SLUICE_SHARED_DATA";
}

}  // namespace
}  // namespace sluice
