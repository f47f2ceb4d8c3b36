// Each bound of the format broken once: the finding must be at the field that broke it.

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "corpus/sysmon_blob_builder.h"
#include "schema/limits.h"
#include "schema/text.h"
#include "tests/parser/sysmon_blob/blob_test_util.h"

namespace sluice {
namespace {

// Where the records of `Base()` stand; `BlobBounds.BaseIsSound` proves it.
constexpr uint32_t kEvent1 = 24;
constexpr uint32_t kConditionA = 48;
constexpr uint32_t kGroup1 = 592;
constexpr uint32_t kConditionB = 888;
constexpr uint32_t kConditionC = 1432;
constexpr uint32_t kEvent2 = 1976;
constexpr uint32_t kGroup2 = 2000;
constexpr uint32_t kConditionD = 2296;
constexpr uint32_t kEvent3 = 2840;
constexpr uint32_t kSize = 2864;
constexpr uint32_t kLastGranule = kSize - 8;
constexpr uint32_t kMax = 0xFFFFFFFF;
constexpr uint32_t kFarAway = 0xFFFFFFF8;

std::string Base() {
  return BuildBlob(R"pb(
    binary_major: 15
    schema_version: "4.50"
    event {
      id: 1
      part { condition { text: "aa" } }
      part {
        group {
          condition { text: "bb" }
          condition { text: "cc" }
        }
      }
    }
    event {
      id: 2
      part { group { condition { text: "dd" } } }
    }
    event { id: 3 })pb");
}

struct Patch {
  uint32_t at;
  uint32_t value;
};

struct Case {
  std::vector<Patch> patches;
  Place place;
  std::string_view structure;
};

void ExpectMalformed(const std::string& bytes, Place place, std::string_view structure,
                     const std::string& what) {
  const ReadResult result = ReadBlob(bytes);
  ASSERT_FALSE(result.ok()) << what;
  EXPECT_EQ(result.malformed().place.offset, place.offset) << what;
  EXPECT_EQ(result.malformed().place.length, place.length) << what;
  EXPECT_EQ(result.malformed().structure, structure) << what;
  EXPECT_FALSE(result.malformed().message.empty()) << what;
}

void ExpectEach(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    std::string bytes = Base();
    std::string what;
    for (const Patch& patch : c.patches) {
      Set32(&bytes, patch.at, patch.value);
      absl::StrAppend(&what, patch.at, " = ", patch.value, "; ");
    }
    ExpectMalformed(bytes, c.place, c.structure, what);
  }
}

TEST(BlobBounds, BaseIsSound) {
  const ReadResult result = ReadBlob(Base());
  ASSERT_TRUE(result.ok()) << result.malformed().message;
  const Content& content = result.content();
  EXPECT_EQ(content.bytes().size(), kSize);
  ASSERT_EQ(content.instances().size(), 3u);
  EXPECT_EQ(content.instances()[0].place.offset, kEvent1);
  EXPECT_EQ(content.instances()[1].place.offset, kEvent2);
  EXPECT_EQ(content.instances()[2].place.offset, kEvent3);
  ASSERT_EQ(content.criteria().size(), 4u);
  EXPECT_EQ(content.criteria()[0].place.offset, kConditionA);
  EXPECT_EQ(content.criteria()[1].place.offset, kConditionB);
  EXPECT_EQ(content.criteria()[2].place.offset, kConditionC);
  EXPECT_EQ(content.criteria()[3].place.offset, kConditionD);
  ASSERT_EQ(content.groups().size(), 2u);
  EXPECT_EQ(content.groups()[0].place.offset, kGroup1);
  EXPECT_EQ(content.groups()[1].place.offset, kGroup2);
}

TEST(BlobBounds, Header) {
  ExpectEach({
      {{{4, 0}}, {4, 4}, "header"},
      {{{4, 2}}, {4, 4}, "header"},
      {{{4, 4}}, {4, 4}, "header"},
      {{{4, kMax}}, {4, 4}, "header"},
      {{{8, 20}}, {8, 4}, "header"},
      {{{16, 0}}, {16, 4}, "header"},
      {{{16, 25}}, {16, 4}, "header"},
      {{{16, kSize}}, {16, 4}, "header"},
      {{{16, 8}}, {8, 24}, "event record 1"},
      {{{16, kLastGranule}}, {kLastGranule, 8}, "event record 1"},
      {{{20, kGroup1 + 1}}, {20, 4}, "header"},
      {{{20, kFarAway}}, {20, 4}, "header"},
      {{{20, kConditionB}}, {kConditionB, 296}, "aggregation record 1 of the header's chain"},
      {{{20, kLastGranule}}, {kLastGranule, 8}, "aggregation record 1 of the header's chain"},
  });
}

TEST(BlobBounds, Event) {
  const uint32_t next = kEvent1 + 12;
  const uint32_t count = kEvent1 + 16;
  const uint32_t first = kEvent1 + 20;
  ExpectEach({
      {{{kEvent1 + 4, 2}}, {kEvent1 + 4, 4}, "event record 1"},
      {{{kEvent2 + 8, kMax}}, {kEvent2 + 8, 4}, "event record 2"},
      {{{next, kEvent2 + 4}}, {next, 4}, "event record 1"},
      {{{next, kEvent1}}, {next, 4}, "event record 1"},
      {{{next, kSize + 8}}, {next, 4}, "event record 1"},
      {{{next, kLastGranule}}, {kLastGranule, 8}, "event record 2"},
      {{{next, kConditionA}}, {kConditionA, 24}, "event record 2"},
      {{{kEvent3 + 12, kEvent2}}, {kEvent3 + 12, 4}, "event record 3"},
      {{{kEvent3 + 12, kFarAway}}, {kEvent3 + 12, 4}, "event record 3"},
      {{{count, 0}}, {count, 4}, "event record 1"},
      {{{count, 2}}, {count, 4}, "event record 1"},
      {{{count, kMax}}, {count, 4}, "event record 1"},
      {{{kEvent3 + 16, 1}}, {kEvent3 + 16, 4}, "event record 3"},
      {{{first, 0}}, {count, 4}, "event record 1"},
      {{{first, kConditionA + 1}}, {first, 4}, "event record 1"},
      {{{first, kEvent1}}, {first, 4}, "event record 1"},
      {{{first, kSize}}, {first, 4}, "event record 1"},
      {{{first, kLastGranule}}, {kLastGranule, 8}, "condition 1 of event record 1"},
      {{{kEvent2 + 20, kConditionC}}, {kEvent2 + 20, 4}, "event record 2"},
  });
}

TEST(BlobBounds, Condition) {
  const uint32_t next = kConditionA + 520;
  const uint32_t size = kConditionA + 524;
  const uint32_t data = kConditionA + 536;
  const std::string_view first = "condition 1 of event record 1";
  ExpectEach({
      {{{next, kConditionB + 1}}, {next, 4}, first},
      {{{next, kConditionA}}, {next, 4}, first},
      {{{next, kSize}}, {next, 4}, first},
      {{{next, 0}}, {kEvent1 + 16, 4}, "event record 1"},
      {{{kConditionD + 520, kEvent3}}, {kEvent2 + 16, 4}, "event record 2"},
      {{{size, 0}}, {size, 4}, first},
      {{{size, 1}}, {size, 4}, first},
      {{{size, 7}}, {size, 4}, first},
      {{{size, kMax - 1}}, {size, 4}, first},
      {{{size, kSize - kConditionA - 536}}, {size, 4}, first},
      // The last size that fits swallows the other records, whose bytes then are text after its
      // end.
      {{{size, kSize - kConditionA - 538}}, {data, kSize - kConditionA - 538}, first},
      {{{size, 8}}, {kGroup1, 296}, "aggregation record of condition 2 of event record 1"},
      {{{size, 4}}, {data, 4}, first},
  });
}

TEST(BlobBounds, AggregationOfACondition) {
  const uint32_t id_a = kConditionA + 528;
  const uint32_t link_a = kConditionA + 532;
  const uint32_t id_b = kConditionB + 528;
  const uint32_t link_b = kConditionB + 532;
  const uint32_t id_c = kConditionC + 528;
  const uint32_t link_c = kConditionC + 532;
  const std::string_view b = "condition 2 of event record 1";
  const std::string_view group_b = "aggregation record of condition 2 of event record 1";
  ExpectEach({
      {{{id_a, 1}}, {link_a, 4}, "condition 1 of event record 1"},
      {{{link_a, kGroup1}}, {id_a, 4}, "condition 1 of event record 1"},
      {{{link_b, 0}}, {link_b, 4}, b},
      {{{id_b, 0}}, {id_b, 4}, b},
      {{{link_b, kGroup1 + 1}}, {link_b, 4}, b},
      {{{link_b, kConditionB}}, {link_b, 4}, b},
      {{{link_b, kGroup2}}, {link_b, 4}, b},
      {{{link_b, kConditionA}}, {kConditionA, 296}, group_b},
      {{{id_b, 9}}, {kGroup1 + 264, 4}, group_b},
      {{{link_c, kGroup1 + 8}}, {link_c, 4}, "condition 3 of event record 1"},
      {{{id_c, 0}, {link_c, 0}}, {kGroup1 + 276, 4}, group_b},
      {{{id_c, 7}, {kGroup1 + 276, 1}}, {link_c, 4}, "condition 3 of event record 1"},
      {{{kConditionD + 528, 1}, {kConditionD + 532, kGroup1}},
       {kConditionD + 532, 4},
       "condition 1 of event record 2"},
  });
}

TEST(BlobBounds, Aggregation) {
  const std::string_view group = "aggregation record of condition 2 of event record 1";
  ExpectEach({
      {{{kGroup1 + 264, 9}}, {kGroup1 + 264, 4}, group},
      {{{kGroup1 + 268, kConditionC}}, {kGroup1 + 268, 4}, group},
      {{{kConditionA + 520, kConditionC}}, {kGroup1 + 268, 4}, group},
      {{{kGroup1 + 272, kGroup2 + 1}}, {kGroup1 + 272, 4}, group},
      {{{kGroup1 + 272, kGroup1}}, {kGroup1 + 272, 4}, group},
      {{{kGroup1 + 272, kFarAway}}, {kGroup1 + 272, 4}, group},
      {{{kGroup1 + 276, 1}}, {kGroup1 + 276, 4}, group},
      {{{kGroup1 + 276, 3}}, {kGroup1 + 276, 4}, group},
      {{{kGroup1 + 280, 2}}, {kGroup1 + 280, 4}, group},
      {{{kGroup1 + 272, kConditionD}},
       {kConditionD, 296},
       "aggregation record 2 of the header's chain"},
      {{{kGroup1 + 272, kLastGranule}},
       {kLastGranule, 8},
       "aggregation record 2 of the header's chain"},
  });
}

TEST(BlobBounds, AggregationWithoutConditionsMustSayNone) {
  const std::string_view chained = "aggregation record 1 of the header's chain";
  const struct {
    std::string_view group;
    Place place;
  } kCases[] = {{"condition_count: 1", {48 + 276, 4}},
                {"first_condition: 344", {48 + 268, 4}},
                {"combine: 2", {48 + 280, 4}},
                {"next: 49", {48 + 272, 4}}};
  for (const auto& c : kCases) {
    const std::string bytes =
        BuildBlob(absl::StrCat("binary_major: 15 event { part { group { ", Abseil(c.group),
                               " } } part { condition {} } }"));
    ExpectMalformed(bytes, c.place, chained, std::string(c.group));
  }
}

TEST(BlobBounds, NamesMustEnd) {
  const std::string long_name(300, 'n');
  ExpectMalformed(BuildBlob(absl::StrCat("binary_major: 15 event { part { condition { name: '",
                                         long_name, "' } } }")),
                  {52, 512}, "condition 1 of event record 1", "condition");
  ExpectMalformed(BuildBlob(absl::StrCat("binary_major: 15 event { part { group { name: '",
                                         long_name, "' condition {} } } }")),
                  {48, 256}, "aggregation record of condition 1 of event record 1", "group");
  ExpectMalformed(BuildBlob(absl::StrCat("binary_major: 15 event { part { group { name: '",
                                         long_name, "' } } }")),
                  {48, 256}, "aggregation record 1 of the header's chain", "empty group");
}

TEST(BlobBounds, TextMustEnd) {
  const auto with_data = [](std::string_view data) {
    return BuildBlob(absl::StrCat("binary_major: 15 event { part { condition { data: '",
                                  Abseil(data), "' } } }"));
  };
  const std::string_view structure = "condition 1 of event record 1";
  ExpectMalformed(with_data("a\\0b\\0"), {48 + 536, 4}, structure, "no zero unit");
  ExpectMalformed(with_data("a\\0\\0b"), {48 + 536, 4}, structure, "zero bytes, but no zero unit");
  ExpectMalformed(with_data("a\\0\\0\\0b\\0"), {48 + 536, 6}, structure, "goes on");
  ExpectMalformed(with_data(""), {48 + 524, 4}, structure, "nothing at all");
}

TEST(BlobBounds, StoredLengthCounts) {
  std::string bytes = PlainBlob();
  const uint32_t last = static_cast<uint32_t>(bytes.size()) - 544;
  ASSERT_EQ(Get32(bytes, last + 524), 2u);
  bytes.pop_back();
  ExpectMalformed(bytes, {last + 524, 4}, "condition 2 of event record 1", "one byte of padding");
}

TEST(BlobBounds, FilesOfZerosAndShortFiles) {
  for (const size_t size : {8, 24, 4096, 65536}) {
    ExpectMalformed(std::string(size, '\0'), {4, 4}, "header", absl::StrCat(size, " zeros"));
  }
  ExpectMalformed("", {0, 0}, "header", "empty");
  ExpectMalformed(std::string(7, '\0'), {0, 7}, "header", "legacy, cut");
  ExpectMalformed(Base().substr(0, 23), {0, 23}, "header", "cut");
  ExpectMalformed(Base().substr(0, 24), {16, 4}, "header", "header only");
}

TEST(BlobBounds, TooManyEvents) {
  corpus::SysmonBlob blob = ParseBlob("binary_major: 15");
  for (uint32_t i = 0; i < kMaxBlobEvents; ++i)
    blob.add_event()->add_part()->mutable_condition()->set_text("a");
  EXPECT_TRUE(ReadBlob(BuildSysmonBlob(blob)).ok());
  blob.add_event();
  ExpectMalformed(BuildSysmonBlob(blob), {4, 4}, "header", "one too many");
}

TEST(BlobBounds, TooManyEventsWithoutConditions) {
  corpus::SysmonBlob blob = ParseBlob("binary_major: 15");
  for (uint32_t i = 0; i < kMaxIdle; ++i) blob.add_event();
  EXPECT_TRUE(ReadBlob(BuildSysmonBlob(blob)).ok());
  blob.add_event();
  const ReadResult refused = ReadBlob(BuildSysmonBlob(blob));
  ASSERT_FALSE(refused.ok());
  EXPECT_TRUE(refused.malformed().over_limit);
  EXPECT_EQ(refused.malformed().place, (Place{24 + 24 * kMaxIdle, 24}));
}

TEST(BlobBounds, LegacyHeader) {
  std::string bytes = BuildBlob("binary_major: 1 legacy_header: true event {} event {}");
  ASSERT_TRUE(ReadBlob(bytes).ok());
  ExpectMalformed(bytes.substr(0, 8), {8, 0}, "event record 1", "no event");
  Set32(&bytes, 8 + 12, 8);
  ExpectMalformed(bytes, {8 + 12, 4}, "event record 1", "its event links to itself");
}

// A version of 1.0 or lower says that the header is short: where it is not, the version is wrong,
// and the records are not to blame.
TEST(BlobBounds, OldVersionsHaveAShortHeader) {
  std::string bytes = Base();
  for (const uint32_t version : {0x00000000u, 0x00000005u, 0x0000FFFFu, 0x00010000u}) {
    Set32(&bytes, 0, version);
    ExpectMalformed(bytes, {0, 4}, "header", absl::StrCat("version ", version));
  }
  Set32(&bytes, 0, 0x00010001);
  EXPECT_TRUE(ReadBlob(bytes).ok()) << "1.1 is the first with the long header";
}

}  // namespace
}  // namespace sluice
