// Which detections are of one form, and where that is given up.

#include "schema/detection_shape.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "parser/sigma/sigma_reader.h"
#include "schema/limits.h"
#include "tests/schema/rules/rule_case.h"

namespace sluice {
namespace {

DetectionShape ShapeOf(const std::string& detection) {
  const std::string text = SigmaRule(detection);
  ReadResult result = ReadSigma(std::make_shared<const std::string>(text), {});
  EXPECT_TRUE(result.ok()) << text;
  const Content content = std::move(result).TakeContent();
  DetectionShape shape(content, content.instances()[0]);
  EXPECT_FALSE(shape.empty()) << text;
  return shape;
}

// `name` asks for all of these letters, each in a field of its own.
std::string Selection(const std::string& name, const std::string& letters) {
  std::string text = absl::StrCat("  ", name, ":\n");
  for (const char letter : letters) {
    absl::StrAppend(&text, "    Field", std::string(1, letter), ": x\n");
  }
  return text;
}

DetectionShape TwoOf(const std::string& a, const std::string& b, const std::string& c) {
  return ShapeOf(Selection("s1", a) + Selection("s2", b) + Selection("s3", c) +
                 "  condition: 2 of s*\n");
}

TEST(DetectionShape, SomeOfKeepsItsParts) {
  EXPECT_NE(TwoOf("AB", "C", "D").hash(), TwoOf("A", "BC", "D").hash());
  EXPECT_NE(TwoOf("AB", "C", "D").hash(), TwoOf("ABC", "D", "D").hash());
  EXPECT_EQ(TwoOf("AB", "C", "D").hash(), TwoOf("D", "BA", "C").hash());
}

TEST(DetectionShape, LongValuesAreTheSameInAnyCase) {
  const auto value = [](size_t size, char letter, const std::string& end) {
    return ShapeOf(absl::StrCat("  s:\n    Image: '", std::string(size, letter), end,
                                "'\n  condition: s\n"))
        .hash();
  };
  for (const size_t size : {100, 128, 300}) {
    EXPECT_EQ(value(size, 'a', "b"), value(size, 'A', "B")) << size;
    EXPECT_NE(value(size, 'a', "b"), value(size, 'a', "c")) << size;
    EXPECT_NE(value(size, '[', ""), value(size, '{', "")) << size;
  }
}

// A value that stands for 625 texts, asked for `uses` times.
DetectionShape Repeated(size_t uses, const std::string& join, const std::string& before) {
  std::string condition = before + "a";
  for (size_t i = 1; i < uses; ++i) absl::StrAppend(&condition, join, before, "a");
  return ShapeOf(absl::StrCat(
      "  a:\n    CommandLine|windash|contains: ' -a -b -c -d'\n  condition: ", condition, "\n"));
}

TEST(DetectionShape, ReadsARepeatedCriterionOnce) {
  EXPECT_EQ(Repeated(1, "", "").tests().size(), 625u);
  EXPECT_EQ(Repeated(50, " or ", "").tests().size(), 625u);
  EXPECT_EQ(Repeated(50, " or ", "").hash(), Repeated(1, "", "").hash());
  EXPECT_EQ(Repeated(50, " and ", "not ").clauses(), 50u * 625);
}

// What is collected is bounded by the uses of values, not by the values.
TEST(DetectionShape, IsCutWhenTooMuchIsRepeated) {
  constexpr size_t kTooOften = kMaxShapeTests / 625 + 1;
  for (const auto& [join, before] : {std::pair(" or ", ""), std::pair(" and ", "not ")}) {
    EXPECT_FALSE(Repeated(kTooOften - 1, join, before).cut());
    const DetectionShape cut = Repeated(kTooOften, join, before);
    EXPECT_TRUE(cut.cut());
    EXPECT_TRUE(cut.tests().empty());
    EXPECT_EQ(cut.hash(), cut.whole());
    EXPECT_EQ(cut.hash(), Repeated(kTooOften, join, before).hash());
    EXPECT_NE(cut.hash(), Repeated(kTooOften + 1, join, before).hash());
  }
}

}  // namespace
}  // namespace sluice
