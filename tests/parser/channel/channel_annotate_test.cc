#include "parser/channel/channel_annotate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "tests/parser/channel/channel_bytes.h"
#include "tests/parser/channel/naive_channel_mutate.h"
#include "tests/parser/channel/naive_channel_random.h"
#include "tests/parser/channel/naive_channel_writer.h"

namespace sluice {
namespace {

using channel_test::OffsetOf;

// The annotation at this offset; an empty one when none starts there.
Annotation At(std::string_view bytes, uint32_t offset) {
  for (Annotation& annotation : AnnotateChannel(bytes, {})) {
    if (annotation.place.offset == offset) return annotation;
  }
  return {};
}

void Expect(std::string_view bytes, Place place, std::string_view structure, std::string_view field,
            std::string_view meaning) {
  const Annotation found = At(bytes, place.offset);
  EXPECT_EQ(found.place.length, place.length) << place.offset;
  EXPECT_EQ(found.structure, structure) << place.offset;
  EXPECT_EQ(found.field, field) << place.offset;
  EXPECT_EQ(found.meaning, meaning) << place.offset;
}

bool CoversOnce(std::string_view bytes, const std::vector<Annotation>& annotations) {
  uint32_t at = 0;
  for (const Annotation& annotation : annotations) {
    if (annotation.place.offset != at || annotation.place.length == 0) return false;
    at = annotation.place.end();
  }
  return at == bytes.size();
}

bool HasRest(const std::vector<Annotation>& annotations) {
  return std::any_of(annotations.begin(), annotations.end(), [](const Annotation& annotation) {
    return annotation.structure == "no record" ||
           annotation.structure.find("of nothing") != std::string::npos ||
           annotation.field.find("of nothing") != std::string::npos ||
           annotation.meaning.find("unknown") != std::string::npos;
  });
}

channel_test::Model Pipes() {
  channel_test::Model model;
  model.content_version = 291;
  model.contracts = {{"sensor", "7.11", 711}};
  channel_test::Type type;
  type.name = "NamedPipe";
  type.id = 2;
  type.fields = {{"process_id", 4}, {"pipe_name", 1}};
  channel_test::Instance instance;
  instance.id = "1006";
  channel_test::Criterion first;
  first.op = 1;
  channel_test::Criterion second;
  second.field = 1;
  second.op = 7;
  second.flags = 1 + 2;
  second.operands = {"^MSSE-", "x"};
  instance.criteria = {first, second};
  instance.condition = {0, 1, 2U << 28};
  type.instances = {instance};
  model.types = {type};
  model.sources.resize(1);
  model.sources[0].path = "pipes.textproto";
  return model;
}

TEST(ChannelAnnotate, HeaderAndTable) {
  const std::string bytes = ToBytes(Pipes());
  Expect(bytes, {0, 8}, "header", "magic", "a channel file");
  Expect(bytes, {16, 4}, "header", "content version", "291");
  Expect(bytes, {20, 1}, "header", "dialect", "0 = channel");
  Expect(bytes, {21, 1}, "header", "binding", "0 = by index");
  Expect(bytes, {28, 4}, "section table, entry 1", "section id", "1 = string ends");
  EXPECT_EQ(At(bytes, 28 + 12 + 8).field, "length");
}

TEST(ChannelAnnotate, ItemsWithWhatTheyBelongTo) {
  const std::string bytes = ToBytes(Pipes());
  Expect(bytes, {OffsetOf(bytes, 3), 4}, "contract 1 \"sensor@7.11\"", "rank", "711");
  Expect(bytes, {OffsetOf(bytes, 4), 4}, "type 1 \"NamedPipe\"", "id", "2");
  Expect(bytes, {OffsetOf(bytes, 4) + 8, 1}, "type 1 \"NamedPipe\"", "flags", "declared");
  Expect(bytes, {OffsetOf(bytes, 5) + 4, 1}, "field 2 of type 1 \"NamedPipe\"", "value type",
         "1 = string");
  Expect(bytes, {OffsetOf(bytes, 6), 4}, "instance 1 \"1006\" of type 1 \"NamedPipe\"",
         "criteria end", "2");
  const uint32_t criterion = OffsetOf(bytes, 7) + 12;
  Expect(bytes, {criterion, 4}, "criterion 2 of instance 1 \"1006\"", "field", "1 = pipe_name");
  Expect(bytes, {criterion + 4, 1}, "criterion 2 of instance 1 \"1006\"", "operator",
         "7 = regular expression");
  Expect(bytes, {criterion + 5, 1}, "criterion 2 of instance 1 \"1006\"", "flags",
         "negated, cased");
  Expect(bytes, {OffsetOf(bytes, 8) + 8, 4}, "token 3 of instance 1 \"1006\"", "token", "or");
  Expect(bytes, {OffsetOf(bytes, 131), 4}, "origin of criterion 1 of instance 1 \"1006\"", "source",
         "0 = \"pipes.textproto\"");
}

TEST(ChannelAnnotate, StringsWithTheirPlaces) {
  const std::string bytes = ToBytes(Pipes());
  const auto pool = static_cast<uint32_t>(bytes.find("sensor7.11NamedPipe"));
  Expect(bytes, {pool, 6}, "strings", "name of contract 1", "\"sensor\"");
  Expect(bytes, {pool + 6, 4}, "strings", "version of contract 1", "\"7.11\"");
  const auto operand = static_cast<uint32_t>(bytes.find("^MSSE-"));
  Expect(bytes, {operand, 6}, "strings", "operand 1 of criterion 2 of instance 1 \"1006\"",
         "\"^MSSE-\"");
  EXPECT_EQ(At(bytes, operand + 6).field, "operand 2 of criterion 2 of instance 1 \"1006\"");
  Expect(bytes, {OffsetOf(bytes, 129), 15}, "source paths", "path of source 1",
         "\"pipes.textproto\"");
  EXPECT_EQ(At(bytes, OffsetOf(bytes, 129) + 15).field, "filling");
  Expect(bytes, {OffsetOf(bytes, 1), 4}, "string ends", "end", "6: string 1, name of contract 1");
}

TEST(ChannelAnnotate, ChecksumIsCompared) {
  std::string bytes = ToBytes(Pipes());
  const auto at = static_cast<uint32_t>(bytes.size()) - 4;
  EXPECT_EQ(At(bytes, at).meaning.find("but"), std::string::npos);
  bytes[17] = 2;
  EXPECT_EQ(At(bytes, at).structure, "checksum");
  EXPECT_NE(At(bytes, at).meaning.find("but"), std::string::npos);
}

TEST(ChannelAnnotate, SaysWhatItDoesNotKnow) {
  std::string bytes = ToBytes(Pipes());
  const uint32_t criterion = OffsetOf(bytes, 7) + 12;
  bytes[criterion] = 21;
  bytes[criterion + 4] = 99;
  bytes[criterion + 5] = static_cast<char>(0x81);
  bytes[criterion + 7] = 1;
  EXPECT_EQ(At(bytes, criterion).meaning, "21 = past the 2 fields of type 1 \"NamedPipe\"");
  EXPECT_EQ(At(bytes, criterion + 4).meaning, "99 = unknown");
  EXPECT_EQ(At(bytes, criterion + 5).meaning, "negated, unknown 128");
  EXPECT_EQ(At(bytes, criterion + 7).meaning, "not 0, as it must be");
}

TEST(ChannelAnnotate, TextCannotReachTheTerminal) {
  channel_test::Model model = Pipes();
  model.types[0].name = "\x1b[2Jx";
  const std::string bytes = ToBytes(model);
  EXPECT_EQ(At(bytes, OffsetOf(bytes, 4)).structure, "type 1 \"\\x1b[2Jx\"");
}

TEST(ChannelAnnotate, CoversEveryByteOfAValidFileOnce) {
  NaiveRandom random(17);
  for (int i = 0; i < 500; ++i) {
    const std::string bytes = WriteNaive(RandomNaive(&random));
    const std::vector<Annotation> annotations = AnnotateChannel(bytes, {});
    ASSERT_TRUE(CoversOnce(bytes, annotations)) << i;
    ASSERT_FALSE(HasRest(annotations)) << i;
  }
}

TEST(ChannelAnnotate, CoversEveryByteOfABrokenFileOnce) {
  NaiveRandom random(18);
  for (int i = 0; i < 5'000; ++i) {
    const NaiveChannel channel = RandomNaive(&random);
    const std::string bytes = random.OneIn(4) ? MutateContent(channel, &random)
                                              : MutateBytes(WriteNaive(channel), &random);
    ASSERT_TRUE(CoversOnce(bytes, AnnotateChannel(bytes, {}))) << i;
  }
}

TEST(ChannelAnnotate, CoversEveryTruncation) {
  const std::string bytes = ToBytes(Pipes());
  for (size_t length = 0; length < bytes.size(); ++length) {
    const std::string_view cut = std::string_view(bytes).substr(0, length);
    ASSERT_TRUE(CoversOnce(cut, AnnotateChannel(cut, {}))) << length;
  }
  const std::string cut = bytes.substr(0, OffsetOf(bytes, 6) + 4);
  EXPECT_EQ(At(cut, OffsetOf(bytes, 4)).structure, "type 1 \"NamedPipe\"")
      << "what is whole before the end keeps its meaning";
}

// Around a place: the same annotations as of the whole file, of the item and its neighbours.
TEST(ChannelAnnotate, AroundPlacesGivesTheSame) {
  const std::string bytes = ToBytes(Pipes());
  const std::vector<Annotation> all = AnnotateChannel(bytes, {});
  for (uint32_t offset = 0; offset <= bytes.size(); ++offset) {
    const std::vector<Place> around = {{offset, 1}, {0, 8}};
    const std::vector<Annotation> some = AnnotateChannel(bytes, {}, around);
    EXPECT_LT(some.size(), all.size());
    const auto same = [&](const Annotation& annotation) {
      return std::any_of(all.begin(), all.end(), [&](const Annotation& other) {
        return other.place == annotation.place && other.structure == annotation.structure &&
               other.field == annotation.field && other.meaning == annotation.meaning;
      });
    };
    EXPECT_TRUE(std::all_of(some.begin(), some.end(), same)) << offset;
    for (size_t i = 1; i < some.size(); ++i) {
      EXPECT_GE(some[i].place.offset, some[i - 1].place.end()) << "ascending and disjoint";
    }
    const auto hit = std::find_if(all.begin(), all.end(), [&](const Annotation& annotation) {
      return annotation.place.end() > std::min<size_t>(offset, bytes.size() - 1);
    });
    const auto given = [&](const Place& place) {
      return std::any_of(some.begin(), some.end(),
                         [&](const Annotation& annotation) { return annotation.place == place; });
    };
    EXPECT_TRUE(given(hit->place)) << offset;
    EXPECT_TRUE(hit == all.begin() || given((hit - 1)->place)) << offset;
    EXPECT_TRUE(hit + 1 == all.end() || given((hit + 1)->place)) << offset;
  }
}

TEST(ChannelAnnotate, HasNothingToSayOfNothing) { EXPECT_TRUE(AnnotateChannel("", {}).empty()); }

}  // namespace
}  // namespace sluice
