#include "report/unified_diff.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace sluice {
namespace {

constexpr uint32_t kNew = 0xFFFFFFFF;

TEST(UnifiedDiff, NothingForTheSameText) {
  EXPECT_EQ(UnifiedDiff("a", "1\n2\n", "1\n2\n", std::vector<uint32_t>{0, 1}), "");
  // Nor for a line that an edit touched and left as it was.
  EXPECT_EQ(UnifiedDiff("a", "1\n2\n", "1\n2\n", std::vector<uint32_t>{0, kNew}), "");
}

TEST(UnifiedDiff, ThreeLinesOfContext) {
  EXPECT_EQ(UnifiedDiff("a", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nX\n6\n7\n8\n9\n",
                        std::vector<uint32_t>{0, 1, 2, 3, kNew, 5, 6, 7, 8}),
            "--- a\n+++ a\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+X\n 6\n 7\n 8\n");
}

TEST(UnifiedDiff, ChangesThatAreFarApartAreHunksOfTheirOwn) {
  const std::string before = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n";
  const std::string after = "X\n2\n3\n4\n5\n6\n7\n8\n9\n";
  EXPECT_EQ(UnifiedDiff("a", before, after, std::vector<uint32_t>{kNew, 1, 2, 3, 4, 5, 6, 7, 8}),
            "--- a\n+++ a\n@@ -1,4 +1,4 @@\n-1\n+X\n 2\n 3\n 4\n@@ -7,4 +7,3 "
            "@@\n 7\n 8\n 9\n-10\n");
  // Six lines between them are one hunk.
  EXPECT_EQ(UnifiedDiff("a", before, "X\n2\n3\n4\n5\n6\n7\nY\n9\n10\n",
                        std::vector<uint32_t>{kNew, 1, 2, 3, 4, 5, 6, kNew, 8, 9}),
            "--- a\n+++ a\n@@ -1,10 +1,10 @@\n-1\n+X\n 2\n 3\n 4\n 5\n 6\n "
            "7\n-8\n+Y\n 9\n 10\n");
}

TEST(UnifiedDiff, NothingIsLeftOrWasThere) {
  EXPECT_EQ(UnifiedDiff("a", "1\n", "", {}), "--- a\n+++ a\n@@ -1 +0,0 @@\n-1\n");
  EXPECT_EQ(UnifiedDiff("a", "", "1\n", std::vector<uint32_t>{kNew}),
            "--- a\n+++ a\n@@ -0,0 +1 @@\n+1\n");
}

TEST(UnifiedDiff, SaysWhereTheLastLineHasNoEnd) {
  EXPECT_EQ(UnifiedDiff("a", "1\n2", "1\n2\n", std::vector<uint32_t>{0, kNew}),
            "--- a\n+++ a\n@@ -1,2 +1,2 @@\n 1\n-2\n\\ No newline at end of "
            "file\n+2\n");
}

TEST(UnifiedDiff, OriginsThatMakeNoSenseAreNewLines) {
  EXPECT_EQ(UnifiedDiff("a", "1\n2\n", "2\n1\n", std::vector<uint32_t>{1, 0}),
            "--- a\n+++ a\n@@ -1,2 +1,2 @@\n-1\n 2\n+1\n");
  EXPECT_EQ(UnifiedDiff("a", "1\n", "2\n", std::vector<uint32_t>{7}),
            "--- a\n+++ a\n@@ -1 +1 @@\n-1\n+2\n");
}

TEST(UnifiedDiff, EscapesForATerminalOnly) {
  const std::vector<uint32_t> origins{kNew};
  EXPECT_NE(UnifiedDiff("a", "\x1b[2J\n", "x\n", origins).find("-\x1b[2J\n"), std::string::npos);
  const std::string shown = UnifiedDiff("a", "\x1b[2J\n", "x\n", origins, {.printable = true});
  EXPECT_EQ(shown.find('\x1b'), std::string::npos);
  EXPECT_NE(shown.find("-\\x1b[2J\n"), std::string::npos);
  // The name of a file never reaches the terminal as it is.
  EXPECT_EQ(UnifiedDiff("\x1b[2J", "1\n", "2\n", origins).find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace sluice
