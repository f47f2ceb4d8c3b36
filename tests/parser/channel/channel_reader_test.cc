#include "parser/channel/channel_reader.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "parser/channel/channel_writer.h"
#include "parser/format.h"
#include "schema/field_decls.h"
#include "tests/parser/channel/channel_bytes.h"

namespace sluice {
namespace {

using channel_test::Model;
using channel_test::SmallChannel;
using channel_test::SmallSigma;
using channel_test::SmallSysmon;
using channel_test::ToBytes;

Content MustRead(const Model& model) {
  ReadResult read = ReadChannel(std::make_shared<const std::string>(ToBytes(model)), {});
  EXPECT_TRUE(read.ok()) << read.malformed().structure << ": " << read.malformed().message;
  return std::move(read).TakeContent();
}

Malformed MustRefuse(std::string bytes) {
  const ReadResult read = ReadChannel(std::make_shared<const std::string>(std::move(bytes)), {});
  EXPECT_FALSE(read.ok());
  return read.ok() ? Malformed{} : read.malformed();
}

std::string_view BytesAt(const Content& content, Place place) {
  return content.bytes().substr(place.offset, place.length);
}

TEST(ChannelReader, Channel) {
  const Content content = MustRead(SmallChannel());
  EXPECT_EQ(content.kind(), "channel");
  EXPECT_TRUE(content.binary());
  EXPECT_EQ(content.dialect(), Dialect::kChannel);
  EXPECT_EQ(content.binding(), Binding::kByIndex);
  EXPECT_EQ(content.metadata().format_version, 1);
  EXPECT_EQ(content.metadata().content_version, 7);
  ASSERT_EQ(content.built_for().size(), 2);
  EXPECT_EQ(content.built_for()[1], (BuiltFor{"falcon", "7.11", 711}));
  ASSERT_EQ(content.types().size(), 2);
  const TemplateType& type = content.types()[0];
  EXPECT_EQ(type.name, "Ipc");
  EXPECT_EQ(type.id, 9);
  EXPECT_EQ(type.version, 2);
  EXPECT_TRUE(type.declared);
  EXPECT_FALSE(type.open);
  ASSERT_EQ(content.field_decls(type).size(), 3);
  EXPECT_EQ(content.field_decls(type)[2].name, "Seen");
  EXPECT_EQ(content.field_decls(type)[2].type, ValueType::kTime);
  ASSERT_EQ(content.instances().size(), 2);
  EXPECT_EQ(content.instances()[0].id, "41");
  EXPECT_EQ(content.instances()[0].name, "pipe");
}

TEST(ChannelReader, CriteriaAndConditions) {
  const Content content = MustRead(SmallChannel());
  ASSERT_EQ(content.criteria().size(), 5);
  const Criterion& equals = content.criteria()[1];
  EXPECT_EQ(equals.op, Operator::kEquals);
  EXPECT_EQ(equals.operator_text, "equals");
  EXPECT_EQ(equals.flags, kCased);
  EXPECT_EQ(content.field(equals).kind, FieldKind::kIndex);
  EXPECT_EQ(content.field(equals).index, 1);
  ASSERT_EQ(content.operands(equals).size(), 2);
  EXPECT_EQ(content.operands(equals)[1].text, "sv\xC3\xA7");
  EXPECT_EQ(content.criteria()[2].time_part, TimePart::kHour);
  EXPECT_EQ(content.field(content.criteria()[3]).kind, FieldKind::kAny);
  EXPECT_EQ(content.criteria()[3].flags, kFlagS);
  EXPECT_TRUE(content.condition(content.instances()[0]).empty());
  // (0 or 1) and not 2, of the second instance.
  const std::span<const ConditionToken> tokens = content.condition(content.instances()[1]);
  ASSERT_EQ(tokens.size(), 6);
  EXPECT_EQ(tokens[1].value, 3);
  EXPECT_EQ(tokens[2].kind, ConditionToken::Kind::kOr);
  EXPECT_EQ(tokens[2].value, 2);
  EXPECT_EQ(tokens[4].kind, ConditionToken::Kind::kNot);
  EXPECT_EQ(tokens[5].kind, ConditionToken::Kind::kAnd);
}

TEST(ChannelReader, AChainIsOneToken) {
  Model model = SmallSigma();
  channel_test::Instance& instance = model.types[0].instances[0];
  instance.condition = {0, 1, 2u << 28, 2, 2u << 28};
  const Content content = MustRead(model);
  ASSERT_EQ(content.condition().size(), 4);
  EXPECT_EQ(content.condition()[3].kind, ConditionToken::Kind::kOr);
  EXPECT_EQ(content.condition()[3].value, 3);
  EXPECT_EQ(channel_test::Get32(content.bytes(), content.condition()[3].place.offset), 2u << 28);
  EXPECT_EQ(content.condition()[3].place.offset, content.condition()[2].place.offset + 4);
}

TEST(ChannelReader, Sysmon) {
  const Content content = MustRead(SmallSysmon());
  EXPECT_EQ(content.dialect(), Dialect::kSysmon);
  EXPECT_EQ(content.binding(), Binding::kByName);
  EXPECT_TRUE(content.metadata().has_schema_version);
  EXPECT_EQ(content.metadata().schema_version, "4.50");
  EXPECT_EQ(content.metadata().schema_rank, 450);
  ASSERT_EQ(content.settings().size(), 2);
  EXPECT_EQ(content.settings()[1].name, "DnsLookup");
  EXPECT_EQ(BytesAt(content, content.settings()[1].place), "DnsLookupFalse");
  const Instance& record = content.instances()[0];
  EXPECT_EQ(record.record_default, RecordDefault::kExclude);
  EXPECT_EQ(record.combine, Combine::kAnd);
  ASSERT_EQ(content.groups(record).size(), 3);
  EXPECT_EQ(content.groups(record)[0].criteria, (Range{0, 2}));
  EXPECT_EQ(content.groups(record)[1].criteria, (Range{2, 2}));
  EXPECT_EQ(content.groups(record)[2].criteria, (Range{2, 3}));
  EXPECT_EQ(content.groups(record)[0].name, "both");
  EXPECT_EQ(content.criteria()[1].group, 0);
  EXPECT_EQ(content.criteria()[2].group, 2);
  EXPECT_EQ(content.criteria()[0].op, Operator::kSysmonIs);
  EXPECT_EQ(content.criteria()[2].op, Operator::kSysmonNotEndWith);
  EXPECT_EQ(content.criteria()[2].operator_text, "not end with");
  EXPECT_EQ(content.criteria()[1].flags, kEnvironment);
  EXPECT_EQ(content.criteria()[0].name, "T1059");
  EXPECT_EQ(content.field(content.criteria()[0]).name, "CommandLine");
  EXPECT_TRUE(content.instances()[1].criteria.empty());
}

TEST(ChannelReader, Sigma) {
  const Content content = MustRead(SmallSigma());
  EXPECT_EQ(content.dialect(), Dialect::kSigma);
  EXPECT_TRUE(content.types()[0].open);
  EXPECT_FALSE(content.types()[0].declared);
  EXPECT_EQ(content.field(content.criteria()[0]).kind, FieldKind::kName);
  EXPECT_EQ(content.field(content.criteria()[0]).name, "Image");
  EXPECT_EQ(content.criteria()[1].flags, kNegated);
  EXPECT_TRUE(content.sources().empty());
  EXPECT_EQ(content.origin(content.instances()[0]), nullptr);
  ASSERT_EQ(content.condition().size(), 4);
  EXPECT_EQ(content.condition()[3].n, 2);
  EXPECT_EQ(content.condition()[3].value, 3);
}

TEST(ChannelReader, FieldsOfDeclaredTypesAreFoundByName) {
  Model model = SmallChannel();
  model.binding = 1;
  const Content content = MustRead(model);
  const FieldRef& field = content.field(content.criteria()[1]);
  EXPECT_EQ(field.kind, FieldKind::kName);
  EXPECT_EQ(field.name, "Account");
  EXPECT_EQ(field.index, 1);
}

TEST(ChannelReader, OriginsNameSources) {
  const Content content = MustRead(SmallChannel());
  ASSERT_EQ(content.sources().size(), 2);
  EXPECT_EQ(content.sources()[0].path, "a/ipc.txt");
  EXPECT_EQ(content.sources()[0].sha256.substr(0, 8), "01020300");
  EXPECT_EQ(content.sources()[0].sha256.size(), 64);
  EXPECT_EQ(*content.origin(content.instances()[1]), (Origin{1, 9, 4}));
  EXPECT_EQ(*content.origin(content.criteria()[0]), (Origin{0, 3, 5}));
}

TEST(ChannelReader, PlacesAreTheBytesOfTheFile) {
  const Content content = MustRead(SmallSysmon());
  const Criterion& criterion = content.criteria()[1];
  EXPECT_EQ(criterion.place.length, 12);
  EXPECT_EQ(criterion.field_place, (Place{criterion.place.offset, 4}));
  EXPECT_EQ(criterion.operator_place, (Place{criterion.place.offset + 4, 1}));
  EXPECT_EQ(BytesAt(content, criterion.operator_place), "B");
  EXPECT_EQ(BytesAt(content, content.operands(criterion)[0].place), "%TEMP%");
  EXPECT_EQ(BytesAt(content, content.criteria()[0].name_place), "T1059");
  EXPECT_EQ(BytesAt(content, content.groups()[0].name_place), "both");
  EXPECT_EQ(content.groups()[1].place, (Place{content.groups()[0].place.offset + 16, 16}));
  EXPECT_EQ(content.instances()[1].place, (Place{content.instances()[0].place.offset + 8, 8}));
  EXPECT_EQ(content.types()[0].place.length, 32);
  EXPECT_EQ(content.metadata().format_version_place, (Place{8, 4}));
  // Texts are the file's own bytes.
  EXPECT_EQ(content.operands()[0].text.data(),
            content.bytes().data() + content.operands()[0].place.offset);
}

TEST(ChannelReader, SaysWhatIsWrong) {
  std::string bytes = ToBytes(SmallChannel());
  const uint32_t criteria = channel_test::OffsetOf(bytes, 7);
  channel_test::Put32(&bytes, criteria + 12, 21);
  channel_test::Seal(&bytes);
  const Malformed malformed = MustRefuse(bytes);
  EXPECT_EQ(malformed.structure, "criterion 2 of instance 1");
  EXPECT_EQ(malformed.place, (Place{criteria + 12, 4}));
  EXPECT_EQ(malformed.message, "field 21 is not below the number of items, 3");
}

TEST(ChannelReader, WhatBeginsWithTheMagicIsMalformedAtWorst) {
  const std::string bytes = ToBytes(SmallSigma());
  for (size_t size = 0; size < bytes.size(); ++size) {
    const std::string cut = bytes.substr(0, size);
    const Format* format = RecogniseFormat(cut);
    EXPECT_EQ(format != nullptr && format->kind == "channel", size >= 8) << size;
    const Malformed malformed = MustRefuse(cut);
    EXPECT_FALSE(malformed.structure.empty());
    EXPECT_FALSE(malformed.message.empty());
    EXPECT_LE(malformed.place.offset, size);
  }
  EXPECT_EQ(RecogniseFormat(bytes)->kind, "channel");
  EXPECT_TRUE(FindFormat("channel")->binary);
}

// As the reader that sensors embed: lint says what is wrong with it (SL170).
TEST(ChannelReader, TakesDeclaredFieldsOfOneNameOrOfNone) {
  for (const char* name : {"Pipe", ""}) {
    Model model = SmallChannel();
    model.types[0].fields[2].name = name;
    const Content content = MustRead(model);
    const auto fields = content.field_decls(content.types()[0]);
    ASSERT_EQ(fields.size(), 3);
    EXPECT_EQ(fields[2].name, name);
    EXPECT_EQ(fields[2].place.length, 4);
    EXPECT_TRUE(HasAmbiguousFieldDecl(content));
    EXPECT_FALSE(WriteChannel(content).ok());
  }
  EXPECT_FALSE(HasAmbiguousFieldDecl(MustRead(SmallChannel())));
}

}  // namespace
}  // namespace sluice
