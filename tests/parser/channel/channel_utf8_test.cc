#include "parser/channel/channel_utf8.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>

namespace sluice::channel {
namespace {

using std::string_literals::operator""s;

// The length of the character that `text` begins with, by Unicode's table 3-7; 0: there is none.
size_t NaiveLength(std::string_view text) {
  const auto byte = [&](size_t i) { return i < text.size() ? static_cast<uint8_t>(text[i]) : 0u; };
  const auto in = [&](size_t i, uint32_t least, uint32_t most) {
    return byte(i) >= least && byte(i) <= most;
  };
  if (byte(0) <= 0x7F) return 1;
  if (in(0, 0xC2, 0xDF)) return in(1, 0x80, 0xBF) ? 2 : 0;
  if (!in(2, 0x80, 0xBF)) return 0;
  if (byte(0) == 0xE0) return in(1, 0xA0, 0xBF) ? 3 : 0;
  if (byte(0) == 0xED) return in(1, 0x80, 0x9F) ? 3 : 0;
  if (in(0, 0xE1, 0xEF)) return in(1, 0x80, 0xBF) ? 3 : 0;
  if (!in(3, 0x80, 0xBF)) return 0;
  if (byte(0) == 0xF0) return in(1, 0x90, 0xBF) ? 4 : 0;
  if (in(0, 0xF1, 0xF3)) return in(1, 0x80, 0xBF) ? 4 : 0;
  return byte(0) == 0xF4 && in(1, 0x80, 0x8F) ? 4 : 0;
}

size_t NaivePrefix(std::string_view text) {
  size_t at = 0;
  while (at < text.size()) {
    const size_t length = NaiveLength(text.substr(at));
    if (length == 0) break;
    at += length;
  }
  return at;
}

// Both ways to look at it agree with the naive one.
bool Agrees(std::string_view text) {
  const auto* data = reinterpret_cast<const uint8_t*>(text.data());
  const size_t prefix = NaivePrefix(text);
  return Utf8Prefix(data, text.size()) == prefix &&
         IsUtf8(data, text.size()) == (prefix == text.size());
}

bool Is(std::string_view text) {
  return IsUtf8(reinterpret_cast<const uint8_t*>(text.data()), text.size());
}

TEST(Utf8, Nothing) { EXPECT_TRUE(IsUtf8(nullptr, 0)); }

TEST(Utf8, WhatUnicodeExcludes) {
  EXPECT_TRUE(Is("a\0b\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80"s));
  EXPECT_TRUE(Is("\xED\x9F\xBF\xEE\x80\x80\xF4\x8F\xBF\xBF"));
  EXPECT_FALSE(Is("\xED\xA0\x80"));      // a surrogate
  EXPECT_FALSE(Is("\xC0\x80"));          // overlong
  EXPECT_FALSE(Is("\xE0\x9F\xBF"));      // overlong
  EXPECT_FALSE(Is("\xF0\x8F\xBF\xBF"));  // overlong
  EXPECT_FALSE(Is("\xF4\x90\x80\x80"));  // above U+10FFFF
  EXPECT_FALSE(Is("\x80"));
  EXPECT_FALSE(Is("\xC3"));
  EXPECT_FALSE(Is("\xFF"));
}

TEST(Utf8, EverySequenceOfThreeBytes) {
  std::string text(3, 0);
  for (uint32_t all = 0; all < 1 << 24; ++all) {
    for (int i = 0; i < 3; ++i) text[i] = static_cast<char>(all >> 8 * i);
    ASSERT_TRUE(Agrees(text)) << std::hex << all;
  }
}

// The third and fourth byte at the borders of what continues.
TEST(Utf8, SequencesOfFourBytes) {
  for (uint32_t two = 0; two < 1 << 16; ++two) {
    for (const int third : {0x00, 0x7F, 0x80, 0xBF, 0xC0, 0xFF}) {
      for (const int fourth : {0x00, 0x7F, 0x80, 0xBF, 0xC0, 0xFF}) {
        std::string text(4, 0);
        text[0] = static_cast<char>(two >> 8);
        text[1] = static_cast<char>(two);
        text[2] = static_cast<char>(third);
        text[3] = static_cast<char>(fourth);
        ASSERT_TRUE(Agrees(text)) << std::hex << two << " " << third << " " << fourth;
      }
    }
  }
}

TEST(Utf8, AcrossEveryBorderOfBlocks) {
  const std::string pieces[] = {"\xC3\xA4"s,
                                "\xE2\x82\xAC"s,
                                "\xF0\x9F\x98\x80"s,
                                "\xC3"s,
                                "\xE2\x82"s,
                                "\xF0\x9F\x98"s,
                                "\xF0"s,
                                "\x80"s,
                                "\xED\xA0\x80"s,
                                "\xE2\x82\xAC\x80"s,
                                "\xF4\x90\x80\x80"s,
                                "\xC3\xC3\xA4"s};
  for (const std::string& piece : pieces) {
    for (size_t before = 0; before < 140; ++before) {
      for (const size_t after : {0, 1, 15, 16, 60, 64, 65}) {
        const std::string text = std::string(before, 'x') + piece + std::string(after, 'y');
        ASSERT_TRUE(Agrees(text)) << before << " " << after;
      }
    }
  }
}

TEST(Utf8, RandomMixes) {
  const std::string pieces[] = {"a"s,
                                "0123456789"s,
                                "\xC3\xA4"s,
                                "\xE2\x82\xAC"s,
                                "\xEE\x80\x80"s,
                                "\xF0\x9F\x98\x80"s,
                                "\xF4\x8F\xBF\xBF"s};
  std::mt19937 random(11);
  int accepted = 0, refused = 0;
  for (int round = 0; round < 100'000; ++round) {
    std::string text;
    for (uint32_t left = random() % 60; left > 0; --left) text += pieces[random() % 7];
    if (random() % 2 == 0 && !text.empty()) {
      text[random() % text.size()] = static_cast<char>(random());
    }
    ASSERT_TRUE(Agrees(text)) << round;
    ++(Is(text) ? accepted : refused);
  }
  EXPECT_GT(accepted, 10'000);
  EXPECT_GT(refused, 10'000);
}

}  // namespace
}  // namespace sluice::channel
