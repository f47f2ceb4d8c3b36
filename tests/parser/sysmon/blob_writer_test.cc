// Every sentence of what Sysmon makes of a configuration (Sysmon rule blob, section 5), with the
// blob that it comes to.

#include "parser/sysmon/blob_writer.h"

#include <gtest/gtest.h>

#include <cctype>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "schema/utf.h"
#include "tests/parser/sysmon/blob_writer_testing.h"

namespace sluice {
namespace {

uint32_t U32(std::string_view bytes, size_t at) {
  uint32_t value = 0;
  for (size_t i = 4; i > 0; --i) value = value << 8 | static_cast<unsigned char>(bytes[at + i - 1]);
  return value;
}

// What the configuration becomes in kCompatible, and what is expected, which is "" for no blob.
void ExpectBlob(const std::string& xml, std::string_view blob) {
  const BlobWriteResult result = Write(ReadXml(xml));
  EXPECT_TRUE(result.ok()) << xml << "\n" << Describe(result);
  const std::string expected = blob.empty() ? "" : Blob(blob);
  EXPECT_EQ(result.bytes == expected, true) << xml << "\nis\n"
                                            << Describe(result.bytes) << "\ninstead of\n"
                                            << Describe(expected);
}

void ExpectRules(std::string_view rules, std::string_view blob) { ExpectBlob(Rules(rules), blob); }

constexpr std::string_view kNoRecords = "";

// Section 1, word by word, with nothing of the builder's in it.
TEST(BlobWriter, PutsEveryWordWhereItBelongs) {
  const std::string bytes =
      Write(ReadXml(Rules("<ProcessCreate onmatch='include'>"
                          "<Image name='n' condition='end with'>cmd.exe</Image>"
                          "<Rule name='r' groupRelation='and'><User>u</User></Rule>"
                          "</ProcessCreate>")))
          .bytes;
  constexpr uint32_t kEvent = 24;
  constexpr uint32_t kFirst = kEvent + 24;
  constexpr uint32_t kGroup = kFirst + 560;  // 537 + 16, rounded up
  constexpr uint32_t kSecond = kGroup + 296;
  ASSERT_EQ(bytes.size(), kSecond + 544);  // 537 + 4
  const struct {
    uint32_t at;
    uint32_t value;
  } kWords[] = {{0, 0x000F0000},
                {4, 1},
                {8, 24},
                {12, 0x00040032},
                {16, kEvent},
                {20, kGroup},
                {kEvent, 1},
                {kEvent + 4, 1},
                {kEvent + 8, 1},
                {kEvent + 12, 0},
                {kEvent + 16, 2},
                {kEvent + 20, kFirst},
                {kFirst, 4},
                {kFirst + 4, 'n'},
                {kFirst + 516, 10},
                {kFirst + 520, kSecond},
                {kFirst + 524, 16},
                {kFirst + 528, 0},
                {kFirst + 532, 0},
                {kFirst + 536, 'c' | 'm' << 16},
                {kGroup, 'r'},
                {kGroup + 256, 0},
                {kGroup + 260, 0},
                {kGroup + 264, 1},
                {kGroup + 268, kSecond},
                {kGroup + 272, 0},
                {kGroup + 276, 1},
                {kGroup + 280, 1},
                {kGroup + 284, 0},
                {kGroup + 288, 0},
                {kGroup + 292, 0},
                {kSecond, 12},
                {kSecond + 4, 'r'},
                {kSecond + 516, 0},
                {kSecond + 520, 0},
                {kSecond + 524, 4},
                {kSecond + 528, 1},
                {kSecond + 532, kGroup},
                {kSecond + 536, 'u'},
                {kSecond + 540, 0}};
  for (const auto& word : kWords) EXPECT_EQ(U32(bytes, word.at), word.value) << word.at;
}

// 5.1

TEST(BlobWriterText, IsDecodedAsTheSensorDoes) {
  constexpr std::string_view kExpected = "event { id: 1 default: 1 combine: 1 part { condition {";
  const struct {
    std::string value;
    std::string_view text;  // in the description
  } kValues[] = {
      {"cmd.exe", "cmd.exe"},
      {" a b ", " a b "},
      {"", ""},
      {"  \n ", ""},
      {"a<!-- x -->b", "a"},
      {"<!-- x -->b", "b"},
      {"<![CDATA[&amp;<]]>", "&amp;<"},
      {"<![CDATA[a]]>b", "a"},
      {"<X/>b", "b"},
      {"&amp;&lt;&gt;&quot;&apos;&#65;&#x42;&nbsp;", "&<>\\\"\\'AB&nbsp;"},
      {"a\r\nb\rc\nd", "a\\nb\\nc\\nd"},
      {"a\xFFz", "a"},
      {"a&#0;z", "a"},
      {"\xF0\x9F\x98\x80", "\xF0\x9F\x98\x80"},
  };
  for (const auto& value : kValues) {
    ExpectRules(
        "<ProcessCreate onmatch='include'><Image>" + value.value + "</Image></ProcessCreate>",
        std::string(kExpected) + " field: 4 text: \"" + std::string(value.text) + "\" }}}");
  }
}

TEST(BlobWriterText, AttributesHaveBlanksForWhiteSpace) {
  ExpectRules("<ProcessCreate onmatch='include'><Image name='a\r\nb\tc'>x</Image></ProcessCreate>",
              "event { id: 1 default: 1 combine: 1 part { condition { field: 4 text: 'x' name: 'a "
              "b c' }}}");
}

TEST(BlobWriterText, TheFirstOfAnAttributeCounts) {
  ExpectRules("<ProcessCreate onmatch='include' onmatch='exclude'/>",
              "event { id: 1 default: 1 combine: 1 }");
}

TEST(BlobWriterText, EncodingsAreThoseOfTheSensor) {
  const std::string xml =
      Rules("<ProcessCreate onmatch='include'><Image>\xC3\xA9</Image></ProcessCreate>");
  constexpr std::string_view kBlob =
      "event { id: 1 default: 1 combine: 1 part { condition { field: 4 text: '\\303\\251' }}}";
  ExpectBlob("junk \xEF\xBB\xBF<?xml version='1.0'?>" + xml, kBlob);
  ExpectBlob("\xEF\xBB\xBF" + xml, kBlob);
  ExpectBlob(*Wtf8ToUtf16Le(xml), kBlob);
  ExpectBlob("\xFF\xFE" + *Wtf8ToUtf16Le(xml), kBlob);
  std::string latin1 = "<?xml version='1.0' encoding='iso-8859-1'?>" + xml;
  latin1.erase(latin1.find('\xC3'), 1);
  latin1[latin1.find('\xA9')] = '\xE9';
  ExpectBlob(latin1, kBlob);
}

TEST(BlobWriterVersion, IsReadAsANumberAndPrintedWithTwoDecimals) {
  const struct {
    std::string_view text;
    uint32_t word;  // 0: refused
  } kVersions[] = {{"4.50", 0x00040032},
                   {"4.5", 0x00040032},
                   {" +4.5e0junk", 0x00040032},
                   {"4", 0x00040000},
                   {"4.05", 0x00040005},
                   {"45e-1", 0x00040032},
                   {"4.999", 0x00050000},
                   {"99.9", 0x0063005A},
                   {"65535.99", 0xFFFF0063},
                   {"4.504999", 0x00040032},
                   {"3.999", 0x00040000},
                   {"3.99", 0},
                   {"0.5", 0},
                   {"65536", 0},
                   {"", 0},
                   {"four", 0},
                   {"-4.5", 0}};
  for (const auto& version : kVersions) {
    const BlobWriteResult result = Write(
        ReadXml("<Sysmon schemaversion='" + std::string(version.text) +
                "'><EventFiltering><ProcessCreate onmatch='include'/></EventFiltering></Sysmon>"));
    EXPECT_EQ(result.ok(), version.word != 0) << version.text << Describe(result);
    if (!result.ok()) continue;
    EXPECT_EQ(U32(result.bytes, 12), version.word) << version.text;
  }
  EXPECT_FALSE(Write(ReadXml("<Sysmon><EventFiltering/></Sysmon>")).ok());
}

// 5.2, steps 1 and 2

TEST(BlobWriterOrder, IsByEventAndThenAsInTheDocument) {
  ExpectRules(
      "<DnsQuery onmatch='include'><Image>d</Image></DnsQuery>"
      "<ProcessCreate onmatch='include'><Image>1</Image></ProcessCreate>"
      "<NetworkConnect onmatch='include'/>"
      "<RuleGroup><RuleGroup><ProcessCreate onmatch='exclude'><Image>2</Image></ProcessCreate>"
      "</RuleGroup></RuleGroup>",
      "event { id: 1 default: 1 combine: 1 part { condition { field: 4 text: '1' }}}"
      "event { id: 1 default: 0 combine: 1 part { condition { field: 4 text: '2' }}}"
      "event { id: 3 default: 1 combine: 1 }"
      "event { id: 22 default: 1 combine: 1 part { condition { field: 7 text: 'd' }}}");
}

TEST(BlobWriterOrder, SeveralFilteringElementsAreOne) {
  ExpectBlob(Sysmon("<EventFiltering><DnsQuery onmatch='include'/></EventFiltering>"
                    "<EventFiltering><ProcessCreate onmatch='include'/></EventFiltering>"),
             "event { id: 1 default: 1 combine: 1 } event { id: 22 default: 1 combine: 1 }");
}

// The record around is dropped by the element, which is no field of it.
TEST(BlobWriterOrder, EventsAreFoundInsideRecords) {
  ExpectRules(
      "<FileCreate onmatch='include'><RuleGroup name='n' groupRelation='or'>"
      "<ProcessCreate onmatch='include'><Image>x</Image></ProcessCreate></RuleGroup></FileCreate>",
      "event { id: 1 default: 1 combine: 0 next: 592"
      " part { condition { field: 4 text: 'x' name: 'n' }}}");
}

TEST(BlobWriterOrder, UnknownEventsAreIgnored) {
  ExpectRules(
      "<processcreate onmatch='include'/><Nothing onmatch='include'><Image>x</Image>"
      "</Nothing><DnsQuery onmatch='include'/>",
      "event { id: 22 default: 1 combine: 1 }");
}

TEST(BlobWriterOrder, NoRecordsGiveNoBlob) {
  for (const char* rules : {"", "<RuleGroup/>", "<Nothing onmatch='include'/>", "<ProcessCreate/>",
                            "<ProcessCreate onmatch='include'><Bad>x</Bad></ProcessCreate>"}) {
    ExpectRules(rules, kNoRecords);
  }
}

// Step 3

TEST(BlobWriterCombine, FollowsTheSchemaVersion) {
  for (const auto& [version, combine] :
       {std::pair("4.00", 0), std::pair("4.10", 0), std::pair("4.11", 1), std::pair("4.21", 1)}) {
    const BlobWriteResult result = Write(
        ReadXml(std::string("<Sysmon schemaversion='") + version +
                "'><EventFiltering><ProcessCreate onmatch='include'/></EventFiltering></Sysmon>"));
    ASSERT_EQ(result.bytes.size(), 48u) << version;
    EXPECT_EQ(U32(result.bytes, 24 + 8), static_cast<uint32_t>(combine)) << version;
  }
}

TEST(BlobWriterCombine, IsThatOfADirectRuleGroup) {
  const struct {
    std::string_view group;
    int combine;
  } kGroups[] = {{"<RuleGroup>", 1},
                 {"<RuleGroup groupRelation=''>", 1},
                 {"<RuleGroup groupRelation='or'>", 0},
                 {"<rulegroup groupRelation='OR'>", 0},
                 {"<RuleGroup groupRelation='and'>", 1},
                 {"<RuleGroup groupRelation='nor'>", 1},
                 {"<RuleGroup groupRelation='or'><RuleGroup>", 1}};
  for (const auto& group : kGroups) {
    const std::string_view name = group.group.substr(1, 9);
    const bool nested = group.group.rfind('<') > 0;
    const std::string end = "</" + std::string(name) + ">";
    ExpectRules(
        std::string(group.group) + "<ProcessCreate onmatch='include'/>" + end + (nested ? end : ""),
        "event { id: 1 default: 1 combine: " + std::to_string(group.combine) + " }");
  }
}

// Step 4

TEST(BlobWriterDefault, ComesFromOneOfTwoAttributes) {
  const struct {
    std::string_view record;
    int default_value;  // -1: skipped
  } kRecords[] = {{"<ProcessCreate onmatch='include'/>", 1},
                  {"<ProcessCreate onmatch='EXCLUDE'/>", 0},
                  {"<ProcessCreate default='include'/>", 0},
                  {"<ProcessCreate default='Exclude'/>", 1},
                  {"<ProcessCreate onmatch=''/>", 0},
                  {"<ProcessCreate default='?'/>", 0},
                  {"<FileCreate onmatch='?'/>", 1},
                  {"<ProcessCreate/>", -1},
                  {"<ProcessCreate onmatch='include' default='exclude'/>", -1}};
  for (const auto& record : kRecords) {
    const char* id = record.record.starts_with("<F") ? "11" : "1";
    ExpectRules(record.record, record.default_value < 0
                                   ? std::string()
                                   : std::string("event { id: ") + id + " default: " +
                                         std::to_string(record.default_value) + " combine: 1 }");
  }
}

// A skipped record leaves nothing behind, and those after it are compiled.
TEST(BlobWriterDefault, OnlyTheRecordWithoutOneIsSkipped) {
  ExpectRules(
      "<ProcessCreate><Rule><Bad>x</Bad></Rule></ProcessCreate>"
      "<ProcessCreate onmatch='include'><Rule><Image>x</Image></Rule></ProcessCreate>",
      "event { id: 1 default: 1 combine: 1"
      " part { group { id: 1 condition { field: 4 text: 'x' }}}}");
}

// Step 5

TEST(BlobWriterRule, BecomesAnAggregationBeforeItsConditions) {
  ExpectRules(
      "<ProcessCreate onmatch='include'><Image>a</Image>"
      "<rule name='n' groupRelation='AND'><Image>b</Image><User>c</User></rule>"
      "<Rule/><Rule groupRelation='or'><Image>d</Image></Rule><Rule groupRelation='x'/>"
      "<Rule groupRelation=''/><Image>e</Image></ProcessCreate>",
      "event { id: 1 default: 1 combine: 1"
      " part { condition { field: 4 text: 'a' }}"
      " part { group { id: 1 combine: 1 name: 'n' condition { field: 4 text: 'b' name: 'n' }"
      "                condition { field: 12 text: 'c' name: 'n' }}}"
      " part { group { id: 2 }}"
      " part { group { id: 3 condition { field: 4 text: 'd' }}}"
      " part { group { id: 4 combine: 1 }} part { group { id: 5 }}"
      " part { condition { field: 4 text: 'e' }}}");
}

TEST(BlobWriterRule, IdsAndLinksGoThroughTheWholeFile) {
  ExpectRules(
      "<DnsQuery onmatch='include'><Rule><Image>2</Image></Rule></DnsQuery>"
      "<ProcessCreate onmatch='include'><Rule><Image>1</Image></Rule></ProcessCreate>",
      "event { id: 1 default: 1 combine: 1"
      " part { group { id: 1 condition { field: 4 text: '1' }}}}"
      "event { id: 22 default: 1 combine: 1"
      " part { group { id: 2 condition { field: 7 text: '2' }}}}");
}

TEST(BlobWriterName, IsTheNearestThatIsNotEmpty) {
  ExpectRules(
      "<RuleGroup name='g'><ProcessCreate onmatch='include'>"
      "<Image name='own'>a</Image><Image name=''>b</Image>"
      "<Rule name='r'><Image name='own'>c</Image><Image>d</Image></Rule>"
      "<Rule name=''><Image>e</Image></Rule></ProcessCreate></RuleGroup>"
      "<ProcessCreate onmatch='include'><Image>f</Image></ProcessCreate>",
      "event { id: 1 default: 1 combine: 1"
      " part { condition { field: 4 text: 'a' name: 'own' }}"
      " part { condition { field: 4 text: 'b' name: 'g' }}"
      " part { group { name: 'r' condition { field: 4 text: 'c' name: 'own' }"
      "                condition { field: 4 text: 'd' name: 'r' }}}"
      " part { group { condition { field: 4 text: 'e' name: 'g' }}}}"
      "event { id: 1 default: 1 combine: 1 part { condition { field: 4 text: 'f' }}}");
}

TEST(BlobWriterCondition, HasTheNumberOfItsName) {
  const char* const kNames[] = {"is",           "is not",       "contains",       "contains any",
                                "is any",       "contains all", "excludes",       "excludes any",
                                "excludes all", "begin with",   "end with",       "less than",
                                "more than",    "image",        "not begin with", "not end with"};
  int number = 0;
  for (const std::string name : kNames) {
    std::string upper = name;
    for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    for (const std::string& written : {name, upper}) {
      ExpectRules("<ProcessCreate onmatch='include'><Image condition='" + written +
                      "'>x</Image></ProcessCreate>",
                  "event { id: 1 default: 1 combine: 1 part { condition { field: 4 text: 'x' op: " +
                      std::to_string(number) + " }}}");
    }
    ++number;
  }
  ExpectRules("<ProcessCreate onmatch='include'><Image condition=''>x</Image></ProcessCreate>",
              "event { id: 1 default: 1 combine: 1 part { condition { field: 4 text: 'x' }}}");
}

// Step 6

TEST(BlobWriterSeries, TakesTheFirstEventThatHasEveryField) {
  const struct {
    std::string_view record;
    std::string_view blob;  // its event
  } kRecords[] = {
      {"<RegistryEvent onmatch='include'><TargetObject>x</TargetObject></RegistryEvent>",
       "id: 12 part { condition { field: 6 text: 'x' }}"},
      {"<RegistryEvent onmatch='include'/>", "id: 12"},
      {"<RegistryEvent onmatch='include'><TargetObject>x</TargetObject><Details>y</Details>"
       "</RegistryEvent>",
       "id: 13 part { condition { field: 6 text: 'x' }} part { condition { field: 7 text: 'y' }}"},
      {"<RegistryEvent onmatch='include'><NewName>y</NewName></RegistryEvent>",
       "id: 14 part { condition { field: 7 text: 'y' }}"},
      {"<PipeEvent onmatch='include'><PipeName>x</PipeName></PipeEvent>",
       "id: 17 part { condition { field: 5 text: 'x' }}"},
      {"<WmiEvent onmatch='include'><Name>x</Name></WmiEvent>",
       "id: 19 part { condition { field: 6 text: 'x' }}"},
      {"<WmiEvent onmatch='include'><Name>x</Name><Type>y</Type></WmiEvent>",
       "id: 20 part { condition { field: 5 text: 'x' }} part { condition { field: 6 text: 'y' }}"},
      {"<WmiEvent onmatch='include'><Filter>x</Filter></WmiEvent>",
       "id: 21 part { condition { field: 6 text: 'x' }}"},
  };
  for (const auto& record : kRecords) {
    ExpectRules(record.record, "event { default: 1 combine: 1 " + std::string(record.blob) + " }");
  }
}

TEST(BlobWriterSeries, OrderIsThatOfTheDocumentWhicheverEventARecordBecomes) {
  ExpectRules(
      "<RegistryEvent onmatch='include'><NewName>a</NewName></RegistryEvent>"
      "<RegistryEvent onmatch='include'><TargetObject>b</TargetObject></RegistryEvent>",
      "event { id: 14 default: 1 combine: 1 part { condition { field: 7 text: 'a' }}}"
      "event { id: 12 default: 1 combine: 1 part { condition { field: 6 text: 'b' }}}");
}

TEST(BlobWriterSeries, ARecordThatFitsNoneTakesLaterOnesOfItsNameWithIt) {
  ExpectRules(
      "<ProcessCreate onmatch='include'/>"
      "<RegistryEvent onmatch='include'><TargetObject>kept</TargetObject></RegistryEvent>"
      "<RegistryEvent onmatch='include'><Details>x</Details><NewName>x</NewName></RegistryEvent>"
      "<RegistryEvent onmatch='include'><TargetObject>dropped</TargetObject></RegistryEvent>"
      "<DnsQuery onmatch='include'/>",
      "event { id: 1 default: 1 combine: 1 }"
      "event { id: 12 default: 1 combine: 1 part { condition { field: 6 text: 'kept' }}}"
      "event { id: 22 default: 1 combine: 1 }");
}

TEST(BlobWriterSeries, FieldNamesAreExact) {
  ExpectRules(
      "<ProcessCreate onmatch='include'><image>x</image></ProcessCreate>"
      "<DnsQuery onmatch='include'/>",
      "event { id: 22 default: 1 combine: 1 }");
}

// Step 7, as Sysmon for Linux does it

TEST(BlobWriterSkip, AnUnknownConditionIsLeftOut) {
  ExpectRules(
      "<ProcessCreate onmatch='include'><Image condition='matches'>a</Image><Image>b</Image>"
      "<Rule><Image>c</Image><Image condition='?'>d</Image><Image>e</Image></Rule>"
      "<Image>f</Image></ProcessCreate>",
      "event { id: 1 default: 1 combine: 1 part { condition { field: 4 text: 'b' }}"
      " part { group { condition { field: 4 text: 'c' }}} part { condition { field: 4 text: 'f' "
      "}}}");
}

TEST(BlobWriterSkip, ANameOfMoreThan255BytesIsLeftOut) {
  const std::string most(255, 'n');
  std::string units;  // 255 bytes of UTF-8, and fewer units
  for (int i = 0; i < 85; ++i) units += "\xE2\x82\xAC";
  ExpectRules("<ProcessCreate onmatch='include'><Image name='" + most + "'>a</Image>" +
                  "<Image name='" + most + "n'>b</Image><Image name='" + units + "'>c</Image>" +
                  "<Image name='" + units + "n'>d</Image></ProcessCreate>",
              "event { id: 1 default: 1 combine: 1"
              " part { condition { field: 4 text: 'a' name: '" +
                  most + "' }}" + " part { condition { field: 4 text: 'c' name: '" + units +
                  "' }}}");
}

// What follows a condition that is left out in a Rule is not looked at, be it no field.
TEST(BlobWriterSkip, TheRestOfARuleIsNotRead) {
  ExpectRules(
      "<ProcessCreate onmatch='include'><Rule><Image condition='?'>a</Image><Bad>b</Bad>"
      "</Rule></ProcessCreate>",
      "event { id: 1 default: 1 combine: 1 part { group { id: 1 }}}");
}

// Step 8

constexpr std::string_view kList = "<NetworkConnect>a.exe,b,,c</NetworkConnect>";

TEST(BlobWriterOptions, AreConditionsBeforeThoseOfTheRecord) {
  ExpectBlob(Sysmon(std::string(kList) +
                    "<EventFiltering><RuleGroup name='n' groupRelation='or'>"
                    "<NetworkConnect onmatch='include'><User>u</User></NetworkConnect></RuleGroup>"
                    "<NetworkConnect onmatch='?'/></EventFiltering>"),
             "event { id: 3 default: 1 combine: 0"
             " part { condition { field: 4 op: IMAGE text: 'a.exe' }}"
             " part { condition { field: 4 op: IMAGE text: 'b,c' }}"
             " part { condition { field: 5 text: 'u' name: 'n' }}}"
             "event { id: 3 default: 1 combine: 1"
             " part { condition { field: 4 op: IMAGE text: 'a.exe' }}"
             " part { condition { field: 4 op: IMAGE text: 'b,c' }}}");
}

TEST(BlobWriterOptions, AreARecordOfTheirOwnWhenNoneTakesThem) {
  constexpr std::string_view kRecord =
      "event { id: 3 default: 1 combine: 0"
      " part { condition { field: 4 op: IMAGE text: 'a.exe' }}"
      " part { condition { field: 4 op: IMAGE text: 'b,c' }}}";
  ExpectBlob(Sysmon(kList), kRecord);
  ExpectBlob(
      Sysmon("<EventFiltering><DnsQuery onmatch='include'/></EventFiltering>" + std::string(kList)),
      "event { id: 22 default: 1 combine: 1 }" + std::string(kRecord));
  // A record that excludes is left out.
  ExpectBlob(Sysmon(std::string(kList) + "<EventFiltering><NetworkConnect onmatch='exclude'>"
                                         "<Bad>x</Bad></NetworkConnect></EventFiltering>"),
             kRecord);
}

TEST(BlobWriterOptions, DataIsAsLongAsItsUtf8) {
  ExpectBlob(Sysmon("<ImageLoad>\xE2\x82\xAC</ImageLoad>"),
             "event { id: 7 default: 1 combine: 0"
             " part { condition { field: 4 op: IMAGE text: '\xE2\x82\xAC' extra_zeros: 4 }}}");
}

TEST(BlobWriterOptions, AreReadUpToTheFirstUnknownOne) {
  ExpectBlob(Sysmon("<Nothing/><ImageLoad>a</ImageLoad>"), kNoRecords);
  ExpectBlob(Sysmon("<HashAlgorithms>*</HashAlgorithms><ImageLoad>a</ImageLoad><Nothing/>"),
             "event { id: 7 default: 1 combine: 0"
             " part { condition { field: 4 op: IMAGE text: 'a' }}}");
}

// 5.4

TEST(BlobWriterUndo, UsesUpGroupIdsAndLosesTheLinkInTheHeader) {
  ExpectRules(
      "<RegistryEvent onmatch='include'><TargetObject>x</TargetObject>"
      "<Rule><TargetObject>a</TargetObject></Rule>"
      "<Rule><Details>b</Details></Rule></RegistryEvent>",
      "event { id: 13 default: 1 combine: 1 part { condition { field: 6 text: 'x' }}"
      " part { group { id: 3 condition { field: 6 text: 'a' }}}"
      " part { group { id: 4 condition { field: 7 text: 'b' }}}} first_aggregation: 0");
}

TEST(BlobWriterUndo, BehindAnotherRecordKeepsTheLinks) {
  ExpectRules(
      "<ProcessCreate onmatch='include'><Rule><Image>p</Image></Rule></ProcessCreate>"
      "<RegistryEvent onmatch='include'><Rule><TargetObject>a</TargetObject>"
      "<NewName>b</NewName></Rule></RegistryEvent>"
      "<DnsQuery onmatch='include'><Rule><Image>d</Image></Rule></DnsQuery>",
      "event { id: 1 default: 1 combine: 1"
      " part { group { id: 1 condition { field: 4 text: 'p' }}}}"
      "event { id: 14 default: 1 combine: 1"
      " part { group { id: 4 condition { field: 6 text: 'a' }"
      "                condition { field: 7 text: 'b' }}}}"
      "event { id: 22 default: 1 combine: 1"
      " part { group { id: 5 condition { field: 7 text: 'd' }}}}");
}

TEST(BlobWriterUndo, LeavesALinkToTheEndOfTheBlob) {
  ExpectRules(
      "<ProcessCreate onmatch='include'/>"
      "<FileCreate onmatch='include'><Image>x</Image><Bad>x</Bad></FileCreate>",
      "event { id: 1 default: 1 combine: 1 next: 48 }");
}

TEST(BlobWriterUndo, LeavesOldDataInSlack) {
  std::string text;  // every byte of it 'z' in UTF-16
  for (int i = 0; i < 10; ++i) text += "\xE7\xA9\xBA";
  ExpectRules("<ProcessCreate onmatch='include'/><FileCreate onmatch='include'><Image>" + text +
                  "</Image><Bad>x</Bad></FileCreate>"
                  "<DnsQuery onmatch='include'><Image>ab</Image></DnsQuery>",
              "event { id: 1 default: 1 combine: 1 }"
              "event { id: 22 default: 1 combine: 1"
              " part { condition { field: 7 text: 'ab' slack: 'z' }}}");
}

// The link is written where the next group's record comes to stand.
TEST(BlobWriterUndo, OfAFirstRecordLosesNothingWhereItsLinkIsWrittenOver) {
  ExpectRules(
      "<FileCreate onmatch='include'><Rule><Image>x</Image><Bad>x</Bad></Rule></FileCreate>"
      "<DnsQuery onmatch='include'><Rule><Image>d</Image></Rule></DnsQuery>",
      "event { id: 22 default: 1 combine: 1"
      " part { group { id: 2 condition { field: 7 text: 'd' }}}} first_aggregation: 0");
  ExpectRules(
      "<FileCreate onmatch='include'><Rule><Bad>x</Bad></Rule></FileCreate>"
      "<DnsQuery onmatch='include'><Image>d</Image></DnsQuery>",
      "event { id: 22 default: 1 combine: 1 part { condition { field: 7 text: 'd' }}}");
}

TEST(BlobWriterGroupName, IsCutWithoutTakingPairsApart) {
  const std::string most(127, 'n');
  const std::string before(126, 'n');
  const std::string pair = "\xF0\x9F\x98\x80";
  for (const auto& [name, kept] :
       {std::pair(most, most), std::pair(most + "n", most), std::pair(before + pair, before),
        std::pair(before.substr(1) + pair + "n", before.substr(1) + pair)}) {
    ExpectRules("<ProcessCreate onmatch='include'><Rule name='" + name + "'/></ProcessCreate>",
                "event { id: 1 default: 1 combine: 1 part { group { name: '" + kept + "' }}}");
  }
}

// 9

TEST(BlobWriterTarget, DecidesFieldsWhateverTheFileStates) {
  const Content content = ReadXml(
      "<Sysmon schemaversion='4.30'><EventFiltering><RegistryEvent onmatch='include'>"
      "<User>x</User></RegistryEvent></EventFiltering></Sysmon>");
  EXPECT_TRUE(Write(content).bytes.empty());
  const std::string newer = Write(content, BlobMode::kStrict, "4.90").bytes;
  ASSERT_EQ(newer.size(), 48u + 544);
  EXPECT_EQ(U32(newer, 0), 0x00120000u);
  EXPECT_EQ(U32(newer, 12), 0x0004001Eu);
  EXPECT_EQ(U32(newer, 24), 12u);
  EXPECT_EQ(U32(newer, 48), 7u);
}

TEST(BlobWriterTarget, StatesItsBinaryVersion) {
  const Content content = ReadXml(Rules("<ProcessCreate onmatch='include'/>"));
  for (const auto& [version, word] :
       {std::pair("4.60", 0x000E0000u), std::pair("4.70", 0x000F0000u),
        std::pair("4.80", 0x00100000u), std::pair("4.81", 0x00100000u),
        std::pair("4.90", 0x00120000u)}) {
    EXPECT_EQ(U32(Write(content, BlobMode::kStrict, version).bytes, 0), word) << version;
  }
}

TEST(BlobWriterTarget, OthersHaveNoKnownLayout) {
  const Content content = ReadXml(Rules("<ProcessCreate onmatch='include'/>"));
  for (const Contract* contract : ContractSet::BuiltIn().all()) {
    const std::string_view version = contract->version;
    const bool known = version == "4.60" || version == "4.70" || version == "4.80" ||
                       version == "4.81" || version == "4.90";
    const bool verified = version == "4.70" || version == "4.90";
    EXPECT_EQ(BlobLayoutOf(*contract), verified ? BlobLayout::kVerified
                                       : known  ? BlobLayout::kUnverified
                                                : BlobLayout::kUnknown);
    const auto written = WriteSysmonBlob(content, {.contract = contract});
    EXPECT_EQ(written.ok(), known) << version;
    EXPECT_EQ(written.status().code(),
              known ? absl::StatusCode::kOk : absl::StatusCode::kUnimplemented)
        << version;
  }
  EXPECT_EQ(WriteSysmonBlob(content, {}).status().code(), absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace sluice
