// Every case of the corpus gives the findings that it says.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>

#include "corpus/case_builder.h"
#include "corpus/case_runner.h"

namespace sluice {
namespace {

class Corpus : public testing::TestWithParam<std::string> {};

TEST_P(Corpus, GivesWhatItSays) {
  const absl::Status status = RunCase(GetParam());
  EXPECT_TRUE(status.ok()) << status.message();
}

std::string TestName(const testing::TestParamInfo<std::string>& info) {
  std::string name = info.param.substr(std::string("corpus/").size());
  std::ranges::replace_if(
      name, [](char c) { return isalnum(c) == 0; }, '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(All, Corpus, testing::ValuesIn(FindCases("corpus")), TestName);

TEST(CorpusFolders, HoldCases) {
  for (const char* folder : {"valid", "invalid", "malformed", "incompatible", "rules"}) {
    EXPECT_GE(FindCases(std::string("corpus/") + folder).size(), 8) << folder;
  }
  for (const char* incident :
       {"blank-fields", "channel-file-291", "counts-that-disagree", "file-of-zeros",
        "keyword-not-built-in", "list-with-empty-item", "packed-file-corrupted", "past-capacity",
        "version-that-does-not-fit"}) {
    const std::string folder = std::string("corpus/incidents/") + incident;
    EXPECT_FALSE(FindCases(folder).empty()) << folder;
    EXPECT_TRUE(std::filesystem::exists(folder + "/README.md")) << folder;
  }
}

}  // namespace
}  // namespace sluice
