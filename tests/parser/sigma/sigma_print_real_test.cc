// SigmaHQ's rules, printed and read back.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "parser/sigma/sigma_print.h"
#include "tests/parser/sigma/sigma_testing.h"
#include "tests/support/shared_data.h"

namespace sluice {
namespace {

TEST(SigmaRealPrint, EveryCompleteRuleReadsBack) {
  size_t printed = 0;
  size_t incomplete = 0;
  std::error_code error;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(SharedData() / "sigma", error)) {
    if (entry.path().extension() != ".yml") continue;
    const Bytes bytes = Slurp(entry.path());
    if (!LooksLikeSigma(*bytes)) continue;
    const ReadResult read = ReadSigma(bytes, {});
    ASSERT_TRUE(read.ok()) << entry.path();
    const Content& content = read.content();
    const SigmaPrint print = PrintSigma(content);
    if (!print.ok()) {
      ++incomplete;
      for (const SigmaUnprintable& refused : print.refused) {
        EXPECT_TRUE(content.instances()[refused.instance].incomplete)
            << entry.path() << ": " << At(content, refused.place) << ": " << refused.why;
      }
      continue;
    }
    ++printed;
    EXPECT_TRUE(LooksLikeSigma(print.text)) << entry.path();
    const ReadResult back = ReadSigmaText(print.text);
    ASSERT_TRUE(back.ok()) << entry.path() << "\n" << print.text;
    EXPECT_TRUE(SameMeaning(content, back.content())) << entry.path() << "\n" << print.text;
    EXPECT_EQ(PrintSigma(back.content()).text, print.text) << entry.path();
  }
  if (printed + incomplete == 0) GTEST_SKIP() << "no shared data: set SLUICE_SHARED_DATA";
  std::printf("%zu rules printed, %zu incomplete\n", printed, incomplete);
  EXPECT_GT(printed, 1000u);
}

}  // namespace
}  // namespace sluice
