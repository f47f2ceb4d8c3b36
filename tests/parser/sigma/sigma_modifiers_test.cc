#include "parser/sigma/sigma_modifiers.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "schema/limits.h"

namespace sluice {
namespace {

using M = SigmaModifier;
using Problem = SigmaProblem::Kind;

TEST(SigmaModifiers, TableIsInTheOrderOfTheEnumeration) {
  EXPECT_EQ(SigmaModifiers().size(), 30u);
  for (size_t i = 0; i < SigmaModifiers().size(); ++i) {
    const SigmaModifierInfo& info = SigmaModifiers()[i];
    EXPECT_EQ(static_cast<size_t>(info.modifier), i);
    EXPECT_EQ(SigmaModifierByName(info.name), info.modifier);
    if (info.alias.empty()) continue;
    EXPECT_EQ(SigmaModifierByName(info.alias), info.modifier);
  }
}

TEST(SigmaModifiers, EveryModifierOfTheSpecification) {
  for (const std::string_view name :
       {"contains", "startswith", "endswith", "all",   "neq",     "exists", "cased",
        "re",       "i",          "m",        "s",     "windash", "base64", "base64offset",
        "utf16le",  "wide",       "utf16be",  "utf16", "lt",      "lte",    "gt",
        "gte",      "minute",     "hour",     "day",   "week",    "month",  "year",
        "cidr",     "fieldref",   "expand"}) {
    EXPECT_TRUE(SigmaModifierByName(name)) << name;
  }
  EXPECT_EQ(SigmaModifierByName("wide"), SigmaModifierByName("utf16le"));
  EXPECT_FALSE(SigmaModifierByName(""));
  EXPECT_FALSE(SigmaModifierByName("Contains"));
}

TEST(SigmaModifiers, KeyWithPlaces) {
  const SigmaKey key = ParseSigmaKey("CommandLine|contains|all");
  EXPECT_EQ(key.field, "CommandLine");
  EXPECT_EQ(key.modifiers,
            (std::vector<SigmaModifierUse>{{M::kContains, {12, 8}}, {M::kAll, {21, 3}}}));
  EXPECT_TRUE(key.problems.empty());
  EXPECT_TRUE(key.Has(M::kAll));
  EXPECT_FALSE(key.Has(M::kRe));
}

TEST(SigmaModifiers, KeysWithoutModifiersAndWithoutAField) {
  EXPECT_EQ(ParseSigmaKey("Image").field, "Image");
  EXPECT_TRUE(ParseSigmaKey("Image").modifiers.empty());
  EXPECT_EQ(ParseSigmaKey("|all").field, "");
  EXPECT_EQ(ParseSigmaKey("|all").modifiers.size(), 1u);
  EXPECT_EQ(ParseSigmaKey("").field, "");
}

TEST(SigmaModifiers, UnknownNames) {
  const SigmaKey key = ParseSigmaKey("a|contain|Contains|WIDE|");
  ASSERT_EQ(key.problems.size(), 4u);
  EXPECT_EQ(key.problems[0].kind, Problem::kUnknown);
  EXPECT_EQ(key.problems[0].place, (Place{2, 7}));
  EXPECT_EQ(key.problems[0].suggestion, "");
  EXPECT_EQ(key.problems[1].suggestion, "contains");
  EXPECT_EQ(key.problems[2].suggestion, "utf16le");
  EXPECT_EQ(key.problems[3].kind, Problem::kEmptyModifier);
  EXPECT_EQ(key.problems[3].place, (Place{24, 0}));
  EXPECT_TRUE(key.fatal());
}

TEST(SigmaModifiers, HowManyAtTheLimitAndPast) {
  std::string text = "a";
  for (uint32_t i = 0; i < kMaxSigmaModifiers; ++i) text += "|base64";
  EXPECT_TRUE(ParseSigmaKey(text).problems.empty());
  for (int i = 0; i < 100'000; ++i) text += "|x";
  const SigmaKey key = ParseSigmaKey(text);
  ASSERT_EQ(key.problems.size(), 1u);
  EXPECT_EQ(key.problems[0].kind, Problem::kTooManyModifiers);
  EXPECT_EQ(key.problems[0].place.offset, 2 + 7 * kMaxSigmaModifiers);
}

struct PairCase {
  std::string_view key;
  Problem kind;
  std::string_view modifier;  // the one that is blamed
  std::string_view other;     // empty for none
  bool fatal;
};

TEST(SigmaModifiers, WhatDoesNotGoTogether) {
  const PairCase cases[] = {
      {"a|re|contains", Problem::kIncompatible, "contains", "re", true},
      {"a|contains|re", Problem::kIncompatible, "re", "contains", true},
      {"a|cidr|startswith", Problem::kIncompatible, "startswith", "cidr", true},
      {"a|re|cidr", Problem::kIncompatible, "cidr", "re", true},
      {"a|re|windash", Problem::kIncompatible, "windash", "re", true},
      {"a|re|base64", Problem::kIncompatible, "base64", "re", true},
      {"a|re|cased", Problem::kIncompatible, "cased", "re", false},
      {"a|cidr|cased", Problem::kIncompatible, "cased", "cidr", true},
      {"a|exists|contains", Problem::kIncompatible, "contains", "exists", true},
      {"a|exists|all", Problem::kIncompatible, "all", "exists", true},
      {"a|neq|exists", Problem::kIncompatible, "exists", "neq", true},
      {"a|lt|contains", Problem::kIncompatible, "contains", "lt", true},
      {"a|lt|gt", Problem::kIncompatible, "gt", "lt", true},
      {"a|gte|neq", Problem::kIncompatible, "neq", "gte", true},
      {"a|gte|expand", Problem::kIncompatible, "expand", "gte", true},
      {"a|hour|day", Problem::kIncompatible, "day", "hour", true},
      {"a|hour|contains", Problem::kIncompatible, "contains", "hour", true},
      {"a|fieldref|re", Problem::kIncompatible, "re", "fieldref", true},
      {"a|fieldref|base64", Problem::kIncompatible, "base64", "fieldref", true},
      {"a|fieldref|lt", Problem::kIncompatible, "lt", "fieldref", true},
      {"a|contains|startswith", Problem::kIncompatible, "startswith", "contains", true},
      {"a|startswith|endswith", Problem::kIncompatible, "endswith", "startswith", true},
      {"a|wide|utf16be|base64", Problem::kIncompatible, "utf16be", "utf16le", true},
      {"a|contains|base64", Problem::kOrder, "base64", "contains", true},
      {"a|endswith|utf16|base64", Problem::kOrder, "utf16", "endswith", true},
      {"a|base64|windash", Problem::kOrder, "windash", "base64", true},
      {"a|base64|expand", Problem::kOrder, "expand", "base64", true},
      {"a|windash|expand", Problem::kOrder, "expand", "windash", true},
      {"a|base64offset|base64|contains", Problem::kOrder, "base64", "base64offset", true},
      {"a|contains|contains", Problem::kRepeated, "contains", "contains", false},
      {"a|all|all", Problem::kRepeated, "all", "all", false},
      {"a|i", Problem::kNeedsRe, "i", "", true},
      {"a|contains|m", Problem::kNeedsRe, "m", "", true},
      {"a|s|re", Problem::kNeedsRe, "s", "", true},
      {"a|base64offset", Problem::kNeedsContains, "base64offset", "", false},
      {"a|wide", Problem::kNeedsEncoding, "utf16le", "", false},
      {"a|base64|utf16", Problem::kNeedsEncoding, "utf16", "", false},
  };
  for (const PairCase& c : cases) {
    const SigmaKey key = ParseSigmaKey(c.key);
    bool found = false;
    for (const SigmaProblem& problem : key.problems) {
      if (problem.kind != c.kind || Info(*problem.modifier).name != c.modifier) continue;
      found = true;
      EXPECT_EQ(problem.other ? Info(*problem.other).name : "", c.other) << c.key;
      EXPECT_EQ(problem.fatal, c.fatal) << c.key;
      const std::string_view written = c.key.substr(problem.place.offset, problem.place.length);
      EXPECT_EQ(SigmaModifierByName(written), problem.modifier) << c.key;
    }
    EXPECT_TRUE(found) << c.key;
  }
}

TEST(SigmaModifiers, WhatGoesTogether) {
  for (const std::string_view key : {"a|endswith",
                                     "a|contains",
                                     "a|contains|all",
                                     "a|startswith",
                                     "a|re",
                                     "a|contains|windash",
                                     "a|windash|contains|all",
                                     "a|cidr",
                                     "a|cidr|all",
                                     "a|cidr|neq",
                                     "a|cidr|expand",
                                     "a|expand",
                                     "a|contains|expand",
                                     "a|expand|contains",
                                     "a|expand|windash|contains",
                                     "|all",
                                     "a|base64offset|contains",
                                     "a|wide|base64offset|contains",
                                     "a|utf16le|base64offset|contains",
                                     "a|utf16be|base64",
                                     "a|utf16|base64|contains",
                                     "a|windash|wide|base64offset|contains",
                                     "a|wide|base64|wide|base64offset|contains",
                                     "a|fieldref",
                                     "a|fieldref|neq",
                                     "a|fieldref|contains",
                                     "a|endswith|fieldref",
                                     "a|fieldref|cased",
                                     "a|re|i",
                                     "a|re|i|m|s",
                                     "a|re|neq|all",
                                     "a|neq",
                                     "a|contains|neq",
                                     "a|cased",
                                     "a|contains|cased",
                                     "a|exists",
                                     "a|lt",
                                     "a|gte",
                                     "a|minute",
                                     "a|hour|gte",
                                     "a|lt|day",
                                     "a|year|neq",
                                     "a|base64|base64"}) {
    const SigmaKey parsed = ParseSigmaKey(key);
    EXPECT_TRUE(parsed.problems.empty()) << key;
  }
}

}  // namespace
}  // namespace sluice
