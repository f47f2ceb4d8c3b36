// Everything a sensor drops or misreads in silence: its kind, its place and what it belongs to.

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "tests/parser/sysmon_config/config_testing.h"

namespace sluice {
namespace {

using std::string_literals::operator""s;
using enum IrregularityKind;

struct Expected {
  IrregularityKind kind;
  LineColumn at;
  std::string_view text;  // at the place
  std::string_view detail;
  uint32_t instance = kNone;
};

void ExpectIrregularities(const Content& content, const std::vector<Expected>& expected) {
  const LineTable lines(content.text());
  ASSERT_EQ(content.irregularities().size(), expected.size());
  for (size_t i = 0; i < expected.size(); ++i) {
    const Irregularity& found = content.irregularities()[i];
    EXPECT_EQ(static_cast<int>(found.kind), static_cast<int>(expected[i].kind)) << i;
    const LineColumn at = lines.Locate(found.place.offset);
    EXPECT_EQ(at.line, expected[i].at.line) << i;
    EXPECT_EQ(at.column, expected[i].at.column) << i;
    EXPECT_EQ(At(content, found.place), expected[i].text) << i;
    EXPECT_EQ(found.detail, expected[i].detail) << i;
    EXPECT_EQ(found.instance, expected[i].instance) << i;
  }
}

// `lines` begin on line 2 of a configuration, inside EventFiltering.
void ExpectInRules(std::string_view lines, const std::vector<Expected>& expected) {
  ExpectIrregularities(MustRead(Config(Join({"\n", lines}))), expected);
}

TEST(ConfigIrregularity, UnknownAttribute) {
  ExpectIrregularities(MustRead("<Sysmon xmlns='x' schemaversion='4.90'/>"),
                       {{kUnknownAttribute, {1, 9}, "xmlns", "xmlns"}});
  ExpectIrregularities(
      MustRead("<Sysmon><EventFiltering a='1'/>\n<HashAlgorithms b='2'/></Sysmon>"),
      {{kUnknownAttribute, {1, 25}, "a", "a"}, {kUnknownAttribute, {2, 17}, "b", "b"}});
  ExpectInRules(
      "<RuleGroup grouprelation='or'>\n"
      "<DriverLoad onmatch='include' groupRelation='or'>\n"
      "<Rule condition='is'>\n"
      "<Image Condition='is'>x</Image></Rule></DriverLoad></RuleGroup>",
      {{kUnknownAttribute, {2, 12}, "grouprelation", "grouprelation"},
       {kUnknownAttribute, {3, 31}, "groupRelation", "groupRelation", 0},
       {kUnknownAttribute, {4, 7}, "condition", "condition", 0},
       {kUnknownAttribute, {5, 8}, "Condition", "Condition", 0}});
}

TEST(ConfigIrregularity, DuplicateAttribute) {
  ExpectInRules(
      "<DriverLoad onmatch='include' onmatch='exclude'>\n"
      "<Image condition='is' condition='image'>x</Image></DriverLoad>",
      {{kDuplicateAttribute, {2, 31}, "onmatch", "onmatch", 0},
       {kDuplicateAttribute, {3, 23}, "condition", "condition", 0}});
  const Content content = MustRead(Record("<Image condition='is' condition='image'>x</Image>"));
  EXPECT_EQ(content.criteria()[0].op, Operator::kSysmonIs);
}

TEST(ConfigIrregularity, IgnoredElement) {
  ExpectIrregularities(
      MustRead("<Sysmon><HashAlgorithms>\n<b c=''>md5</b></HashAlgorithms></Sysmon>"),
      {{kIgnoredElement, {2, 1}, "<b c=''>", "b"}});
  ExpectInRules(
      "<DriverLoad onmatch='include'><Image>\n"
      "  <Rule><Image>x</Image></Rule></Image></DriverLoad>",
      {{kIgnoredElement, {3, 3}, "<Rule>", "Rule", 0}});
}

TEST(ConfigIrregularity, OnMatch) {
  ExpectInRules(
      "<DriverLoad/>\n"
      "<DriverLoad onmatch='include' default='include'/>\n"
      "<DriverLoad default='none'/>\n"
      "<DriverLoad onmatch=''/>",
      {{kOnMatchMissing, {2, 2}, "DriverLoad", "", 0},
       {kOnMatchTwice, {3, 31}, "default", "", 1},
       {kOnMatchUnknown, {4, 22}, "none", "none", 2},
       {kOnMatchUnknown, {5, 22}, "", "", 3}});
}

TEST(ConfigIrregularity, GroupRelationUnknown) {
  ExpectInRules(
      "<RuleGroup groupRelation='xor'>\n"
      "<DriverLoad onmatch='include'>\n"
      "<Rule groupRelation='nor'><Image>x</Image></Rule></DriverLoad></RuleGroup>",
      {{kGroupRelationUnknown, {2, 27}, "xor", "xor"},
       {kGroupRelationUnknown, {4, 22}, "nor", "nor", 0}});
  const Content content = MustRead(
      Config("<DriverLoad onmatch='include'><Rule groupRelation='x'><Image/></Rule></DriverLoad>"));
  EXPECT_EQ(content.groups()[0].combine, Combine::kAnd);
}

TEST(ConfigIrregularity, ValueSplit) {
  ExpectInRules(
      "<DriverLoad onmatch='include'><Image>a<!-- x -->\nb<!-- y -->c</Image>\n"
      "<Image>a<?pi?><![CDATA[b]]></Image></DriverLoad>",
      {{kValueSplit, {2, 49}, "\nb", "", 0}, {kValueSplit, {4, 24}, "b", "", 0}});
}

TEST(ConfigIrregularity, ValueCut) {
  ExpectInRules(
      "<DriverLoad onmatch='include'><Image>ab&#0;cd</Image>\n"
      "<Image name='n\xFFm'>\xC3\xA9\xC3</Image></DriverLoad>",
      {{kValueCut, {2, 40}, "&#0;", "", 0},
       {kValueCut, {3, 15}, "\xFF", "", 0},
       {kValueCut, {3, 20}, "\xC3", "", 0}});
  const Content content =
      MustRead(Record("<Image>ab&#0;cd</Image><Image name='n\xFFm'>\xC3\xA9\xC3</Image>"));
  EXPECT_EQ(content.operands()[0].text, "ab");
  EXPECT_EQ(content.operands()[1].text, "\xC3\xA9");
  EXPECT_EQ(content.criteria()[1].name, "n");
}

TEST(ConfigIrregularity, RawNulIsMalformed) {
  const ReadResult result = ReadConfig(Record("<Image>\na\0b</Image>"s));
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(LineTable(result.text()).Locate(result.malformed().place.offset), (LineColumn{2, 2}));
}

TEST(ConfigIrregularity, UnknownEntity) {
  ExpectInRules(
      "<DriverLoad onmatch='include'><Image name='&eacute;'>a &amp; b &nbsp; c</Image>\n"
      "<Image>a & b && c</Image><Image>&amp c</Image></DriverLoad>",
      {{kUnknownEntity, {2, 44}, "&eacute;", "&eacute;", 0},
       {kUnknownEntity, {2, 64}, "&nbsp;", "&nbsp;", 0},
       {kUnknownEntity, {3, 33}, "&amp", "&amp", 0}});
  const Content content = MustRead(Record("<Image>a &amp; &nbsp;</Image>"));
  EXPECT_EQ(content.operands()[0].text, "a & &nbsp;");
}

TEST(ConfigIrregularity, CdataHasNoEntities) {
  const std::string record =
      "<DriverLoad onmatch='include'><Image><![CDATA[&nbsp;&#0;]]></Image></DriverLoad>";
  ExpectInRules(record, {});
  EXPECT_EQ(MustRead(Config(record)).operands()[0].text, "&nbsp;&#0;");
  ExpectInRules("<DriverLoad onmatch='include'><Image><![CDATA[&amp;\xFF]]></Image></DriverLoad>",
                {{kValueCut, {2, 52}, "\xFF", "", 0}});
}

TEST(ConfigIrregularity, IgnoredText) {
  ExpectIrregularities(
      MustRead("<Sysmon>a<EventFiltering>\n  b <RuleGroup>c<DriverLoad onmatch='include'>\nd"
               "<Rule>e<Image/></Rule></DriverLoad></RuleGroup>\n<![CDATA[ f ]]><![CDATA[ ]]>"
               "</EventFiltering></Sysmon> g h "),
      {{kIgnoredText, {4, 56}, "g h", ""},
       {kIgnoredText, {1, 9}, "a", ""},
       {kIgnoredText, {2, 3}, "b", ""},
       {kIgnoredText, {2, 16}, "c", ""},
       {kIgnoredText, {3, 1}, "d", "", 0},
       {kIgnoredText, {3, 8}, "e", "", 0},
       {kIgnoredText, {4, 11}, "f", ""}});
}

TEST(ConfigIrregularity, DocumentType) {
  const Content content = MustRead("<?xml version='1.0'?>\n <!DOCTYPE Sysmon [<!ENTITY a 'x'>]>\n" +
                                   Record("<Image>&a;</Image>"));
  ExpectIrregularities(content, {{kDocumentType, {2, 2}, "<!DOCTYPE", ""},
                                 {kUnknownEntity, {3, 86}, "&a;", "&a;", 0}});
}

TEST(ConfigIrregularity, EncodingIgnored) {
  ExpectIrregularities(MustRead("<?xml version='1.0' encoding='Windows-1252'?><Sysmon/>"),
                       {{kEncodingIgnored, {1, 31}, "Windows-1252", "Windows-1252"}});
}

TEST(ConfigIrregularity, SecondRoot) {
  ExpectIrregularities(MustRead("<first/><Sysmon/>\n<Sysmon schemaversion='4.90'><x/></Sysmon>"),
                       {{kSecondRoot, {1, 1}, "<first/>", "first"},
                        {kSecondRoot, {2, 1}, "<Sysmon schemaversion='4.90'>", "Sysmon"}});
}

}  // namespace
}  // namespace sluice
