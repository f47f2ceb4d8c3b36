#include "report/text_report.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "gtest/gtest.h"
#include "report/text_parts.h"
#include "tests/report/sample_results.h"

namespace sluice {
namespace {

std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

// The line that begins with `beginning`, without it; "(none)" when there is none.
std::string After(const std::string& text, std::string_view beginning) {
  for (const std::string& line : Lines(text)) {
    if (line.starts_with(beginning)) return line.substr(beginning.size());
  }
  return "(none)";
}

TEST(TextReportTest, GivesPlaceSeverityMessageAndRule) {
  const std::vector<std::string> lines = Lines(TextReport(SampleResults()));
  ASSERT_FALSE(lines.empty());
  EXPECT_EQ(lines[0], "a.bin:0x1a4+4: error: field 25 is past the end [SL201 field-out-of-bounds]");
  EXPECT_EQ(std::ranges::count(lines,
                               "b.xml:3:7: warning: the operand ends in white space [SL512 "
                               "white-space-around]"),
            1);
}

TEST(TextReportTest, QuietIsTheFindingsOnly) {
  EXPECT_EQ(Lines(TextReport(SampleResults(), {.quiet = true})).size(), 2u);
  EXPECT_EQ(TextReport(Results(), {.quiet = true}), "");
}

TEST(TextReportTest, GivesDetails) {
  const std::string text = TextReport(SampleResults());
  EXPECT_EQ(After(text, "  in: "), "ProcessCreate#2/name");
  EXPECT_EQ(After(text, "  effect: "), "never matches");
  EXPECT_EQ(After(text, "  help: "), "build it again");
  EXPECT_EQ(After(text, "  on: "),
            "acme@1 to 2 (2 versions, 300 endpoints), acme@4 (400 endpoints)");
}

TEST(TextReportTest, LeavesOutWhatAFindingDoesNotHave) {
  Results results = SampleResults();
  results.findings = {TextFinding()};
  const std::string text = TextReport(results);
  for (const char* label :
       {"  in: ", "  effect: ", "  on: ", "  help: ", "  from: ", "  witness: "}) {
    EXPECT_EQ(After(text, label), "(none)") << label;
  }
}

TEST(TextReportTest, PutsTheCaretUnderTheMark) {
  const std::vector<std::string> lines = Lines(TextReport(SampleResults()));
  const auto source = std::ranges::find(lines, "     3 | <Image> a </Image>");
  ASSERT_NE(source, lines.end());
  EXPECT_EQ(*(source + 1), "       |        ^^^");
}

TEST(TextReportTest, EndsInTheSummary) {
  const std::string text = TextReport(SampleResults());
  EXPECT_NE(
      text.find("2 files, 2 instances, 1,234 criteria checked: 1 error, 1 warning, 0 notes; 2 "
                "not checked\n"),
      std::string::npos);
  EXPECT_EQ(After(text, "fleet: "),
            "5 versions, 1,500 endpoints; affected by errors: 3 versions, 700 endpoints");
  EXPECT_EQ(After(text, "not checked: c.txt: "), "file: cannot be opened");
  EXPECT_EQ(After(text, "not checked: acme@9: "), "unknown");
}

TEST(TextReportTest, SaysThatFindingsAreLeftOut) {
  Results results = SampleResults();
  results.findings_left_out = 1200;
  const std::string text = TextReport(results);
  EXPECT_NE(text.find("1,200 more findings"), std::string::npos);
  EXPECT_NE(After(text, "fleet: ").find("at least 3 versions"), std::string::npos);
}

TEST(TextReportTest, SaysNothingOfEndpointsThatNobodyCounted) {
  Results results = SampleResults();
  results.fleet = SampleFleet(/*endpoints=*/false);
  const std::string text = TextReport(results);
  EXPECT_EQ(After(text, "  on: "), "acme@1 to 2 (2 versions), acme@4");
  EXPECT_EQ(text.find("endpoint"), std::string::npos);
}

TEST(TextReportTest, SaysNothingOfAFleetThatWasNotAskedFor) {
  Results results = SampleResults();
  results.fleet = Fleet();
  results.findings = {TextFinding()};
  EXPECT_EQ(After(TextReport(results), "fleet: "), "(none)");
}

TEST(TextReportTest, PrintsNoControlCharacterOfContent) {
  Results results = SampleResults();
  for (Finding& f : results.findings) {
    f.instance = f.field = f.effect = f.message = f.help = f.witness = "\x1b[2J\r\x9b\x07 \xff\n!";
    f.excerpt = {{.gutter = "1", .text = "\x1b]0;title\x07"}};
  }
  results.inputs[0].path = "evil\n\x1b[31m.bin";
  results.not_checked[0].path = results.not_checked[0].why = "\x1b[31m\n";
  for (const bool quiet : {false, true}) {
    const std::string text = TextReport(results, {.quiet = quiet});
    EXPECT_TRUE(std::ranges::none_of(text, [](unsigned char c) {
      return (c < 0x20 && c != '\n') || c == 0x7F || c >= 0x80;
    })) << text;
  }
}

TEST(TextReportTest, ColorsOnlyWhenTold) {
  EXPECT_EQ(TextReport(SampleResults()).find('\x1b'), std::string::npos);
  EXPECT_NE(TextReport(SampleResults(), {.color = true}).find("\x1b[1;31merror:"),
            std::string::npos);
}

TEST(TextReportTest, AFindingWithoutAnInputNamesTheTool) {
  Results results = SampleResults();
  results.findings[0].input = kNoInput;
  EXPECT_TRUE(TextReport(results).starts_with("sluice: error: "));
}

TEST(TextReportTest, CutsAListOfWhatWasNotChecked) {
  Results results = SampleResults();
  results.not_checked.assign(1000, {"x", "file", "unknown", false});
  const std::string text = TextReport(results);
  EXPECT_LT(Lines(text).size(), 150u);
  EXPECT_NE(text.find("not checked: 900 more"), std::string::npos);
}

TEST(WithCommasTest, GroupsByThousands) {
  EXPECT_EQ(WithCommas(0), "0");
  EXPECT_EQ(WithCommas(999), "999");
  EXPECT_EQ(WithCommas(1000), "1,000");
  EXPECT_EQ(WithCommas(8'500'000), "8,500,000");
  EXPECT_EQ(WithCommas(~uint64_t{0}), "18,446,744,073,709,551,615");
}

TEST(CountedTest, KnowsOneFromMany) {
  EXPECT_EQ(Counted(0, "error"), "0 errors");
  EXPECT_EQ(Counted(1, "error"), "1 error");
}

TEST(TextReportTest, SummaryCountsSuppressedFixableAndFixed) {
  Results results = SampleResults();
  const std::string without = TextReport(results);
  for (const char* word : {"suppressed", "fixed"}) {
    EXPECT_EQ(without.find(word), std::string::npos) << word;
  }
  results.totals.suppressed = 1234;
  results.totals.fixed = 3;
  results.totals.fixable = 2;
  const std::string text = TextReport(results);
  EXPECT_NE(text.find("0 notes; 1,234 suppressed; 3 fixed; 2 not checked\n"), std::string::npos);
  EXPECT_NE(text.find("\n2 can be fixed with --fix"), std::string::npos);
}

}  // namespace
}  // namespace sluice
