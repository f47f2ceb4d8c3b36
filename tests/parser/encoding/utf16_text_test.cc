#include "parser/encoding/utf16_text.h"

#include <gtest/gtest.h>

namespace sluice {
namespace {

using std::string_literals::operator""s;

std::optional<Malformed> Decode(std::string_view bytes, Utf16Order order, std::string* text) {
  return DecodeUtf16(bytes, order, text);
}

TEST(DecodeUtf16, BothOrders) {
  std::string text;
  EXPECT_FALSE(Decode("a\0\xE9\0\x3D\xD8\x00\xDE"s, Utf16Order::kLittleEndian, &text));
  EXPECT_EQ(text, "a\xC3\xA9\xF0\x9F\x98\x80");
  EXPECT_FALSE(Decode("\0a\0\xE9\xD8\x3D\xDE\x00"s, Utf16Order::kBigEndian, &text));
  EXPECT_EQ(text, "a\xC3\xA9\xF0\x9F\x98\x80");
}

TEST(DecodeUtf16, Nothing) {
  std::string text = "old";
  EXPECT_FALSE(Decode("", Utf16Order::kBigEndian, &text));
  EXPECT_EQ(text, "");
}

TEST(DecodeUtf16, UnpairedSurrogateIsMalformedAtItsPlace) {
  std::string text;
  const auto malformed = Decode("\0a\xD8\x00\0b"s, Utf16Order::kBigEndian, &text);
  ASSERT_TRUE(malformed);
  EXPECT_EQ(malformed->place.offset, 1u);
}

TEST(DecodeUtf16, OddLengthIsMalformedAtTheEnd) {
  for (const Utf16Order order : {Utf16Order::kLittleEndian, Utf16Order::kBigEndian}) {
    std::string text;
    const auto malformed = Decode("aab", order, &text);
    ASSERT_TRUE(malformed);
    EXPECT_EQ(malformed->place.offset, text.size());
    EXPECT_FALSE(malformed->over_limit);
  }
}

}  // namespace
}  // namespace sluice
