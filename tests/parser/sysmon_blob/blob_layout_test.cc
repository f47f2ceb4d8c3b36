#include "parser/sysmon/blob_layout.h"

#include <gtest/gtest.h>

#include <string>

namespace sluice::blob {
namespace {

TEST(BlobCursor, ComparesWithWhatRemains) {
  const std::string bytes(16, 'x');
  const Cursor cursor(bytes);
  EXPECT_TRUE(cursor.Take(8, 8).has_value());
  EXPECT_FALSE(cursor.Take(8, 9).has_value());
  EXPECT_FALSE(cursor.Take(17, 0xFFFFFFFF).has_value());
  EXPECT_FALSE(cursor.Take(0xFFFFFFFF, 2).has_value());
  EXPECT_EQ(cursor.Remaining(16), 0u);
  EXPECT_EQ(cursor.Remaining(0xFFFFFFFF), 0u);
}

TEST(BlobRecord, ReadsLittleEndianAndNothingBeyondItself) {
  const std::string bytes("\x01\x02\x03\x84\x05\x06", 6);
  const Record record = *Cursor(bytes).Take(0, 6);
  EXPECT_EQ(record.U32({0, 4, ""}), 0x84030201u);
  EXPECT_EQ(record.U32({4, 4, ""}), 0u);
  EXPECT_EQ(record.Bytes({4, 2, ""}), "\x05\x06");
}

TEST(BlobCoverage, RefusesWhatIsClaimed) {
  Coverage coverage(1024);
  EXPECT_TRUE(coverage.Claim(8, 24));
  EXPECT_FALSE(coverage.Claim(24, 8));
  EXPECT_FALSE(coverage.Claim(0, 9)) << "9 bytes reach into the second granule";
  EXPECT_TRUE(coverage.Claim(0, 8)) << "a refused claim claims nothing";
  EXPECT_TRUE(coverage.Claim(32, 992 - 8)) << "over several words";
  EXPECT_EQ(coverage.NextGap(0), (Place{1016, 8}));
  EXPECT_TRUE(coverage.Claim(1016, 8));
  EXPECT_EQ(coverage.NextGap(0), std::nullopt);
}

TEST(BlobCoverage, FindsEveryGap) {
  Coverage coverage(803);
  EXPECT_EQ(coverage.NextGap(0), (Place{0, 803}));
  ASSERT_TRUE(coverage.Claim(0, 16));
  ASSERT_TRUE(coverage.Claim(24, 512));
  EXPECT_EQ(coverage.NextGap(0), (Place{16, 8}));
  EXPECT_EQ(coverage.NextGap(24), (Place{536, 267})) << "up to the last byte of the file";
  EXPECT_EQ(coverage.NextGap(803), std::nullopt) << "past the last byte, inside the last granule";
  EXPECT_EQ(Coverage(0).NextGap(0), std::nullopt);
}

TEST(BlobLayout, Versions) {
  EXPECT_EQ(BinaryVersionText(0x000F0001), "15.1");
  EXPECT_EQ(SchemaVersionText(0x00040032), "4.50");
  EXPECT_EQ(SchemaVersionText(0x00040005), "4.05");
}

TEST(BlobLayout, TextEndsAtTheFirstZeroUnit) {
  using std::string_literals::operator""s;
  EXPECT_EQ(TerminatedUnits("a\0b\0\0\0c\0"s), 2u);
  EXPECT_EQ(TerminatedUnits("\0a\0\0"s), 1u) << "two zero bytes of different units are no end";
  EXPECT_EQ(TerminatedUnits("a\0b\0"s), std::nullopt);
  EXPECT_EQ(TerminatedUnits(""), std::nullopt);
}

}  // namespace
}  // namespace sluice::blob
