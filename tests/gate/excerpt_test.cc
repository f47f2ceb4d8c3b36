#include "gate/excerpt.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace sluice {
namespace {

ExcerptLine Excerpt(std::string_view text, Place place) {
  const LineTable lines(text);
  const std::vector<ExcerptLine> excerpt = TextExcerpt(text, lines, place);
  EXPECT_EQ(excerpt.size(), 1u);
  return excerpt.front();
}

// What is marked, for lines of ASCII.
std::string Marked(const ExcerptLine& line) {
  return line.text.substr(line.mark_begin, line.mark_length);
}

TEST(TextExcerptTest, ShowsTheLineAndMarksThePlace) {
  const ExcerptLine line = Excerpt("one\ntwo three\nfour\n", {8, 5});
  EXPECT_EQ(line.gutter, "2");
  EXPECT_EQ(line.text, "two three");
  EXPECT_EQ(Marked(line), "three");
}

TEST(TextExcerptTest, MarksNoMoreThanTheFirstLine) {
  const ExcerptLine line = Excerpt("one\ntwo\nthree", {4, 9});
  EXPECT_EQ(line.text, "two");
  EXPECT_EQ(Marked(line), "two");
}

TEST(TextExcerptTest, MarksSomethingForAPlaceOfNoLength) {
  EXPECT_EQ(Marked(Excerpt("abc", {1, 0})).size(), 1u);
  const ExcerptLine end = Excerpt("abc", {3, 0});
  EXPECT_EQ(end.mark_begin, 3u);
  EXPECT_EQ(end.mark_length, 1u);
}

TEST(TextExcerptTest, CountsCodePointsAndEscapes) {
  const ExcerptLine accents = Excerpt("\xc3\xa9\xc3\xa9 x", {5, 1});
  EXPECT_EQ(accents.mark_begin, 3u);
  const ExcerptLine escape = Excerpt("\x1b[0m x", {5, 1});
  EXPECT_EQ(Marked(escape), "x");
  EXPECT_EQ(escape.text.find('\x1b'), std::string::npos);
  const ExcerptLine tab = Excerpt("\tx", {1, 1});
  EXPECT_EQ(tab.text, "  x");
  EXPECT_EQ(Marked(tab), "x");
}

TEST(TextExcerptTest, CutsALongLineAroundThePlace) {
  std::string text(1'000'000, 'a');
  text.replace(500'000, 6, "marked");
  const ExcerptLine line = Excerpt(text, {500'000, 6});
  EXPECT_LT(line.text.size(), 300u);
  EXPECT_TRUE(line.text.starts_with("..."));
  EXPECT_TRUE(line.text.ends_with("..."));
  EXPECT_EQ(Marked(line), "marked");
}

TEST(TextExcerptTest, CutsBetweenCodePoints) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "\xe2\x82\xac";
  for (uint32_t offset = 300; offset < 312; ++offset) {
    const ExcerptLine line = Excerpt(text, {offset - offset % 3, 3});
    EXPECT_EQ(line.text.find("\\x"), std::string::npos);
  }
}

TEST(TextExcerptTest, TakesAnyPlace) {
  for (const std::string_view text : {"", "a", "a\r\nb", "\n\n"}) {
    for (uint32_t offset : {0u, 1u, 2u, 3u, 100u}) {
      for (uint32_t length : {0u, 1u, 100u, 0xFFFFFFFFu}) {
        EXPECT_GE(Excerpt(text, {offset, length}).mark_length, 1u);
      }
    }
  }
}

std::vector<Annotation> SampleAnnotations() {
  return {{{0, 4}, "header", "version", "1.0"},
          {{4, 4}, "header", "count", "1"},
          {{8, 4}, "record 1", "index", "25"},
          {{12, 20}, "record 1", "name", "\"\""},
          {{32, 4}, "record 2", "index", "3"}};
}

const ExcerptLine* MarkedRow(const std::vector<ExcerptLine>& rows) {
  const ExcerptLine* marked = nullptr;
  for (const ExcerptLine& row : rows) {
    if (row.mark_length == 0) continue;
    EXPECT_EQ(marked, nullptr) << "one row is marked";
    marked = &row;
  }
  return marked;
}

TEST(BinaryExcerptTest, ShowsTheFieldWithItsNeighbours) {
  const std::string bytes(40, '\x19');
  const auto rows = BinaryExcerpt(bytes, SampleAnnotations(), {8, 4});
  std::vector<std::string> gutters;
  for (const ExcerptLine& row : rows) {
    if (!row.gutter.empty()) gutters.push_back(row.gutter);
  }
  EXPECT_EQ(gutters, (std::vector<std::string>{"0x4", "0x8", "0xc"}));
  const ExcerptLine* marked = MarkedRow(rows);
  ASSERT_NE(marked, nullptr);
  EXPECT_EQ(marked->gutter, "0x8");
  EXPECT_EQ(Marked(*marked), "19 19 19 19");
  EXPECT_NE(marked->text.find("index: 25"), std::string::npos);
}

TEST(BinaryExcerptTest, ShowsTheFieldsOfAWholeRecord) {
  const auto rows = BinaryExcerpt(std::string(40, '\x19'), SampleAnnotations(), {8, 24});
  std::vector<std::string> gutters;
  for (const ExcerptLine& row : rows) {
    if (!row.gutter.empty()) gutters.push_back(row.gutter);
  }
  EXPECT_EQ(gutters, (std::vector<std::string>{"0x8", "0xc"}));
  const ExcerptLine* marked = MarkedRow(rows);
  ASSERT_NE(marked, nullptr);
  EXPECT_EQ(marked->gutter, "0x8");
}

TEST(BinaryExcerptTest, MarksBytesInsideAField) {
  const std::string bytes("abcdefghijklmnopqrstuvwxyzabcdefghijklmn", 40);
  const auto rows = BinaryExcerpt(bytes, SampleAnnotations(), {14, 2});
  const ExcerptLine* near = MarkedRow(rows);
  ASSERT_NE(near, nullptr);
  EXPECT_EQ(near->gutter, "0xc");
  EXPECT_EQ(Marked(*near), "6f 70");
  const auto far_rows = BinaryExcerpt(bytes, SampleAnnotations(), {28, 2});
  const ExcerptLine* far = MarkedRow(far_rows);
  ASSERT_NE(far, nullptr);
  EXPECT_EQ(far->gutter, "0x1c") << "the row moves to a place past what it shows";
  EXPECT_EQ(Marked(*far), "63 64");
}

TEST(BinaryExcerptTest, MarksTheEndOfAFileThatEndsTooSoon) {
  const std::string bytes(36, '\0');
  const auto rows = BinaryExcerpt(bytes, SampleAnnotations(), {36, 4});
  const ExcerptLine* marked = MarkedRow(rows);
  ASSERT_NE(marked, nullptr);
  EXPECT_EQ(marked->gutter, "0x24");
}

// Annotations may be those around a place only.
TEST(BinaryExcerptTest, SaysThatTheFileEndsOnlyWhereItDoes) {
  const std::string bytes(36, '\0');
  const auto ends = [&](std::vector<Annotation> annotations) {
    const auto rows = BinaryExcerpt(bytes, annotations, annotations.back().place);
    return rows.back().text == "(end of the file)";
  };
  std::vector<Annotation> annotations = SampleAnnotations();
  EXPECT_TRUE(ends(annotations));
  annotations.pop_back();
  EXPECT_FALSE(ends(annotations));
}

TEST(BinaryExcerptTest, ShowsBytesThatNobodyExplains) {
  const std::string bytes = "abcdefgh";
  const auto rows = BinaryExcerpt(bytes, {}, {2, 1});
  const ExcerptLine* marked = MarkedRow(rows);
  ASSERT_NE(marked, nullptr);
  EXPECT_EQ(marked->gutter, "0x2");
  EXPECT_EQ(Marked(*marked), "63");
}

TEST(BinaryExcerptTest, TakesAnyPlaceAndStaysShort) {
  const std::string bytes(40, '\0');
  for (uint32_t offset = 0; offset < 50; ++offset) {
    for (uint32_t length : {0u, 1u, 4u, 100u, 0x7FFFFFFFu}) {
      const auto rows = BinaryExcerpt(bytes, SampleAnnotations(), {offset, length});
      EXPECT_NE(MarkedRow(rows), nullptr) << offset;
      EXPECT_LE(rows.size(), 20u);
    }
  }
}

TEST(HexRowTest, CutsLongFields) {
  EXPECT_EQ(HexRow(""), "");
  EXPECT_EQ(HexRow("\x19\xff"), "19 ff");
  EXPECT_EQ(HexRow("12345678"), "31 32 33 34 35 36 37 38");
  EXPECT_EQ(HexRow("123456789"), "31 32 33 34 35 36 37 38 ..");
}

}  // namespace
}  // namespace sluice
