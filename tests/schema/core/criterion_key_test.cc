#include "schema/criterion_key.h"

#include <gtest/gtest.h>

#include "tests/schema/core/contents.h"

namespace sluice {
namespace {

TEST(FoldedHash, IsEqualInAnyCase) {
  EXPECT_EQ(FoldedHash("C:\\Windows\\System32"), FoldedHash("c:\\WINDOWS\\system32"));
  EXPECT_NE(FoldedHash("C:\\Windows\\System32"), FoldedHash("C:\\Windows\\System33"));
  EXPECT_NE(FoldedHash(""), FoldedHash(std::string_view("\0", 1)));
  EXPECT_NE(FoldedHash("abcdefgh"), FoldedHash("abcdefgh "));
}

TEST(SameTest, ComparesFieldOperatorAndOperand) {
  const Content content = Record("A", {{"X", Operator::kSysmonIs, "v"},
                                       {"X", Operator::kSysmonIs, "V", "other name"},
                                       {"X", Operator::kSysmonIs, "w"},
                                       {"Y", Operator::kSysmonIs, "v"},
                                       {"X", Operator::kSysmonImage, "v"}});
  const auto criteria = content.criteria();
  EXPECT_TRUE(SameTest(content, criteria[0], criteria[1]));
  EXPECT_EQ(TestHash(content, criteria[0]), TestHash(content, criteria[1]));
  for (const size_t i : {2, 3, 4}) {
    EXPECT_FALSE(SameTest(content, criteria[0], criteria[i])) << i;
    EXPECT_NE(TestHash(content, criteria[0]), TestHash(content, criteria[i])) << i;
  }
}

TEST(KeyTable, KeepsTheFirstValue) {
  KeyTable table(100);
  for (uint32_t i = 0; i < 100; ++i) EXPECT_EQ(table.FindOrAdd(MixHash(1, i), i), kNone);
  for (uint32_t i = 0; i < 100; ++i) {
    EXPECT_EQ(table.FindOrAdd(MixHash(1, i), 1000 + i), i);
    EXPECT_EQ(table.Find(MixHash(1, i)), i);
  }
  EXPECT_EQ(table.Find(MixHash(2, 1)), kNone);
}

TEST(KeyTable, GivesUpOnCollisions) {
  KeyTable table(1000);
  // All of these want the same slot: the table takes some and loses the rest.
  uint32_t found = 0;
  for (uint32_t i = 0; i < 1000; ++i) table.FindOrAdd(uint64_t{i} << 32, i);
  for (uint32_t i = 0; i < 1000; ++i) found += table.Find(uint64_t{i} << 32) == i ? 1 : 0;
  EXPECT_GT(found, 0u);
  EXPECT_LT(found, 100u);
}

TEST(KeyTable, TakesNothing) { EXPECT_EQ(KeyTable(0).Find(7), kNone); }

}  // namespace
}  // namespace sluice
