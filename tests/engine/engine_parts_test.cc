// The parts of the engine, each against a plainer way to say the same.

#include <gtest/gtest.h>
#include <re2/re2.h>

#include <algorithm>
#include <limits>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/date_part.h"
#include "engine/decimal.h"
#include "engine/fold.h"
#include "engine/glob.h"
#include "engine/ip_network.h"
#include "engine/literal_matcher.h"
#include "engine/regex_literals.h"
#include "schema/utf.h"

namespace sluice {
namespace {

std::string Utf8(uint32_t code_point) {
  std::string out;
  AppendWtf8(code_point, &out);
  return out;
}

TEST(Fold, AgreesWithRe2OnEveryCharacter) {
  RE2::Options options;
  options.set_case_sensitive(false);
  for (uint32_t c = 1; c <= 0x10FFFF; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    const uint32_t folded = FoldCodePoint(c);
    EXPECT_EQ(FoldCodePoint(folded), folded) << c;
    if (folded == c) continue;
    EXPECT_TRUE(RE2::FullMatch(Utf8(c), RE2(RE2::QuoteMeta(Utf8(folded)), options)))
        << std::hex << c << " " << folded;
  }
}

TEST(Fold, KeepsBytesThatAreNoText) {
  EXPECT_EQ(Folded("A\xFF\xC3"), "a\xFF\xC3");
  EXPECT_EQ(Folded("\xED\xA0\x80Z"), "\xED\xA0\x80z");
  EXPECT_EQ(Folded("ABCDEFGHIJKLMNOPQRSTUVWXYZ[@`{"), "abcdefghijklmnopqrstuvwxyz[@`{");
  EXPECT_TRUE(IsFolded("abcdefgh[@`{ 12"));
  EXPECT_FALSE(IsFolded("abcdefghZ"));
  EXPECT_FALSE(IsFolded("abcdefgZ"));
}

TEST(Fold, HasRoomForWhatGrows) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "\xC8\xBA";  // U+023A folds to three bytes
  EXPECT_EQ(Folded(text).size(), 300u);
  EXPECT_LE(Folded(text).size(), MaxFoldedSize(text.size()));
}

TEST(Characters, AreTheSameFromBothEnds) {
  std::mt19937 engine(1);
  static constexpr std::string_view kBytes = "a\x80\xBF\xC3\xE2\x82\xF0\x9F";
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    for (int n = 0; n < 8; ++n) text += kBytes[engine() % kBytes.size()];
    std::set<size_t> forward;
    for (size_t at = 0; at < text.size(); at += FirstCharacter(std::string_view(text).substr(at))) {
      forward.insert(at);
    }
    std::set<size_t> backward;
    for (std::string_view left = text; !left.empty();) {
      left.remove_suffix(LastCharacter(left));
      backward.insert(left.size());
    }
    EXPECT_EQ(forward, backward);
  }
}

// With all the time in the world.
bool NaiveGlob(std::string_view pattern, std::string_view text) {
  if (pattern.empty()) return text.empty();
  if (pattern[0] == '*') {
    return NaiveGlob(pattern.substr(1), text) ||
           (!text.empty() && NaiveGlob(pattern, text.substr(1)));
  }
  if (text.empty()) return false;
  if (pattern[0] == '?') return NaiveGlob(pattern.substr(1), text.substr(FirstCharacter(text)));
  if (pattern[0] == '\\' && pattern.size() > 1) pattern.remove_prefix(1);
  return pattern[0] == text[0] && NaiveGlob(pattern.substr(1), text.substr(1));
}

