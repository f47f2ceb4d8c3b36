#include "parser/text/proto_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "schema/limits.h"
#include "schema/proto/content.pb.h"
#include "schema/proto/fleet.pb.h"

namespace sluice {
namespace {

using google::protobuf::FieldDescriptor;
using testing::HasSubstr;

const FieldDescriptor* SensorField() { return v1::Fleet::descriptor()->FindFieldByName("sensor"); }
const FieldDescriptor* Inner(const char* name) {
  return v1::Fleet::Sensor::descriptor()->FindFieldByName(name);
}

std::string_view Slice(std::string_view text, Place place) {
  return text.substr(place.offset, place.length);
}

std::optional<ProtoTextError> ParseFleet(std::string_view text) {
  v1::Fleet fleet;
  return ParseProtoText(text, kMaxConfigBytes, &fleet, nullptr);
}

TEST(ProtoMessageName, IsOnTheFirstLine) {
  EXPECT_EQ(ProtoMessageName("# proto-message: sluice.v1.Fleet\nsensor {}"), "sluice.v1.Fleet");
  EXPECT_EQ(ProtoMessageName("\xEF\xBB\xBF# proto-message:sluice.v1.Fleet \r\n"),
            "sluice.v1.Fleet");
  EXPECT_EQ(ProtoMessageName("# proto-message: a"), "a");
}

TEST(ProtoMessageName, IsEmptyForAnythingElse) {
  for (const char* text : {"", "# proto-message:", "# proto-message:   \n", "sensor {}",
                           "\n# proto-message: a\n", " # proto-message: a\n", "<Sysmon>"}) {
    EXPECT_EQ(ProtoMessageName(text), "") << text;
  }
}

TEST(ParseProtoText, FillsTheMessage) {
  v1::Fleet fleet;
  EXPECT_FALSE(
      ParseProtoText("sensor { name: \"sysmon\" endpoints: 7 }", kMaxConfigBytes, &fleet, nullptr));
  ASSERT_EQ(fleet.sensor_size(), 1);
  EXPECT_EQ(fleet.sensor(0).endpoints(), 7);
}

struct Refused {
  const char* what;
  std::string text;
  uint32_t offset;
};

void PrintTo(const Refused& refused, std::ostream* out) { *out << refused.what; }

class ParseProtoTextRefuses : public testing::TestWithParam<Refused> {};

TEST_P(ParseProtoTextRefuses, WithThePlace) {
  testing::internal::CaptureStderr();
  const auto error = ParseFleet(GetParam().text);
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
  ASSERT_TRUE(error.has_value());
  EXPECT_EQ(error->place.offset, GetParam().offset) << error->message;
  EXPECT_FALSE(error->message.empty());
}

INSTANTIATE_TEST_SUITE_P(
    All, ParseProtoTextRefuses,
    testing::Values(Refused{"UnknownField", "sensor { colour: 1 }", 15},
                    Refused{"Extension", "[sluice.x]: 1", 10},
                    Refused{"TwiceSet", "sensor { name: \"a\" name: \"b\" }", 23},
                    Refused{"TwiceWithTheDefaultFirst", "sensor { endpoints: 0 endpoints: 5 }", 22},
                    Refused{"TwiceEmptyText", "sensor { name: \"\" name: \"\" }", 18},
                    Refused{"NumberTooLarge", "sensor { endpoints: 18446744073709551616 }", 20},
                    Refused{"Negative", "sensor { endpoints: -1 }", 20},
                    Refused{"EscapeToInvalidUtf8", "sensor { ring: \"ok\" name: \"\\xff\" }", 20},
                    Refused{"EscapeToASurrogate", "sensor { name: \"\\xed\\xa0\\x80\" }", 9},
                    Refused{"RawInvalidUtf8", "sensor { name: \"\xff\" }", 16},
                    Refused{"ControlCharacter", std::string("sensor { \0 }", 12), 9},
                    Refused{"OpenMessage", "sensor { name: \"a\"", 18},
                    Refused{"OpenString", "sensor {\n\tname: \"a\n}", 18},
                    Refused{"CrInAComment", "# a\rsensor { }\n", 3},
                    Refused{"CrBetweenFields", "sensor { }\r\r\n", 10},
                    Refused{"CrAtTheEnd", "sensor { } # '\r", 14},
                    Refused{"AfterATab", "\tsensor\t{ colour: 1 }", 16}),
    [](const auto& param) { return std::string(param.param.what); });

TEST(ParseProtoText, TakesCrLfAndCrInStrings) {
  EXPECT_FALSE(ParseFleet("# a\r\nsensor { name: \"a\rb\" ring: '\\'\r' }\r\n"));
}

TEST(ParseProtoText, RefusesWhatIsTooLargeBeforeReadingIt) {
  v1::Fleet fleet;
  const auto error = ParseProtoText("sensor { }", 9, &fleet, nullptr);
  ASSERT_TRUE(error.has_value());
  EXPECT_THAT(error->message, HasSubstr("9"));
  EXPECT_EQ(fleet.sensor_size(), 0);
}

TEST(ParseProtoText, RefusesDepth) {
  // Content nests four deep; deeper text has unknown fields, at any depth.
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "sensor{";
  EXPECT_TRUE(ParseFleet(text).has_value());
  v1::Content content;
  std::string list(100'000, '[');
  EXPECT_TRUE(ParseProtoText("instance " + list, kMaxTextFormFieldBytes, &content, nullptr));
}

TEST(ParseProtoText, CountsMessagesOutsideOfStringsAndComments) {
  const auto many = [](std::string_view piece, size_t count) {
    std::string text;
    for (size_t i = 0; i < count; ++i) text += piece;
    return text;
  };
  const auto error = ParseFleet(many("sensor{}", kMaxTextFormMessages + 1));
  ASSERT_TRUE(error.has_value());
  EXPECT_EQ(error->place.offset, 8 * kMaxTextFormMessages + 6);
  const std::string braces = many("{<", kMaxTextFormMessages);
  EXPECT_FALSE(ParseFleet("# " + braces + "\nsensor { name: \"\\\"" + braces + "\" ring: '#' }"));
}

TEST(ProtoTextPlaces, CoverFieldAndValue) {
  const std::string text = "# one\r\nsensor {\t\tname:\t\"a\tb\"; endpoints: 5 , }\r\nsensor { }";
  v1::Fleet fleet;
  ProtoTextTree tree;
  ASSERT_FALSE(ParseProtoText(text, kMaxConfigBytes, &fleet, &tree));
  const ProtoTextPlaces places(text);
  const std::vector<Place> sensors = places.All(&tree, SensorField(), 2);
  EXPECT_EQ(Slice(text, sensors[1]), "sensor { }");
  const ProtoTextTree* first = tree.GetTreeForNested(SensorField(), 0);
  EXPECT_EQ(Slice(text, places.Of(first, Inner("name"))), "name:\t\"a\tb\"");
  EXPECT_EQ(Slice(text, places.Of(first, Inner("endpoints"))), "endpoints: 5");
  EXPECT_EQ(places.Of(first, Inner("ring")), Place{});
}

TEST(ProtoTextPlaces, FindItemsOfTheShortForm) {
  const std::string text =
      "sensor: [ {name: \"a,]\"}, # , {\n <name: 'b' ring: \"\\\"\" \"x\">] sensor { }\n sensor "
      "[{}]";
  v1::Fleet fleet;
  ProtoTextTree tree;
  ASSERT_FALSE(ParseProtoText(text, kMaxConfigBytes, &fleet, &tree));
  ASSERT_EQ(fleet.sensor_size(), 4);
  const std::vector<Place> sensors = ProtoTextPlaces(text).All(&tree, SensorField(), 4);
  EXPECT_EQ(Slice(text, sensors[0]), "{name: \"a,]\"}");
  EXPECT_EQ(Slice(text, sensors[1]), "<name: 'b' ring: \"\\\"\" \"x\">");
  EXPECT_EQ(Slice(text, sensors[2]), "sensor { }");
  EXPECT_EQ(Slice(text, sensors[3]), "{}");
}

// Every place of a text that is one long line with tabs, against the fields themselves.
TEST(ProtoTextPlaces, AreExactOnLongLines) {
  std::string text;
  constexpr int kCount = 5'000;
  for (int i = 0; i < kCount; ++i) {
    text += "sensor {\tname: \"" + std::string(i % 7, '\t') + "ü" + std::to_string(i) + "\"}";
    if (i % 1'000 == 0) text += "\n";
    if (i % 1'700 == 0) text += "\f";
  }
  v1::Fleet fleet;
  ProtoTextTree tree;
  ASSERT_FALSE(ParseProtoText(text, kMaxConfigBytes, &fleet, &tree));
  const ProtoTextPlaces places(text);
  const std::vector<Place> sensors = places.All(&tree, SensorField(), kCount);
  for (int i = 0; i < kCount; ++i) {
    const std::string_view at = Slice(text, sensors[i]);
    ASSERT_TRUE(at.starts_with("sensor {") && at.ends_with("\"}")) << i;
    const Place name = places.Of(tree.GetTreeForNested(SensorField(), i), Inner("name"));
    ASSERT_EQ(Slice(text, name), "name: \"" + fleet.sensor(i).name() + "\"");
  }
}

TEST(ProtoTextPlaces, TakeLinearTimeOnOneLine) {
  const auto seconds = [](int count) {
    std::string text;
    for (int i = 0; i < count; ++i) text += "sensor{name:\"a\"}\t";
    v1::Fleet fleet;
    ProtoTextTree tree;
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_FALSE(ParseProtoText(text, kMaxConfigBytes, &fleet, &tree));
    ProtoTextPlaces(text).All(&tree, SensorField(), count);
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  };
  const double small = seconds(10'000);
  // Quadratic would be a factor of 400.
  EXPECT_LT(seconds(200'000), 100 * small + 0.5);
}

}  // namespace
}  // namespace sluice
