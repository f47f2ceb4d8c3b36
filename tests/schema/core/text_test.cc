#include "schema/text.h"

#include <gtest/gtest.h>

#include "schema/byte_set.h"

namespace sluice {
namespace {

TEST(EqualsIgnoreCase, FoldsAsciiOnly) {
  EXPECT_TRUE(EqualsIgnoreCase("aBc", "AbC"));
  EXPECT_FALSE(EqualsIgnoreCase("abc", "abcd"));
  EXPECT_FALSE(EqualsIgnoreCase("\xc3\xa4", "\xc3\x84"));
  EXPECT_FALSE(EqualsIgnoreCase("@", "`"));
  EXPECT_EQ(Lowercase("AZ[\\]^_az"), "az[\\]^_az");
}

TEST(Printable, LeavesNothingThatMovesTheCursor) {
  EXPECT_EQ(Printable("a\x1b[31m\n"), "a\\x1b[31m\\x0a");
  EXPECT_EQ(Printable("\x7f"), "\\x7f");
  EXPECT_EQ(Printable("\xff"), "\\xff");
  EXPECT_EQ(Printable("\xc2\x85"), "\\u{0085}");      // next line
  EXPECT_EQ(Printable("\xe2\x80\xae"), "\\u{202e}");  // right-to-left override
  EXPECT_EQ(Printable("\xed\xa0\x80"), "\\u{d800}");  // unpaired surrogate
  EXPECT_EQ(Printable("J\xc3\xb6rg"), "J\xc3\xb6rg");
}

TEST(ByteSet, HasEachByteAndNoOther) {
  constexpr ByteSet kSome("a\xff");
  EXPECT_TRUE(kSome.Has('a'));
  EXPECT_TRUE(kSome.Has('\xff'));
  EXPECT_FALSE(kSome.Has('\0'));
  EXPECT_TRUE(kSome.HasAnyOf("bca"));
  EXPECT_FALSE(kSome.HasAnyOf("bc"));
  EXPECT_FALSE(kSome.HasAnyOf(""));
}

TEST(Printable, CutsByCodePoints) {
  EXPECT_EQ(Printable("abc", 3), "abc");
  EXPECT_EQ(Printable("abcd", 3), "abc...");
  EXPECT_EQ(Printable("\xc3\xb6\xc3\xb6", 1), "\xc3\xb6...");
}

}  // namespace
}  // namespace sluice
