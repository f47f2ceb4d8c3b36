// The embedded reader and the naive one, which knows nothing but the page, agree: on what is a
// channel file, and on every value in it.

#include "tests/parser/channel/naive_channel.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "tests/parser/channel/channel_bytes.h"
#include "tests/parser/channel/naive_channel_mutate.h"
#include "tests/parser/channel/naive_channel_random.h"
#include "tests/parser/channel/naive_channel_view.h"
#include "tests/parser/channel/naive_channel_writer.h"

namespace sluice {
namespace {

constexpr int kFiles = 12'000;
constexpr int kMutations = 10;  // of each, at least
constexpr int kMutatedFiles = 100'000;

bool HasUnknownSection(std::string_view file) {
  const std::vector<NaiveSectionBytes> sections = SplitNaive(file);
  return std::any_of(sections.begin(), sections.end(),
                     [](const NaiveSectionBytes& section) { return section.id > 131; });
}

// What is wrong with how the two take these bytes; empty if nothing is.
std::string Wrong(std::string_view bytes, bool* accepted) {
  std::string wrong = Disagreement(bytes, accepted);
  if (!wrong.empty() || !*accepted) {
    return wrong;
  }
  std::string why;
  const std::optional<NaiveChannel> channel = ReadNaive(bytes, &why);
  if (WriteNaive(*channel) != bytes && !HasUnknownSection(bytes)) {
    return "the same content has another encoding";
  }
  return "";
}

TEST(NaiveChannel, ChecksumIsThatOfThePage) { EXPECT_EQ(NaiveCrc32c("123456789"), 0xE3069283U); }

TEST(NaiveChannel, BothTakeEveryRandomFile) {
  NaiveRandom random(291);
  for (int i = 0; i < kFiles; ++i) {
    const NaiveChannel channel = RandomNaive(&random);
    bool accepted = false;
    ASSERT_EQ(Wrong(WriteNaive(channel), &accepted), "") << "file " << i;
    std::string why;
    ASSERT_TRUE(accepted) << "file " << i << ": " << (ReadNaive(WriteNaive(channel), &why), why);
  }
}

// Every section, dialect and operator comes up; else the test above says little.
TEST(NaiveChannel, RandomFilesHaveEverything) {
  NaiveRandom random(7);
  std::map<uint32_t, int> sections, dialects, operators, tokens;
  for (int i = 0; i < 2'000; ++i) {
    const NaiveChannel channel = RandomNaive(&random);
    ++dialects[channel.dialect * 2U + channel.binding];
    for (const NaiveSectionBytes& section : SplitNaive(WriteNaive(channel))) {
      ++sections[section.id];
    }
    for (const NaiveInstance& instance : channel.instances) {
      for (const NaiveCriterion& criterion : instance.criteria) {
        ++operators[criterion.op];
      }
      for (const uint32_t token : instance.condition) {
        ++tokens[token >> 28];
      }
    }
  }
  EXPECT_EQ(sections.size(), 17U);
  EXPECT_EQ(dialects.size(), 6U);
  EXPECT_EQ(operators.size(), 20U + 16U);
  EXPECT_EQ(tokens.size(), 5U);
}

TEST(NaiveChannel, BothTakeWhatTheOtherEncoderWrites) {
  for (const channel_test::Model& model :
       {channel_test::SmallChannel(), channel_test::SmallSysmon(), channel_test::SmallSigma(),
        channel_test::ManyInstances(100)}) {
    bool accepted = false;
    EXPECT_EQ(Wrong(channel_test::ToBytes(model), &accepted), "");
    EXPECT_TRUE(accepted);
  }
}

TEST(NaiveChannel, BothAgreeOnAHundredThousandMutatedFiles) {
  NaiveRandom random(20240719);
  int mutated = 0;
  int taken = 0;
  for (int i = 0; i < kFiles; ++i) {
    const NaiveChannel channel = RandomNaive(&random);
    const std::string file = WriteNaive(channel);
    for (int j = 0; j < kMutations; ++j) {
      std::string bytes =
          random.OneIn(2) ? MutateContent(channel, &random) : MutateBytes(file, &random);
      if (bytes == file) {
        continue;
      }
      if (bytes.size() >= 32 && random.OneIn(6)) {
        bytes[random.Below(bytes.size())] ^= 1;
        RepairNaive(false, &bytes);
      }
      ++mutated;
      bool accepted = false;
      ASSERT_EQ(Wrong(bytes, &accepted), "") << "file " << i << ", mutation " << j;
      taken += accepted ? 1 : 0;
    }
  }
  EXPECT_GE(mutated, kMutatedFiles);
  EXPECT_GE(taken, mutated / 10) << "hardly a mutation is a valid file";
  EXPECT_GE(mutated - taken, mutated / 4) << "hardly a mutation is broken";
}

// So that the hundred thousand do not all break the same rule.
TEST(NaiveChannel, MutationsBreakEveryKindOfRule) {
  NaiveRandom random(3);
  std::map<std::string, int> broken;
  for (int i = 0; i < 3'000; ++i) {
    const NaiveChannel channel = RandomNaive(&random);
    for (const std::string& bytes :
         {MutateContent(channel, &random), MutateBytes(WriteNaive(channel), &random)}) {
      std::string why;
      if (!ReadNaive(bytes, &why).has_value()) {
        ++broken[why];
      }
    }
  }
  EXPECT_GE(broken.size(), 50U);
  for (const char* why : {"checksum", "not UTF-8", "fingerprint", "stack underflow", "filling",
                          "a chain to the right, or not not", "criteria of a group",
                          "a condition that says what none says", "unknown critical section"}) {
    EXPECT_GT(broken[why], 0) << why;
  }
}

}  // namespace
}  // namespace sluice
