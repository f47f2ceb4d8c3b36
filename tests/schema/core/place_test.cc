#include "schema/place.h"

#include <gtest/gtest.h>

namespace sluice {
namespace {

TEST(LineTable, KnowsAllLineEndings) {
  const LineTable lines("a\nb\r\nc\rd");
  EXPECT_EQ(lines.Locate(0), (LineColumn{1, 1}));
  EXPECT_EQ(lines.Locate(1), (LineColumn{1, 2}));  // the line ending belongs to its line
  EXPECT_EQ(lines.Locate(2), (LineColumn{2, 1}));
  EXPECT_EQ(lines.Locate(5), (LineColumn{3, 1}));
  EXPECT_EQ(lines.Locate(7), (LineColumn{4, 1}));
  EXPECT_EQ(lines.Line(2), "b");
  EXPECT_EQ(lines.Line(4), "d");
  EXPECT_EQ(lines.Line(5), "");
  EXPECT_EQ(lines.Line(0), "");
}

TEST(LineTable, ColumnsCountCodePoints) {
  // Two bytes, four bytes, one byte.
  const LineTable lines("\xc3\xb6\xf0\x9f\x98\x80x");
  EXPECT_EQ(lines.Locate(2), (LineColumn{1, 2}));
  EXPECT_EQ(lines.Locate(6), (LineColumn{1, 3}));
}

TEST(LineTable, TakesOffsetsPastTheEnd) {
  const LineTable lines("ab");
  EXPECT_EQ(lines.Locate(1000), (LineColumn{1, 3}));
  EXPECT_EQ(LineTable("").Locate(5), (LineColumn{1, 1}));
  EXPECT_EQ(lines.LineOffset(9), 2u);
}

}  // namespace
}  // namespace sluice