TEST(Glob, AgreesWithTryingEverything) {
  std::mt19937 engine(2);
  uint32_t matches = 0;
  for (int i = 0; i < 50'000; ++i) {
    static constexpr std::string_view kParts[] = {"*", "?", "a", "b", "\\*", "\\\\"};
    static constexpr std::string_view kLetters[] = {"a", "b", "*", "\\", "é"};
    std::string pattern;
    std::string text;
    for (size_t n = engine() % 7; n > 0; --n) pattern += kParts[engine() % std::size(kParts)];
    for (size_t n = engine() % 7; n > 0; --n) text += kLetters[engine() % std::size(kLetters)];
    Work work(1'000'000);
    const bool matched = Glob(pattern).Matches(text, work);
    EXPECT_EQ(matched, NaiveGlob(pattern, text)) << pattern << " on " << text;
    matches += matched ? 1 : 0;
  }
  EXPECT_GT(matches, 2000u);
}

TEST(Decimal, ReadsWhatIsANumber) {
  for (const char* text :
       {"0", "-0", "+5", "05", "5.", ".5", "1e3", "1E+3", "1e-3", "0x1F", "0X1f"}) {
    EXPECT_TRUE(Decimal::Parse(text)) << text;
  }
  for (const char* text : {"", "-", ".", "e5", "1e", "1e+", " 1", "1 ", "1,000", "0x", "-0x1",
                           "1.2.3", "0x10000000000000000", "inf", "nan", "--1"}) {
    EXPECT_FALSE(Decimal::Parse(text)) << text;
  }
}

TEST(Decimal, OrdersExactly) {
  const auto order = [](const char* a, const char* b) {
    return *Decimal::Parse(a) <=> *Decimal::Parse(b);
  };
  for (const auto& [a, b] :
       std::vector<std::pair<const char*, const char*>>{{"0", "-0"},
                                                        {"5", "5.0"},
                                                        {"500", "5e2"},
                                                        {"0.05", "5e-2"},
                                                        {"005", "5"},
                                                        {"31", "0x1f"},
                                                        {".5", "0.50"},
                                                        {"0e99999999999999999999", "0"},
                                                        {"12.5", "1.25e1"},
                                                        {"-3", "-3.000"}}) {
    EXPECT_TRUE(order(a, b) == 0) << a << " " << b;
  }
  const char* ascending[] = {"-1e99999999999999999999",
                             "-100",
                             "-99.5",
                             "-1",
                             "-0.5",
                             "0",
                             "1e-9",
                             "0.5",
                             "0.51",
                             "1",
                             "1.01",
                             "9",
                             "10",
                             "10.5",
                             "99",
                             "100",
                             "18446744073709551615",
                             "18446744073709551616",
                             "1e99999999999999999999"};
  for (size_t i = 0; i < std::size(ascending); ++i) {
    for (size_t j = 0; j < std::size(ascending); ++j) {
      EXPECT_EQ(order(ascending[i], ascending[j]), i <=> j) << ascending[i] << " " << ascending[j];
    }
  }
  for (const uint64_t value : {uint64_t{0}, uint64_t{7}, uint64_t{100}, UINT64_MAX}) {
    EXPECT_TRUE(Decimal(value) == *Decimal::Parse(std::to_string(value)));
  }
}

TEST(DatePart, TakesDatesAsTheyStand) {
  EXPECT_EQ(DatePart("2024-07-19T23:59:60.5+02:00", TimePart::kHour), 23u);
  EXPECT_EQ(DatePart("2024-07-19T23:59", TimePart::kMinute), 59u);
  EXPECT_EQ(DatePart("2024-02-29", TimePart::kDay), 29u);
  EXPECT_EQ(DatePart("2016-01-03", TimePart::kWeek), 53u);
  EXPECT_EQ(DatePart("2016-01-04", TimePart::kWeek), 1u);
  for (const char* text :
       {"2023-02-29", "2024-7-19", "2024-07-19T", "2024-07-19T24:00", "2024-07-19T04",
        "2024-07-19T04:09:00.", "2024-07-19T04:09X", "20240719", "2024-07-19T04:09:00Zx", ""}) {
    EXPECT_FALSE(DatePart(text, TimePart::kYear)) << text;
  }
}

