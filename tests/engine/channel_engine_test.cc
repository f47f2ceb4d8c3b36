// The dialect of channel files: operators, flags and conditions that Sigma rules have not, fields
// by index, and the trace of what is read. Source: docs/channel-format.md, "Criteria".

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/engine/run_content.h"

namespace sluice {
namespace {

bool OperatorHolds(const std::string& rest, std::string_view value) {
  return ChannelMatches(absl::StrCat("criterion { field_index: 0 ", rest, " }"),
                        {Text("a", value)});
}

TEST(ChannelEngine, AWildcardReadsNothing) {
  EXPECT_TRUE(ChannelMatches("criterion { field_index: 2 operator: \"wildcard\" }", {}));
}

TEST(ChannelEngine, SeveralOperandsAreAlternatives) {
  const std::string in = "operator: \"in_list\" operand: \"x\" operand: \"Y\"";
  EXPECT_TRUE(OperatorHolds(in, "y"));
  EXPECT_FALSE(OperatorHolds(in, "xy"));
  EXPECT_TRUE(OperatorHolds("operator: \"equals\" operand: \"x\" operand: \"y\"", "y"));
}

TEST(ChannelEngine, NegatedIsNoneOfThem) {
  const std::string none = "operator: \"contains\" operand: \"x\" operand: \"y\" negated: true";
  EXPECT_TRUE(OperatorHolds(none, "z"));
  EXPECT_FALSE(OperatorHolds(none, "zY"));
  EXPECT_TRUE(ChannelMatches(absl::StrCat("criterion { field_index: 0 ", none, " }"), {}));
}

TEST(ChannelEngine, CasedComparesCase) {
  EXPECT_TRUE(OperatorHolds("operator: \"ends_with\" operand: \"Y\" cased: true", "xY"));
  EXPECT_FALSE(OperatorHolds("operator: \"ends_with\" operand: \"Y\" cased: true", "xy"));
}

TEST(ChannelEngine, AnEmptyOperandIsAText) {
  EXPECT_TRUE(OperatorHolds("operator: \"equals\" operand: \"\"", ""));
  EXPECT_FALSE(OperatorHolds("operator: \"equals\" operand: \"\"", "x"));
  EXPECT_TRUE(OperatorHolds("operator: \"contains\" operand: \"\"", ""));
  EXPECT_FALSE(
      ChannelMatches("criterion { field_index: 0 operator: \"contains\" operand: \"\" }", {}));
}

TEST(ChannelEngine, RegularExpressionsAreOfRe2) {
  EXPECT_TRUE(OperatorHolds("operator: \"regex\" operand: \"a+b\"", "xAABx"));
  EXPECT_FALSE(OperatorHolds("operator: \"regex\" operand: \"a+b\" cased: true", "xAABx"));
  EXPECT_TRUE(OperatorHolds("operator: \"regex\" operand: \"^b\" multi_line: true", "a\nb"));
}

TEST(ChannelEngine, AtLeastCounts) {
  const std::string two_of_three =
      "criterion { field_index: 0 operator: \"equals\" operand: \"x\" }\n"
      "criterion { field_index: 1 operator: \"equals\" operand: \"x\" }\n"
      "criterion { field_index: 2 operator: \"equals\" operand: \"7\" }\n"
      "condition { criterion: 0 } condition { criterion: 1 } condition { criterion: 2 }\n"
      "condition { at_least { n: 2 of: 3 } }\n";
  EXPECT_TRUE(ChannelMatches(two_of_three, {Text("a", "x"), Text("b", "x")}));
  EXPECT_TRUE(ChannelMatches(two_of_three, {Text("b", "x"), Number("c", "7")}));
  EXPECT_FALSE(ChannelMatches(two_of_three, {Text("b", "x")}));
  EXPECT_FALSE(ChannelMatches(absl::StrCat(two_of_three, "condition { negate: true }\n"),
                              {Text("a", "x"), Text("b", "x"), Number("c", "7")}));
  EXPECT_TRUE(
      ChannelMatches(absl::StrCat(two_of_three, "condition { negate: true }\n"), {Text("b", "x")}));
}

TEST(ChannelEngine, CountsNest) {
  std::string nested;
  for (int i = 0; i < 5; ++i) {
    absl::StrAppend(&nested, "criterion { field_index: 0 operator: \"contains\" operand: \"", i,
                    "\" }\n");
  }
  // 2 of (2 of (0, 1, 2), 3, 4).
  absl::StrAppend(&nested,
                  "condition { criterion: 0 } condition { criterion: 1 } condition { criterion: 2 }"
                  "condition { at_least { n: 2 of: 3 } } condition { criterion: 3 }"
                  "condition { criterion: 4 } condition { at_least { n: 2 of: 3 } }");
  const auto holds = [&](std::string_view digits) {
    return ChannelMatches(nested, {Text("a", digits)});
  };
  EXPECT_TRUE(holds("013"));
  EXPECT_TRUE(holds("34"));
  EXPECT_TRUE(holds("0124"));
  EXPECT_FALSE(holds("03"));
  EXPECT_FALSE(holds("012"));
}

TEST(ChannelEngine, AnIndexReadsTheFieldThatTheTypeDeclares) {
  const std::string second = "criterion { field_index: 1 operator: \"equals\" operand: \"x\" }";
  EXPECT_TRUE(ChannelMatches(second, {Text("a", "y"), Text("b", "x")}));
  EXPECT_FALSE(ChannelMatches(second, {Text("a", "x"), Text("b", "y")}));
}

TEST(ChannelEngine, OtherTypesAreNotAsked) {
  const Content content = ReadContent(
      "content-text", ChannelText("criterion { field_index: 0 operator: \"wildcard\" }"));
  EXPECT_TRUE(Matches(content, {.types = {"U", "T"}}));
  EXPECT_FALSE(Matches(content, {.types = {"U"}}));
  EXPECT_FALSE(Matches(content, {}));
}

TEST(ChannelEngine, ATraceSaysWhichFieldsAreAskedFor) {
  const Engine engine =
      MakeEngine(ReadContent("content-text",
                             ChannelText("criterion { field_index: 1 operator: \"equals\" operand: "
                                         "\"x\" } criterion { field_index: 0 operator: \"equals\" "
                                         "operand: \"x\" } criterion { field_index: 2 operator: "
                                         "\"wildcard\" }")),
                 {.trace = true});
  Scratch scratch(engine);
  Outcome outcome;
  const auto indices = [&](const Event& event) {
    engine.Run(event, scratch, outcome);
    std::vector<uint32_t> read;
    for (const FieldRead& one : outcome.reads) {
      read.push_back(engine.content().fields()[one.field].index);
    }
    return read;
  };
  EXPECT_EQ(indices({.types = {"T"}, .fields = {Text("b", "y")}}), std::vector<uint32_t>({1}));
  EXPECT_EQ(indices({.types = {"T"}, .fields = {Text("b", "x")}}), std::vector<uint32_t>({1, 0}));
  EXPECT_TRUE(indices({.types = {"U"}}).empty());
}

TEST(ChannelEngine, HostileEventsEndInTime) {
  std::string many;
  for (int i = 0; i < 200; ++i) {
    absl::StrAppend(&many, "criterion { field_index: 0 operator: \"glob\" operand: \"*a?",
                    std::string(static_cast<size_t>(i), 'a'), "b*\" }\n");
  }
  const std::string text(1 << 20, 'a');
  const Event event{.types = {"T"}, .fields = {Text("a", text)}};
  for (const bool prefilter : {false, true}) {
    const Engine engine = MakeEngine(ReadContent("content-text", ChannelText(many)),
                                     {.budget = 100'000'000, .prefilter = prefilter});
    Scratch scratch(engine);
    Outcome outcome;
    engine.Run(event, scratch, outcome);
    EXPECT_TRUE(outcome.matches.empty());
    EXPECT_LE(outcome.work, 100'000'000u);
  }
}

}  // namespace
}  // namespace sluice
