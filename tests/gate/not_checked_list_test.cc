#include "gate/not_checked_list.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "schema/limits.h"

namespace sluice {
namespace {

std::vector<NotChecked> Moved(NotCheckedList& list) {
  std::vector<NotChecked> out;
  list.MoveTo("a.yml", out);
  return out;
}

TEST(NotCheckedList, SaysEachThingOnceInOrder) {
  NotCheckedList list;
  for (const char* what : {"b", "a", "b"}) list.Add(what, "why", false);
  list.Add("b", "another why", true);
  const std::vector<NotChecked> out = Moved(list);
  ASSERT_EQ(out.size(), 3u);
  EXPECT_EQ(out[0].what, "b");
  EXPECT_EQ(out[0].path, "a.yml");
  EXPECT_FALSE(out[0].requested);
  EXPECT_EQ(out[1].what, "a");
  EXPECT_EQ(out[2].why, "another why");
  EXPECT_TRUE(out[2].requested);
  EXPECT_TRUE(Moved(list).empty());
}

TEST(NotCheckedList, OthersTakeNoRoomFromWhatWasRequested) {
  NotCheckedList list;
  for (uint32_t i = 0; i < kMinFindingsPerRule + 5; ++i) {
    list.Add(std::to_string(i), "why", false);
    list.Add(std::to_string(i), "why", false);
  }
  list.Add("budget", "it ran out", true);
  const std::vector<NotChecked> out = Moved(list);
  ASSERT_EQ(out.size(), kMinFindingsPerRule + 2);
  EXPECT_EQ(out[kMinFindingsPerRule].what, "budget");
  EXPECT_TRUE(out[kMinFindingsPerRule].requested);
  EXPECT_EQ(out.back().what, "5 more");
  EXPECT_FALSE(out.back().requested);
}

TEST(NotCheckedList, TheRestOfWhatWasRequestedStaysRequested) {
  NotCheckedList list;
  for (uint32_t i = 0; i < kMinFindingsPerRule + 7; ++i) list.Add(std::to_string(i), "why", true);
  const std::vector<NotChecked> out = Moved(list);
  ASSERT_EQ(out.size(), kMinFindingsPerRule + 1);
  EXPECT_EQ(out.back().what, "7 more");
  EXPECT_EQ(out.back().path, "a.yml");
  EXPECT_TRUE(std::ranges::all_of(out, &NotChecked::requested));
}

}  // namespace
}  // namespace sluice
