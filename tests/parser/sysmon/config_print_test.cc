// Sysmon content printed as a configuration: what each kind becomes, and what is refused where.

#include "parser/sysmon/config_print.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "parser/sysmon/config_print_xml.h"
#include "parser/text/content_text.h"
#include "tests/parser/sysmon/blob_writer_testing.h"

namespace sluice {
namespace {

const ReadOptions& Options() {
  static const ReadOptions options{.self_contracts = &AllContracts()};
  return options;
}

Content ReadBlobOf(std::string bytes) {
  ReadResult read =
      ReadSysmonBlob(std::make_shared<const std::string>(std::move(bytes)), Options());
  EXPECT_TRUE(read.ok()) << read.malformed().message;
  return std::move(read).TakeContent();
}

Content ReadText(std::string_view text) {
  ReadResult read = ReadContentText(std::make_shared<const std::string>(
                                        std::string(kContentTextHeader) + "\n" + std::string(text)),
                                    Options());
  EXPECT_TRUE(read.ok()) << read.malformed().message;
  return std::move(read).TakeContent();
}

std::string Reasons(const ConfigPrint& print) {
  std::string all;
  for (const ConfigUnprintable& refused : print.refused) {
    all += std::to_string(refused.place.offset) + "+" + std::to_string(refused.place.length) + " " +
           refused.why + "\n";
  }
  return all;
}

std::string PrintOf(const Content& content) {
  const ConfigPrint print = PrintSysmonConfig(content, Options());
  EXPECT_TRUE(print.ok()) << Reasons(print);
  return print.text;
}

// The only thing that is refused.
ConfigUnprintable RefusalOf(const Content& content) {
  const ConfigPrint print = PrintSysmonConfig(content, Options());
  EXPECT_EQ(print.refused.size(), 1) << Reasons(print) << print.text;
  EXPECT_EQ(print.text, "");
  return print.refused.empty() ? ConfigUnprintable() : print.refused[0];
}

std::string Record(std::string_view parts) {
  return Blob("event { id: 1 default: 1 combine: 1 " + std::string(parts) + " }");
}

std::string Patched(std::string blob, size_t at, uint32_t word) {
  for (int i = 0; i < 4; ++i) blob[at + i] = static_cast<char>(word >> (8 * i));
  return blob;
}

// Where the only refused thing of a blob stands.
Place RefusedAt(const std::string& blob) { return RefusalOf(ReadBlobOf(blob)).place; }

constexpr uint32_t kEvent = 24;      // the first record
constexpr uint32_t kCondition = 48;  // and what is in it

TEST(ConfigPrint, BlobIsAConfigurationWithNames) {
  const std::string blob = Blob(
      "event { id: 1 default: 1 combine: 1"
      "  part { condition { field: 4 op: END_WITH text: '\\\\cmd.exe' name: 'shell' } }"
      "  part { group { combine: 1 name: 'both' condition { field: 10 text: 'a' name: 'both' }"
      "                 condition { field: 12 op: CONTAINS_ANY text: 'b;c' name: 'own' } } } }"
      "event { id: 11 default: 0 combine: 0 part { condition { field: 5 text: '' } } }");
  EXPECT_EQ(PrintOf(ReadBlobOf(blob)), R"(<Sysmon schemaversion="4.50">
  <EventFiltering>
    <ProcessCreate onmatch="include">
      <Image name="shell" condition="end with">\cmd.exe</Image>
      <Rule name="both" groupRelation="and">
        <CommandLine condition="is">a</CommandLine>
        <User name="own" condition="contains any">b;c</User>
      </Rule>
    </ProcessCreate>
    <RuleGroup groupRelation="or">
      <FileCreate onmatch="exclude">
        <TargetFilename condition="is"/>
      </FileCreate>
    </RuleGroup>
  </EventFiltering>
</Sysmon>
)");
}

TEST(ConfigPrint, CombinationNeedsNoWordWhereTheVersionSaysIt) {
  const Content old =
      ReadBlobOf(Write(ReadXml("<Sysmon schemaversion='4.10'><EventFiltering><DnsQuery "
                               "onmatch='include'/></EventFiltering></Sysmon>"))
                     .bytes);
  EXPECT_EQ(PrintOf(old).find("RuleGroup"), std::string::npos);
  EXPECT_NE(PrintOf(old).find("schemaversion=\"4.10\""), std::string::npos);
}

TEST(ConfigPrint, EventOfASeriesIsFoundAgain) {
  const std::string blob =
      Write(ReadXml(Rules("<RegistryEvent onmatch='include'><Rule><TargetObject>"
                          "a</TargetObject><Details>b</Details></Rule>"
                          "</RegistryEvent>")))
          .bytes;
  const Content content = ReadBlobOf(blob);
  ASSERT_EQ(content.groups().size(), 1);
  ASSERT_EQ(content.groups()[0].id, 2);  // the first was used up for event 12
  EXPECT_NE(PrintOf(content).find("<Details"), std::string::npos);
}

TEST(ConfigPrint, EventThatNoConditionAsksForHadOneThatWasSkipped) {
  // 13 without a value: the condition on it was no condition. Its group had used up an id.
  const std::string blob = Blob(
      "event { id: 13 default: 1 combine: 1 part { group { id: 2 unchained: true condition { "
      "field: "
      "6 text: 'a' } } } part { condition { field: 6 text: 'b' } } }");
  const std::string printed = PrintOf(ReadBlobOf(blob));
  EXPECT_NE(printed.find("<Details condition=\"skipped\"/>"), std::string::npos);
  EXPECT_GT(printed.find("<Details"), printed.find("</Rule>"));
  EXPECT_EQ(Write(ReadXml(printed)).bytes, blob);
  // No field asks for 18 rather than 17.
  EXPECT_EQ(RefusedAt(Blob("event { id: 18 }")), (Place{kEvent, 4}));
}

TEST(ConfigPrint, IdsThatDroppedGroupsUsedUpAreUsedUpAgain) {
  const std::string blob =
      Write(ReadXml(Rules("<ProcessCreate onmatch='include'><Image>a</Image><Rule/><None/>"
                          "</ProcessCreate><FileCreate onmatch='include'><Image>a</Image><Rule/>"
                          "</FileCreate>")))
          .bytes;
  ASSERT_EQ(ReadBlobOf(blob).groups()[0].id, 2);
  EXPECT_EQ(Write(ReadXml(PrintOf(ReadBlobOf(blob)))).bytes, blob);
}

TEST(ConfigPrint, TraceOfADroppedRecordIsLeftAgain) {
  const std::string blob =
      Write(ReadXml(Rules("<DnsQuery onmatch='include'><Image>a</Image></DnsQuery>"
                          "<FileCreate onmatch='include'><None/></FileCreate>")))
          .bytes;
  const Content content = ReadBlobOf(blob);
  EXPECT_EQ(Write(ReadXml(PrintOf(content))).bytes, blob);
}

TEST(ConfigPrint, ListOptionsAreFoundByTheirData) {
  const std::string taken =
      Write(ReadXml(Sysmon("<ImageLoad>\xC3\xA9,b,,c</ImageLoad><EventFiltering>"
                           "<ImageLoad onmatch='include'><Signed>x</Signed></ImageLoad>"
                           "<ImageLoad onmatch='include'/></EventFiltering>")))
          .bytes;
  EXPECT_NE(PrintOf(ReadBlobOf(taken)).find("<ImageLoad>\xC3\xA9</ImageLoad>"), std::string::npos);
  const std::string left = Write(ReadXml(Sysmon("<NetworkConnect>a,b,,c</NetworkConnect>"
                                                "<EventFiltering><FileDelete onmatch='include'/>"
                                                "</EventFiltering>")))
                               .bytes;
  EXPECT_NE(PrintOf(ReadBlobOf(left)).find("<NetworkConnect>a,b,,c</NetworkConnect>"),
            std::string::npos);
}

TEST(ConfigPrint, RefusesWhatHasNoName) {
  EXPECT_EQ(RefusedAt(Blob("event { id: 77 }")), (Place{kEvent, 4}));
  EXPECT_EQ(RefusedAt(Blob("event { id: 4 }")), (Place{kEvent, 4}));
  EXPECT_EQ(RefusedAt(Record("part { condition { field: 22 } }")), (Place{kCondition, 4}));
  const Place op{kCondition + 516, 4};
  EXPECT_EQ(RefusedAt(Record("part { condition { field: 4 op_word: 16 } }")), op);
  EXPECT_EQ(RefusedAt(Record("part { condition { field: 4 op_word: 0x80000001 } }")), op);
  EXPECT_EQ(RefusedAt(Record("part { condition { field: 4 environment: true text: '%' } }")), op);
}

TEST(ConfigPrint, RefusesWhatNoCompilerWrites) {
  EXPECT_EQ(RefusedAt(Blob("event { id: 11 } event { id: 1 }")), (Place{kEvent + 24, 4}));
  EXPECT_EQ(RefusedAt(Record("part { condition { field: 4 text: 'a' extra_zeros: 2 } }")),
            (Place{kCondition + 536, 6}));
  EXPECT_EQ(RefusedAt(Record("part { condition { field: 4 text: 'a' slack: '\\001' } }")).offset,
            kCondition + 540);
  EXPECT_EQ(RefusedAt(Record("part { hidden: 'abcdefgh' }")), (Place{kEvent + 24, 8}));
  EXPECT_EQ(RefusedAt(Record("part { group { id: 7 condition { field: 4 } } }")),
            (Place{kCondition + 264, 4}));
  constexpr uint32_t kBinaryVersion = 0;
  constexpr uint32_t kSchemaVersion = 12;
  EXPECT_EQ(RefusedAt(Patched(Record(""), kSchemaVersion, 0x00030028)), (Place{12, 4}));
  EXPECT_EQ(RefusedAt(Patched(Record(""), kSchemaVersion, 0x0004012C)), (Place{12, 4}));
  EXPECT_EQ(RefusedAt(Patched(Record(""), kBinaryVersion, 0x000D0000)), (Place{0, 4}));
  EXPECT_EQ(RefusedAt(Patched(Record(""), kBinaryVersion, 0x000F0001)), (Place{0, 4}));
}

TEST(ConfigPrint, RefusesNamesAndTextsThatNoXmlHolds) {
  const Place data{kCondition + 536, 4};
  EXPECT_EQ(RefusedAt(Record("part { condition { field: 4 text: '\\355\\240\\200' } }")), data);
  const Place name{kCondition + 4, 512};
  EXPECT_EQ(RefusedAt(Record("part { condition { field: 4 name: '\\355\\260\\200' } }")), name);
  std::string accents;
  for (int i = 0; i < 128; ++i) accents += "\xC3\xA9";
  EXPECT_EQ(RefusedAt(Record("part { condition { field: 4 name: '" + accents + "' } }")), name);
  // Without one of its own it would have the group's.
  EXPECT_EQ(RefusedAt(Record("part { group { name: 'g' condition { field: 4 } } }")).offset,
            kCondition + 296);
}

TEST(ConfigPrint, EachInstanceIsRefusedOnce) {
  const ConfigPrint print =
      PrintSysmonConfig(ReadBlobOf(Blob("event { id: 1 part { condition { field: 99 op_word: 99 } }"
                                        "              part { condition { field: 98 } } }"
                                        "event { id: 2 } event { id: 77 }")),
                        Options());
  ASSERT_EQ(print.refused.size(), 2) << Reasons(print);
  EXPECT_EQ(print.refused[0].instance, 0);
  EXPECT_EQ(print.refused[1].instance, 2);
}

TEST(ConfigPrint, TextsComeBackAsTheyWere) {
  for (const std::string_view text : {" ",
                                      "   ",
                                      " lead",
                                      "trail ",
                                      "\t",
                                      "\n",
                                      "\r",
                                      "\r\n",
                                      "<b>&amp;\"'</b>",
                                      "]]>",
                                      "<![CDATA[",
                                      "\x01\x1F\x7F",
                                      "\xC3\xA9",
                                      "\xF0\x9F\x94\x92",
                                      "\xEF\xBF\xBE",
                                      "\xEF\xBB\xBF",
                                      "-->",
                                      "\xE2\x80\xAE",
                                      "a\nb",
                                      "&#65;"}) {
    corpus::SysmonBlob blob;
    blob.set_binary_major(15);
    blob.set_schema_version("4.50");
    corpus::SysmonBlob::Event* event = blob.add_event();
    event->set_id(1);
    corpus::SysmonBlob::Condition* condition = event->add_part()->mutable_condition();
    condition->set_field(4);
    condition->set_text(std::string(text));
    condition->set_name(std::string(text));
    const std::string bytes = BuildSysmonBlob(blob);
    const std::string xml = PrintOf(ReadBlobOf(bytes));
    EXPECT_EQ(Write(ReadXml(xml)).bytes, bytes) << xml;
  }
}

TEST(ConfigPrint, TextFormOfABlobPrintsAsTheBlobDoes) {
  const Content content = ReadBlobOf(Blob(
      "event { id: 1 default: 1 combine: 1 part { group { condition { field: 4 text: 'a' } } } }"));
  const ReadResult text =
      ReadContentText(std::make_shared<const std::string>(PrintContentText(content)), Options());
  ASSERT_TRUE(text.ok());
  EXPECT_EQ(PrintOf(text.content()), PrintOf(content));
}

constexpr std::string_view kByIndex =
    "dialect: 'sysmon' metadata { schema_version: '4.50' binary_major: 15 }\n";

TEST(ConfigPrint, RefusesTextFormThatNoBlobIs) {
  const std::string head(kByIndex);
  const auto line = [&](std::string_view rest) {
    const Content content = ReadText(head + std::string(rest));
    return LineTable(content.text()).Locate(RefusalOf(content).place.offset).line;
  };
  constexpr std::string_view kRecord = "instance { template_type_id: 1 on_match: 'include'\n";
  const std::string record(kRecord);
  EXPECT_EQ(line("instance { template_type_id: 1 on_match: 'type_default' }"), 3);
  EXPECT_EQ(line(record + "criterion { field_index: 4 operator: 'sysmon.is' } }"), 4);
  EXPECT_EQ(line(record + "criterion { field_index: 4 operator: 'sysmon.is' operand: 'a' "
                          "operand: 'b' } }"),
            4);
  EXPECT_EQ(line(record + "part { group { id: 9\ncriterion { field_index: 4 operator: 'sysmon.is' "
                          "operand: 'a' } } } }"),
            4);
  EXPECT_EQ(line(record + "}\nsetting { name: 'HashAlgorithms' value: 'md5' }"), 5);
}

TEST(ConfigPrint, ConfigurationIsWrittenPlainly) {
  const Content content = ReadXml(
      "<?xml version='1.0'?><!-- c --><Sysmon schemaversion=' 4.5x'>"
      "<HashAlgorithms>*</HashAlgorithms><EventFiltering><RuleGroup name='g' groupRelation='or'>"
      "<ProcessCreate onmatch='Include'><Image name='g'>a<!-- b -->c</Image><User condition='IS'>"
      "<![CDATA[ ]]></User></ProcessCreate></RuleGroup><Odd "
      "default='x'/><DnsQuery/></EventFiltering>"
      "</Sysmon>");
  const std::string printed = PrintOf(content);
  EXPECT_EQ(printed, R"(<Sysmon schemaversion=" 4.5x">
  <HashAlgorithms>*</HashAlgorithms>
  <EventFiltering>
    <RuleGroup name="g" groupRelation="or">
      <ProcessCreate onmatch="include">
        <Image condition="is">a</Image>
        <User condition="is">&#32;</User>
      </ProcessCreate>
    </RuleGroup>
    <Odd onmatch="x"/>
    <DnsQuery/>
  </EventFiltering>
</Sysmon>
)");
  EXPECT_TRUE(SameMeaning(ReadXml(printed), content));
}

TEST(ConfigPrint, NeighboursShareTheirRuleGroup) {
  std::string records;
  for (int i = 0; i < 100; ++i) records += "<DnsQuery onmatch='include'/>";
  const std::string file =
      Rules("<RuleGroup name='" + std::string(10'000, 'n') + "'>" + records + "</RuleGroup>");
  EXPECT_LT(PrintOf(ReadXml(file)).size(), 2 * file.size());
}

TEST(ConfigPrint, RecordsInsideRecordsStayThere) {
  for (const std::string_view rules :
       {"<FileCreate onmatch='include'><ProcessCreate onmatch='exclude' condition='is "
        "not'>x<Image>a"
        "</Image></ProcessCreate><User>b</User></FileCreate>",
        "<FileCreate onmatch='include'><Image>x<W><RuleGroup name='n' groupRelation='or'><DnsQuery "
        "onmatch='include'/></RuleGroup><ProcessCreate/></W></Image><User>b</User></FileCreate>",
        "<FileCreate onmatch='include'><Rule><ProcessCreate><Image>a<DnsQuery default='include'/>"
        "</Image></ProcessCreate></Rule><Rule/><User>b</User></FileCreate><DnsQuery onmatch=''/>",
        "<FileCreate onmatch='include'><ProcessCreate><ProcessCreate/><Image>a<DnsQuery><User/>"
        "</DnsQuery><DnsQuery/></Image></ProcessCreate><User>b</User></FileCreate>"}) {
    const Content content = ReadXml(Rules(rules));
    EXPECT_GT(content.instances().size(), 1);
    const std::string printed = PrintOf(content);
    EXPECT_TRUE(SameMeaning(ReadXml(printed), content)) << printed;
    EXPECT_EQ(PrintOf(ReadXml(printed)), printed);
  }
}

TEST(ConfigPrint, RefusesTextFormThatNoConfigurationIs) {
  const std::string head = "dialect: 'sysmon' metadata { schema_version: '4.50' }\n";
  const auto line = [&](std::string_view rest) {
    const Content content = ReadText(head + std::string(rest));
    return LineTable(content.text()).Locate(RefusalOf(content).place.offset).line;
  };
  const std::string record = "instance { template_type: 'ProcessCreate' name: 'g'\n";
  const std::string named = "name: 'g' operand: 'a' operator: ";
  EXPECT_EQ(line("instance { template_type: 'a b' }"), 3);
  EXPECT_EQ(line("instance { template_type: 'a><b' }"), 3);
  EXPECT_EQ(line(record + "criterion { field_name: 'Image' operator: 'sysmon.is' operand: 'a' } }"),
            4);
  EXPECT_EQ(line(record + "criterion { field_name: 'Rule' " + named + "'sysmon.is' } }"), 4);
  EXPECT_EQ(line(record + "criterion { field_name: 'DnsQuery' " + named + "'sysmon.is' } }"), 4);
  EXPECT_EQ(line(record + "criterion { field_name: 'Image' " + named + "'contains' } }"), 4);
  EXPECT_EQ(line(record + "criterion { field_name: 'Image' " + named + "'contains any' } }"), 4);
  EXPECT_EQ(line(record + "}\nsetting { name: 'EventFiltering' value: 'md5' }"), 5);
}

TEST(ConfigPrint, EmptyContentIsAnEmptyRoot) {
  EXPECT_EQ(PrintOf(ReadXml("<Sysmon/>")), "<Sysmon/>\n");
  EXPECT_EQ(PrintOf(ReadXml("<Sysmon schemaversion='4.50'><EventFiltering/></Sysmon>")),
            "<Sysmon schemaversion=\"4.50\"/>\n");
}

TEST(ConfigPrint, OnlySysmonContent) {
  EXPECT_EQ(RefusalOf(ReadText("dialect: 'channel'")).instance, kNone);
}

TEST(XmlNames, AreThoseThatAReaderTakesWhole) {
  for (const char* name : {"Image", "_a", "a-b.c:9", "\xC3\xA9"})
    EXPECT_TRUE(IsXmlName(name)) << name;
  for (const char* name : {"", "9a", "-a", "a b", "a>", "a/", "a=", "\xC3", "a&b"}) {
    EXPECT_FALSE(IsXmlName(name)) << name;
  }
}

}  // namespace
}  // namespace sluice
