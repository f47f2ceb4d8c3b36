// The reader looks at several items together where most of them are alike. Here every number of
// files that are long enough for that is set to what is just right and just wrong, wherever it
// stands among the others, and the naive reader says which it is.

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "parser/channel/channel_view.h"
#include "tests/parser/channel/channel_bytes.h"
#include "tests/parser/channel/naive_channel.h"

namespace sluice {
namespace {

using channel_test::Model;

constexpr uint32_t kAnd = 1u << 28, kOr = 2u << 28, kNot = 3u << 28;

uint32_t AtLeast(uint32_t n, uint32_t k) { return 4u << 28 | 256 * n | k; }

bool Opens(const std::string& bytes) {
  ChannelView view;
  return OpenChannel(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size(), &view).ok();
}

// Sets each number of section `id` to each of what is near it or at a bound. How many files were
// accepted and refused comes back, so that a test can see that there were both.
struct Verdicts {
  int accepted = 0;
  int refused = 0;
};
Verdicts SetEachNumber(const Model& model, uint32_t id) {
  const std::string good = channel_test::ToBytes(model);
  EXPECT_TRUE(Opens(good));
  const channel_test::RawFile raw = channel_test::ToRaw(model);
  uint32_t length = 0;
  for (const channel_test::RawSection& section : raw.sections) {
    if (section.id == id) length = static_cast<uint32_t>(section.bytes.size());
  }
  Verdicts verdicts;
  const uint32_t begin = channel_test::OffsetOf(good, id);
  for (uint32_t at = begin; at < begin + length; at += 4) {
    const uint32_t is = channel_test::Get32(good, at);
    for (const uint32_t value : {0u,
                                 1u,
                                 2u,
                                 is + 1,
                                 is - 1,
                                 is + 2,
                                 is ^ 0x100u,
                                 is ^ 0x10000u,
                                 is ^ 0x1000000u,
                                 is + 65536,
                                 is + 262144,
                                 is | 0x80000000u,
                                 0x7FFFFFFFu,
                                 0xFFFFFFFFu,
                                 kAnd,
                                 kOr,
                                 kNot,
                                 kAnd + 1,
                                 AtLeast(2, 3),
                                 AtLeast(1, 2),
                                 AtLeast(64, 65),
                                 5u << 28}) {
      std::string bytes = good;
      channel_test::Put32(&bytes, at, value);
      channel_test::Seal(&bytes);
      std::string why;
      const bool expected = ReadNaive(bytes, &why).has_value();
      EXPECT_EQ(Opens(bytes), expected)
          << "section " << id << ", " << at - begin << ": " << is << " as " << value << ": " << why;
      ++(expected ? verdicts.accepted : verdicts.refused);
    }
  }
  return verdicts;
}

// Instances of five criteria, some with a condition: in order, with criteria used again, with `not`
// and `at least`.
Model Instances(uint8_t dialect) {
  Model model = channel_test::ManyInstances(13);
  model.dialect = dialect;
  const std::vector<std::vector<uint32_t>> conditions = {
      {0, 1, kOr, 2, kAnd, 3, kNot, kAnd, 4, kOr},
      {0, 1, 2, AtLeast(2, 3), 3, kAnd, 4, kOr},
      {0, 1, kOr, 0, 2, kOr, kAnd, 3, 4, kAnd, kOr, kNot},
      {0, kNot, 1, 2, 3, 4, kOr, kAnd, kOr, kAnd}};
  for (size_t i = 0; i < model.types[0].instances.size(); ++i) {
    channel_test::Instance& instance = model.types[0].instances[i];
    if (dialect == 1) {
      for (channel_test::Criterion& criterion : instance.criteria) criterion.op += 64;
    } else if (i % 3 != 0) {
      instance.condition = conditions[i % conditions.size()];
    }
  }
  return model;
}

// One condition over 80 criteria that takes several steps, `again` of them used twice.
Model LongCondition(uint32_t again) {
  Model model = channel_test::ManyInstances(16);
  channel_test::Instance all;
  for (const channel_test::Instance& instance : model.types[0].instances) {
    all.criteria.insert(all.criteria.end(), instance.criteria.begin(), instance.criteria.end());
  }
  for (uint32_t i = 0; i < all.criteria.size(); ++i) {
    all.condition.push_back(i);
    if (i % 7 == 3) all.condition.push_back(kNot);
    if (i > 0) all.condition.push_back(i % 2 == 0 ? kAnd : kOr);
    if (i >= again || i == 0) continue;
    all.condition.push_back(i - 1);
    all.condition.push_back(i % 2 == 0 ? kAnd : kOr);
    all.condition.insert(all.condition.end() - 2, {kNot});
  }
  model.types[0].instances = {all};
  return model;
}

TEST(ChannelLanesTest, EveryNumberOfInstances) {
  for (const uint8_t dialect : {0, 1}) {
    for (const uint32_t section : {1u, 6u, 7u}) {
      const Verdicts verdicts = SetEachNumber(Instances(dialect), section);
      EXPECT_GT(verdicts.accepted, 0);
      EXPECT_GT(verdicts.refused, 0);
    }
  }
}

TEST(ChannelLanesTest, EveryTokenOfShortConditions) {
  const Verdicts verdicts = SetEachNumber(Instances(2), 8);
  EXPECT_GT(verdicts.accepted, 0);
  EXPECT_GT(verdicts.refused, 0);
}

TEST(ChannelLanesTest, EveryTokenOfLongConditions) {
  for (const uint32_t again : {0u, 20u}) {
    const Verdicts verdicts = SetEachNumber(LongCondition(again), 8);
    EXPECT_GT(verdicts.accepted, 0);
    EXPECT_GT(verdicts.refused, 0);
  }
}

}  // namespace
}  // namespace sluice
