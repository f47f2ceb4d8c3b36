// Printing: what is written, that it reads back as the same, and what is refused.

#include "parser/sigma/sigma_print.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "tests/parser/sigma/sigma_testing.h"

namespace sluice {
namespace {

// What `text` prints as, which must read back with the same meaning and print the same again.
std::string Printed(const std::string& text, const ReadOptions& options = {}) {
  const Content content = SigmaContent(text, options);
  const SigmaPrint print = PrintSigma(content);
  EXPECT_TRUE(print.ok()) << text << "\n" << (print.ok() ? "" : print.refused[0].why);
  if (!print.ok()) return "";
  const ReadResult back = ReadSigmaText(print.text, options);
  EXPECT_TRUE(back.ok()) << print.text << back.malformed().message;
  if (!back.ok()) return "";
  EXPECT_TRUE(SameMeaning(content, back.content())) << text << "printed as\n" << print.text;
  EXPECT_EQ(PrintSigma(back.content()).text, print.text);
  return print.text;
}

// The lines of a printed `detection` of one rule.
std::string Detection(std::string_view detection, const ReadOptions& options = {}) {
  const std::string text = Printed(RuleWith(detection), options);
  const size_t at = text.find("detection:\n");
  return at == std::string::npos ? text : text.substr(at + 11);
}

// Where the first refusal of a text stands, and how many there are.
std::string Refused(const std::string& text) {
  const Content content = SigmaContent(text);
  const SigmaPrint print = PrintSigma(content);
  if (print.ok()) return "printed: " + print.text;
  EXPECT_EQ(print.text, "");
  EXPECT_FALSE(print.refused[0].why.empty());
  return std::to_string(print.refused.size()) + " " + At(content, print.refused[0].place);
}

TEST(SigmaPrint, IsCanonical) {
  EXPECT_EQ(Printed("title:   \"A rule\"   # a comment\n"
                    "id: 5f0d2d6e-0000-4000-8000-000000000001\n"
                    "date: 2024-05-01\n"
                    "tags: [attack.execution, 'attack.t1059']\n"
                    "related:\n- {id: a, type: similar}\n- id: b\n  type: derived\n"
                    "logsource: {product: windows, category: process_creation}\n"
                    "detection:\n"
                    "  condition: s or k\n"
                    "  s:\n"
                    "    Image|endswith: [ '\\a.exe', \"\\\\b.exe\" ]\n"
                    "    User: x\n"
                    "  k: [one, two]\n"
                    "  timeframe: 5m\n"
                    "level: high\n"),
            "title: A rule\n"
            "id: 5f0d2d6e-0000-4000-8000-000000000001\n"
            "date: 2024-05-01\n"
            "tags:\n"
            "    - attack.execution\n"
            "    - attack.t1059\n"
            "related:\n"
            "    - id: a\n"
            "      type: similar\n"
            "    - id: b\n"
            "      type: derived\n"
            "logsource:\n"
            "    product: windows\n"
            "    category: process_creation\n"
            "detection:\n"
            "    s:\n"
            "        Image|endswith:\n"
            "            - \\a.exe\n"
            "            - \\b.exe\n"
            "        User: x\n"
            "    k:\n"
            "        - one\n"
            "        - two\n"
            "    condition: s or k\n"
            "    timeframe: 5m\n"
            "level: high\n");
}

TEST(SigmaPrint, SelectionsKeepTheirShape) {
  EXPECT_EQ(Detection("  a: [{x: 1, v: [2, 3]}, {z: 4}]\n  condition: a\n"),
            "    a:\n        - x: 1\n          v:\n              - 2\n              - 3\n"
            "        - z: 4\n    condition: a\n");
  EXPECT_EQ(Detection("  a: [x, y, {f: 1}, z]\n  condition: a\n"),
            "    a:\n        - x\n        - 'y'\n        - f: 1\n        - z\n    condition: a\n");
  EXPECT_EQ(Detection("  a: word\n  condition: a\n"), "    a: word\n    condition: a\n");
  EXPECT_EQ(Detection("  a: [word]\n  condition: a\n"),
            "    a:\n        - word\n    condition: a\n");
  EXPECT_EQ(Detection("  a: {'|all': [x, z]}\n  condition: a\n"),
            "    a:\n        '|all':\n            - x\n            - z\n    condition: a\n");
}

TEST(SigmaPrint, EverySelectionReadsBack) {
  for (const char* selection : {"{f: [x]}",
                                "{f|neq: [x, z]}",
                                "{f|all|neq|contains: [x, z]}",
                                "{f|exists: true}",
                                "{f: null}",
                                "{f: ~}",
                                "{f: }",
                                "{'': null}",
                                "{'': x}",
                                "{'': [x, z]}",
                                "[{'': [x]}, z]",
                                "[x, {'': [z]}]",
                                "[{'': x}, z]",
                                "[{f: x}, {f: [x, 'null', \"\"]}]",
                                "[{f: 1}, x, {g: 2, h: [3, 4]}, y, z]",
                                "{f: 1, g: 2, '': [x]}",
                                "{f|windash|contains: ' -a'}",
                                "{f|cidr: [10.0.0.0/8, 'fe80::/10']}",
                                "{f|re|i|m: '^a.+$'}",
                                "{f|wide|base64offset|contains: ['abcd', 'efgh']}",
                                "{f|fieldref|endswith: g}",
                                "{f|gte: 5, f|lt: 7.50}",
                                "{f|hour: 12}",
                                "{f|cased: X}",
                                "{4688: x, on: [yes, 'yes', 0x1F, '0x1F', 1_0, 010]}",
                                "{f: [!!str 5, !!int '7', !!bool x, !!float 1, 1.5e+3, .inf]}"}) {
    Detection("  a: " + std::string(selection) + "\n  condition: a\n");
    Detection("  b: {x: 1}\n  a: &a " + std::string(selection) +
              "\n  c: *a\n  condition: 1 of a* or (b and not c)\n");
  }
}

TEST(SigmaPrint, WhatIsWrittenIsPartOfTheMeaning) {
  const auto same = [](std::string_view a, std::string_view b) {
    const auto rule = [](std::string_view value) {
      return SigmaContent(RuleWith("  s: {f: " + std::string(value) + "}\n  condition: s\n"));
    };
    return SameMeaning(rule(a), rule(b));
  };
  EXPECT_TRUE(same("x", "'x'"));
  EXPECT_FALSE(same("x", "[x]"));
  EXPECT_FALSE(same("true", "'true'"));
  EXPECT_FALSE(same("a**", "a*"));
}

TEST(SigmaPrint, HostileValuesReadBack) {
  const std::string values[] = {"'it''s'",
                                "'\"'",
                                "'a: b'",
                                "'a #b'",
                                "'#b'",
                                "'- a'",
                                "'-'",
                                "'--- a'",
                                "'...'",
                                "'%a%'",
                                "'@x'",
                                "'`x'",
                                "'[x]'",
                                "'{x}'",
                                "'*x'",
                                "'&x'",
                                "'!x'",
                                "'|'",
                                "'>'",
                                "'?'",
                                "'? x'",
                                "':'",
                                "'x:'",
                                "' x'",
                                "'x '",
                                "' '",
                                "''",
                                "'null'",
                                "'~'",
                                "'Null'",
                                "'true'",
                                "'off'",
                                "'Y'",
                                "'12'",
                                "'-1.5'",
                                "'0o17'",
                                "'1e3'",
                                "'2024-05-01'",
                                "'<<'",
                                "'='",
                                "'1:30'",
                                "'C:\\a\\*'",
                                "\"\\0\"",
                                "\"a\\tb\"",
                                "\"\\x7f\\x85\\u2028\\ufeff\"",
                                "\"a\\r\\nb\"",
                                "\"\\n\"",
                                "\"a\\n\"",
                                "\"a\\n\\n\"",
                                "\"a\\n  b \\n\\nc\"",
                                "\" a\\nb\"",
                                "\"a\\n \\nb\"",
                                "\"\\U0001F600\"",
                                "\"\\uffff\"",
                                "'\xC3\xA9'",
                                "\"" + std::string(5000, ' ').insert(2500, "\\x20") + "\"",
                                "2024-05-01",
                                "null",
                                "true",
                                "-1.5",
                                "0x1F",
                                "1:30",
                                "'" + std::string(3000, 'k') + "'"};
  for (const std::string& value : values) {
    Detection("  a: [{f: " + value + ", g: 1}]\n  condition: a\n");
    if (value != "null") Detection("  a: [{f: [x, " + value + "]}]\n  condition: a\n");
    Printed("title: " + value + "\nlist: [" + value + ", {k: " + value + "}]\ndetection: {}\n");
    Printed("title: x\n? " + value + "\n: [x]\nlogsource: {}\n");
    if (value.size() < 40) Printed("title: x\nk: {? " + value + " : {v: x}}\nlogsource: {}\n");
  }
}

TEST(SigmaPrint, BlockScalarsReadBack) {
  EXPECT_EQ(Printed("title: x\ndescription: |\n  one\n   two  \n\n  three\n"
                    "note: |-\n  a\n  b\nlist:\n- >\n  c\n\n  d\nlogsource: {}\n"),
            "title: x\ndescription: |\n    one\n     two  \n\n    three\n"
            "note: |-\n    a\n    b\nlist:\n    - |\n      c\n      d\nlogsource: {}\n");
}

TEST(SigmaPrint, DocumentsOfEveryRole) {
  const std::string text = Printed(
      "title: a\nname: r\n" + RuleWith("  s: {f: 1}\n  condition: [s, not s]\n") +
      "---\ntitle: b\ncorrelation:\n  type: event_count\n  rules: [r]\n  group-by:\n  - User\n"
      "  timespan: 5m\n  condition: {gte: 10}\n"
      "---\ntitle: c\nfilter:\n  rules: [r]\n  s: {User|startswith: adm_}\n  condition: not s\n"
      "---\n---\n- a\n- {b: [[], {}, [c]]}\n---\nword\n---\n{}\n"
      "---\naction: global\ntitle: d\n---\ndetection:\n  s: {g: 2}\n");
  EXPECT_NE(text.find("---\ntitle: b\ncorrelation:\n    type: event_count\n"), std::string::npos);
  EXPECT_NE(text.find("---\n- a\n- b:\n      - []\n      - {}\n      - - c\n---\nword\n---\n{}\n"),
            std::string::npos);
}

TEST(SigmaPrint, AttributesKeepTheirNesting) {
  Printed("title: x\na: {b: {c: 1}, d: 2}\na.b: {c: 3}\n'a.b.c': 4\n'': 5\nlogsource: {}\n");
  Printed("title: x\na: {'': 1, '.': 2, b.c: 3}\n.a: {'b': 1}\nlogsource: {}\n");
  Printed("title: x\na:\n  b: c\n?\n: d\nlogsource: {}\n");
  Printed("title: x\na: [[1, [2], []], [[]], [{a: [3]}, 4], ]\nlogsource: {}\n");
  Printed("title: x\na:\n- -\n-\n- - -\n- b:\n- c\nlogsource: {}\n");
}

TEST(SigmaPrint, AliasesAreWrittenOut) {
  EXPECT_EQ(Printed("title: x\na: &a [1, &b {k: v}]\nc: [*b, 2, *a, 3]\nd: {e: *a, f: *b}\n"
                    "logsource: {}\n"),
            "title: x\na:\n    - 1\n    - k: v\n"
            "c:\n    - k: v\n    - 2\n    - - 1\n      - k: v\n    - 3\n"
            "d:\n    e:\n        - 1\n        - k: v\n    f:\n        k: v\nlogsource: {}\n");
  Printed("title: x\na: &a {k: &b [1], l: *b, m: 2}\nc: &c {o: *b}\nlogsource: &d {n: *a}\n");
  Printed("title: &t x\n&k a: {*t : *t, *k : {b: *t}}\nc: *k\nlogsource: {}\n");
}

TEST(SigmaPrint, IncompleteRulesThatTheModelHolds) {
  for (const char* detection :
       {"  s: {f: 1}\n  condition: s and\n", "  s: {f: 1}\n  condition: t\n",
        "  s: {f: 1}\n  condition: {a: s}\n", "  s: {f: 1}\n  condition: []\n",
        "  s: {f: 1}\n  condition: s | count() > 5\n", "  s: {f: 1}\n", "  s:\n  condition: s\n",
        "  s: []\n  t: {}\n  u: {f: 1}\n  condition: u\n", "  condition: s\n",
        "  s: {f: 1, f: 2}\n  s: {g: 3}\n  condition: s\n  condition: not s\n",
        "  s: {f|re: '('}\n  condition: s\n", "  {}\n", "  word\n", "\n"}) {
    Printed(RuleWith(detection) + "level: high\n");
  }
  Printed(RuleWith("  s: {f: 1}\n  condition: s\ndetection:\n  t: {g: [[2]]}\n"));
}

TEST(SigmaPrint, RefusesWhatTheModelDoesNotHold) {
  const auto refused = [](std::string_view value) {
    return Refused(RuleWith("  s: " + std::string(value) + "\n  condition: s\n"));
  };
  EXPECT_EQ(refused("{f|lt: abc}"), "1 7:13 abc");
  EXPECT_EQ(refused("{f|expand: ['a', '%b%']}"), "1 7:23 '%b%'");
  EXPECT_EQ(refused("{f|no: x}"), "1 7:9 no");
  EXPECT_EQ(refused("{f: [x, null]}"), "1 7:14 null");
  EXPECT_EQ(refused("{f: []}"), "1 7:10 []");
  EXPECT_EQ(refused("{f: {g: x}}"), "1 7:10 {g: x}");
  EXPECT_EQ(refused("[{f: 1}, {}]"), "1 7:15 {}");
  EXPECT_EQ(refused("[{f: 1}, [x]]"), "1 7:15 [x]");
  EXPECT_EQ(refused("{<<: {f: 1}}"), "1 7:7 <<");
  EXPECT_EQ(refused("{f: !x y}"), "1 7:13 y");
  EXPECT_EQ(Refused("title: x\n? [a]\n: b\nlogsource: {}\n"), "1 2:3 [a]");
  EXPECT_EQ(Refused("title: x\nlogsource: {}\ndetection: [a]\n"), "1 3:12 [a]");
}

TEST(SigmaPrint, NamesEveryDocumentThatItRefuses) {
  const std::string lost = RuleWith("  s: {f: []}\n  t:\n  condition: s\n");
  const std::string held = RuleWith("  t:\n  u: {f: 1}\n  condition: u\n");
  const Content content = SigmaContent(lost + "---\n" + held + "---\n" + lost);
  const SigmaPrint print = PrintSigma(content);
  ASSERT_EQ(print.refused.size(), 2u);
  EXPECT_EQ(print.refused[0].instance, 0u);
  EXPECT_EQ(print.refused[1].instance, 2u);
}

TEST(SigmaPrint, RefusesPathsThatWereCut) {
  const std::string key(70, 'k');
  EXPECT_EQ(Refused("title: x\n" + key + ": {" + key + ": 1}\nlogsource: {}\n").substr(0, 7),
            "1 2:74 ");
  const std::string inner(68, 'z');
  Refused("title: x\n." + key + ": {" + key + "." + inner + ": 1}\nlogsource: {}\n");
  Printed("title: x\n" + std::string(200, 'k') + ": 1\nlogsource: {}\n");
  Printed("title: x\n" + key + ": {" + std::string(50, 'z') + ": [1, {a: 2}]}\nlogsource: {}\n");
}

TEST(SigmaPrint, PlaceholdersAreWrittenAsTheyStand) {
  const std::vector<std::string> admins = {"root", "adm*"};
  const std::vector<std::string> nobody;
  ReadOptions options;
  options.placeholders = [&](std::string_view name) {
    return name == "admins" ? &admins : name == "nobody" ? &nobody : nullptr;
  };
  EXPECT_EQ(Detection("  s: {f|expand: ['%admins%', x]}\n  condition: s\n", options),
            "    s:\n        f|expand:\n            - '%admins%'\n            - x\n"
            "    condition: s\n");
  for (const char* values : {"'%nobody%'", "['%nobody%', x]"}) {
    const Content content = SigmaContent(
        RuleWith("  s: {f|expand: " + std::string(values) + "}\n  condition: s\n"), options);
    EXPECT_FALSE(PrintSigma(content).ok()) << values;
  }
}

}  // namespace
}  // namespace sluice
