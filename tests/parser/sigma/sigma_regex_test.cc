#include "parser/sigma/sigma_regex.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "parser/sigma/sigma_regex_ambiguity.h"
#include "parser/sigma/sigma_regex_class.h"
#include "schema/limits.h"

namespace sluice {
namespace {

using ErrorKind = SigmaRegexError::Kind;
using Feature = SigmaRegexFeature;

TEST(SigmaRegex, TheSubsetCompiles) {
  for (const std::string_view pattern : {"",
                                         "a",
                                         ".",
                                         "^a$",
                                         "a*b+c?",
                                         "a{2}b{2,}c{2,5}",
                                         "a*?b+?c??",
                                         "[a-z]",
                                         "[^a-z]",
                                         "[]a]",
                                         "a|b",
                                         "(a|b)",
                                         "(?:a|b)",
                                         "(?:)",
                                         "()",
                                         R"(\d\w\s\D\W\S\b\B)",
                                         R"(\.\*\\\/)",
                                         R"(\x41\x{1F600})",
                                         "[[:alpha:]]",
                                         "a{",
                                         "a{,3}",
                                         "a{x}",
                                         "${env:path}",
                                         "[-/\u2013]",
                                         R"(\t\n)"}) {
    const SigmaRegexReport report = CheckSigmaRegex(pattern, false);
    EXPECT_FALSE(report.error) << pattern;
    EXPECT_TRUE(report.outside.empty()) << pattern;
    EXPECT_TRUE(report.compiled) << pattern;
    EXPECT_GT(report.cost, 0) << pattern;
    EXPECT_FALSE(report.explosive) << pattern;
  }
}

TEST(SigmaRegex, OutsideOfTheSubset) {
  struct Case {
    std::string_view pattern;
    Feature feature;
    Place place;
  };
  const Case cases[] = {
      {"a(?=b)", Feature::kLookAhead, {1, 3}},
      {"a(?!b)", Feature::kLookAhead, {1, 3}},
      {"(?<=a)b", Feature::kLookBehind, {0, 4}},
      {"(?<!a)b", Feature::kLookBehind, {0, 4}},
      {R"((a)\1)", Feature::kBackReference, {3, 2}},
      {R"((a)\k{1})", Feature::kBackReference, {3, 2}},
      {"(?P<n>a)(?P=n)", Feature::kBackReference, {8, 6}},
      {"ab++", Feature::kPossessive, {3, 1}},
      {"a{2}+", Feature::kPossessive, {4, 1}},
      {"(?>a)", Feature::kAtomic, {0, 3}},
      {"(?P<name>a)", Feature::kNamedGroup, {0, 9}},
      {"(?<name>a)", Feature::kNamedGroup, {0, 8}},
      {"(?'name'a)", Feature::kNamedGroup, {0, 8}},
      {"(a)(?(1)b|c)", Feature::kConditional, {3, 2}},
      {"(a|(?R))", Feature::kRecursion, {3, 4}},
      {"a(?#b)", Feature::kComment, {1, 5}},
      {"(?|a|b)", Feature::kBranchReset, {0, 3}},
      {"(?i)a", Feature::kInlineFlags, {0, 4}},
      {"a(?s-i:b)", Feature::kInlineFlags, {1, 6}},
      {R"(a\pL)", Feature::kEscape, {1, 2}},
      {R"(a\Kb)", Feature::kEscape, {1, 2}},
      {R"(\Q(\E)", Feature::kEscape, {0, 5}},
  };
  for (const Case& c : cases) {
    const SigmaRegexReport report = CheckSigmaRegex(c.pattern, false);
    EXPECT_FALSE(report.error) << c.pattern << (report.error ? report.error->message : "");
    bool found = false;
    for (const SigmaRegexReport::Outside& outside : report.outside) {
      found |= outside.feature == c.feature && outside.place == c.place;
    }
    EXPECT_TRUE(found) << c.pattern;
  }
  EXPECT_FALSE(CheckSigmaRegex("a(?=b)", false).compiled);
  EXPECT_TRUE(CheckSigmaRegex("(?i)a", false).compiled);
  // Each feature once, at its first place.
  EXPECT_EQ(CheckSigmaRegex("(?=a)(?!b)(?>c)", false).outside.size(), 2u);
}

TEST(SigmaRegex, ErrorsWithTheirPlaces) {
  struct Case {
    std::string_view pattern;
    ErrorKind kind;
    Place place;
  };
  const Case cases[] = {
      {"a(b", ErrorKind::kGroupOpen, {1, 1}},
      {"((a)", ErrorKind::kGroupOpen, {0, 1}},
      {"a(?R", ErrorKind::kGroupOpen, {1, 1}},
      {"ab)", ErrorKind::kGroupUnopened, {2, 1}},
      {"a[b", ErrorKind::kClassOpen, {1, 1}},
      {"a[]", ErrorKind::kClassOpen, {1, 1}},
      {R"(a[\])", ErrorKind::kClassOpen, {1, 1}},
      {"*a", ErrorKind::kNothingToRepeat, {0, 1}},
      {"a|+b", ErrorKind::kNothingToRepeat, {2, 1}},
      {"({2})", ErrorKind::kNothingToRepeat, {1, 3}},
      {"a**", ErrorKind::kNothingToRepeat, {2, 1}},
      {"ab{5,2}", ErrorKind::kBadRepetition, {2, 5}},
      {"ab{65536}", ErrorKind::kBadRepetition, {2, 7}},
      {"ab{1,65536}", ErrorKind::kBadRepetition, {2, 9}},
      {"ab{99999999999,}", ErrorKind::kBadRepetition, {2, 14}},
      {"ab{1,99999999999}", ErrorKind::kBadRepetition, {2, 15}},
      {R"(a\1)", ErrorKind::kDoesNotCompile, {1, 2}},
      {R"((?:a)\1)", ErrorKind::kDoesNotCompile, {5, 2}},
      {R"((a)\1\2)", ErrorKind::kDoesNotCompile, {5, 2}},
      {R"(ab\)", ErrorKind::kTrailingBackslash, {2, 1}},
      {"ab\xFF", ErrorKind::kNotUtf8, {2, 0}},
      {"a[z-b]", ErrorKind::kDoesNotCompile, {2, 3}},
  };
  for (const Case& c : cases) {
    const SigmaRegexReport report = CheckSigmaRegex(c.pattern, false);
    ASSERT_TRUE(report.error) << c.pattern;
    EXPECT_EQ(report.error->kind, c.kind) << c.pattern;
    EXPECT_EQ(report.error->place, c.place) << c.pattern;
    EXPECT_FALSE(report.compiled) << c.pattern;
  }
}

TEST(SigmaRegex, WhatIsTooLargeForRe2IsNotCheckedAndNoError) {
  for (const std::string_view pattern : {"a{1,5000}", "(?:.{1000}){900}", "(?:a{2}){2}{3}"}) {
    const SigmaRegexReport report = CheckSigmaRegex(pattern, false);
    EXPECT_FALSE(report.error) << pattern;
  }
  EXPECT_FALSE(CheckSigmaRegex("a{1,5000}", false).compiled);
  EXPECT_TRUE(CheckSigmaRegex(".{1000,}", false).compiled);
}

TEST(SigmaRegex, SizeAndDepthAtTheLimitAndPast) {
  EXPECT_FALSE(CheckSigmaRegex(std::string(kMaxSigmaRegexBytes, 'a'), false).error);
  const SigmaRegexReport large = CheckSigmaRegex(std::string(kMaxSigmaRegexBytes + 1, 'a'), false);
  EXPECT_EQ(large.error->kind, ErrorKind::kTooLong);
  const auto nested = [](size_t depth) {
    return CheckSigmaRegex(std::string(depth, '(') + "a" + std::string(depth, ')'), false);
  };
  EXPECT_FALSE(nested(kMaxSigmaRegexDepth).error);
  EXPECT_EQ(nested(kMaxSigmaRegexDepth + 1).error->kind, ErrorKind::kTooDeep);
  EXPECT_EQ(nested(kMaxSigmaRegexDepth + 1).error->place.offset, kMaxSigmaRegexDepth);
  EXPECT_EQ(CheckSigmaRegex(std::string(60'000, '('), false).error->kind, ErrorKind::kTooDeep);
}

std::string Explosive(std::string_view pattern, bool ignore_case = false) {
  const SigmaRegexReport report = CheckSigmaRegex(pattern, ignore_case);
  if (report.error) return "error";
  if (!report.explosive) return "";
  return std::string(pattern.substr(report.explosive->offset, report.explosive->length));
}

TEST(SigmaRegex, ExplosivePatterns) {
  EXPECT_EQ(Explosive("x(a+)+y"), "(a+)+");
  EXPECT_EQ(Explosive("(a*)*b"), "(a*)*");
  EXPECT_EQ(Explosive("(?:a|a)*b"), "(?:a|a)*");
  EXPECT_EQ(Explosive("(a|aa)+b"), "(a|aa)+");
  EXPECT_EQ(Explosive("(a|a?)+b"), "(a|a?)+");
  EXPECT_EQ(Explosive("(.*a){20}"), "(.*a){20}");
  EXPECT_EQ(Explosive(R"((\w+\s?)+$)"), R"((\w+\s?)+)");
  EXPECT_EQ(Explosive(R"((\w|\d)+x)"), R"((\w|\d)+)");
  EXPECT_EQ(Explosive("([a-z]+.)+[A-Z]"), "([a-z]+.)+");
  EXPECT_EQ(Explosive("(a{1,3})*b"), "(a{1,3})*");
  EXPECT_EQ(Explosive(R"((\s*,\s*)+x)"), R"((\s*,\s*)+)");
  EXPECT_EQ(Explosive(R"((\s?,\s?)+x)"), R"((\s?,\s?)+)");
  EXPECT_EQ(Explosive("(a*a*b)+c"), "(a*a*b)+");
  EXPECT_EQ(Explosive("(ab|cd|ab)*e"), "(ab|cd|ab)*");
  EXPECT_EQ(Explosive("((a|b|a)c)*d"), "((a|b|a)c)*");
  EXPECT_EQ(Explosive("(x+x+)+y"), "(x+x+)+");
  EXPECT_EQ(Explosive("(,?[0-9]+)*x"), "(,?[0-9]+)*");
  EXPECT_EQ(Explosive("(?:(?:a+)?)+b"), "(?:(?:a+)?)+");
  EXPECT_EQ(Explosive("(a?b?)*c"), "(a?b?)*");
  EXPECT_EQ(Explosive("(.+)+"), "(.+)+");
  // Letter case only when it does not count.
  EXPECT_EQ(Explosive("(a|A)*b"), "");
  EXPECT_EQ(Explosive("(a|A)*b", true), "(a|A)*");
  EXPECT_EQ(Explosive("(?i)(a|A)*b"), "(a|A)*");
}

TEST(SigmaRegex, HarmlessPatterns) {
  for (const std::string_view pattern : {"a+b+",
                                         "(a+b+)+c",
                                         R"((\w+\s)+x)",
                                         R"((\d+\.)+x)",
                                         R"(("[^"]*",)*)",
                                         R"((\\.|[^\\])*)",
                                         "(foo|far)+x",
                                         "(ab|ac)*x",
                                         "(.*a){7}",
                                         "(a?)*b",
                                         "(a{3})*b",
                                         "(?:[^'\"]|'')*x",
                                         ".*.*.*x",
                                         R"((\{\d\}){2,}"\s*-f)",
                                         R"(\\(venv|python(.+)?)\\lib)",
                                         "(.){200,}",
                                         R"(\+.*\+.*\+.*\+)",
                                         R"((?:(?:25[0-5]|(?:2[0-4]|1\d|[1-9])?\d)(?:\.|\b)){4})",
                                         "[Ee^]{1,2}[ncodema^]*x",
                                         R"((?:0[0-9]{1,11}\.){3}0[0-9]{1,11})",
                                         "(\u2013|\u2014)*x",
                                         "((?:a+)b)*",
                                         "(a|b)*(a|b)*",
                                         R"(\w+`(?:\w+|-|.)`[\w+|\s])",
                                         R"([^\\]{1,256}$)",
                                         "(^a|b)*",
                                         "(a++b?)*",
                                         "((?>a+))*",
                                         "(?:(?=a+)b)*"}) {
    EXPECT_EQ(Explosive(pattern), "") << pattern;
  }
}

// Small languages over one letter, with the number of ways in which each length is matched counted
// beside the summary.
TEST(SigmaRegex, SummariesAgreeWithLengthsCounted) {
  struct Language {
    RegexSummary summary;
    std::vector<uint64_t> ways;  // by length, to 12
  };
  constexpr size_t kLongest = 12;
  const RegexSet a = RegexSet().set('a');
  Language letter{CharacterSummary(a), std::vector<uint64_t>(kLongest + 1)};
  letter.ways[1] = 1;
  std::vector<Language> all = {letter};
  const auto concatenate = [](const Language& x, const Language& y) {
    Language out{Concatenate(x.summary, y.summary), std::vector<uint64_t>(kLongest + 1)};
    for (size_t i = 0; i <= kLongest; ++i) {
      for (size_t j = 0; i + j <= kLongest; ++j) out.ways[i + j] += x.ways[i] * y.ways[j];
    }
    return out;
  };
  const auto optional = [](const Language& x) {
    Language out{Repeat(x.summary, 0, 1), x.ways};
    ++out.ways[0];
    return out;
  };
  const auto alternate = [](const Language& x, const Language& y) {
    Language out{Alternate(x.summary, y.summary), x.ways};
    for (size_t i = 0; i <= kLongest; ++i) out.ways[i] += y.ways[i];
    return out;
  };
  for (size_t round = 0; round < 3; ++round) {
    const size_t size = std::min<size_t>(all.size(), 30);
    for (size_t i = 0; i < size; ++i) {
      if (all[i].ways[0] == 0) all.push_back(optional(all[i]));
      for (size_t j = 0; j < size; ++j) {
        all.push_back(concatenate(all[i], all[j]));
        all.push_back(alternate(all[i], all[j]));
      }
    }
  }
  ASSERT_GT(all.size(), 500u);
  size_t explosive = 0;
  for (const Language& language : all) {
    EXPECT_EQ(language.summary.nullable, language.ways[0] > 0);
    EXPECT_EQ(language.summary.one['a'], language.ways[1] > 0);
    size_t lengths = 0;
    bool twice = false;
    for (size_t i = 1; i <= kLongest; ++i) {
      lengths += language.ways[i] > 0;
      twice |= language.ways[i] > 1;
    }
    EXPECT_EQ(language.summary.some['a'], lengths > 0);
    // Two lengths, or one in two ways, give ever more ways when repeated.
    const bool found = IsExplosive(language.summary, kNoUpperBound);
    EXPECT_EQ(found, lengths > 1 || twice);
    explosive += found;
  }
  EXPECT_GT(explosive, 100u);
}

TEST(SigmaRegex, Classes) {
  const auto count = [](std::string_view text) { return ReadRegexClass(text)->set.count(); };
  EXPECT_EQ(count("[abc]"), 3u);
  EXPECT_EQ(count("[a-z]"), 26u);
  EXPECT_EQ(count("[^a-z]"), 129u - 26);
  EXPECT_EQ(count("[]a]"), 2u);
  EXPECT_EQ(count("[^]]"), 128u);
  EXPECT_EQ(count("[a-]"), 2u);
  EXPECT_EQ(count(R"([\w.])"), 64u);
  EXPECT_EQ(count(R"([\]\-])"), 2u);
  EXPECT_EQ(count(R"([\x41-\x43])"), 3u);
  EXPECT_EQ(count("[[:digit:]a]"), 11u);
  EXPECT_EQ(count("[\u2013\u2014]"), 0u);
  EXPECT_EQ(count("[a-\u2014]"), 128u - 'a');
  EXPECT_EQ(ReadRegexClass("[a]b")->length, 3u);
  EXPECT_FALSE(ReadRegexClass("[a"));
}

TEST(SigmaRegex, LinearInThePattern) {
  // Each of these once took time with the square of its size in somebody's parser.
  for (const std::string_view piece :
       {"(?#", "(?<", "\\x{", "\\Q", "[[:", "a{1", "(a|", "(?R", "|a"}) {
    std::string pattern;
    while (pattern.size() + piece.size() <= kMaxSigmaRegexBytes) pattern += piece;
    CheckSigmaRegex(pattern, false);
  }
  std::string doubled = "a";
  while (doubled.size() < 20'000) doubled = "(" + doubled + "|" + doubled + ")";
  EXPECT_FALSE(CheckSigmaRegex(doubled, false).error);
}

}  // namespace
}  // namespace sluice
