#include "tests/engine/naive_sigma.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

// Vectors for each sentence of what the Sigma specification 2.1.0 says of values, modifiers and
// conditions: they hold of the naive evaluator, which is what the engine is compared with.

namespace sluice::naive {
namespace {

using Fields = std::vector<EventField>;

EventField Text(std::string name, std::string text) {
  return {EventField::kText, std::move(name), std::move(text)};
}
EventField Digits(std::string name, std::string text) {
  return {EventField::kNumber, std::move(name), std::move(text)};
}
EventField Null(std::string name) { return {EventField::kNull, std::move(name), ""}; }

// What stands under `detection`, on an event of windows.
bool Decides(std::string_view detection, Fields fields) {
  std::string yaml = "logsource:\n  product: windows\ndetection:\n";
  std::string line;
  for (const char c : std::string(detection) + "\n") {
    line += c;
    if (c == '\n') yaml += "  " + std::exchange(line, "");
  }
  std::string why;
  const Placeholders placeholders = {{"admins", {"adm-*", "root"}}};
  const auto rule = ReadRule(yaml, placeholders, &why);
  EXPECT_TRUE(rule.has_value()) << why << "\n" << yaml;
  return rule && Matches(*rule, {{"windows"}, std::move(fields)});
}

bool Refused(std::string_view detection) {
  std::string yaml = "detection:\n";
  std::string line;
  for (const char c : std::string(detection) + "\n") {
    line += c;
    if (c == '\n') yaml += "  " + std::exchange(line, "");
  }
  std::string why;
  return !ReadRule(yaml, {}, &why).has_value();
}

// One key with what stands behind it, on an event that has the field f only.
bool Key(std::string_view key, std::string_view values, std::string text) {
  return Decides("s:\n  " + std::string(key) + ": " + std::string(values) + "\ncondition: s",
                 {Text("f", std::move(text))});
}

// A condition over the selections a, b, c and _d, of which those in `true_ones` hold.
bool Conditions(std::string_view condition, std::string_view true_ones) {
  std::string detection;
  Fields fields;
  for (const char* name : {"a", "b", "c", "_d"}) {
    const std::string letter(1, std::string_view(name).back());
    detection += std::string(name) + ":\n  " + letter + ": 'yes'\n";
    const bool holds = true_ones.find(letter) != std::string_view::npos;
    fields.push_back(Text(letter, holds ? "yes" : "no"));
  }
  return Decides(detection + "condition: " + std::string(condition), fields);
}

TEST(NaiveSigmaValues, TextIsComparedWithoutRegardToCase) {
  EXPECT_TRUE(Key("f", "'PowerShell'", "powershell"));
  EXPECT_TRUE(Key("f", "'\u00c4rger'", "\u00e4RGER"));
  EXPECT_TRUE(Key("f", "'\u03a3'", "\u03c2"));
  EXPECT_TRUE(Key("f", "'kelvin'", "\u212aelvin"));
  EXPECT_FALSE(Key("f", "'powershell'", "powershel"));
  EXPECT_FALSE(Key("f|cased", "'PowerShell'", "powershell"));
  EXPECT_TRUE(Key("f|cased", "'PowerShell'", "PowerShell"));
  EXPECT_FALSE(Key("f|contains|cased", "'Shell'", "powershell"));
}

TEST(NaiveSigmaValues, RegularExpressionsAreComparedWithRegardToCase) {
  EXPECT_FALSE(Key("f|re", "'Shell'", "powershell"));
  EXPECT_TRUE(Key("f|re", "'shell'", "powershell"));
  EXPECT_TRUE(Key("f|re|i", "'SHELL'", "powershell"));
}

TEST(NaiveSigmaValues, StarsAndQuestionMarks) {
  EXPECT_TRUE(Key("f", "'a*c'", "ac"));
  EXPECT_TRUE(Key("f", "'a*c'", "abbc"));
  EXPECT_FALSE(Key("f", "'a*c'", "abbcd"));
  EXPECT_TRUE(Key("f", "'a?c'", "abc"));
  EXPECT_FALSE(Key("f", "'a?c'", "ac"));
  EXPECT_FALSE(Key("f", "'a?c'", "abbc"));
  EXPECT_TRUE(Key("f", "'a?c'", "a\u20acc"));  // one character of three bytes
  EXPECT_TRUE(Key("f", "'a*c'", "a\nc"));
}

TEST(NaiveSigmaValues, Backslashes) {
  EXPECT_TRUE(Key("f", R"('a\*c')", "a*c"));
  EXPECT_FALSE(Key("f", R"('a\*c')", "abc"));
  EXPECT_TRUE(Key("f", R"('a\?c')", "a?c"));
  EXPECT_FALSE(Key("f", R"('a\?c')", "abc"));
  EXPECT_TRUE(Key("f", R"('a\\*')", R"(a\anything)"));
  EXPECT_FALSE(Key("f", R"('a\\*')", R"(a*)"));
  EXPECT_TRUE(Key("f", R"('a\\\*')", R"(a\*)"));
  EXPECT_FALSE(Key("f", R"('a\\\*')", R"(a\b)"));
  EXPECT_TRUE(Key("f", R"('C:\Windows')", R"(C:\Windows)"));
  EXPECT_TRUE(Key("f", R"('C:\\Windows')", R"(C:\Windows)"));
  EXPECT_TRUE(Key("f", R"('\\\\host')", R"(\\host)"));
  EXPECT_FALSE(Key("f", R"('\\host')", R"(\\host)"));
  EXPECT_TRUE(Key("f|endswith", R"('\')", R"(C:\)"));
  EXPECT_TRUE(Key("f", R"('\\\x')", R"(\\x)"));
}

TEST(NaiveSigmaValues, TheWholeFieldMustMatchButForTheOpenEnds) {
  EXPECT_FALSE(Key("f", "'b'", "abc"));
  EXPECT_TRUE(Key("f|contains", "'b'", "abc"));
  EXPECT_TRUE(Key("f|startswith", "'a'", "abc"));
  EXPECT_FALSE(Key("f|startswith", "'b'", "abc"));
  EXPECT_TRUE(Key("f|endswith", "'c'", "abc"));
  EXPECT_FALSE(Key("f|endswith", "'b'", "abc"));
  EXPECT_TRUE(Key("f|contains", "'a*c'", "xabcx"));
  EXPECT_TRUE(Key("f|startswith", "'a?c'", "abcd"));
  EXPECT_TRUE(Key("f|endswith", "'?c'", "abc"));
  EXPECT_FALSE(Key("f|endswith", "'??c'", "bc"));
}

TEST(NaiveSigmaValues, NumbersMatchNumbersAndTheSameNumberAsText) {
  EXPECT_TRUE(Decides("s:\n  f: 5\ncondition: s", {Digits("f", "5")}));
  EXPECT_TRUE(Key("f", "5", "5"));
  EXPECT_FALSE(Key("f", "5", "55"));
  EXPECT_FALSE(Key("f", "5", "five"));
  EXPECT_FALSE(Key("f", "5", ""));
  EXPECT_TRUE(Decides("s:\n  f: 5\ncondition: s", {Digits("f", "5.0")}));
  EXPECT_TRUE(Key("f", "-5", "-5"));
  EXPECT_TRUE(Key("f", "18446744073709551616", "18446744073709551616"));
  EXPECT_FALSE(Key("f", "18446744073709551616", "18446744073709551617"));
  EXPECT_TRUE(Key("f|contains", "5", "152"));
}

TEST(NaiveSigmaValues, EmptyAndNone) {
  EXPECT_TRUE(Key("f", "''", ""));
  EXPECT_FALSE(Key("f", "''", " "));
  EXPECT_FALSE(Decides("s:\n  f: ''\ncondition: s", {}));
  EXPECT_FALSE(Decides("s:\n  f: ''\ncondition: s", {Null("f")}));
  EXPECT_TRUE(Decides("s:\n  f: null\ncondition: s", {}));
  EXPECT_TRUE(Decides("s:\n  f:\ncondition: s", {Null("f")}));
  EXPECT_FALSE(Key("f", "~", ""));
  EXPECT_TRUE(Refused("s:\n  f: [a, null]\ncondition: s"));
}

TEST(NaiveSigmaValues, ListsAreOrUnlessAll) {
  EXPECT_TRUE(Key("f|contains", "[a, b]", "b"));
  EXPECT_FALSE(Key("f|contains", "[a, b]", "c"));
  EXPECT_FALSE(Key("f|contains|all", "[a, b]", "b"));
  EXPECT_TRUE(Key("f|contains|all", "[a, b]", "ab"));
  EXPECT_TRUE(Key("f|all|contains", "[a, b]", "ab"));
  EXPECT_TRUE(Refused("s:\n  f|contains|all: a\ncondition: s"));
}

TEST(NaiveSigmaValues, MapsAreAndListsOfMapsAreOr) {
  const std::string both = "s:\n  f: a\n  g: b\ncondition: s";
  EXPECT_TRUE(Decides(both, {Text("f", "a"), Text("g", "b")}));
  EXPECT_FALSE(Decides(both, {Text("f", "a"), Text("g", "a")}));
  EXPECT_FALSE(Decides(both, {Text("f", "a")}));
  const std::string either = "s:\n  - f: a\n    g: b\n  - h: c\ncondition: s";
  EXPECT_TRUE(Decides(either, {Text("h", "c")}));
  EXPECT_TRUE(Decides(either, {Text("f", "a"), Text("g", "b")}));
  EXPECT_FALSE(Decides(either, {Text("f", "a"), Text("g", "c")}));
}

TEST(NaiveSigmaValues, KeywordsAreTextAnywhereInTheEvent) {
  const std::string either = "s:\n  - mimi\n  - lsass\ncondition: s";
  EXPECT_TRUE(Decides(either, {Text("x", "no"), Text("y", "LSASS.exe")}));
  EXPECT_FALSE(Decides(either, {Text("mimi", "no")}));
  EXPECT_FALSE(Decides(either, {}));
  const std::string every = "s:\n  '|all': [mimi, lsass]\ncondition: s";
  EXPECT_TRUE(Decides(every, {Text("x", "mimikatz"), Text("y", "lsass")}));
  EXPECT_FALSE(Decides(every, {Text("x", "mimikatz")}));
  EXPECT_TRUE(Decides("s: ka?z\ncondition: s", {Text("x", "mimikatz.exe")}));
  EXPECT_TRUE(Decides("s: [4625]\ncondition: s", {Digits("x", "14625")}));
  EXPECT_TRUE(Decides("s:\n  - k\n  - f: v\ncondition: s", {Text("f", "v")}));
  EXPECT_TRUE(Decides("s:\n  '|re': 'a.c'\ncondition: s", {Text("f", "xabcx")}));
}

TEST(NaiveSigmaModifiers, NeqIsDifferentFrom) {
  EXPECT_FALSE(Key("f|neq", "a", "A"));
  EXPECT_TRUE(Key("f|neq", "a", "b"));
  EXPECT_FALSE(Key("f|contains|neq", "[a, b]", "xb"));
  EXPECT_TRUE(Key("f|neq|contains", "[a, b]", "c"));
  EXPECT_FALSE(Key("f|all|neq|contains", "[a, b]", "ab"));
  EXPECT_TRUE(Key("f|neq|all|contains", "[a, b]", "a"));
  EXPECT_TRUE(Decides("s:\n  f|neq: a\ncondition: s", {}));
  EXPECT_FALSE(Decides("s:\n  f|neq: null\ncondition: s", {}));
  EXPECT_TRUE(Key("f|neq", "null", ""));
}

TEST(NaiveSigmaModifiers, ExistsWhateverTheValue) {
  EXPECT_TRUE(Key("f|exists", "true", ""));
  EXPECT_TRUE(Decides("s:\n  f|exists: true\ncondition: s", {Null("f")}));
  EXPECT_FALSE(Decides("s:\n  f|exists: true\ncondition: s", {Text("g", "")}));
  EXPECT_TRUE(Decides("s:\n  f|exists: false\ncondition: s", {Text("g", "")}));
  EXPECT_FALSE(Key("f|exists", "false", "x"));
}

TEST(NaiveSigmaModifiers, RegularExpressions) {
  EXPECT_TRUE(Key("f|re", "'^a.*z$'", "a to z"));
  EXPECT_FALSE(Key("f|re", "'^a.z$'", "a\nz"));
  EXPECT_TRUE(Key("f|re|s", "'^a.z$'", "a\nz"));
  EXPECT_FALSE(Key("f|re", "'^b$'", "a\nb\nc"));
  EXPECT_TRUE(Key("f|re|m", "'^b$'", "a\nb\nc"));
  EXPECT_TRUE(Key("f|re|i|m", "'^B$'", "a\nb\nc"));
  EXPECT_TRUE(Key("f|re", "'(ab|c){2,3}d'", "xabcd"));
  EXPECT_FALSE(Key("f|re", "'^(ab|c){2,3}d'", "abd"));
  EXPECT_TRUE(Key("f|re", R"('[^a-c\d]+\.exe')", "zz.exe"));
  EXPECT_FALSE(Key("f|re", R"('^[^a-c\d]+\.exe')", "a1.exe"));
  EXPECT_TRUE(Key("f|re", R"('\bcmd\b')", "a cmd b"));
  EXPECT_TRUE(Key("f|re", "'(?i)CMD'", "cmd"));
  EXPECT_TRUE(Key("f|re", "'x{,2}'", "x{,2}"));
  EXPECT_TRUE(Key("f|re", "['a', 'b']", "b"));
  EXPECT_FALSE(Key("f|re|all", "['a', 'b']", "b"));
  EXPECT_TRUE(Refused("s:\n  f|re: '(?=a)'\ncondition: s"));
  EXPECT_TRUE(Refused("s:\n  f|re: '(a'\ncondition: s"));
}

TEST(NaiveSigmaModifiers, WindashStandsForEveryDash) {
  for (const char* dash : {"-", "/", "\u2013", "\u2014", "\u2015"}) {
    EXPECT_TRUE(Key("f|contains|windash", "' -x '", " a " + std::string(dash) + "x b"));
    EXPECT_TRUE(Key("f|windash|contains", "' /x '", " a " + std::string(dash) + "x b"));
    EXPECT_TRUE(Key("f|windash", "'-a /b'", std::string(dash) + "a -b"));
  }
  EXPECT_FALSE(Key("f|contains|windash", "' -x '", " +x "));
  EXPECT_FALSE(Key("f|contains", "' -x '", " /x "));
}

TEST(NaiveSigmaModifiers, Encodings) {
  EXPECT_TRUE(Key("f|base64", "'foobar'", "Zm9vYmFy"));
  EXPECT_TRUE(Key("f|base64", "'fo'", "Zm8="));
  EXPECT_TRUE(Key("f|base64|contains", "'foob'", "xxZm9vYg==xx"));
  // "http" in "xhttp", "xxhttp" and "xxxhttp", with more behind it.
  for (const char* text : {"eGh0dHB5", "eHhodHRweXk=", "eHh4aHR0cHl5"}) {
    EXPECT_TRUE(Key("f|base64offset|contains", "'http'", text)) << text;
  }
  EXPECT_FALSE(Key("f|base64offset|contains", "'http'", "eGZ0cDov"));
  EXPECT_TRUE(Key("f|wide|base64", "'ab'", "YQBiAA=="));
  EXPECT_TRUE(Key("f|utf16le|base64", "'ab'", "YQBiAA=="));
  EXPECT_TRUE(Key("f|utf16be|base64", "'ab'", "AGEAYg=="));
  EXPECT_TRUE(Key("f|utf16|base64", "'ab'", "//5hAGIA"));
  EXPECT_TRUE(Key("f|wide|base64offset|contains", "'ab'", "xxYQBiAxx"));
  EXPECT_TRUE(Key("f|base64", R"('a\*')", "YSo="));
}

TEST(NaiveSigmaModifiers, ComparisonsOfNumbers) {
  EXPECT_TRUE(Key("f|lt", "10", "9"));
  EXPECT_FALSE(Key("f|lt", "10", "10"));
  EXPECT_TRUE(Key("f|lte", "10", "10"));
  EXPECT_FALSE(Key("f|lte", "10", "10.1"));
  EXPECT_TRUE(Key("f|gt", "9", "10"));
  EXPECT_FALSE(Key("f|gt", "-9", "-10"));
  EXPECT_TRUE(Key("f|gte", "-10", "-10.0"));
  EXPECT_TRUE(Key("f|gt", "15", "0x10"));
  EXPECT_FALSE(Key("f|gt", "15", "0x1g"));
  EXPECT_FALSE(Key("f|lt", "10", "nine"));
  EXPECT_FALSE(Key("f|gte", "0", ""));
  EXPECT_TRUE(Refused("s:\n  f|lt: ten\ncondition: s"));
}

TEST(NaiveSigmaModifiers, PartsOfADate) {
  const std::string date = "2024-02-29 07:08:00.061";
  EXPECT_TRUE(Key("f|minute", "8", date));
  EXPECT_TRUE(Key("f|hour", "7", date));
  EXPECT_TRUE(Key("f|day", "29", date));
  EXPECT_TRUE(Key("f|week", "9", date));
  EXPECT_TRUE(Key("f|month", "2", date));
  EXPECT_TRUE(Key("f|year", "2024", date));
  EXPECT_TRUE(Key("f|hour|gte", "7", "2024-02-29T07:08:00Z"));
  EXPECT_FALSE(Key("f|hour|lt", "7", "2024-02-29T07:08:00+02:00"));
  EXPECT_FALSE(Key("f|year", "2023", "2023-02-29"));  // no such day
  EXPECT_TRUE(Key("f|week", "53", "2021-01-03"));
  EXPECT_TRUE(Key("f|week", "1", "2024-12-30"));
  EXPECT_FALSE(Key("f|year", "2024", "2024"));
}

TEST(NaiveSigmaModifiers, Networks) {
  EXPECT_TRUE(Key("f|cidr", "10.0.0.0/8", "10.255.0.1"));
  EXPECT_FALSE(Key("f|cidr", "10.0.0.0/8", "11.0.0.1"));
  EXPECT_TRUE(Key("f|cidr", "10.1.2.128/25", "10.1.2.200"));
  EXPECT_FALSE(Key("f|cidr", "10.1.2.128/25", "10.1.2.100"));
  EXPECT_TRUE(Key("f|cidr", "'fe80::/10'", "fe80::1"));
  EXPECT_TRUE(Key("f|cidr", "'::1/128'", "0:0:0:0:0:0:0:1"));
  EXPECT_FALSE(Key("f|cidr", "'fe80::/10'", "10.0.0.1"));
  EXPECT_FALSE(Key("f|cidr", "0.0.0.0/0", "not an address"));
}

TEST(NaiveSigmaModifiers, AnotherFieldOfTheEvent) {
  const auto decides = [](std::string_view key, std::string f, std::string g) {
    return Decides("s:\n  " + std::string(key) + ": g\ncondition: s",
                   {Text("f", std::move(f)), Text("g", std::move(g))});
  };
  EXPECT_TRUE(decides("f|fieldref", "a", "A"));
  EXPECT_FALSE(decides("f|fieldref", "a", "b"));
  EXPECT_TRUE(decides("f|fieldref|neq", "a", "b"));
  EXPECT_TRUE(decides("f|fieldref|contains", "xay", "a"));
  EXPECT_TRUE(decides("f|fieldref|startswith", "ay", "a"));
  EXPECT_TRUE(decides("f|fieldref|endswith", "xa", "a"));
  EXPECT_FALSE(decides("f|fieldref|endswith", "xay", "a"));
  EXPECT_FALSE(decides("f|fieldref", "abc", "a*"));  // no wildcards in an event
  EXPECT_FALSE(Decides("s:\n  f|fieldref: g\ncondition: s", {Text("f", "")}));
}

TEST(NaiveSigmaModifiers, Placeholders) {
  EXPECT_TRUE(Key("f|expand", "'%admins%'", "adm-7"));
  EXPECT_TRUE(Key("f|expand", "'x\\%admins%'", "x\\root"));
  EXPECT_TRUE(Key("f", "'%admins%'", "%admins%"));
  EXPECT_TRUE(Refused("s:\n  f|expand: '%nobody%'\ncondition: s"));
}

TEST(NaiveSigmaModifiers, AreAppliedFromLeftToRight) {
  EXPECT_TRUE(Key("f|windash|base64", "'-'", "Lw=="));  // also "/"
  EXPECT_TRUE(Key("f|base64|windash", "'\u00ff'", "w78="));
  EXPECT_TRUE(Key("f|base64|windash", R"('\?\?\?')", "Pz8-"));  // "Pz8/" with a dash
  EXPECT_FALSE(Key("f|windash|base64", R"('\?\?\?')", "Pz8-"));
}

TEST(NaiveSigmaConditions, OrBindsLeastThenAndThenNot) {
  EXPECT_TRUE(Conditions("a or b and c", "a"));
  EXPECT_FALSE(Conditions("(a or b) and c", "a"));
  EXPECT_TRUE(Conditions("a and b or c", "c"));
  EXPECT_FALSE(Conditions("a and (b or c)", "c"));
  EXPECT_TRUE(Conditions("not a and b", "b"));
  EXPECT_FALSE(Conditions("not a and b", "ab"));
  EXPECT_TRUE(Conditions("not (a and b)", "a"));
  EXPECT_TRUE(Conditions("not a or b", "ab"));
  EXPECT_TRUE(Conditions("not not a", "a"));
}

TEST(NaiveSigmaConditions, Quantifiers) {
  EXPECT_TRUE(Conditions("1 of them", "b"));
  EXPECT_FALSE(Conditions("1 of them", "d"));  // _d
  EXPECT_TRUE(Conditions("all of them", "abc"));
  EXPECT_FALSE(Conditions("all of them", "ab"));
  EXPECT_TRUE(Conditions("any of them", "c"));
  EXPECT_TRUE(Conditions("1 of _*", "d"));
  EXPECT_TRUE(Conditions("1 of *d", "d"));
  EXPECT_FALSE(Conditions("all of a*", "b"));
  EXPECT_TRUE(Conditions("not 1 of b* and c", "c"));
}

TEST(NaiveSigmaConditions, ListsAreOr) {
  EXPECT_TRUE(Conditions("[a, b and c]", "bc"));
  EXPECT_TRUE(Conditions("[a, b and c]", "a"));
  EXPECT_FALSE(Conditions("[a, b and c]", "b"));
}

TEST(NaiveSigmaConditions, WhatNamesNothingIsAnError) {
  EXPECT_TRUE(Refused("s:\n  f: a\ncondition: t"));
  EXPECT_TRUE(Refused("s:\n  f: a\ncondition: 1 of t*"));
  EXPECT_TRUE(Refused("s:\n  f: a\ncondition: s and"));
  EXPECT_TRUE(Refused("s:\n  f: a\ncondition: (s"));
  EXPECT_TRUE(Refused("s:\n  f: a"));
}

TEST(NaiveSigmaLogSource, OnlyEventsOfIt) {
  const auto decides = [](std::string_view source, std::vector<std::string> types) {
    std::string why;
    const auto rule = ReadRule(
        "logsource: " + std::string(source) + "\ndetection: {s: {f: a}, condition: s}", {}, &why);
    return rule && Matches(*rule, {std::move(types), {Text("f", "a")}});
  };
  EXPECT_TRUE(decides("{product: windows, category: dns_query}", {"windows/dns_query", "windows"}));
  EXPECT_FALSE(decides("{product: windows, category: dns_query}", {"windows"}));
  EXPECT_TRUE(decides("{service: Sysmon, product: Windows}", {"windows/sysmon"}));
  EXPECT_TRUE(decides("{category: proxy}", {"*/proxy"}));
  EXPECT_TRUE(decides("{category: proxy}", {"squid/proxy"}));
  EXPECT_FALSE(decides("{product: squid}", {"squid/proxy"}));
  EXPECT_FALSE(decides("{category: proxy}", {"windows"}));
}

TEST(NaiveSigmaEvents, BrokenBytesAreCharactersThatNothingElseIs) {
  EXPECT_TRUE(Key("f|startswith", "'a'", "a\xff\xfe"));
  EXPECT_TRUE(Key("f", "'a?b'",
                  "a\xff"
                  "b"));
  EXPECT_FALSE(Key("f", "'a?b'",
                   "a\xff\xff"
                   "b"));
  EXPECT_FALSE(Key("f|re", "'a.b'",
                   "a\xff"
                   "b"));
  EXPECT_TRUE(Key("f|re", "'^a'", "a\xff"));
  // Half of a letter is not in it, however it is folded.
  const Fields half = {Text("f", "\u042f"), Text("g", "\x8f")};
  EXPECT_FALSE(Decides("s:\n  f|fieldref|contains: g\ncondition: s", half));
}

}  // namespace
}  // namespace sluice::naive
