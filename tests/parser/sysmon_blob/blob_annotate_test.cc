#include "parser/sysmon/blob_annotate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "schema/text.h"
#include "tests/parser/sysmon_blob/blob_test_util.h"

namespace sluice {
namespace {

// The annotation at this offset; an empty one when none starts there.
Annotation At(const std::string& bytes, uint32_t offset) {
  for (Annotation& annotation : AnnotateSysmonBlob(bytes, TestOptions())) {
    if (annotation.place.offset == offset) return annotation;
  }
  return {};
}

void Expect(const std::string& bytes, Place place, std::string_view structure,
            std::string_view field, std::string_view meaning) {
  const Annotation found = At(bytes, place.offset);
  EXPECT_EQ(found.place.length, place.length) << place.offset;
  EXPECT_EQ(found.structure, structure) << place.offset;
  EXPECT_EQ(found.field, field) << place.offset;
  EXPECT_EQ(found.meaning, meaning) << place.offset;
}

TEST(BlobAnnotate, HeaderAndEvent) {
  const std::string bytes = SmallBlob();
  Expect(bytes, {0, 4}, "header", "binary version", "15.0");
  Expect(bytes, {4, 4}, "header", "number of event records", "3");
  Expect(bytes, {12, 4}, "header", "schema version", "4.50");
  Expect(bytes, {20, 4}, "header", "first aggregation record", "at 0x30");
  Expect(bytes, {24, 4}, "ProcessCreate#1", "event id", "1 = ProcessCreate");
  Expect(bytes, {28, 4}, "ProcessCreate#1", "default", "1 = onmatch include: exclude by default");
  Expect(bytes, {32, 4}, "ProcessCreate#1", "combine", "1 = and");
  const uint32_t last = static_cast<uint32_t>(bytes.size()) - 24;
  Expect(bytes, {last + 12, 4}, "ProcessCreate#2", "next event record", "none");
}

TEST(BlobAnnotate, ConditionAndGroup) {
  const std::string bytes = PlainBlob();
  const std::string_view first = "condition 1 of ProcessCreate#1";
  Expect(bytes, {48, 4}, first, "field index", "2 = Image");
  Expect(bytes, {52, 512}, first, "rule name", "\"shell\"");
  Expect(bytes, {48 + 516, 4}, first, "operator", "3 = contains any");
  Expect(bytes, {48 + 524, 4}, first, "data size", "30 bytes");
  Expect(bytes, {48 + 536, 30}, first, "data", "\"cmd;powershell\"");
  EXPECT_EQ(At(bytes, 48 + 566).field, "padding");
  EXPECT_EQ(At(bytes, 48 + 566).place.length, 2u);
  Expect(SmallBlob(), {48, 256}, "aggregation record 1", "group name", "\"g\"");
  Expect(SmallBlob(), {48 + 280, 4}, "aggregation record 1", "combine", "0 = or");
}

TEST(BlobAnnotate, SaysWhatItDoesNotKnow) {
  const std::string bytes = BuildBlob(R"pb(
    binary_major: 15
    event {
      id: 1
      default: 7
      part { condition { field: 40 op: 77 } }
    }
    event {
      id: 99
      part { condition { field: 3 op: IS environment: true } }
    }
    event { id: 4 })pb");
  EXPECT_EQ(At(bytes, 28).meaning, "7 = unknown");
  EXPECT_NE(At(bytes, 48).meaning.find("3 fields"), std::string::npos) << At(bytes, 48).meaning;
  EXPECT_EQ(At(bytes, 48 + 516).meaning, "77 = unknown");
  const uint32_t second = 48 + 544;
  EXPECT_EQ(At(bytes, second).structure, "event 99#1");
  EXPECT_NE(At(bytes, second).meaning.find("unknown"), std::string::npos);
  EXPECT_EQ(At(bytes, second + 24).meaning, "3");
  EXPECT_EQ(At(bytes, second + 24 + 516).meaning.rfind("0 = is", 0), 0u);
  EXPECT_EQ(At(bytes, second + 24 + 544).meaning, "4") << "known, but without a name";
}

TEST(BlobAnnotate, TextCannotReachTheTerminal) {
  const std::string bytes =
      BuildBlob("binary_major: 15 event { part { condition { text: '\\033[2Jx' } } }");
  EXPECT_EQ(At(bytes, 48 + 536).meaning, "\"\\x1b[2Jx\"");
}

TEST(BlobAnnotate, NamesBytesOfNoRecord) {
  const std::string bytes = BuildBlob(R"pb(
    binary_major: 15
    event {
      part { hidden: "12345678" }
      part { condition {} }
    }
    event { part { group { name: "lost" unchained: true } } }
    tail: "abc")pb");
  EXPECT_EQ(At(bytes, 48).structure, "no record");
  EXPECT_EQ(At(bytes, 48).place.length, 8u);
  const uint32_t lost = 48 + 8 + 544 + 24;
  EXPECT_EQ(At(bytes, lost).meaning, "\"lost\"")
      << "an empty group is a record, if no link leads to it";
  EXPECT_EQ(At(bytes, lost + 296).structure, "no record");
  EXPECT_EQ(At(bytes, lost + 296).place.length, 3u);
}

TEST(BlobAnnotate, StillNamesTheFieldsOfWhatIsBroken) {
  std::string bytes = PlainBlob();
  Set32(&bytes, 48 + 524, 0xFFFFFFF0);
  EXPECT_EQ(At(bytes, 48 + 524).field, "data size");
  const uint32_t second = Get32(bytes, 48 + 520);
  EXPECT_EQ(At(bytes, second).structure, "condition 2 of ProcessCreate#1")
      << "a size that is wrong does not swallow what follows";
  const std::string cut = PlainBlob().substr(0, 48 + 520);
  EXPECT_EQ(At(cut, 48 + 516).field, "operator");
  EXPECT_EQ(At(PlainBlob().substr(0, 48 + 522), 48 + 520).field, "cut short");
}

TEST(BlobAnnotate, WorksWithoutContracts) {
  const std::vector<Annotation> annotations = AnnotateSysmonBlob(SmallBlob(), {});
  ASSERT_GT(annotations.size(), 7u);
  EXPECT_EQ(annotations[6].structure, "event 1#1");
  EXPECT_EQ(annotations[6].meaning, "1");
}

TEST(BlobAnnotate, HasNothingToSayOfNothing) {
  EXPECT_TRUE(AnnotateSysmonBlob("", TestOptions()).empty());
}

}  // namespace
}  // namespace sluice
