// The naive evaluator against vectors by hand: every sentence of the description has its own
// (Sysmon rule blob, sections 6.2 to 7).

#include "tests/engine/naive_sysmon.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <string_view>

#include "tests/engine/naive_sysmon_testing.h"

namespace naive {
namespace {

bool Holds(uint32_t number, std::u16string_view value, std::u16string_view data) {
  return HoldsSysmon(number, value, data);
}

// Section 6.2.

TEST(NaiveSysmonDecision, WithoutRecordsTheTypesDefaultHolds) {
  for (const uint32_t id : {1u, 5u, 2u, 22u, 26u}) {
    EXPECT_EQ(DecideBlob("", id, {}).include, id == 1 || id == 5) << id;
  }
  EXPECT_TRUE(Includes(kDns, 1, {}));
  EXPECT_FALSE(Includes(kDns, 3, {}));
  EXPECT_EQ(DecideBlob("", 1, {}).record, -1);
}

TEST(NaiveSysmonDecision, TheFirstMatchDecidesTheOppositeOfItsDefault) {
  const std::string events =
      "<DnsQuery onmatch='include'><Image>i</Image></DnsQuery><DnsQuery onmatch='exclude'>"
      "<QueryName>a</QueryName></DnsQuery>";
  EXPECT_TRUE(Includes(events, 22, {{"Image", "i"}}));
  EXPECT_FALSE(Includes(events, 22, {{"Image", "i"}, {"QueryName", "a"}}));
  EXPECT_EQ(Decide(events, 22, {{"Image", "i"}, {"QueryName", "a"}}).record, 1);
}

TEST(NaiveSysmonDecision, WithoutAMatchOneRecordSaysItsDefaultAndSeveralExclude) {
  const std::string exclude = "<DnsQuery onmatch='exclude'><Image>i</Image></DnsQuery>";
  EXPECT_TRUE(Includes(exclude, 22, {}));
  EXPECT_FALSE(Includes(exclude + exclude, 22, {}));
  EXPECT_FALSE(Includes(kDns, 22, {}));
  EXPECT_FALSE(Includes(exclude + kDns, 22, {}));
}

TEST(NaiveSysmonDecision, AFailedRecordDoesNotMatchAndRaisesAFlag) {
  const std::string other = "<DnsQuery onmatch='include'><Image name='n'>i</Image></DnsQuery>";
  const std::string blob = With(Blob(kDns + other), kConditionNumber, 16);
  EXPECT_TRUE(DecideBlob(blob, 22, {{"QueryName", "a"}, {"Image", "i"}}).include);
  EXPECT_FALSE(DecideBlob(blob, 22, {{"QueryName", "a"}, {"Image", "i"}}).failed)
      << "the last record comes first";
  const SysmonDecision failed = DecideBlob(blob, 22, {{"QueryName", "a"}});
  EXPECT_FALSE(failed.include);
  EXPECT_TRUE(failed.failed);
  const std::string alone =
      With(Blob("<DnsQuery onmatch='exclude'><QueryName>a</QueryName></DnsQuery>"),
           kConditionNumber, 16);
  EXPECT_TRUE(DecideBlob(alone, 22, {{"QueryName", "a"}}).include);
}

TEST(NaiveSysmonDecision, TheNameIsThatOfTheLastMatchingNamedCondition) {
  EXPECT_EQ(NameOf("<DnsQuery onmatch='include'><QueryName name='one'>a</QueryName>"
                   "<Image name='two'>i</Image><QueryStatus>0</QueryStatus></DnsQuery>",
                   22, {{"QueryName", "a"}, {"Image", "i"}, {"QueryStatus", "0"}}),
            "two");
}

TEST(NaiveSysmonDecision, TheNameOfAHalfMatchedRecordStays) {
  const std::string events =
      "<DnsQuery onmatch='include'><Image>i</Image></DnsQuery><DnsQuery onmatch='include'>"
      "<QueryName name='half'>a</QueryName><Image>j</Image></DnsQuery>";
  EXPECT_EQ(NameOf(events, 22, {{"QueryName", "a"}, {"Image", "i"}}), "half");
  EXPECT_EQ(NameOf(events, 22, {{"QueryName", "b"}, {"Image", "i"}}), "");
  EXPECT_EQ(NameOf(events, 22, {{"QueryName", "a"}}), "") << "no match, no name";
}

TEST(NaiveSysmonDecision, EventsOfTheSensorItselfAreNeverFiltered) {
  const std::string blob = Blob(kDns);
  for (const uint32_t id : {4u, 16u, 255u}) {
    EXPECT_TRUE(DecideBlob("", id, {}).include) << id;
    EXPECT_TRUE(DecideBlob(With(blob, kRecordId, id), id, {}).include) << id;
  }
}

// Section 6.3.

TEST(NaiveSysmonRecord, WithoutConditionsMatchesNothing) {
  EXPECT_FALSE(Includes("<DnsQuery onmatch='include'/>", 22, {}));
  EXPECT_TRUE(Includes("<DnsQuery onmatch='exclude'/>", 22, {}));
  EXPECT_TRUE(Includes("<DnsQuery onmatch='exclude'><Rule/></DnsQuery>", 22, {}));
}

TEST(NaiveSysmonRecord, OrTakesAnyConditionOrGroup) {
  const std::string events =
      "<RuleGroup groupRelation='or'><DnsQuery onmatch='include'><QueryName>a</QueryName>"
      "<Rule groupRelation='and'><Image>i</Image><QueryStatus>0</QueryStatus></Rule>"
      "<QueryName>b</QueryName></DnsQuery></RuleGroup>";
  EXPECT_TRUE(Includes(events, 22, {{"QueryName", "a"}}));
  EXPECT_TRUE(Includes(events, 22, {{"QueryName", "b"}}));
  EXPECT_TRUE(Includes(events, 22, {{"Image", "i"}, {"QueryStatus", "0"}}));
  EXPECT_FALSE(Includes(events, 22, {{"Image", "i"}}));
}

TEST(NaiveSysmonRecord, AndNeedsEveryFieldAndEveryGroup) {
  const std::string events =
      "<DnsQuery onmatch='include'><QueryName>a</QueryName><Image>i</Image><Rule>"
      "<QueryStatus>0</QueryStatus><QueryStatus>1</QueryStatus></Rule><Rule groupRelation='and'>"
      "<User>u</User><User condition='begin with'>u</User></Rule></DnsQuery>";
  const Values all{{"QueryName", "a"}, {"Image", "i"}, {"QueryStatus", "1"}, {"User", "u"}};
  EXPECT_TRUE(Includes(events, 22, all));
  for (const auto& [field, value] : all) {
    Values without = all;
    without.erase(field);
    EXPECT_FALSE(Includes(events, 22, without)) << field;
  }
}

TEST(NaiveSysmonRecord, AndOrsPlainConditionsOfOneField) {
  const std::string events =
      "<DnsQuery onmatch='include'><QueryName>a</QueryName><Image>i</Image>"
      "<QueryName name='later'>b</QueryName></DnsQuery>";
  EXPECT_TRUE(Includes(events, 22, {{"QueryName", "a"}, {"Image", "i"}}));
  EXPECT_TRUE(Includes(events, 22, {{"QueryName", "b"}, {"Image", "i"}}));
  EXPECT_FALSE(Includes(events, 22, {{"QueryName", "c"}, {"Image", "i"}}));
  EXPECT_FALSE(Includes(events, 22, {{"QueryName", "b"}}));
}

TEST(NaiveSysmonRecord, AndSkipsLaterConditionsOfAMatchedField) {
  const std::string events =
      "<DnsQuery onmatch='include'><QueryName name='first'>a</QueryName>"
      "<QueryName name='second' condition='begin with'>a</QueryName></DnsQuery>";
  EXPECT_EQ(NameOf(events, 22, {{"QueryName", "a"}}), "first");
  EXPECT_EQ(NameOf(events, 22, {{"QueryName", "ab"}}), "second");
}

TEST(NaiveSysmonRecord, AndForgivesOnlyForALaterPlainCondition) {
  const std::string group = "<Rule><QueryName>b</QueryName></Rule>";
  const std::string plain = "<QueryName>a</QueryName>";
  const Values values{{"QueryName", "b"}};
  EXPECT_FALSE(
      Includes("<DnsQuery onmatch='include'>" + plain + group + "</DnsQuery>", 22, values));
  EXPECT_FALSE(
      Includes("<DnsQuery onmatch='include'>" + group + plain + "</DnsQuery>", 22, values));
}

TEST(NaiveSysmonRecord, AndOrsNegativeConditionsOfOneFieldToo) {
  const std::string events =
      "<DnsQuery onmatch='include'><QueryName condition='is not'>a</QueryName>"
      "<QueryName condition='is not'>b</QueryName></DnsQuery>";
  for (const char* value : {"a", "b", "c", ""}) {
    EXPECT_TRUE(Includes(events, 22, {{"QueryName", value}})) << value;
  }
}

TEST(NaiveSysmonRecord, AnAndGroupDoesNotOrConditionsOfOneField) {
  const std::string events =
      "<DnsQuery onmatch='include'><Rule groupRelation='and'><QueryName>a</QueryName>"
      "<QueryName>b</QueryName></Rule></DnsQuery>";
  EXPECT_FALSE(Includes(events, 22, {{"QueryName", "a"}}));
  EXPECT_FALSE(Includes(events, 22, {{"QueryName", "b"}}));
}

TEST(NaiveSysmonRecord, AGroupStopsAtTheFirstDecisiveCondition) {
  const std::string conditions =
      "<QueryName name='one'>a</QueryName><Image name='two'>i</Image></Rule></DnsQuery>";
  const std::string any = "<DnsQuery onmatch='include'><Rule>" + conditions;
  EXPECT_EQ(NameOf(any, 22, {{"QueryName", "a"}, {"Image", "i"}}), "one");
  const std::string all = "<DnsQuery onmatch='include'><Rule groupRelation='and'>" + conditions;
  EXPECT_EQ(NameOf(all, 22, {{"QueryName", "a"}, {"Image", "i"}}), "two");
  const std::string last = "<DnsQuery onmatch='include'><QueryName>a</QueryName></DnsQuery>";
  EXPECT_EQ(NameOf(last + all, 22, {{"QueryName", "a"}}), "one");
  EXPECT_EQ(NameOf(last + all, 22, {{"QueryName", "a"}, {"Image", "j"}}), "one");
}

TEST(NaiveSysmonRecord, OfARunWithOneIdTheFirstConditionsRecordCounts) {
  const std::string blob = Blob(
      "<DnsQuery onmatch='include'><Rule groupRelation='and'><QueryName>a</QueryName>"
      "<Image>i</Image></Rule></DnsQuery>");
  EXPECT_FALSE(DecideBlob(blob, 22, {{"QueryName", "a"}}).include);
  EXPECT_TRUE(DecideBlob(With(blob, kGroupCombine, 0), 22, {{"QueryName", "a"}}).include);
  const SysmonDecision other = DecideBlob(With(blob, kGroupId, 7), 22, {{"QueryName", "a"}});
  EXPECT_FALSE(other.include);
  EXPECT_TRUE(other.failed);
}

TEST(NaiveSysmonRecord, OtherCombineValuesNeverMatch) {
  EXPECT_FALSE(DecideBlob(With(Blob(kDns), kRecordCombine, 2), 22, {{"QueryName", "a"}}).include);
  const std::string group =
      Blob("<DnsQuery onmatch='include'><Rule><QueryName>a</QueryName></Rule></DnsQuery>");
  EXPECT_TRUE(DecideBlob(group, 22, {{"QueryName", "a"}}).include);
  EXPECT_FALSE(DecideBlob(With(group, kGroupCombine, 2), 22, {{"QueryName", "a"}}).include);
  EXPECT_FALSE(DecideBlob(With(group, kGroupCombine, 2), 22, {{"QueryName", "a"}}).failed);
}

// Section 6.4.

TEST(NaiveSysmonCondition, AFieldPastTheEventsTypeNeverMatches) {
  const std::string blob =
      Blob("<DnsQuery onmatch='include'><QueryName condition='is not'>a</QueryName></DnsQuery>");
  EXPECT_TRUE(DecideBlob(blob, 22, {}).include);
  EXPECT_TRUE(DecideBlob(With(blob, kConditionField, 8), 22, {}).include);
  EXPECT_FALSE(DecideBlob(With(blob, kConditionField, 9), 22, {}).include);
  EXPECT_FALSE(DecideBlob(With(blob, kConditionField, 9), 22, {}).failed);
}

TEST(NaiveSysmonCondition, OfASeriesTheFieldIsTheSameInBothTypes) {
  const auto registry = [](const std::string& field) {
    return "<RegistryEvent onmatch='include'><" + field + " condition='is not'>x</" + field +
           "></RegistryEvent>";
  };
  for (const uint32_t id : {12u, 13u, 14u}) {
    EXPECT_TRUE(Includes(registry("TargetObject"), id, {})) << id;
    EXPECT_EQ(Includes(registry("User"), id, {}), id == 12) << id;
    EXPECT_EQ(Includes(registry("Details"), id, {}), id == 13) << id;
    EXPECT_EQ(Includes(registry("NewName"), id, {}), id == 14) << id;
  }
  const std::string name = "<WmiEvent onmatch='include'><Name>n</Name></WmiEvent>";
  EXPECT_TRUE(Includes(name, 19, {{"Name", "n"}}));
  EXPECT_FALSE(Includes(name, 20, {{"Name", "n"}}));
  const std::string pipe = "<PipeEvent onmatch='include'><PipeName>p</PipeName></PipeEvent>";
  EXPECT_TRUE(Includes(pipe, 18, {{"PipeName", "p"}}));
}

TEST(NaiveSysmonCondition, MissingAndEmptyValuesAreADash) {
  const std::string events = "<DnsQuery onmatch='include'><QueryName>-</QueryName></DnsQuery>";
  EXPECT_TRUE(Includes(events, 22, {}));
  EXPECT_TRUE(Includes(events, 22, {{"QueryName", ""}}));
  EXPECT_TRUE(Includes(events, 22, {{"QueryName", "-"}}));
  EXPECT_FALSE(Includes(events, 22, {{"QueryName", " "}}));
}

TEST(NaiveSysmonCondition, OnlyTheLowBitsOfTheNumberSelect) {
  const std::string blob = Blob(kDns);
  EXPECT_TRUE(DecideBlob(With(blob, kConditionNumber, 1u << 30), 22, {{"QueryName", "a"}}).include);
  EXPECT_TRUE(DecideBlob(With(blob, kConditionNumber, 16), 22, {{"QueryName", "a"}}).failed);
}

TEST(NaiveSysmonCondition, ComparesUtf16) {
  EXPECT_EQ(WideSysmon("a\xC3\xA9\xF0\x9F\x94\x92"), u"a\u00E9\xD83D\xDD12");
  EXPECT_EQ(WideSysmon("ab\xFF"
                       "c"),
            u"ab");
  EXPECT_EQ(WideSysmon(std::string_view("ab\0c", 4)), u"ab");
  EXPECT_TRUE(Holds(11, u"\xD83D\xDD12", u"\xFF01")) << "by units, not by code points";
}

// Section 7, by number.

TEST(NaiveSysmonHolds, IsAndIsNotFoldAsciiOnly) {
  EXPECT_TRUE(Holds(0, u"ABZ@[", u"abz@["));
  EXPECT_FALSE(Holds(0, u"@", u"`"));
  EXPECT_FALSE(Holds(0, u"\u00C9", u"\u00E9"));
  EXPECT_FALSE(Holds(0, u"ab", u"abc"));
  EXPECT_FALSE(Holds(1, u"AB", u"ab"));
  EXPECT_TRUE(Holds(1, u"ab", u"abc"));
}

TEST(NaiveSysmonHolds, ContainsAndExcludes) {
  EXPECT_TRUE(Holds(2, u"xABx", u"aB"));
  EXPECT_FALSE(Holds(2, u"xa;bx", u"ab"));
  EXPECT_TRUE(Holds(2, u"x", u""));
  EXPECT_FALSE(Holds(2, u"", u""));
  EXPECT_FALSE(Holds(6, u"xABx", u"aB"));
  EXPECT_TRUE(Holds(6, u"x", u"y"));
  EXPECT_FALSE(Holds(6, u"x", u""));
  EXPECT_TRUE(Holds(6, u"", u""));
}

TEST(NaiveSysmonHolds, ListsOfContains) {
  EXPECT_TRUE(Holds(3, u"xBx", u"a;b"));
  EXPECT_FALSE(Holds(3, u"xcx", u"a;b"));
  EXPECT_FALSE(Holds(3, u"xbx", u"a; b")) << "items are not trimmed";
  EXPECT_TRUE(Holds(5, u"ab", u"B;a"));
  EXPECT_FALSE(Holds(5, u"a", u"a;b"));
  EXPECT_TRUE(Holds(7, u"c", u"a;b"));
  EXPECT_FALSE(Holds(7, u"cb", u"a;b"));
  EXPECT_TRUE(Holds(8, u"a", u"a;b"));
  EXPECT_FALSE(Holds(8, u"ab", u"a;b"));
}

TEST(NaiveSysmonHolds, AnEmptyItemIsTheRestOfTheList) {
  EXPECT_TRUE(Holds(3, u"x;bx", u"a;;b"));
  EXPECT_TRUE(Holds(5, u"a;b", u"a;;b"));
  EXPECT_FALSE(Holds(5, u"ab", u"a;;b")) << "the second item is \";b\"";
  EXPECT_TRUE(Holds(8, u"ab", u"a;;b"));
  EXPECT_FALSE(Holds(3, u"y", u";x")) << "the first item is \";x\"";
  EXPECT_TRUE(Holds(3, u"x", u";x"));
}

TEST(NaiveSysmonHolds, ATrailingDelimiterOccursInEveryValueButTheEmptyOne) {
  EXPECT_TRUE(Holds(3, u"y", u"x;"));
  EXPECT_FALSE(Holds(7, u"y", u"x;"));
  EXPECT_FALSE(Holds(5, u"y", u"x;"));
  EXPECT_TRUE(Holds(5, u"x", u"x;"));
  EXPECT_FALSE(Holds(3, u"", u"x;"));
  EXPECT_TRUE(Holds(7, u"", u"x;"));
  EXPECT_TRUE(Holds(3, u"y", u""));
}

TEST(NaiveSysmonHolds, IsAnyTakesEmptyItemsAsTheyAre) {
  EXPECT_TRUE(Holds(4, u"B", u"a;b"));
  EXPECT_FALSE(Holds(4, u"ab", u"a;b"));
  EXPECT_FALSE(Holds(4, u";b", u"a;;b"));
  EXPECT_FALSE(Holds(4, u"y", u"x;"));
  EXPECT_TRUE(Holds(4, u"", u"x;"));
}

TEST(NaiveSysmonHolds, BeginningsAndEnds) {
  EXPECT_TRUE(Holds(9, u"ABc", u"ab"));
  EXPECT_FALSE(Holds(9, u"a", u"ab"));
  EXPECT_TRUE(Holds(9, u"x", u""));
  EXPECT_TRUE(Holds(9, u"", u""));
  EXPECT_TRUE(Holds(10, u"cAB", u"ab"));
  EXPECT_FALSE(Holds(10, u"abc", u"ab"));
  EXPECT_TRUE(Holds(10, u"x", u""));
  for (const char16_t* value : {u"ABc", u"a", u"cAB", u""}) {
    for (const char16_t* data : {u"ab", u"", u"c"}) {
      EXPECT_NE(Holds(14, value, data), Holds(9, value, data));
      EXPECT_NE(Holds(15, value, data), Holds(10, value, data));
    }
  }
}

TEST(NaiveSysmonHolds, LessAndMoreCompareText) {
  EXPECT_TRUE(Holds(11, u"10", u"9")) << "not numbers";
  EXPECT_TRUE(Holds(12, u"9", u"10"));
  EXPECT_FALSE(Holds(11, u"A", u"a"));
  EXPECT_FALSE(Holds(12, u"A", u"a"));
  EXPECT_TRUE(Holds(11, u"a", u"ab"));
  for (const char16_t* c : {u"[", u"\\", u"]", u"^", u"_", u"`"}) {
    EXPECT_TRUE(Holds(12, c, u"z")) << "letters are folded to upper case";
  }
}

TEST(NaiveSysmonHolds, ImageIsTheLastPartOrTheWholePath) {
  EXPECT_TRUE(Holds(13, u"C:\\x\\CMD.exe", u"cmd.exe"));
  EXPECT_TRUE(Holds(13, u"cmd.exe", u"cmd.exe"));
  EXPECT_FALSE(Holds(13, u"C:\\x\\cmd.exe", u"md.exe"));
  EXPECT_FALSE(Holds(13, u"C:\\x\\cmd.exe", u"x\\cmd.exe"));
  EXPECT_TRUE(Holds(13, u"C:\\X\\cmd.exe", u"c:\\x\\cmd.exe"));
  EXPECT_FALSE(Holds(13, u"/bin/sh", u"sh"));
  EXPECT_TRUE(Holds(13, u"/bin/sh", u"/bin/sh"));
  EXPECT_TRUE(Holds(13, u"C:\\x\\", u""));
}

}  // namespace
}  // namespace naive
