// Every sentence of what a Sigma rule means, as an example. Source: Sigma specification 2.1.0.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/engine/run_content.h"

namespace sluice {
namespace {

using Fields = std::vector<EventField>;

Fields F(std::string_view text) { return {Text("f", text)}; }

TEST(SigmaEngine, TextMatchesWithoutRegardToCase) {
  EXPECT_TRUE(KeyMatches("f: WhoAmI", F("whoami")));
  EXPECT_TRUE(KeyMatches("f: whoami", F("WHOAMI")));
  EXPECT_FALSE(KeyMatches("f: whoami", F("whoam")));
  EXPECT_FALSE(KeyMatches("f: whoami", F("whoami ")));
}

TEST(SigmaEngine, LettersOutsideOfAsciiHaveCaseToo) {
  EXPECT_TRUE(KeyMatches("f: 'ПРИВЕТ'", F("привет")));
  EXPECT_TRUE(KeyMatches("f|contains: 'straße'", F("DIE STRAẞE")));
  EXPECT_TRUE(KeyMatches("f: 'σας'", F("ΣΑΣ")));
  EXPECT_TRUE(KeyMatches("f|endswith: 'k'", F("\xE2\x84\xAA")));  // KELVIN SIGN
  EXPECT_FALSE(KeyMatches("f: 'i'", F("İ")));
  EXPECT_FALSE(KeyMatches("f|cased: 'ПРИВЕТ'", F("привет")));
}

TEST(SigmaEngine, CasedComparesCase) {
  EXPECT_TRUE(KeyMatches("f|cased: Who", F("Who")));
  EXPECT_FALSE(KeyMatches("f|cased: Who", F("who")));
  EXPECT_TRUE(KeyMatches("f|contains|cased: Ho", F("wHow")));
  EXPECT_FALSE(KeyMatches("f|contains|cased: Ho", F("whow")));
  EXPECT_TRUE(KeyMatches("f|cased: 'W?o*'", F("Whoami")));
  EXPECT_FALSE(KeyMatches("f|cased: 'W?o*'", F("whoami")));
}

TEST(SigmaEngine, AStarIsAnyRunAndAQuestionMarkOneCharacter) {
  EXPECT_TRUE(KeyMatches("f: 'a*z'", F("az")));
  EXPECT_TRUE(KeyMatches("f: 'a*z'", F("a--z")));
  EXPECT_FALSE(KeyMatches("f: 'a*z'", F("a--z-")));
  EXPECT_TRUE(KeyMatches("f: 'a?z'", F("abz")));
  EXPECT_FALSE(KeyMatches("f: 'a?z'", F("az")));
  EXPECT_FALSE(KeyMatches("f: 'a?z'", F("abbz")));
  EXPECT_TRUE(KeyMatches("f: 'a?z'", F("aäz")));
  EXPECT_TRUE(KeyMatches("f: 'a?z'", F("a\xFFz"))) << "a byte that is no UTF-8 is one character";
  EXPECT_TRUE(KeyMatches("f: 'a?*?z'", F("a12z")));
  EXPECT_FALSE(KeyMatches("f: 'a?*?z'", F("a1z")));
  EXPECT_TRUE(KeyMatches("f: '*a*b*c*'", F("xxAxxBxxCxx")));
  EXPECT_FALSE(KeyMatches("f: '*a*b*c*'", F("acb")));
  EXPECT_TRUE(KeyMatches("f: '*ab?d'", F("abcdabxd")));
  EXPECT_FALSE(KeyMatches("f: 'ab*ab'", F("ab"))) << "the two do not share characters";
  EXPECT_TRUE(KeyMatches("f: '*'", F("")));
  EXPECT_FALSE(KeyMatches("f: '*'", {}));
}

TEST(SigmaEngine, ABackslashEscapesAWildcard) {
  EXPECT_TRUE(KeyMatches(R"(f: 'a\*')", F("a*")));
  EXPECT_FALSE(KeyMatches(R"(f: 'a\*')", F("ab")));
  EXPECT_TRUE(KeyMatches(R"(f: 'a\?')", F("a?")));
  EXPECT_FALSE(KeyMatches(R"(f: 'a\?')", F("ab")));
}

TEST(SigmaEngine, ABackslashBeforeAWildcardIsEscaped) {
  EXPECT_TRUE(KeyMatches(R"(f: 'a\\*')", F("a\\")));
  EXPECT_TRUE(KeyMatches(R"(f: 'a\\*')", F("a\\bc")));
  EXPECT_FALSE(KeyMatches(R"(f: 'a\\*')", F("a*")));
  EXPECT_TRUE(KeyMatches(R"(f: 'a\\\*')", F("a\\*")));
  EXPECT_FALSE(KeyMatches(R"(f: 'a\\\*')", F("a\\b")));
}

TEST(SigmaEngine, ElsewhereABackslashStandsForItself) {
  EXPECT_TRUE(KeyMatches(R"(f: 'C:\Windows\cmd.exe')", F(R"(C:\Windows\CMD.EXE)")));
  EXPECT_TRUE(KeyMatches(R"(f: 'a\\b')", F(R"(a\b)")));
  EXPECT_TRUE(KeyMatches(R"(f: 'a\\\\b')", F(R"(a\\b)")));
  EXPECT_TRUE(KeyMatches(R"(f|endswith: '\cmd.exe')", F(R"(C:\cmd.exe)")));
}

TEST(SigmaEngine, TheModifierSaysWhichEndIsOpen) {
  EXPECT_FALSE(KeyMatches("f: bcd", F("abcde")));
  EXPECT_TRUE(KeyMatches("f|contains: bcd", F("abcde")));
  EXPECT_TRUE(KeyMatches("f|startswith: abc", F("abcde")));
  EXPECT_FALSE(KeyMatches("f|startswith: bcd", F("abcde")));
  EXPECT_TRUE(KeyMatches("f|endswith: cde", F("abcde")));
  EXPECT_FALSE(KeyMatches("f|endswith: bcd", F("abcde")));
  EXPECT_TRUE(KeyMatches("f|contains: 'b?d*e'", F("abcde")));
  EXPECT_TRUE(KeyMatches("f|startswith: 'a*d'", F("abcde")));
  EXPECT_FALSE(KeyMatches("f|endswith: 'b*d'", F("abcde")));
}

TEST(SigmaEngine, NumbersMatchNumbersAndTheSameNumberAsText) {
  EXPECT_TRUE(KeyMatches("f: 4688", {Number("f", "4688")}));
  EXPECT_TRUE(KeyMatches("f: 4688", F("4688")));
  EXPECT_TRUE(KeyMatches("f: 0x10", F("16")));
  EXPECT_TRUE(KeyMatches("f: 16", F("0x10")));
  EXPECT_TRUE(KeyMatches("f: 5", {Number("f", "5.0")}));
  EXPECT_TRUE(KeyMatches("f: 500", {Number("f", "5e2")}));
  EXPECT_FALSE(KeyMatches("f: 4688", {Number("f", "46880")}));
  EXPECT_FALSE(KeyMatches("f: 4688", {Number("f", "-4688")}));
  EXPECT_FALSE(KeyMatches("f: 4688", F("4688 ")));
  EXPECT_FALSE(KeyMatches("f: 1", {Boolean("f", true)}));
  EXPECT_TRUE(KeyMatches("f: '4688'", {Number("f", "4688")})) << "text is that of the number";
  EXPECT_TRUE(KeyMatches("f|startswith: '46'", {Number("f", "4688")}));
}

TEST(SigmaEngine, BooleansAreTheirText) {
  EXPECT_TRUE(KeyMatches("f: true", {Boolean("f", true)}));
  EXPECT_TRUE(KeyMatches("f: true", F("True")));
  EXPECT_FALSE(KeyMatches("f: true", {Boolean("f", false)}));
}

TEST(SigmaEngine, TheEmptyTextIsAnEmptyValue) {
  EXPECT_TRUE(KeyMatches("f: ''", F("")));
  EXPECT_FALSE(KeyMatches("f: ''", F(" ")));
  EXPECT_FALSE(KeyMatches("f: ''", {}));
  EXPECT_FALSE(KeyMatches("f: ''", {Null("f")}));
}

TEST(SigmaEngine, NullIsNoValue) {
  EXPECT_TRUE(KeyMatches("f: null", {}));
  EXPECT_TRUE(KeyMatches("f: null", {Null("f")}));
  EXPECT_FALSE(KeyMatches("f: null", F("")));
  EXPECT_FALSE(KeyMatches("f: null", F("a")));
  EXPECT_FALSE(KeyMatches("f|contains: 'u'", {Null("f")}));
}

TEST(SigmaEngine, AListIsOr) {
  EXPECT_TRUE(KeyMatches("f: [a, b]", F("b")));
  EXPECT_FALSE(KeyMatches("f: [a, b]", F("c")));
  EXPECT_TRUE(KeyMatches("f|contains: [aa, bb]", F("xbbx")));
  EXPECT_FALSE(KeyMatches("f|contains: [aa, bb]", F("xabx")));
}

TEST(SigmaEngine, WithAllAListIsAnd) {
  EXPECT_TRUE(KeyMatches("f|contains|all: [aa, bb]", F("bb aa")));
  EXPECT_FALSE(KeyMatches("f|contains|all: [aa, bb]", F("aa aa")));
}

TEST(SigmaEngine, AMapIsAndAndAListOfMapsIsOr) {
  const std::string map = "s:\n  a: 1\n  b: x\ncondition: s";
  EXPECT_TRUE(RuleMatches(map, {Text("a", "1"), Text("b", "x")}));
  EXPECT_FALSE(RuleMatches(map, {Text("a", "1"), Text("b", "y")}));
  EXPECT_FALSE(RuleMatches(map, {Text("b", "x")}));
  const std::string maps = "s:\n  - a: 1\n    b: x\n  - c: z\ncondition: s";
  EXPECT_TRUE(RuleMatches(maps, {Text("c", "z")}));
  EXPECT_TRUE(RuleMatches(maps, {Text("a", "1"), Text("b", "x")}));
  EXPECT_FALSE(RuleMatches(maps, {Text("a", "1")}));
}

TEST(SigmaEngine, KeywordsStandAnywhereInTheEvent) {
  const std::string list = "k: [mimikatz, 'seku*lsa']\ncondition: k";
  EXPECT_TRUE(RuleMatches(list, {Text("a", "no"), Text("b", "runs MimiKatz now")}));
  EXPECT_TRUE(RuleMatches(list, {Text("a", "x sekurlsa x")}));
  EXPECT_FALSE(RuleMatches(list, {Text("mimikatz", "no")})) << "names are no values";
  EXPECT_FALSE(RuleMatches(list, {}));
  EXPECT_TRUE(RuleMatches("k: [4688]\ncondition: k", {Number("a", "4688")}));
  EXPECT_FALSE(RuleMatches("k: [u]\ncondition: k", {Null("a")}));
}

TEST(SigmaEngine, KeywordsUnderAllAreAnd) {
  const std::string all = "k:\n  '|all': [aa, bb]\ncondition: k";
  EXPECT_TRUE(RuleMatches(all, {Text("a", "aa"), Text("b", "bb")}));
  EXPECT_FALSE(RuleMatches(all, {Text("a", "aa")}));
}

TEST(SigmaEngine, NeqIsDifferentFromEachValue) {
  EXPECT_TRUE(KeyMatches("f|neq: a", F("b")));
  EXPECT_FALSE(KeyMatches("f|neq: a", F("A")));
  EXPECT_FALSE(KeyMatches("f|neq: [a, b]", F("b")));
  EXPECT_TRUE(KeyMatches("f|neq: [a, b]", F("c")));
  EXPECT_TRUE(KeyMatches("f|neq: a", {})) << "what is not there is different";
  EXPECT_TRUE(KeyMatches("f|neq: a", {Null("f")}));
}

TEST(SigmaEngine, ExistsAsksForTheFieldAlone) {
  EXPECT_TRUE(KeyMatches("f|exists: true", F("")));
  EXPECT_TRUE(KeyMatches("f|exists: true", {Null("f")}));
  EXPECT_FALSE(KeyMatches("f|exists: true", {Text("g", "")}));
  EXPECT_TRUE(KeyMatches("f|exists: false", {}));
  EXPECT_FALSE(KeyMatches("f|exists: false", F("a")));
}

TEST(SigmaEngine, ARegularExpressionMatchesSomewhereWithCase) {
  EXPECT_TRUE(KeyMatches("f|re: 'a[0-9]+z'", F("xxa12zxx")));
  EXPECT_FALSE(KeyMatches("f|re: 'a[0-9]+z'", F("xxA12Zxx")));
  EXPECT_TRUE(KeyMatches("f|re|i: 'a[0-9]+z'", F("xxA12Zxx")));
  EXPECT_TRUE(KeyMatches("f|re: '^a.z$'", F("abz")));
  EXPECT_FALSE(KeyMatches("f|re: '^a.z$'", F("xabz")));
  EXPECT_TRUE(KeyMatches("f|re: '(ab|cd){2}'", F("abcd")));
}

TEST(SigmaEngine, TheFlagsOfRegularExpressions) {
  EXPECT_FALSE(KeyMatches("f|re: 'a.b'", F("a\nb")));
  EXPECT_TRUE(KeyMatches("f|re|s: 'a.b'", F("a\nb")));
  EXPECT_FALSE(KeyMatches("f|re: '^b|^c'", F("a\nb")));
  EXPECT_TRUE(KeyMatches("f|re|m: '^b|^c'", F("a\nb")));
  EXPECT_TRUE(KeyMatches("f|re|m: 'a$'", F("a\nb")));
  EXPECT_FALSE(KeyMatches("f|re: 'a$'", F("a\nb")));
}

TEST(SigmaEngine, WindashStandsForAllDashes) {
  for (const char* dash : {"-", "/", "\xE2\x80\x93", "\xE2\x80\x94", "\xE2\x80\x95"}) {
    const std::string text = std::string("cmd ") + dash + "enc";
    EXPECT_TRUE(KeyMatches("f|windash|contains: ' -enc'", F(text))) << text;
  }
  EXPECT_FALSE(KeyMatches("f|windash|contains: ' -enc'", F("cmd +enc")));
  EXPECT_TRUE(KeyMatches("f|windash|contains: ' -a -b'", F("x /a -b")));
}

TEST(SigmaEngine, Base64IsTheValueEncoded) {
  EXPECT_TRUE(KeyMatches("f|base64|contains: http://", F("x aHR0cDovLw== x")));
  EXPECT_TRUE(KeyMatches("f|base64: foo", F("Zm9v")));
  EXPECT_FALSE(KeyMatches("f|base64: foo", F("Zm9x")));
}

TEST(SigmaEngine, Base64OffsetStandsAtEachShift) {
  // "foobar", "xfoobar" and "xxfoobar" in base64.
  for (const char* text : {"Zm9vYmFy", "eGZvb2Jhcg==", "eHhmb29iYXI="}) {
    EXPECT_TRUE(KeyMatches("f|base64offset|contains: foobar", F(text))) << text;
  }
  EXPECT_FALSE(KeyMatches("f|base64offset|contains: foobar", F("Zm9vZm9v")));
}

TEST(SigmaEngine, Utf16IsTheBytesOfTheValue) {
  const std::string little("f\0o\0o\0", 6);
  const std::string big("\0f\0o\0o", 6);
  EXPECT_TRUE(KeyMatches("f|wide|contains: foo", F(little)));
  EXPECT_TRUE(KeyMatches("f|utf16le|contains: foo", F(little)));
  EXPECT_TRUE(KeyMatches("f|utf16be|contains: foo", F(big)));
  EXPECT_FALSE(KeyMatches("f|wide|contains: foo", F("foo")));
  EXPECT_TRUE(KeyMatches("f|wide|base64offset|contains: foo", F("ZgBvAG8A")));
}

TEST(SigmaEngine, ComparisonsAreOfNumbers) {
  EXPECT_TRUE(KeyMatches("f|lt: 10", {Number("f", "9.5")}));
  EXPECT_FALSE(KeyMatches("f|lt: 10", {Number("f", "10")}));
  EXPECT_TRUE(KeyMatches("f|lte: 10", F("10")));
  EXPECT_TRUE(KeyMatches("f|gt: 9", F("10"))) << "not as text";
  EXPECT_FALSE(KeyMatches("f|gt: 10", F("10")));
  EXPECT_TRUE(KeyMatches("f|gte: -5", F("-5")));
  EXPECT_FALSE(KeyMatches("f|gte: -5", F("-50")));
  EXPECT_FALSE(KeyMatches("f|gt: 5", F("many")));
  EXPECT_FALSE(KeyMatches("f|lt: 5", {}));
  EXPECT_TRUE(KeyMatches("f|gt: 18446744073709551615", F("18446744073709551616")));
}

TEST(SigmaEngine, PartsOfADateAreNumbers) {
  const Fields date = F("2024-07-19T04:09:58.123Z");
  EXPECT_TRUE(KeyMatches("f|minute: 9", date));
  EXPECT_TRUE(KeyMatches("f|hour: 4", date));
  EXPECT_TRUE(KeyMatches("f|day: 19", date));
  EXPECT_TRUE(KeyMatches("f|week: 29", date));
  EXPECT_TRUE(KeyMatches("f|month: 7", date));
  EXPECT_TRUE(KeyMatches("f|year: 2024", date));
  EXPECT_FALSE(KeyMatches("f|hour: 9", date));
  EXPECT_TRUE(KeyMatches("f|hour: 4", F("2024-07-19 04:09:58.123")));
  EXPECT_TRUE(KeyMatches("f|week: 53", F("2021-01-01")));
  EXPECT_TRUE(KeyMatches("f|week: 1", F("2024-12-30")));
  EXPECT_FALSE(KeyMatches("f|day: 30", F("2024-02-30")));
  EXPECT_FALSE(KeyMatches("f|hour: 0", F("2024-02-28")));
  EXPECT_FALSE(KeyMatches("f|year: 2024", F("2024-07-19 and more")));
}

TEST(SigmaEngine, CidrHoldsAddressesOfItsVersion) {
  EXPECT_TRUE(KeyMatches("f|cidr: 10.1.0.0/16", F("10.1.255.3")));
  EXPECT_FALSE(KeyMatches("f|cidr: 10.1.0.0/16", F("10.2.0.1")));
  EXPECT_TRUE(KeyMatches("f|cidr: 192.168.128.0/20", F("192.168.143.255")));
  EXPECT_FALSE(KeyMatches("f|cidr: 192.168.128.0/20", F("192.168.144.0")));
  EXPECT_TRUE(KeyMatches("f|cidr: 'fe80::/10'", F("FE80::1")));
  EXPECT_TRUE(KeyMatches("f|cidr: '::1/128'", F("0:0:0:0:0:0:0:1")));
  EXPECT_FALSE(KeyMatches("f|cidr: 0.0.0.0/0", F("::1")));
  EXPECT_FALSE(KeyMatches("f|cidr: 10.0.0.0/8", F("10.0.0.0/8")));
  EXPECT_FALSE(KeyMatches("f|cidr: 10.0.0.0/8", F("-")));
}

TEST(SigmaEngine, FieldrefComparesFields) {
  const Fields same = {Text("f", "Abc"), Text("g", "aBC")};
  EXPECT_TRUE(KeyMatches("f|fieldref: g", same));
  EXPECT_FALSE(KeyMatches("f|fieldref: g", {Text("f", "Abc"), Text("g", "ab")}));
  EXPECT_FALSE(KeyMatches("f|fieldref: g", {Text("f", "Abc")}));
  EXPECT_FALSE(KeyMatches("f|fieldref: g", {Text("g", "Abc")}));
  EXPECT_FALSE(KeyMatches("f|fieldref: g", {Null("f"), Null("g")}));
  EXPECT_TRUE(KeyMatches("f|fieldref|neq: g", {Text("f", "Abc"), Text("g", "ab")}));
  EXPECT_TRUE(KeyMatches("f|fieldref|startswith: g", {Text("f", "Abc"), Text("g", "ab")}));
  EXPECT_TRUE(KeyMatches("f|fieldref|endswith: g", {Text("f", "Abc"), Text("g", "bc")}));
  EXPECT_TRUE(KeyMatches("f|fieldref|contains: g", {Text("f", "Abc"), Text("g", "b")}));
  EXPECT_FALSE(KeyMatches("f|fieldref|contains: g", {Text("f", "b"), Text("g", "Abc")}));
}

TEST(SigmaEngine, APercentSignWithoutExpandIsPlain) {
  EXPECT_TRUE(KeyMatches("f: '%temp%'", F("%TEMP%")));
}

// Which of the selections a, b, c and _d hold: the letters of `hold`.
bool ConditionHolds(std::string_view condition, std::string_view hold) {
  std::string detection;
  for (const char* name : {"a", "b", "c", "_d"}) {
    detection += std::string(name) + ":\n  " + name + ": 'yes'\n";
  }
  detection += "condition: " + std::string(condition);
  Fields fields;
  for (const char* name : {"a", "b", "c", "_d"}) {
    const bool holds = hold.find(std::string_view(name).back()) != std::string_view::npos;
    fields.push_back(Text(name, holds ? "yes" : "no"));
  }
  return RuleMatches(detection, fields);
}

TEST(SigmaEngine, OrBindsLeastThenAndThenNot) {
  EXPECT_TRUE(ConditionHolds("a or b and c", "a"));
  EXPECT_FALSE(ConditionHolds("a or b and c", "b"));
  EXPECT_TRUE(ConditionHolds("a or b and c", "bc"));
  EXPECT_TRUE(ConditionHolds("not a and b", "b"));
  EXPECT_FALSE(ConditionHolds("not a and b", ""));
  EXPECT_TRUE(ConditionHolds("not (a and b)", "b"));
  EXPECT_FALSE(ConditionHolds("(a or b) and c", "a"));
  EXPECT_TRUE(ConditionHolds("a and not (b or not c)", "ac"));
  EXPECT_FALSE(ConditionHolds("a and not (b or not c)", "a"));
}

TEST(SigmaEngine, OfCountsSelections) {
  EXPECT_TRUE(ConditionHolds("1 of them", "b"));
  EXPECT_FALSE(ConditionHolds("1 of them", ""));
  EXPECT_FALSE(ConditionHolds("1 of them", "d")) << "them leaves out names that begin with _";
  EXPECT_TRUE(ConditionHolds("all of them", "abc"));
  EXPECT_FALSE(ConditionHolds("all of them", "ab"));
  EXPECT_TRUE(ConditionHolds("any of them", "c"));
  EXPECT_TRUE(ConditionHolds("1 of _*", "d"));
  EXPECT_TRUE(ConditionHolds("a and not 1 of _*", "a"));
  EXPECT_FALSE(ConditionHolds("a and not 1 of _*", "ad"));
}

TEST(SigmaEngine, SeveralConditionsAreOr) {
  EXPECT_TRUE(ConditionHolds("[a and b, c]", "c"));
  EXPECT_TRUE(ConditionHolds("[a and b, c]", "ab"));
  EXPECT_FALSE(ConditionHolds("[a and b, c]", "a"));
}

TEST(SigmaEngine, OnlyEventsOfTheLogSourceAreAsked) {
  const std::string rule = RuleOf("s:\n  f: a\ncondition: s");
  const Event other{.types = {"windows/file_event", "windows"}, .fields = F("a")};
  EXPECT_FALSE(Matches(ReadContent("sigma", rule), other));
  const auto of = [&](const std::string& source) {
    std::string changed = rule;
    changed.replace(changed.find("  product: windows\n  category: process_creation\n"),
                    std::string_view("  product: windows\n  category: process_creation\n").size(),
                    source);
    return ReadContent("sigma", changed);
  };
  EXPECT_TRUE(Matches(of("  product: windows\n"), other));
  EXPECT_TRUE(Matches(of("  category: file_event\n"), other)) << "of any product";
  EXPECT_FALSE(Matches(of("  category: process_creation\n"), other));
}

TEST(SigmaEngine, ABudgetEndsAnEvent) {
  const std::string rule = RuleOf("s:\n  f|contains: [abc, def]\ncondition: s");
  const Event event{.types = {"windows/process_creation"}, .fields = F("............def")};
  for (const bool prefilter : {false, true}) {
    for (uint64_t budget = 0; budget < 100; ++budget) {
      const Engine engine =
          MakeEngine(ReadContent("sigma", rule), {.budget = budget, .prefilter = prefilter});
      Scratch scratch(engine);
      Outcome outcome;
      engine.Run(event, scratch, outcome);
      EXPECT_LE(outcome.work, budget);
      EXPECT_EQ(outcome.exhausted, outcome.matches.empty()) << budget;
      EXPECT_TRUE(budget >= 15 || outcome.exhausted) << budget;
      EXPECT_TRUE(budget < 99 || !outcome.exhausted);
    }
  }
}

TEST(SigmaEngine, ExplainSaysWhichCriteriaHold) {
  const Engine engine = MakeEngine(
      ReadContent("sigma", RuleOf("s:\n  f|contains: [abc, def]\n  g|neq: x\ncondition: s")));
  Scratch scratch(engine);
  const Event event{.types = {"windows/process_creation"}, .fields = F("xdefx")};
  std::vector<CriterionOutcome> criteria;
  engine.Explain(event, {0, 0}, scratch, criteria);
  ASSERT_EQ(criteria.size(), 3u);
  EXPECT_FALSE(criteria[0].holds);
  EXPECT_EQ(criteria[0].field, &event.fields[0]);
  EXPECT_TRUE(criteria[1].holds);
  EXPECT_TRUE(criteria[2].holds);
  EXPECT_EQ(criteria[2].field, nullptr);
}

TEST(SigmaEngine, ExplainKeepsToTheBudget) {
  const Engine engine =
      MakeEngine(ReadContent("sigma", RuleOf("s:\n  f|contains: abc\n  f|neq: x\ncondition: s")),
                 {.budget = 8});
  Scratch scratch(engine);
  const Event event{.types = {"windows/process_creation"}, .fields = F("xxxxxxabc")};
  std::vector<CriterionOutcome> criteria;
  engine.Explain(event, {0, 0}, scratch, criteria);
  ASSERT_EQ(criteria.size(), 2u);
  EXPECT_TRUE(criteria[0].exhausted && !criteria[0].holds);
  EXPECT_TRUE(criteria[1].exhausted && !criteria[1].holds);
}

TEST(SigmaEngine, WhatRe2DoesNotTakeIsNamedAndNotRun) {
  Content content = ReadContent("sigma", RuleOf("s:\n  f|re: 'a(?=b)'\ncondition: s"));
  Verification verified =
      Verify(std::move(content), ContractSet::BuiltIn(), {.skip_failing = true});
  ASSERT_TRUE(verified.ok());
  const bool taken = verified.content->takes(0);
  const absl::StatusOr<Engine> engine = Engine::Make(*std::move(verified.content));
  ASSERT_TRUE(engine.ok());
  EXPECT_EQ(engine->not_run().size() + verified.not_taken.size(), 1u);
  EXPECT_TRUE(!taken || engine->not_run()[0].why.find("RE2") != std::string::npos);
}

TEST(SigmaEngine, SeveralContentsRunTogether) {
  std::vector<VerifiedContent> contents;
  for (const char* value : {"abc", "bcd", "cde"}) {
    contents.push_back(Verified(ReadContent(
        "sigma", RuleOf(std::string("s:\n  f|contains: ") + value + "\ncondition: s"))));
  }
  const absl::StatusOr<Engine> engine = Engine::Make(std::move(contents));
  ASSERT_TRUE(engine.ok());
  Scratch scratch(*engine);
  Outcome outcome;
  const Event event{.types = {"windows/process_creation"}, .fields = F("xbcdex")};
  engine->Run(event, scratch, outcome);
  const std::vector<InstanceRef> expected = {{1, 0}, {2, 0}};
  EXPECT_EQ(outcome.matches, expected);
  engine->Run({.types = {"windows/process_creation"}}, scratch, outcome);
  EXPECT_TRUE(outcome.matches.empty()) << "nothing is left of the event before";
}

}  // namespace
}  // namespace sluice
