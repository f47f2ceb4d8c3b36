#include "parser/channel/channel_tokens.h"

#include <gtest/gtest.h>

#include <memory>
#include <random>
#include <utility>
#include <vector>

#include "parser/channel/channel_format.h"

namespace sluice::channel {
namespace {

constexpr uint32_t kAnd = token::Make(TokenKind::kAnd), kOr = token::Make(TokenKind::kOr),
                   kNot = token::Make(TokenKind::kNot);

class RandomCondition {
 public:
  explicit RandomCondition(uint32_t seed) : random_(seed) {}

  // A condition over all of `criteria`, of about `size` tokens, that is right.
  std::vector<uint32_t> Make(uint32_t criteria, size_t size) {
    tokens_.clear();
    results_ = used_ = 0;
    while (tokens_.size() < size || used_ < criteria) Step(criteria);
    while (results_ > 1) AddOperator();
    return tokens_;
  }

  // Something that is most likely wrong with it.
  void Break(std::vector<uint32_t>& tokens) {
    uint32_t& token = tokens[Below(static_cast<uint32_t>(tokens.size()))];
    switch (Below(6)) {
      case 0:
        token = random_();
        break;
      case 1:
        token ^= 1u << Below(32);
        break;
      case 2:
        ++token;
        break;
      case 3:
        token = Below(6) << token::kValueBits;
        break;
      case 4:
        token = token::AtLeast(Below(66), Below(70));
        break;
      default:
        std::swap(token, tokens.back());
    }
  }

  uint32_t Below(uint32_t bound) { return random_() % bound; }

 private:
  void Step(uint32_t criteria) {
    const uint32_t what = Below(8);
    if (results_ == kMaxStack) {
      AddAtLeast(2 + Below(62));
    } else if (what < 4 || results_ == 0) {
      const bool next = used_ == 0 || (used_ < criteria && Below(2) == 0);
      tokens_.push_back(next ? used_++ : Below(used_));
      ++results_;
    } else if (what == 4 && tokens_.back() != kNot) {
      tokens_.push_back(kNot);
    } else if (what == 5 && results_ > 2) {
      AddAtLeast(3 + Below(results_ - 2));
    } else if (results_ > 1) {
      AddOperator();
    }
  }
  void AddOperator() {
    const uint32_t one = Below(2) == 0 ? kAnd : kOr;
    tokens_.push_back(tokens_.back() == one ? kAnd + kOr - one : one);
    --results_;
  }
  void AddAtLeast(uint32_t k) {
    k = k < 3 ? 3 : k;
    tokens_.push_back(token::AtLeast(2 + Below(k - 2), k));
    results_ -= k - 1;
  }

  static constexpr uint32_t kMaxStack = 64;
  std::mt19937 random_;
  std::vector<uint32_t> tokens_;
  uint32_t results_ = 0;
  uint32_t used_ = 0;
};

// In a buffer of its own that ends with them, or some bytes later.
bool IsWrong(IsWrongCondition is_wrong, const std::vector<uint32_t>& tokens, uint32_t criteria,
             uint32_t more) {
  const auto size = static_cast<uint32_t>(4 * tokens.size());
  const auto buffer = std::make_unique<uint8_t[]>(size + more);
  for (uint32_t i = 0; i < size; ++i) {
    buffer[i] = static_cast<uint8_t>(tokens[i / 4] >> 8 * (i % 4));
  }
  for (uint32_t i = size; i < size + more; ++i) buffer[i] = static_cast<uint8_t>(37 * i);
  return is_wrong({buffer.get(), size / 4, criteria, size + more});
}

TEST(ChannelTokens, TogetherAsOneByOne) {
  const IsWrongCondition fastest = FastestIsWrongCondition();
  RandomCondition random(11);
  int right = 0, wrong = 0;
  for (int round = 0; round < 100'000; ++round) {
    uint32_t criteria = 1 + random.Below(round % 3 == 0 ? 200 : 5);
    std::vector<uint32_t> tokens = random.Make(criteria, 1 + random.Below(120));
    for (uint32_t left = random.Below(3); left > 0; --left) random.Break(tokens);
    if (round % 20 == 0) ++criteria;
    const uint32_t more = 4 + random.Below(80);
    const bool expected = IsWrong(IsWrongPortable, tokens, criteria, more);
    ASSERT_EQ(IsWrong(fastest, tokens, criteria, more), expected)
        << "round " << round << ", " << tokens.size() << " tokens, " << criteria << " criteria";
    ++(expected ? wrong : right);
  }
  EXPECT_GT(right, 20'000);
  EXPECT_GT(wrong, 20'000);
}

// Each of `position` is the first of a block, the last, or stands between.
TEST(ChannelTokens, OneWrongTokenAnywhere) {
  std::vector<uint32_t> chain = {0};
  for (uint32_t i = 1; i < 40; ++i) {
    chain.push_back(i);
    chain.push_back(i % 2 == 0 ? kAnd : kOr);
  }
  for (const IsWrongCondition is_wrong : {IsWrongPortable, FastestIsWrongCondition()}) {
    EXPECT_FALSE(IsWrong(is_wrong, chain, 40, 4));
    EXPECT_TRUE(IsWrong(is_wrong, chain, 39, 4));
    EXPECT_TRUE(IsWrong(is_wrong, chain, 41, 4));
    for (size_t position = 0; position < chain.size(); ++position) {
      for (const uint32_t token : {chain[position] + 1, chain[position] ^ 0x70000000u,
                                   token::AtLeast(1, 2), token::AtLeast(64, 65), 0x50000000u}) {
        std::vector<uint32_t> tokens = chain;
        tokens[position] = token;
        EXPECT_TRUE(IsWrong(is_wrong, tokens, 40, 4)) << position << ": " << token;
      }
    }
  }
}

// 64 results may stand on the stack, and no more.
TEST(ChannelTokens, MostResults) {
  for (const uint32_t results : {63u, 64u, 65u}) {
    std::vector<uint32_t> tokens(results, 0);
    for (uint32_t i = 1; i < results; ++i) tokens.push_back(i % 2 == 0 ? kAnd : kOr);
    EXPECT_EQ(IsWrong(IsWrongPortable, tokens, 1, 4), results > 64);
    EXPECT_EQ(IsWrong(FastestIsWrongCondition(), tokens, 1, 4), results > 64);
  }
}

}  // namespace
}  // namespace sluice::channel
