#include "schema/utf.h"

#include <gtest/gtest.h>

namespace sluice {
namespace {

TEST(ValidUtf8Prefix, StopsAtTheFirstBadByte) {
  EXPECT_EQ(ValidUtf8Prefix("abc"), 3u);
  EXPECT_EQ(ValidUtf8Prefix(""), 0u);
  EXPECT_EQ(ValidUtf8Prefix("a\xc3\xb6\xf0\x9f\x98\x80"), 7u);
  for (const std::string_view bad : {"\x80", "\xc0\x80", "\xc3", "\xe0\x80\x80", "\xed\xa0\x80",
                                     "\xf0\x80\x80\x80", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80"}) {
    EXPECT_EQ(ValidUtf8Prefix(std::string("ab") + std::string(bad)), 2u);
    EXPECT_EQ(ValidUtf8Prefix(std::string(20, 'a') + std::string(bad) + "x"), 20u);
  }
}

TEST(Wtf8, EveryCodePointComesBack) {
  for (uint32_t point = 0; point <= 0x10FFFF; point += point < 0x3000 ? 1 : 37) {
    std::string text;
    AppendWtf8(point, &text);
    const auto decoded = DecodeWtf8(text);
    ASSERT_TRUE(decoded) << point;
    ASSERT_EQ(decoded->value, point);
    ASSERT_EQ(decoded->length, text.size());
    const auto utf16 = Wtf8ToUtf16Le(text);
    ASSERT_TRUE(utf16);
    ASSERT_EQ(utf16->size() / 2, Utf16Units(text));
    ASSERT_EQ(Utf16LeToWtf8(*utf16), text) << point;
  }
}

TEST(Wtf8, EveryPairOfUnitsComesBack) {
  constexpr uint16_t kUnits[] = {0, 'a', 0xD7FF, 0xD800, 0xDBFF, 0xDC00, 0xDFFF, 0xE000, 0xFFFF};
  for (const uint16_t first : kUnits) {
    for (const uint16_t second : kUnits) {
      std::string bytes;
      for (const uint16_t unit : {first, second}) {
        bytes += static_cast<char>(unit & 0xFF);
        bytes += static_cast<char>(unit >> 8);
      }
      EXPECT_EQ(Wtf8ToUtf16Le(Utf16LeToWtf8(bytes)), bytes) << first << " " << second;
    }
  }
}

TEST(Wtf8, RefusesWhatIsNot) {
  EXPECT_FALSE(Wtf8ToUtf16Le("a\xff"));
  EXPECT_FALSE(DecodeWtf8(""));
  EXPECT_FALSE(DecodeWtf8("\xc3"));
  EXPECT_EQ(Utf16Units("a\xff\xff"), 3u);
}

TEST(Latin1, IsTheCodePointOfTheSameNumber) {
  EXPECT_EQ(Latin1ToUtf8("J\xf6rg\x80"), "J\xc3\xb6rg\xc2\x80");
}

}  // namespace
}  // namespace sluice
