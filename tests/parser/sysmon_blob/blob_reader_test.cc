#include "parser/sysmon/blob_reader.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "corpus/sysmon_blob_builder.h"
#include "schema/limits.h"
#include "tests/parser/sysmon_blob/blob_test_util.h"

namespace sluice {
namespace {

TEST(BlobReader, HoldsRecordsAsContent) {
  const ReadResult result = ReadBlob(SmallBlob());
  ASSERT_TRUE(result.ok()) << result.malformed().message;
  const Content& content = result.content();
  ExpectConsistent(content);
  EXPECT_EQ(content.dialect(), Dialect::kSysmon);
  EXPECT_EQ(content.binding(), Binding::kByIndex);
  EXPECT_EQ(content.kind(), "sysmon-blob");
  EXPECT_TRUE(content.binary());
  ASSERT_EQ(content.instances().size(), 3u);
  EXPECT_TRUE(content.irregularities().empty());

  const Instance& first = content.instances()[0];
  EXPECT_EQ(content.type(first).name, "ProcessCreate");
  EXPECT_EQ(content.type(first).id, 1u);
  EXPECT_EQ(first.record_default, RecordDefault::kExclude);
  EXPECT_EQ(first.combine, Combine::kAnd);
  EXPECT_EQ(first.place, (Place{24, 24}));
  ASSERT_EQ(content.groups(first).size(), 1u);
  const Group& group = content.groups(first)[0];
  EXPECT_EQ(group.combine, Combine::kOr);
  EXPECT_EQ(group.id, 1u);
  EXPECT_EQ(group.name, "g");
  EXPECT_EQ(group.place, (Place{48, 292}));
  EXPECT_EQ(group.name_place, (Place{48, 256}));
  EXPECT_EQ(group.criteria, first.criteria);

  const Instance& second = content.instances()[1];
  EXPECT_EQ(content.type(second).name, "") << "no contract has event 99";
  EXPECT_EQ(content.type(second).id, 99u);
  EXPECT_EQ(second.record_default, RecordDefault::kInclude);
  EXPECT_EQ(second.combine, Combine::kOr);
  ASSERT_EQ(second.criteria.size(), 2u);
  EXPECT_EQ(content.criteria(second)[0].group, kNone);
  EXPECT_EQ(content.criteria(second)[1].group, second.groups.begin);
  EXPECT_EQ(content.groups(second)[0].id, 2u);

  EXPECT_EQ(content.instances()[2].ordinal, 2u);
  EXPECT_TRUE(content.instances()[2].criteria.empty());
}

TEST(BlobReader, PlacesEveryPartOfACondition) {
  const ReadResult result = ReadBlob(PlainBlob());
  ASSERT_TRUE(result.ok());
  const Content& content = result.content();
  const Criterion& criterion = content.criteria()[0];
  EXPECT_EQ(content.field(criterion).kind, FieldKind::kIndex);
  EXPECT_EQ(content.field(criterion).index, 2u);
  EXPECT_EQ(criterion.op, Operator::kSysmonContainsAny);
  EXPECT_EQ(criterion.operator_text, "contains any");
  EXPECT_EQ(criterion.name, "shell");
  EXPECT_EQ(content.operand_text(criterion), "cmd;powershell");
  EXPECT_EQ(criterion.field_place, (Place{48, 4}));
  EXPECT_EQ(criterion.name_place, (Place{52, 512}));
  EXPECT_EQ(criterion.operator_place, (Place{48 + 516, 4}));
  EXPECT_EQ(content.operands(criterion)[0].place, (Place{48 + 536, 30}));
  EXPECT_EQ(criterion.place, (Place{48, 537 + 30}));
  EXPECT_EQ(content.operand_text(content.criteria()[1]), "");
  EXPECT_EQ(content.operands(content.criteria()[1])[0].place.length, 2u);
}

TEST(BlobReader, Metadata) {
  std::string bytes =
      BuildBlob("binary_major: 300 binary_minor: 7 schema_version: '4.05' event {}");
  const ReadResult result = ReadBlob(std::move(bytes));
  ASSERT_TRUE(result.ok()) << "an unknown binary version is a matter for rules";
  const Metadata& metadata = result.content().metadata();
  EXPECT_EQ(metadata.binary_major, 300u);
  EXPECT_EQ(metadata.binary_minor, 7u);
  EXPECT_EQ(metadata.binary_version_place, (Place{0, 4}));
  EXPECT_TRUE(metadata.has_schema_version);
  EXPECT_EQ(metadata.schema_version, "4.05");
  EXPECT_EQ(metadata.schema_rank, 405u);
  EXPECT_EQ(metadata.schema_version_place, (Place{12, 4}));
  EXPECT_EQ(metadata.size, 48u);
}

TEST(BlobReader, LeavesUnknownIdsIndicesAndNumbersToRules) {
  const ReadResult result = ReadBlob(BuildBlob(R"pb(
    binary_major: 15
    event {
      id: 4294967295
      part { condition { field: 4294967295 op: 16 } }
      part { condition { op_word: 2147483648 } }
      part { condition { op: IS_NOT environment: true } }
      part { condition { op: 17 environment: true } }
    })pb"));
  ASSERT_TRUE(result.ok());
  const Content& content = result.content();
  ExpectConsistent(content);
  EXPECT_EQ(content.types()[0].id, 0xFFFFFFFF);
  EXPECT_EQ(content.field(content.criteria()[0]).index, 0xFFFFFFFF);
  EXPECT_EQ(content.criteria()[0].op, Operator::kUnknown);
  EXPECT_EQ(content.criteria()[0].operator_text, "16");
  EXPECT_EQ(content.criteria()[1].op, Operator::kUnknown) << "bit 31 is nobody's";
  EXPECT_EQ(content.criteria()[1].operator_text, "2147483648");
  EXPECT_EQ(content.criteria()[2].op, Operator::kSysmonIsNot);
  EXPECT_EQ(content.criteria()[2].flags, kEnvironment);
  EXPECT_EQ(content.criteria()[3].op, Operator::kUnknown);
  EXPECT_EQ(content.criteria()[3].operator_text, "1073741841");
}

TEST(BlobReader, PaddingExample) {
  const std::string bytes = BuildBlob(
      "binary_major: 15 event { part { condition { text: 'cmd.exe' } } part { condition {} } }");
  const ReadResult result = ReadBlob(bytes);
  ASSERT_TRUE(result.ok());
  const auto criteria = result.content().criteria();
  EXPECT_EQ(Get32(bytes, 48 + 524), 16u);
  EXPECT_EQ(criteria[1].place.offset - criteria[0].place.offset, 560u);
}

TEST(BlobReader, TextIsWtf8) {
  const ReadResult result = ReadBlob(BuildBlob(R"pb(
    event {
      part {
        condition { data: "\xC4\x00\xAC\x20\x3D\xD8\x00\xDE\x3D\xD8\x41\x00\x00\xDE\x00\x00" }
      }
    })pb"));
  ASSERT_FALSE(result.ok()) << "a version word of 0 is the legacy header's";
  const ReadResult sound = ReadBlob(BuildBlob(R"pb(
    binary_major: 15
    event {
      part {
        condition {
          data: "\xC4\x00\xAC\x20\x3D\xD8\x00\xDE\x3D\xD8\x41\x00\x00\xDE\x00\x00"
          name: "n\xC3\xA4me"
        }
      }
    })pb"));
  ASSERT_TRUE(sound.ok());
  const Content& content = sound.content();
  // A with dots, euro sign, a pair, and then an unpaired half on each side of a letter.
  EXPECT_EQ(content.operand_text(content.criteria()[0]),
            "\xC3\x84\xE2\x82\xAC\xF0\x9F\x98\x80\xED\xA0\xBD"
            "A\xED\xB8\x80");
  EXPECT_EQ(content.criteria()[0].name, "n\xC3\xA4me");
}

TEST(BlobReader, EqualNamesOfNeighboursAndNamesThatAreBeginningsOfOne) {
  const ReadResult result = ReadBlob(BuildBlob(R"pb(
    binary_major: 15
    event {
      part { condition { name: "abc" } }
      part { condition { name: "abc" } }
      part { condition { name: "ab" } }
      part { condition {} }
      part { condition { name: "ab" } }
    })pb"));
  ASSERT_TRUE(result.ok());
  std::string names;
  for (const Criterion& c : result.content().criteria()) names += std::string(c.name) + "|";
  EXPECT_EQ(names, "abc|abc|ab||ab|");
}

TEST(BlobReader, NamesMayFillAllButTheLastUnit) {
  const std::string text =
      absl::StrCat("binary_major: 15 event { part { condition { name: '", std::string(255, 'n'),
                   "' } } part { group { name: '", std::string(127, 'g'), "' condition {} } } }");
  const ReadResult result = ReadBlob(BuildBlob(text));
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result.content().criteria()[0].name.size(), 255u);
  EXPECT_EQ(result.content().groups()[0].name.size(), 127u);
}

TEST(BlobReader, AcceptsDataThatIsLongerThanItsText) {
  const ReadResult result = ReadBlob(
      BuildBlob("binary_major: 15 event { part { condition { text: 'x' extra_zeros: 6 } } }"));
  ASSERT_TRUE(result.ok()) << "list options write it so";
  EXPECT_EQ(result.content().operand_text(result.content().criteria()[0]), "x");
  EXPECT_EQ(result.content().operands()[0].place.length, 10u);
}

// What a compiler leaves behind when it undoes an event record and tries the next of its series.
TEST(BlobReader, AcceptsTheQuirksOfUndo) {
  const std::string last_link = R"pb(binary_major: 15
                                     event {
                                       id: 12
                                       part { condition {} }
                                       next: 600
                                     })pb";
  ASSERT_EQ(BuildBlob(last_link).size(), 592u);
  EXPECT_FALSE(ReadBlob(BuildBlob(last_link)).ok()) << "past the end";
  std::string bytes = BuildBlob(last_link);
  Set32(&bytes, 24 + 12, 592);
  EXPECT_TRUE(ReadBlob(bytes).ok()) << "the last link may equal the size of the file";

  const ReadResult unchained = ReadBlob(BuildBlob(R"pb(
    binary_major: 15
    first_aggregation: 0
    event {
      id: 13
      part {
        group {
          id: 2
          condition { text: "a" slack: "\x01\x02\x03" }
        }
      }
      part {
        group {
          id: 3
          condition { text: "b" }
        }
      }
    })pb"));
  ASSERT_TRUE(unchained.ok()) << unchained.malformed().message;
  EXPECT_TRUE(unchained.content().irregularities().empty());
  EXPECT_EQ(unchained.content().groups().size(), 2u);
  EXPECT_EQ(unchained.content().groups()[1].id, 3u);

  std::string chain_end = BuildBlob("binary_major: 15 event { part { group { condition {} } } }");
  Set32(&chain_end, 48 + 272, static_cast<uint32_t>(chain_end.size()));
  EXPECT_TRUE(ReadBlob(chain_end).ok());
}

TEST(BlobReader, KeepsEmptyGroupsWhereTheyStand) {
  const ReadResult result = ReadBlob(BuildBlob(R"pb(
    binary_major: 15
    event {
      id: 1
      part { condition { text: "a" } }
      part { group { name: "empty" combine: 1 } }
      part { group { condition { text: "b" } } }
    }
    event {
      id: 4
      part { group { unchained: true name: "lost" } }
    })pb"));
  ASSERT_TRUE(result.ok()) << result.malformed().message;
  const Content& content = result.content();
  ExpectConsistent(content);
  EXPECT_TRUE(content.irregularities().empty());
  ASSERT_EQ(content.groups().size(), 3u);
  EXPECT_EQ(content.groups()[0].name, "empty");
  EXPECT_EQ(content.groups()[0].combine, Combine::kAnd);
  EXPECT_EQ(content.groups()[0].criteria, (Range{1, 1}));
  EXPECT_EQ(content.groups()[1].criteria, (Range{1, 2}));
  EXPECT_EQ(content.instances()[0].groups, (Range{0, 2}));
  EXPECT_EQ(content.groups()[2].name, "lost");
  EXPECT_EQ(content.instances()[1].groups, (Range{2, 3}));
}

// Links may lead past an aggregation record, so an empty one can stand between two conditions of a
// run.
TEST(BlobReader, AnEmptyGroupInsideARunGoesAfterIt) {
  const ReadResult result = ReadBlob(BuildBlob(R"pb(
    binary_major: 15
    event {
      id: 1
      part {
        group {
          id: 5
          condition { text: "a" }
          first_condition: 344
          condition_count: 2
        }
      }
      part { group { id: 6 unchained: true } }
      part { condition { text: "b" aggregation_id: 5 aggregation: 48 } }
      part { condition { text: "c" } }
    })pb"));
  ASSERT_TRUE(result.ok()) << result.malformed().structure << ": " << result.malformed().message;
  ExpectConsistent(result.content());
  ASSERT_EQ(result.content().groups().size(), 2u);
  EXPECT_EQ(result.content().groups()[0].criteria, (Range{0, 2}));
  EXPECT_EQ(result.content().groups()[1].id, 6u);
  EXPECT_EQ(result.content().groups()[1].criteria, (Range{2, 2}));
}

TEST(BlobReader, ReportsBytesThatNoRecordCovers) {
  const ReadResult result = ReadBlob(BuildBlob(R"pb(
    binary_major: 15
    event {
      part { hidden: "sixteen bytes..." }
      part { condition {} }
    }
    tail: "abc")pb"));
  ASSERT_TRUE(result.ok());
  const auto odd = result.content().irregularities();
  ASSERT_EQ(odd.size(), 2u);
  EXPECT_EQ(odd[0].kind, IrregularityKind::kHiddenBytes);
  EXPECT_EQ(odd[0].place, (Place{48, 16}));
  EXPECT_EQ(odd[1].place, (Place{48 + 16 + 544, 3}));
}

TEST(BlobReader, AGapOfZerosIsNoEmptyGroup) {
  std::string bytes = BuildBlob("binary_major: 15 event {}");
  bytes.append(296, '\0');
  const ReadResult result = ReadBlob(bytes);
  ASSERT_TRUE(result.ok());
  ASSERT_EQ(result.content().irregularities().size(), 1u);
  EXPECT_EQ(result.content().irregularities()[0].place, (Place{48, 296}));
}

TEST(BlobReader, CapsTheHiddenRangesItReports) {
  corpus::SysmonBlob blob = ParseBlob("binary_major: 15");
  for (uint32_t i = 0; i < kMaxBlobGaps + 5; ++i) blob.add_event()->add_part()->set_hidden("x");
  const ReadResult result = ReadBlob(BuildSysmonBlob(blob));
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result.content().irregularities().size(), kMaxBlobGaps);
}

TEST(BlobReader, LegacyHeader) {
  const ReadResult result = ReadBlob(BuildBlob(R"pb(
    binary_major: 1
    legacy_header: true
    event {
      id: 1
      part { condition { field: 2 text: "a" } }
    }
    event { id: 3 })pb"));
  ASSERT_TRUE(result.ok()) << result.malformed().message;
  const Content& content = result.content();
  EXPECT_EQ(content.instances()[0].place.offset, 8u);
  EXPECT_EQ(content.instances().size(), 2u);
  EXPECT_EQ(content.metadata().binary_major, 1u);
  EXPECT_FALSE(content.metadata().has_schema_version);
  EXPECT_TRUE(content.irregularities().empty());
}

TEST(BlobReader, WorksWithoutContracts) {
  const auto bytes = std::make_shared<const std::string>(SmallBlob());
  const ReadResult result = ReadSysmonBlob(bytes, {});
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result.content().types()[0].name, "");
  EXPECT_EQ(result.content().types()[0].id, 1u);
}

TEST(BlobReader, NamesTypesOfAnUnknownVersionByTheNewestContract) {
  const ReadResult result = ReadBlob(BuildBlob("binary_major: 77 event { id: 1 }"));
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result.content().types()[0].name, "ProcessCreate");
}

TEST(BlobRecognition, LooksAtTheHeader) {
  const std::string bytes = SmallBlob();
  EXPECT_TRUE(LooksLikeSysmonBlob(bytes));
  EXPECT_TRUE(LooksLikeSysmonBlob(bytes.substr(0, 24))) << "cut short, but a blob";
  EXPECT_FALSE(LooksLikeSysmonBlob(bytes.substr(0, 23)));
  EXPECT_FALSE(LooksLikeSysmonBlob(""));
  EXPECT_FALSE(LooksLikeSysmonBlob(std::string(4096, '\0')));
  EXPECT_FALSE(LooksLikeSysmonBlob("<Sysmon schemaversion=\"4.50\"><EventFiltering/></Sysmon>"));
  const struct {
    size_t at;
    uint32_t value;
    bool looks;
  } kChanges[] = {{8, 32, false},       {16, 32, true},          {16, 33, false},
                  {16, 16, false},      {16, 0xFFFFFFF8, false}, {0, 0x7FFF0000, true},
                  {0, 0x00FF0000, true}};
  for (const auto& change : kChanges) {
    std::string changed = bytes;
    Set32(&changed, change.at, change.value);
    EXPECT_EQ(LooksLikeSysmonBlob(changed), change.looks) << change.at << " " << change.value;
  }
}

}  // namespace
}  // namespace sluice
