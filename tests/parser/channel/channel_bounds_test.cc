// Every number of a channel file (docs/channel-format.md) past each of its bounds: what the reader
// says, and where.

#include <gtest/gtest.h>

#include <string>

#include "parser/channel/channel_view.h"
#include "tests/parser/channel/channel_bytes.h"

namespace sluice {
namespace {

using channel_test::kNone;
using channel_test::Model;
using channel_test::OffsetOf;
using channel_test::RawFile;
using channel_test::Seal;
using channel_test::SmallChannel;
using channel_test::SmallSigma;
using channel_test::SmallSysmon;
using channel_test::ToBytes;
using channel_test::ToRaw;
using Code = ChannelErrorCode;

ChannelError Open(const std::string& bytes) {
  ChannelView view;
  return OpenChannel(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size(), &view);
}

// Where an error is: in a section, or, with section 0, in the file.
struct Where {
  uint32_t section;
  uint32_t offset;
};

uint32_t In(const std::string& bytes, Where where) {
  return where.section == 0 ? where.offset : OffsetOf(bytes, where.section) + where.offset;
}

void ExpectError(const std::string& bytes, Code code, const char* structure, Where where) {
  const ChannelError error = Open(bytes);
  EXPECT_EQ(error.code, code) << ChannelErrorText(error.code);
  EXPECT_STREQ(error.structure, structure);
  EXPECT_EQ(error.offset, In(bytes, where)) << error.field;
}

// One number of a file, changed. The error is at the number unless `at` says otherwise.
struct Patch {
  Model (*model)();
  Where where;
  int size;
  uint32_t value;
  Code code;
  const char* structure;
  const char* field;
  Where at = {kNone, 0};
};

const Patch kHeader[] = {
    {SmallChannel, {0, 0}, 1, 0x09, Code::kNotMagic, "header", "magic"},
    {SmallChannel, {0, 7}, 1, 0x0D, Code::kNotMagic, "header", "magic", {0, 0}},
    {SmallChannel, {0, 8}, 2, 1, Code::kUnknownVersion, "header", "major version"},
    {SmallChannel, {0, 10}, 2, 0, Code::kUnknownVersion, "header", "minor version"},
    {SmallChannel, {0, 10}, 2, 2, Code::kUnknownVersion, "header", "minor version"},
    {SmallChannel, {0, 12}, 4, 4, Code::kNotFileSize, "header", "file size"},
    {SmallChannel, {0, 12}, 4, 0x10000001, Code::kPastLimit, "header", "file size"},
    {SmallChannel, {0, 16}, 4, 0, Code::kTooSmall, "header", "content version"},
    {SmallChannel, {0, 16}, 4, 0x80000000, Code::kNotANumber, "header", "content version"},
    {SmallChannel, {0, 20}, 1, 3, Code::kUnknownValue, "header", "dialect"},
    {SmallChannel, {0, 21}, 1, 2, Code::kUnknownValue, "header", "binding"},
    {SmallChannel, {0, 22}, 1, 1, Code::kNotZero, "header", "zero"},
    {SmallChannel, {0, 23}, 1, 1, Code::kNotZero, "header", "zero", {0, 22}},
    {SmallChannel, {0, 24}, 4, 65, Code::kPastLimit, "header", "section count"},
    {SmallChannel, {0, 24}, 4, 64, Code::kPastEnd, "header", "section count"},
};

// The entries of SmallChannel, from byte 28: 1 to 8, then 128 to 131.
const Patch kTable[] = {
    {SmallChannel, {0, 28}, 4, 0, Code::kUnknownSection, "section table", "section id"},
    {SmallChannel, {0, 40}, 4, 1, Code::kSectionOrder, "section table", "section id"},
    {SmallChannel, {0, 40}, 4, 0, Code::kSectionOrder, "section table", "section id"},
    {SmallChannel, {0, 112}, 4, 14, Code::kUnknownSection, "section table", "section id"},
    {SmallChannel, {0, 112}, 4, 127, Code::kUnknownSection, "section table", "section id"},
    {SmallChannel, {0, 160}, 4, 0x80000000, Code::kNotANumber, "section table", "section id"},
    {SmallChannel, {0, 32}, 4, 0, Code::kTooSmall, "section table", "count"},
    {SmallChannel, {0, 32}, 4, 0x80000000, Code::kNotANumber, "section table", "count"},
    {SmallChannel, {0, 36}, 4, 2, Code::kWrongLength, "section table", "length"},
    {SmallChannel, {0, 36}, 4, 4, Code::kWrongLength, "section table", "length"},
    {SmallChannel, {0, 36}, 4, 0xFFFFFFFC, Code::kPastEnd, "section table", "length"},
    {SmallChannel, {0, 168}, 4, 64, Code::kPastEnd, "section table", "length"},
    {SmallChannel, {0, 32}, 4, 0x40000000, Code::kWrongLength, "section table", "length", {0, 36}},
};

const Patch kContractsAndTypes[] = {
    {SmallChannel, {3, 0}, 4, 0x80000000, Code::kNotANumber, "contract", "rank"},
    {SmallChannel, {3, 0}, 4, 712, Code::kNotAscending, "contract", "rank", {3, 4}},
    {SmallChannel, {4, 0}, 4, 0x80000000, Code::kNotANumber, "type", "id"},
    {SmallChannel, {4, 0}, 4, 0xFFFFFFFE, Code::kNotANumber, "type", "id"},
    {SmallChannel, {4, 4}, 4, 0x80000000, Code::kNotANumber, "type", "version"},
    {SmallChannel, {4, 4}, 4, kNone, Code::kNotANumber, "type", "version"},
    {SmallChannel, {4, 8}, 1, 5, Code::kWrongFlags, "type", "flags"},
    {SmallChannel, {4, 8}, 1, 2, Code::kNotByIndex, "type", "flags"},
    {SmallChannel, {4, 9}, 1, 1, Code::kNotZero, "type", "zero"},
    {SmallChannel, {4, 11}, 1, 1, Code::kNotZero, "type", "zero", {4, 9}},
    {SmallChannel, {4, 12}, 4, 2, Code::kWrongCount, "type", "field count"},
    {SmallChannel, {4, 12}, 4, 4, Code::kWrongCount, "type", "field count"},
    {SmallChannel, {4, 16}, 4, 5, Code::kPastItems, "type", "fields end"},
    {SmallChannel, {4, 16}, 4, 0x80000000, Code::kPastItems, "type", "fields end"},
    {SmallChannel, {4, 48}, 4, 3, Code::kNotAllItems, "type", "fields end"},
    {SmallChannel, {4, 20}, 4, 3, Code::kPastItems, "type", "instances end"},
    {SmallChannel, {4, 52}, 4, 1, Code::kNotAllItems, "type", "instances end"},
    {SmallChannel, {4, 24}, 1, 0, Code::kFingerprint, "type", "fingerprint"},
    {SmallChannel, {4, 31}, 1, 1, Code::kFingerprint, "type", "fingerprint", {4, 24}},
    {SmallSigma, {4, 24}, 1, 1, Code::kFingerprint, "type", "fingerprint"},
    {SmallChannel, {5, 0}, 1, 12, Code::kUnknownValue, "field", "value type"},
    {SmallChannel, {5, 0}, 1, 2, Code::kFingerprint, "type", "fingerprint", {4, 24}},
    {SmallChannel, {5, 1}, 1, 1, Code::kNotZero, "field", "zero"},
    {SmallChannel, {5, 7}, 1, 1, Code::kNotZero, "field", "zero", {5, 5}},
    {SmallSigma, {5, 4}, 1, 1, Code::kUnknownValue, "field", "value type"},
};

// Criteria are 12 bytes each: 1 wildcard, 2 equals, 9 less, 7 regular expression, 16 is empty.
const Patch kInstancesAndCriteria[] = {
    {SmallChannel, {6, 0}, 4, 0, Code::kTooSmall, "instance", "criteria end"},
    {SmallChannel, {6, 0}, 4, 5, Code::kTooSmall, "instance", "criteria end", {6, 8}},
    {SmallChannel, {6, 0}, 4, 6, Code::kPastItems, "instance", "criteria end"},
    {SmallChannel, {6, 8}, 4, 4, Code::kNotAllItems, "instance", "criteria end"},
    {SmallChannel, {6, 4}, 4, 7, Code::kPastItems, "instance", "condition end"},
    {SmallChannel, {6, 4}, 4, 0xFFFFFFFF, Code::kPastItems, "instance", "condition end"},
    {SmallChannel, {6, 12}, 4, 5, Code::kNotAllItems, "instance", "condition end"},
    {SmallChannel, {7, 12}, 4, 3, Code::kNotBelow, "criterion", "field"},
    {SmallChannel, {7, 12}, 4, 0x80000000, Code::kNotBelow, "criterion", "field"},
    {SmallChannel, {7, 12}, 4, 0xFFFFFFFE, Code::kNotBelow, "criterion", "field"},
    {SmallChannel, {7, 0}, 4, kNone, Code::kAnyField, "criterion", "field"},
    {SmallSysmon, {7, 0}, 4, kNone, Code::kAnyField, "criterion", "field"},
    {SmallChannel, {7, 16}, 1, 0, Code::kWrongOperator, "criterion", "operator"},
    {SmallChannel, {7, 16}, 1, 21, Code::kWrongOperator, "criterion", "operator"},
    {SmallChannel, {7, 16}, 1, 63, Code::kWrongOperator, "criterion", "operator"},
    {SmallChannel, {7, 16}, 1, 64, Code::kWrongOperator, "criterion", "operator"},
    {SmallChannel, {7, 16}, 1, 255, Code::kWrongOperator, "criterion", "operator"},
    {SmallSysmon, {7, 4}, 1, 2, Code::kWrongOperator, "criterion", "operator"},
    {SmallSysmon, {7, 4}, 1, 80, Code::kWrongOperator, "criterion", "operator"},
    {SmallSysmon, {7, 4}, 1, 1, Code::kWrongOperands, "criterion", "operands end", {7, 8}},
    {SmallChannel, {7, 5}, 1, 1, Code::kWrongFlags, "criterion", "flags"},
    {SmallChannel, {7, 17}, 1, 8, Code::kWrongFlags, "criterion", "flags"},
    {SmallChannel, {7, 17}, 1, 64, Code::kWrongFlags, "criterion", "flags"},
    {SmallChannel, {7, 29}, 1, 2, Code::kWrongFlags, "criterion", "flags"},
    {SmallSysmon, {7, 17}, 1, 1, Code::kWrongFlags, "criterion", "flags"},
    {SmallChannel, {7, 30}, 1, 7, Code::kUnknownValue, "criterion", "time part"},
    {SmallChannel, {7, 30}, 1, 8, Code::kUnknownValue, "criterion", "time part"},
    {SmallChannel, {7, 30}, 1, 255, Code::kUnknownValue, "criterion", "time part"},
    {SmallChannel, {7, 42}, 1, 1, Code::kWrongTimePart, "criterion", "time part"},
    {SmallChannel, {7, 6}, 1, 6, Code::kWrongTimePart, "criterion", "time part"},
    {SmallChannel, {7, 7}, 1, 1, Code::kNotZero, "criterion", "zero"},
    {SmallChannel, {7, 19}, 1, 0x80, Code::kNotZero, "criterion", "zero"},
    {SmallChannel, {7, 8}, 4, 1, Code::kWrongOperands, "criterion", "operands end"},
    {SmallChannel, {7, 20}, 4, 0, Code::kWrongOperands, "criterion", "operands end"},
    {SmallChannel, {7, 20}, 4, 3, Code::kWrongOperands, "criterion", "operands end", {7, 32}},
    {SmallChannel, {7, 20}, 4, 4, Code::kDescends, "criterion", "operands end", {7, 32}},
    {SmallChannel, {7, 20}, 4, 5, Code::kPastItems, "criterion", "operands end"},
    {SmallChannel, {7, 44}, 4, 3, Code::kWrongOperands, "criterion", "operands end"},
    {SmallSigma, {7, 12}, 4, 1, Code::kUnused, "field", "value type", {5, 0}},
};

// Of SmallChannel: 0, 1, or, 2, not, and.
const Patch kConditions[] = {
    {SmallChannel, {8, 0}, 4, 1, Code::kFirstUse, "condition token", "token"},
    {SmallChannel, {8, 0}, 4, 1u << 28, Code::kStackEmpty, "condition token", "token"},
    {SmallChannel, {8, 4}, 4, 2, Code::kFirstUse, "condition token", "token"},
    {SmallChannel, {8, 4}, 4, 0, Code::kFirstUse, "condition token", "token", {8, 12}},
    {SmallChannel, {8, 8}, 4, 2u << 28 | 1, Code::kNotZero, "condition token", "token"},
    {SmallChannel, {8, 8}, 4, 3u << 28 | 1, Code::kNotZero, "condition token", "token"},
    {SmallChannel, {8, 8}, 4, 0x0FFFFFFF, Code::kFirstUse, "condition token", "token"},
    {SmallChannel, {8, 8}, 4, 5u << 28, Code::kUnknownValue, "condition token", "token"},
    {SmallChannel, {8, 8}, 4, 15u << 28, Code::kUnknownValue, "condition token", "token"},
    {SmallChannel, {8, 8}, 4, 3u << 28, Code::kResults, "condition token", "token", {8, 20}},
    {SmallChannel, {8, 12}, 4, 0, Code::kCriterionUnused, "condition token", "token", {8, 20}},
    {SmallChannel, {8, 12}, 4, 1u << 28, Code::kStackEmpty, "condition token", "token"},
    {SmallChannel, {8, 16}, 4, 1u << 28, Code::kNotAChain, "condition token", "token", {8, 20}},
    {SmallChannel, {8, 20}, 4, 3u << 28, Code::kNotAChain, "condition token", "token"},
    {SmallSigma, {8, 12}, 4, 4u << 28 | 256 | 3, Code::kTooSmall, "condition token", "token"},
    {SmallSigma, {8, 12}, 4, 4u << 28 | 768 | 3, Code::kNotBelow, "condition token", "token"},
    {SmallSigma, {8, 12}, 4, 4u << 28 | 512 | 4, Code::kStackEmpty, "condition token", "token"},
    {SmallSigma, {8, 12}, 4, 4u << 28 | 512 | 65, Code::kPastLimit, "condition token", "token"},
    {SmallSigma, {8, 12}, 4, 4u << 28, Code::kTooSmall, "condition token", "token"},
};

const Patch kSysmon[] = {
    {SmallSysmon, {9, 0}, 4, 0x80000000, Code::kNotANumber, "sysmon", "schema rank"},
    {SmallSysmon, {9, 4}, 4, 0x80000000, Code::kNotANumber, "sysmon", "binary version"},
    {SmallSysmon, {9, 4}, 4, kNone, Code::kNotANumber, "sysmon", "binary version"},
    {SmallSysmon, {11, 0}, 1, 3, Code::kUnknownValue, "record", "default"},
    {SmallSysmon, {11, 1}, 1, 2, Code::kUnknownValue, "record", "combine"},
    {SmallSysmon, {11, 2}, 1, 1, Code::kNotZero, "record", "zero"},
    {SmallSysmon, {11, 3}, 1, 1, Code::kNotZero, "record", "zero", {11, 2}},
    {SmallSysmon, {11, 4}, 4, 4, Code::kPastItems, "record", "groups end"},
    {SmallSysmon, {11, 12}, 4, 2, Code::kNotAllItems, "record", "groups end"},
    {SmallSysmon, {11, 4}, 4, 2, Code::kPastItems, "group", "first criterion", {12, 36}},
    {SmallSysmon, {12, 0}, 4, 0x80000000, Code::kNotANumber, "group", "id"},
    {SmallSysmon, {12, 4}, 4, 4, Code::kPastItems, "group", "first criterion"},
    {SmallSysmon, {12, 4}, 4, 2, Code::kPastItems, "group", "criteria", {12, 8}},
    {SmallSysmon, {12, 8}, 4, 3, Code::kOverlap, "group", "first criterion", {12, 20}},
    {SmallSysmon, {12, 8}, 4, 0xFFFFFFFF, Code::kPastItems, "group", "criteria"},
    {SmallSysmon, {12, 20}, 4, 1, Code::kOverlap, "group", "first criterion"},
    {SmallSysmon, {12, 12}, 1, 2, Code::kUnknownValue, "group", "combine"},
    {SmallSysmon, {12, 13}, 1, 1, Code::kNotZero, "group", "zero"},
    {SmallSysmon, {12, 15}, 1, 1, Code::kNotZero, "group", "zero", {12, 13}},
};

const Patch kSources[] = {
    {SmallChannel, {128, 0}, 4, 15, Code::kPastItems, "source", "path end"},
    {SmallChannel, {128, 36}, 4, 13, Code::kNotAllItems, "source", "path end"},
    {SmallChannel, {129, 0}, 1, 'c', Code::kNotAscending, "source", "path end", {128, 36}},
    {SmallChannel, {129, 0}, 1, 0xFF, Code::kNotUtf8, "source paths", ""},
    {SmallChannel, {129, 15}, 1, 1, Code::kNotZero, "source paths", ""},
    {SmallChannel, {130, 0}, 4, 2, Code::kNotBelow, "instance origin", "source"},
    {SmallChannel, {130, 4}, 4, 0x80000000, Code::kNotANumber, "instance origin", "line"},
    {SmallChannel, {130, 8}, 4, 0x80000000, Code::kNotANumber, "instance origin", "column"},
    {SmallChannel, {130, 8}, 4, 0, Code::kTooSmall, "instance origin", "column"},
    {SmallChannel, {131, 48}, 4, kNone, Code::kNotBelow, "criterion origin", "source"},
    {SmallChannel, {131, 52}, 4, kNone, Code::kNotANumber, "criterion origin", "line"},
    {SmallChannel, {131, 56}, 4, 0, Code::kTooSmall, "criterion origin", "column"},
};

// The strings of SmallChannel begin: "falcon" "7.10" "falcon" "7.11" "Ipc" "Spare".
const Patch kStrings[] = {
    {SmallChannel, {1, 0}, 4, 11, Code::kDescends, "string", "end", {1, 4}},
    {SmallChannel, {1, 0}, 4, 0x00100000, Code::kPastItems, "string", "end"},
    {SmallChannel, {1, 0}, 4, kNone, Code::kPastItems, "string", "end"},
    {SmallChannel, {2, 0}, 1, 0x80, Code::kNotUtf8, "string bytes", ""},
    {SmallChannel, {2, 5}, 1, 0xC3, Code::kNotUtf8, "string bytes", ""},
};

void ExpectPatches(const Patch* begin, const Patch* end) {
  for (const Patch* patch = begin; patch != end; ++patch) {
    std::string bytes = ToBytes(patch->model());
    ASSERT_TRUE(Open(bytes).ok());
    const uint32_t offset = In(bytes, patch->where);
    SCOPED_TRACE(testing::Message() << "row " << patch - begin << ": " << patch->value << " at "
                                    << patch->where.section << "+" << patch->where.offset);
    const Where at = patch->at.section == kNone ? Where{0, offset} : Where{0, In(bytes, patch->at)};
    for (int i = 0; i < patch->size; ++i) {
      channel_test::Put8(&bytes, offset + i, static_cast<uint8_t>(patch->value >> 8 * i));
    }
    Seal(&bytes);
    ExpectError(bytes, patch->code, patch->structure, at);
    EXPECT_STREQ(Open(bytes).field, patch->field);
  }
}

TEST(ChannelBounds, Header) { ExpectPatches(std::begin(kHeader), std::end(kHeader)); }
TEST(ChannelBounds, Table) { ExpectPatches(std::begin(kTable), std::end(kTable)); }
TEST(ChannelBounds, ContractsAndTypes) {
  ExpectPatches(std::begin(kContractsAndTypes), std::end(kContractsAndTypes));
}
TEST(ChannelBounds, InstancesAndCriteria) {
  ExpectPatches(std::begin(kInstancesAndCriteria), std::end(kInstancesAndCriteria));
}
TEST(ChannelBounds, Conditions) { ExpectPatches(std::begin(kConditions), std::end(kConditions)); }
TEST(ChannelBounds, Sysmon) { ExpectPatches(std::begin(kSysmon), std::end(kSysmon)); }
TEST(ChannelBounds, Sources) { ExpectPatches(std::begin(kSources), std::end(kSources)); }
TEST(ChannelBounds, Strings) { ExpectPatches(std::begin(kStrings), std::end(kStrings)); }

TEST(ChannelBounds, Checksum) {
  std::string bytes = ToBytes(SmallChannel());
  channel_test::Put8(&bytes, 300, static_cast<uint8_t>(bytes[300] ^ 1));
  ExpectError(bytes, Code::kChecksum, "checksum", {0, static_cast<uint32_t>(bytes.size() - 4)});
}

TEST(ChannelBounds, FileSizeIsThatOfTheFile) {
  std::string bytes = ToBytes(SmallChannel()) + std::string(4, '\0');
  ExpectError(bytes, Code::kNotFileSize, "header", {0, 12});
  EXPECT_EQ(Open(bytes).found, bytes.size() - 4);
  EXPECT_EQ(Open(bytes).bound, bytes.size());
}

TEST(ChannelBounds, ShorterThanAnyFile) {
  ExpectError("", Code::kTooShort, "header", {0, 0});
  ExpectError(ToBytes(Model()).substr(0, 31), Code::kTooShort, "header", {0, 0});
}

TEST(ChannelBounds, NothingStandsBetweenTheLastSectionAndTheChecksum) {
  RawFile raw = ToRaw(SmallChannel());
  raw.after = std::string(4, '\0');
  const std::string bytes = ToBytes(raw);
  ExpectError(bytes, Code::kLeftOver, "section table",
              {0, static_cast<uint32_t>(bytes.size() - 8)});
  EXPECT_EQ(Open(bytes).found, 4u);
}

// What a criterion, and a string, belong to.
TEST(ChannelBounds, ErrorsSayWhatTheItemBelongsTo) {
  Model model = SmallChannel();
  model.types[0].instances[1].criteria[2].field = 3;
  const ChannelError error = Open(ToBytes(model));
  EXPECT_EQ(error.code, Code::kNotBelow);
  EXPECT_EQ(error.item, 4u);
  EXPECT_STREQ(error.owner_structure, "instance");
  EXPECT_EQ(error.owner, 1u);
  EXPECT_EQ(error.item_of_owner, 2u);
  EXPECT_EQ(error.found, 3u);
  EXPECT_EQ(error.bound, 3u);

  RawFile raw = ToRaw(SmallChannel());
  // The operands of criterion 1 are "svc" and "sv\xC3\xA7": strings 14 and 15.
  const uint32_t end = channel_test::Get32(raw.Find(1)->bytes, 4 * 14);
  channel_test::Put32(&raw.Find(1)->bytes, 4 * 14, end + 3);
  const ChannelError split = Open(ToBytes(raw));
  EXPECT_EQ(split.code, Code::kSplitCharacter);
  EXPECT_EQ(split.item, 14u);
  EXPECT_STREQ(split.owner_structure, "criterion");
  EXPECT_EQ(split.owner, 1u);
  EXPECT_EQ(split.item_of_owner, 0u);
}

TEST(ChannelBounds, PaddingIsZero) {
  RawFile raw = ToRaw(SmallSigma());
  std::string& bytes = raw.Find(2)->bytes;
  ASSERT_NE(raw.Find(2)->count % 4, 0u);
  bytes.back() = 1;
  const std::string file = ToBytes(raw);
  ExpectError(file, Code::kNotZero, "string bytes", {2, static_cast<uint32_t>(bytes.size() - 1)});
}

TEST(ChannelBounds, EveryCodeHasItsText) {
  for (int code = 0; code <= static_cast<int>(Code::kOverlap); ++code) {
    EXPECT_STRNE(ChannelErrorText(static_cast<Code>(code)), "") << code;
  }
}

}  // namespace
}  // namespace sluice
