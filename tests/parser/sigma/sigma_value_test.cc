#include "parser/sigma/sigma_value.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {
namespace {

std::string Glob(std::string_view text) { return DecodeSigmaValue(text).glob; }

TEST(SigmaValue, FactsOfTheSpecification) {
  // `*` is any run of characters, `?` exactly one.
  EXPECT_EQ(Glob("a*b?c"), "a*b?c");
  // A backslash escapes a wildcard.
  EXPECT_EQ(Glob(R"(\*)"), R"(\*)");
  EXPECT_EQ(Glob(R"(\?)"), R"(\?)");
  // `\\*` is a backslash, then any run; `\\\*` a backslash and a star.
  EXPECT_EQ(GlobParts(Glob(R"(\\*)")), (std::vector<SigmaPart>{{SigmaPart::Kind::kText, "\\"},
                                                               {SigmaPart::Kind::kAnyRun, ""}}));
  EXPECT_EQ(GlobText(Glob(R"(\\\*)")), R"(\*)");
  EXPECT_EQ(DecodeSigmaValue(R"(\\\*)").shape, SigmaShape::kPlain);
  // Elsewhere a backslash stands for itself, `\\` for one, `\\\\` for two.
  EXPECT_EQ(GlobText(Glob(R"(C:\Windows\System32)")), R"(C:\Windows\System32)");
  EXPECT_EQ(GlobText(Glob(R"(a\\b)")), R"(a\b)");
  EXPECT_EQ(GlobText(Glob(R"(\\\\server)")), R"(\\server)");
  EXPECT_EQ(GlobText(Glob(R"(C:\)")), R"(C:\)");
}

TEST(SigmaValue, Shapes) {
  struct Case {
    std::string_view text;
    SigmaShape shape;
    std::string_view literal;
  };
  const Case cases[] = {
      {"", SigmaShape::kPlain, ""},
      {"foo", SigmaShape::kPlain, "foo"},
      {"foo*", SigmaShape::kPrefix, "foo"},
      {R"(\\*)", SigmaShape::kPrefix, R"(\)"},
      {"*foo", SigmaShape::kSuffix, "foo"},
      {R"(*foo\*)", SigmaShape::kSuffix, "foo*"},
      {"*foo*", SigmaShape::kContains, "foo"},
      {"**foo***", SigmaShape::kContains, "foo"},
      {"*", SigmaShape::kAnything, ""},
      {"***", SigmaShape::kAnything, ""},
      {"?", SigmaShape::kGlob, ""},
      {"foo?", SigmaShape::kGlob, "foo"},
      {"*?", SigmaShape::kGlob, ""},
      {"f*o", SigmaShape::kGlob, "fo"},
      {"*f*o*", SigmaShape::kGlob, "fo"},
      {"f*o*", SigmaShape::kGlob, "fo"},
  };
  for (const Case& c : cases) {
    const SigmaValue value = DecodeSigmaValue(c.text);
    EXPECT_EQ(value.shape, c.shape) << c.text;
    EXPECT_EQ(GlobText(value.glob), c.literal) << c.text;
  }
}

TEST(SigmaValue, RunsOfWildcardsHaveOneForm) {
  EXPECT_EQ(Glob("a*?*?b"), "a??*b");
  EXPECT_EQ(Glob("?**"), "?*");
  EXPECT_EQ(NormalizeGlob(R"(**\**?)"), R"(*\*?*)");
}

TEST(SigmaValue, FlawsWithTheirPlaces) {
  EXPECT_EQ(DecodeSigmaValue(R"(a\\b\*c\?)").flaws.escaped_wildcard, (Place{4, 2}));
  EXPECT_EQ(DecodeSigmaValue(R"(a\\b\*c\?)").flaws.escaped_last, (Place{7, 2}));
  EXPECT_EQ(DecodeSigmaValue(R"(C:\Temp\*)").flaws.escaped_last, (Place{7, 2}));
  EXPECT_FALSE(DecodeSigmaValue(R"(C:\Temp\\*)").flaws.escaped_last);
  EXPECT_FALSE(DecodeSigmaValue(R"(C:\Temp\\*)").flaws.escaped_wildcard);
  EXPECT_FALSE(DecodeSigmaValue(R"(a\*b)").flaws.escaped_last);
  EXPECT_EQ(DecodeSigmaValue("ab**c").flaws.doubled_wildcard, (Place{3, 1}));
  EXPECT_EQ(DecodeSigmaValue("a*?*").flaws.doubled_wildcard, (Place{3, 1}));
  EXPECT_FALSE(DecodeSigmaValue("a*b*??").flaws.doubled_wildcard);
  EXPECT_TRUE(DecodeSigmaValue("*?").flaws.only_wildcards);
  EXPECT_FALSE(DecodeSigmaValue("*a").flaws.only_wildcards);
  EXPECT_FALSE(DecodeSigmaValue("").flaws.only_wildcards);
  EXPECT_FALSE(DecodeSigmaValue(R"(\*)").flaws.only_wildcards);
}

TEST(SigmaValue, OtherBytesAreKept) {
  const std::string_view bytes("\xFF%\0\xE2\x80", 5);
  EXPECT_EQ(Glob(bytes), bytes);
  EXPECT_EQ(GlobText(Glob(bytes)), bytes);
}

TEST(SigmaValue, EncodesWithFewEscapes) {
  EXPECT_EQ(EncodeSigmaValue(Glob(R"(C:\Windows\cmd.exe)")), R"(C:\Windows\cmd.exe)");
  EXPECT_EQ(EncodeSigmaValue(Glob(R"(*\cmd.exe)")), R"(*\cmd.exe)");
  EXPECT_EQ(EncodeSigmaValue(Glob(R"(C:\\*)")), R"(C:\\*)");
  EXPECT_EQ(EncodeSigmaValue(Glob(R"(C:\\\*)")), R"(C:\\\*)");
}

// What a reading of the rules gives one character after the other: the tokens as letters, t for a
// star or question mark that is text, b for a backslash, a for itself; runs of wildcards in one
// form.
std::string Naive(const std::string& text) {
  std::string out;
  std::string run;
  const auto end_run = [&] {
    out += std::string(static_cast<size_t>(std::ranges::count(run, '?')), '?');
    if (run.find('*') != std::string::npos) out += '*';
    run.clear();
  };
  for (size_t i = 0; i < text.size();) {
    const char next = i + 1 < text.size() ? text[i + 1] : 'a';
    if (text[i] == '\\') {
      end_run();
      if (next == 'a')
        out += 'b', i += 1;
      else if (next == '\\')
        out += 'b', i += 2;
      else
        out += next == '*' ? 's' : 'q', i += 2;
    } else if (text[i] == 'a') {
      end_run();
      out += text[i++];
    } else {
      run += text[i++];
    }
  }
  end_run();
  return out;
}

std::string Letters(const std::string& glob) {
  std::string out;
  for (const SigmaPart& part : GlobParts(glob)) {
    if (part.kind == SigmaPart::Kind::kAnyRun) out += '*';
    if (part.kind == SigmaPart::Kind::kAnyOne) out += '?';
    for (const char c : part.text) out += c == '\\' ? 'b' : c == '*' ? 's' : c == '?' ? 'q' : c;
  }
  return out;
}

// All strings over {\, *, ?, a} of up to six characters.
std::vector<std::string> AllStrings() {
  std::vector<std::string> all = {""};
  for (size_t i = 0; i < all.size(); ++i) {
    if (all[i].size() == 6) break;
    for (const char c : {'\\', '*', '?', 'a'}) all.push_back(all[i] + c);
  }
  return all;
}

TEST(SigmaValue, EveryShortValueAgainstANaiveDecoder) {
  const std::vector<std::string> all = AllStrings();
  ASSERT_EQ(all.size(), 5461u);
  for (const std::string& text : all) {
    const SigmaValue value = DecodeSigmaValue(text);
    ASSERT_EQ(Letters(value.glob), Naive(text)) << text;
    const bool plain = value.glob.find_first_of("*?") == std::string::npos ||
                       Naive(text).find_first_of("*?") == std::string::npos;
    ASSERT_EQ(value.shape == SigmaShape::kPlain, plain) << text;
  }
}

TEST(SigmaValue, EveryShortValueWritesBackAndHasOneGlob) {
  for (const std::string& text : AllStrings()) {
    const std::string glob = Glob(text);
    const std::string written = EncodeSigmaValue(glob);
    ASSERT_EQ(Glob(written), glob) << text;
    ASSERT_LE(written.size(), std::max(text.size(), glob.size())) << text;
    ASSERT_EQ(EncodeSigmaValue(Glob(written)), written) << text;
    ASSERT_EQ(NormalizeGlob(glob), glob) << text;
  }
}

TEST(SigmaValue, EscapedTextDecodesToItself) {
  for (const std::string& text : AllStrings()) {
    const std::string glob = EscapeGlob(text);
    ASSERT_EQ(ShapeOfGlob(glob), SigmaShape::kPlain) << text;
    ASSERT_EQ(GlobText(glob), text);
    ASSERT_EQ(GlobText(Glob(EncodeSigmaValue(glob))), text);
  }
}

TEST(SigmaValue, MillionsOfWildcards) {
  const SigmaValue value = DecodeSigmaValue(std::string(4'000'000, '*'));
  EXPECT_EQ(value.shape, SigmaShape::kAnything);
  EXPECT_EQ(value.glob, "*");
  std::string mixed;
  for (int i = 0; i < 1'000'000; ++i) mixed += "a*\\";
  EXPECT_EQ(DecodeSigmaValue(mixed).shape, SigmaShape::kGlob);
}

TEST(SigmaNumber, CoreSchemaOfYaml) {
  struct Case {
    std::string_view text;
    std::string_view digits;
    bool integer = true;
  };
  const Case cases[] = {
      {"0", "0"},
      {"-0", "0"},
      {"+12", "12"},
      {"007", "7"},
      {"-19", "-19"},
      {"0x1F", "31"},
      {"0o17", "15"},
      {"4624", "4624"},
      {"0.", "0", false},
      {"-0.0", "0", false},
      {".5", "0.5", false},
      {"1.50", "1.5", false},
      {"-12.05", "-12.05", false},
      {"12e03", "12000", false},
      {"-2E+05", "-200000", false},
      {"1.5e1", "15", false},
      {"1.25e1", "12.5", false},
      {"125e-2", "1.25", false},
      {"5e-3", "0.005", false},
      {"0e5", "0", false},
      {"000.100", "0.1", false},
      {"0xFFFFFFFFFFFFFFFF", "18446744073709551615"},
  };
  for (const Case& c : cases) {
    const auto number = ParseSigmaNumber(c.text);
    ASSERT_TRUE(number) << c.text;
    EXPECT_EQ(number->digits, c.digits) << c.text;
    EXPECT_EQ(number->integer, c.integer) << c.text;
  }
}

TEST(SigmaNumber, NoNumbers) {
  for (const std::string_view text : {"",
                                      "-",
                                      "+",
                                      ".",
                                      "e5",
                                      "1e",
                                      "1e+",
                                      "1e-+1",
                                      "1 ",
                                      " 1",
                                      "1_000",
                                      "0x",
                                      "0xG",
                                      "-0x1",
                                      "0o8",
                                      "0b1",
                                      "1.2.3",
                                      "--1",
                                      ".inf",
                                      "-.inf",
                                      ".nan",
                                      "1e401",
                                      "1e-401",
                                      "1e99999999999",
                                      "0x10000000000000000",
                                      "12a",
                                      "1:30"}) {
    EXPECT_FALSE(ParseSigmaNumber(text)) << text;
  }
}

TEST(SigmaNumber, LongNumbersStay) {
  const std::string digits(100'000, '9');
  EXPECT_EQ(ParseSigmaNumber(digits)->digits, digits);
}

}  // namespace
}  // namespace sluice