TEST(IpNetwork, ParsesStrictly) {
  for (const char* text : {"1.2.3", "1.2.3.4.5", "256.0.0.1", "1.2.3.4/33", "::/129", "1.2.3.4/",
                           "1.2.3.4/-1", "::1%eth0", "", "a", "01.2.3.4"}) {
    EXPECT_FALSE(IpNetwork::Parse(text)) << text;
  }
  EXPECT_FALSE(IpNetwork::Parse(std::string_view("1.2.3.4\0", 8)));
  EXPECT_TRUE(IpNetwork::Parse("0.0.0.0/0")->Contains(*IpNetwork::Parse("9.9.9.9")));
  EXPECT_FALSE(IpNetwork::Parse("::ffff:1.2.3.4")->Contains(*IpNetwork::Parse("1.2.3.4")));
}

TEST(RegexLiterals, StandInEveryMatch) {
  using Texts = std::vector<std::string>;
  EXPECT_EQ(RegexLiterals("abc"), Texts({"abc"}));
  EXPECT_EQ(RegexLiterals("ABc|de"), Texts({"abc", "de"}));
  EXPECT_EQ(RegexLiterals("abc?defg*"), Texts({"def"}));
  EXPECT_EQ(RegexLiterals("abc+d"), Texts({"abc"}));
  EXPECT_EQ(RegexLiterals("abc{0,3}d"), Texts({"ab"}));
  EXPECT_EQ(RegexLiterals("(x|y)abc[q]de"), Texts({"abc"}));
  EXPECT_EQ(RegexLiterals("\\.exe\\s"), Texts({".exe"}));
  EXPECT_EQ(RegexLiterals("ab(cdef)?"), Texts({"ab"}));
  for (const char* pattern : {"a", "(abc)", "abc|(d)", "[abc]", ".*", "(?i)abc", "ab(?i)c",
                              "\\x41bc", "ab\\Qc\\E", "x{[}]ab", "abc|", "\\pLab"}) {
    EXPECT_TRUE(RegexLiterals(pattern).empty()) << pattern;
  }
}

TEST(LiteralMatcher, FindsWhatStandsThere) {
  using Where = LiteralMatcher::Where;
  std::mt19937 engine(3);
  const auto text = [&](size_t most) {
    std::string out;
    for (size_t n = 1 + engine() % most; n > 0; --n) out += static_cast<char>('a' + engine() % 3);
    return out;
  };
  struct Added {
    uint32_t slot;
    Where where;
    std::string text;
  };
  std::vector<Added> added;
  for (int i = 0; i < 2000; ++i) {
    added.push_back(
        {static_cast<uint32_t>(engine() % 3), static_cast<Where>(engine() % 4), text(14)});
  }
  LiteralMatcher matcher;
  LiteralWays all[3];
  for (const Added& one : added) {
    matcher.Add(one.slot, one.where, one.text);
    all[one.slot] |= LiteralMatcher::WaysOf(one.where, one.text.size());
  }
  matcher.Build();
  for (int i = 0; i < 300; ++i) {
    const auto slot = static_cast<uint32_t>(engine() % 3);
    const std::string value = text(30);
    std::set<uint32_t> found;
    Work work(std::numeric_limits<uint64_t>::max());
    EXPECT_TRUE(
        matcher.Scan(slot, all[slot], value, work, [&](uint32_t one) { found.insert(one); }));
    std::set<uint32_t> expected;
    for (uint32_t n = 0; n < added.size(); ++n) {
      const Added& one = added[n];
      const bool stands = one.where == Where::kWhole   ? value == one.text
                          : one.where == Where::kStart ? value.starts_with(one.text)
                          : one.where == Where::kEnd   ? value.ends_with(one.text)
                                                       : value.find(one.text) != std::string::npos;
      if (one.slot == slot && stands) expected.insert(n);
    }
    EXPECT_EQ(found, expected) << value;
  }
}

}  // namespace
}  // namespace sluice
