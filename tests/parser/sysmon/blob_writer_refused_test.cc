// What is not compiled: by the rule that reports the same, and the place.

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "parser/sysmon/blob_writer.h"
#include "parser/text/content_text.h"
#include "tests/parser/sysmon/blob_writer_testing.h"

namespace sluice {
namespace {

struct Flaw {
  std::string xml;
  std::string_view rule;
  std::string_view at;  // what stands at the place
};

std::string Record(std::string_view inside) {
  return Rules("<ProcessCreate onmatch='include'>" + std::string(inside) + "</ProcessCreate>");
}

std::string_view At(const Content& content, Place place) {
  return content.text().substr(place.offset, place.length);
}

void ExpectOne(const Content& content, const std::vector<Refused>& found, const Flaw& flaw,
               const BlobWriteResult& result) {
  ASSERT_EQ(found.size(), 1u) << flaw.xml << "\n" << Describe(result);
  EXPECT_EQ(found[0].rule, flaw.rule) << flaw.xml << "\n" << Describe(result);
  EXPECT_EQ(At(content, found[0].place), flaw.at) << flaw.xml << "\n" << Describe(result);
  EXPECT_FALSE(found[0].why.empty());
}

const std::vector<Flaw>& Tolerable() {
  static const std::vector<Flaw>* const flaws = new std::vector<Flaw>{
      {Record("<Imagee>x</Imagee>"), "SL101", "Imagee"},
      {Record("<ParentUser>x</ParentUser>"), "SL201", "ParentUser"},
      {Record("<Image condition='matches'>x</Image>"), "SL102", "matches"},
      {Rules("<Nothing onmatch='include'/>"), "SL104", "<Nothing onmatch='include'/>"},
      {Rules("<eBPFEvent onmatch='include'/>"), "SL206", "<eBPFEvent onmatch='include'/>"},
      {Record("<Rule/>"), "SL106", "<Rule/>"},
      {Rules("<WmiEvent onmatch='include'><Query>x</Query><Filter>y</Filter></WmiEvent>"), "SL107",
       "<WmiEvent onmatch='include'>"},
      {"<Sysmon schemaversion='4.5x'><EventFiltering/></Sysmon>", "SL108", "4.5x"},
      {"<Sysmon schemaversion='4.504'><EventFiltering/></Sysmon>", "SL108", "4.504"},
      {Rules("<ProcessCreate/>"), "SL109", "ProcessCreate"},
      {Rules("<ProcessCreate onmatch='include' default='include'/>"), "SL109", "default"},
      {Rules("<ProcessCreate onmatch='?'/>"), "SL109", "?"},
      {Record("<Image Condition='image'>x</Image>"), "SL110", "Condition"},
      {Record("<Image>x<B/></Image>"), "SL111", "<B/>"},
      {Rules("<RuleGroup groupRelation='nor'/>"), "SL112", "nor"},
      {Record("<Image>x<!-- -->y</Image>"), "SL113", "y"},
      {Record("text"), "SL113", "text"},
      {Record("<Image>x\xFFy</Image>"), "SL114", "\xFF"},
      {Record("<Image>&nbsp;</Image>"), "SL115", "&nbsp;"},
      {Record("<Image name='" + std::string(256, 'n') + "'>x</Image>"), "SL116", ""},
      {Rules("<ProcessCreate onmatch='include' onmatch='exclude'/>"), "SL117", "onmatch"},
      {"<?xml version='1.0' encoding='latin1'?>" + Record(""), "SL118", "latin1"},
      {Sysmon("<Nothing/>"), "SL119", "<Nothing/>"},
      {Sysmon("<FieldSizes>1</FieldSizes>"), "SL210", "<FieldSizes>1</FieldSizes>"},
      {Sysmon("<ImageLoad>a</ImageLoad><EventFiltering><ImageLoad onmatch='include'/>"
              "<ImageLoad onmatch='exclude'/></EventFiltering>"),
       "SL122", "<ImageLoad onmatch='exclude'/>"},
      {"<Sysmon schemaversion='4.71'><EventFiltering/></Sysmon>", "SL212", "4.71"},
      {Record("<Rule name='" + std::string(128, 'n') + "'><Image>x</Image></Rule>"), "SL511", ""},
  };
  return *flaws;
}

TEST(BlobWriterStrict, RefusesWhatSysmonDropsOrDoesNotUnderstand) {
  for (Flaw flaw : Tolerable()) {
    const Content content = ReadXml(flaw.xml);
    const BlobWriteResult result = Write(content, BlobMode::kStrict);
    const std::string name(flaw.rule == "SL116" ? 256 : 128, 'n');
    if (flaw.at.empty()) flaw.at = name;
    ExpectOne(content, result.refused, flaw, result);
    EXPECT_EQ(result.refused_count, 1u) << flaw.xml;
    EXPECT_TRUE(result.tolerated.empty()) << flaw.xml;
    EXPECT_TRUE(result.bytes.empty()) << flaw.xml;
  }
}

TEST(BlobWriterCompatible, TellsOfTheSame) {
  for (Flaw flaw : Tolerable()) {
    const Content content = ReadXml(flaw.xml);
    const BlobWriteResult result = Write(content);
    const std::string name(flaw.rule == "SL116" ? 256 : 128, 'n');
    if (flaw.at.empty()) flaw.at = name;
    EXPECT_TRUE(result.ok()) << flaw.xml << Describe(result);
    ExpectOne(content, result.tolerated, flaw, result);
  }
}

TEST(BlobWriterCompatible, TellsOfRecordsThatAreDroppedWithAnother) {
  const Content content = ReadXml(Rules(
      "<FileCreate onmatch='include'><Bad>x</Bad></FileCreate><FileCreate onmatch='exclude'/>"));
  const BlobWriteResult result = Write(content);
  ASSERT_EQ(result.tolerated.size(), 2u) << Describe(result);
  EXPECT_EQ(At(content, result.tolerated[1].place), "<FileCreate onmatch='exclude'/>");
}

TEST(BlobWriterStrict, NamesEachCauseOnceAndInOrder) {
  const Content content =
      ReadXml(Record("<RuleX>1</RuleX><Image condition='?'>x</Image><Rule name='" +
                     std::string(256, 'n') + "'><Image>a</Image><Image>b</Image></Rule>"));
  const BlobWriteResult result = Write(content, BlobMode::kStrict);
  std::vector<std::string_view> rules;
  for (const Refused& refused : result.refused) rules.push_back(refused.rule);
  EXPECT_EQ(rules, (std::vector<std::string_view>{"SL101", "SL102", "SL116", "SL511"}))
      << Describe(result);
}

TEST(BlobWriterStrict, KeepsNoMoreThanFindingsOfOneRule) {
  std::string fields;
  for (int i = 0; i < 5000; ++i) fields += "<Bad>x</Bad>";
  const BlobWriteResult result = Write(ReadXml(Record(fields)), BlobMode::kStrict);
  EXPECT_EQ(result.refused_count, 5000u);
  EXPECT_LT(result.refused.size(), 1100u);
}

TEST(BlobWriterStrict, TakesListOptionsAndEmptyRecords) {
  const BlobWriteResult result =
      Write(ReadXml(Sysmon("<ImageLoad>a</ImageLoad><EventFiltering>"
                           "<ProcessCreate onmatch='include'/></EventFiltering>")),
            BlobMode::kStrict);
  EXPECT_TRUE(result.ok()) << Describe(result);
  EXPECT_FALSE(result.bytes.empty());
}

TEST(BlobWriterStrict, KnowsConditionsOfItsTarget) {
  const Content content = ReadXml(Record("<Image condition='not end with'>x</Image>"));
  EXPECT_TRUE(Write(content, BlobMode::kStrict, "4.70").ok());
  const BlobWriteResult result = Write(content, BlobMode::kStrict, "4.60");
  ASSERT_EQ(result.refused.size(), 1u);
  EXPECT_EQ(result.refused[0].rule, "SL205");
}

// In either mode.
TEST(BlobWriterRefuses, WhatSysmonRejectsCorruptsOrIsNotKnownToDo) {
  constexpr std::string_view kGroup = "<Rule><Image>x</Image></Rule>";
  const std::string dropped =
      "<FileCreate onmatch='include'>" + std::string(kGroup) + "<Bad>x</Bad></FileCreate>";
  const std::vector<Flaw> flaws = {
      {"<Sysmon schemaversion='3.99'><EventFiltering/></Sysmon>", "SL209", "3.99"},
      {"<Sysmon schemaversion='v4'><EventFiltering/></Sysmon>", "SL108", "v4"},
      {"<Sysmon><EventFiltering/></Sysmon>", "SL108", ""},
      // A link to a group that is gone stays in the header; in another group; or would be written
      // into a condition.
      {Rules("<ProcessCreate onmatch='include'/>" + dropped), "", "<FileCreate onmatch='include'>"},
      {Rules("<ProcessCreate onmatch='include'>" + std::string(kGroup) + "</ProcessCreate>" +
             dropped + "<DnsQuery onmatch='include'/>"),
       "", "<FileCreate onmatch='include'>"},
      {Rules(dropped + "<DnsQuery onmatch='include'><Image>x</Image>" + std::string(kGroup) +
             "</DnsQuery>"),
       "", "<DnsQuery onmatch='include'>"},
      {Rules("<FileBlockExecutable onmatch='include'/>"), "",
       "<FileBlockExecutable onmatch='include'/>"},
      {Sysmon("<ImageLoad>a,</ImageLoad>"), "SL120", "<ImageLoad>a,</ImageLoad>"},
      {Sysmon("<ImageLoad/>"), "SL120", "<ImageLoad/>"},
      {Sysmon("<ImageLoad>a</ImageLoad><ImageLoad>b</ImageLoad>"), "SL121",
       "<ImageLoad>b</ImageLoad>"},
      {Sysmon("<ImageLoad>a</ImageLoad><NetworkConnect>b</NetworkConnect>"), "",
       "<NetworkConnect>b</NetworkConnect>"},
      {Sysmon("<ProcessAccess>a</ProcessAccess>"), "", "<ProcessAccess>a</ProcessAccess>"},
      {Rules("<ProcessCreate onmatch='include\xFF'/>"), "SL114", "\xFF"},
      {Record("<Image condition='is\xFF'>x</Image>"), "SL114", "\xFF"},
      {Sysmon("<ImageLoad>a\xFF</ImageLoad>"), "SL114", "\xFF"},
      {Rules("") + "<Sysmon/>", "SL111", "<Sysmon/>"},
  };
  for (const Flaw& flaw : flaws) {
    const Content content = ReadXml(flaw.xml);
    const bool newest = flaw.xml.find("FileBlock") != std::string::npos;
    const BlobWriteResult result = Write(content, BlobMode::kCompatible, newest ? "4.90" : "4.70");
    ExpectOne(content, result.refused, flaw, result);
    EXPECT_TRUE(result.bytes.empty()) << flaw.xml;
    EXPECT_FALSE(Write(content, BlobMode::kStrict, newest ? "4.90" : "4.70").ok()) << flaw.xml;
  }
}

// It ends a text or a name in UTF-8; and a NUL any word.
TEST(BlobWriterRefuses, NoBadByteWhereItIsKnownWhatItDoes) {
  for (const std::string& xml :
       {Record("<Image name='a\xFF'>x\xFF</Image>"),
        Rules("<ProcessCreate onmatch='include&#0;x'/>"),
        Rules("<RuleGroup name='a\xFFz'><ProcessCreate onmatch='include'/></RuleGroup>"),
        Sysmon("<HashAlgorithms>\xFF</HashAlgorithms>")}) {
    const BlobWriteResult result = Write(ReadXml(xml));
    EXPECT_TRUE(result.ok()) << xml << Describe(result);
  }
}

TEST(BlobWriterLimits, ABlobOfTheMostBytesAndOneMore) {
  const Content content = ReadXml(Record("<Image>x</Image><Rule><Image>y</Image></Rule>"));
  const size_t size = Write(content).bytes.size();
  for (size_t bytes = 0; bytes <= size; ++bytes) {
    const auto written = WriteSysmonBlob(
        content, {.contract = &Target("4.70"), .max_bytes = static_cast<uint32_t>(bytes)});
    ASSERT_TRUE(written.ok());
    EXPECT_EQ(written->ok(), bytes == size) << bytes;
    if (bytes == size) break;
    ASSERT_EQ(written->refused.size(), 1u);
    EXPECT_EQ(written->refused[0].rule, "SL207");
  }
}

TEST(BlobWriterLimits, AClassOfTheMostRecordsAndOneMore) {
  Contract contract = Target("4.70");
  contract.limits.max_instances_per_type = 3;
  std::string records;
  for (const char* field : {"TargetObject", "Details", "NewName", "Details"}) {
    const Content before = ReadXml(Rules(records));
    EXPECT_TRUE(WriteSysmonBlob(before, {.contract = &contract})->ok());
    records += std::string("<RegistryEvent onmatch='include'><") + field + ">x</" + field +
               "></RegistryEvent>";
  }
  const auto written = WriteSysmonBlob(ReadXml(Rules(records)), {.contract = &contract});
  ASSERT_EQ(written->refused.size(), 1u);
  EXPECT_EQ(written->refused[0].rule, "SL207");
  EXPECT_EQ(written->refused[0].instance, 3u);
}

// What only the text form can say.
Content ReadText(const std::string& text) {
  ReadResult result =
      ReadContentText(std::make_shared<const std::string>("# proto-message: sluice.v1.Content\n"
                                                          "dialect: 'sysmon' binding: 'name'\n" +
                                                          text),
                      {});
  EXPECT_TRUE(result.ok()) << (result.ok() ? "" : result.malformed().message);
  return std::move(result).TakeContent();
}

TEST(BlobWriterText, IsCompiledAsAConfigurationIs) {
  const Content content = ReadText(
      "metadata { schema_version: '4.50' } instance { template_type: 'RegistryEvent'"
      " on_match: 'include' combine: 'or' part { criterion { field_name: 'Details'"
      " operator: 'sysmon.image' operand: 'x' name: 'n' } } part { group { name: 'g' } } }");
  const BlobWriteResult result = Write(content);
  EXPECT_TRUE(result.ok()) << Describe(result);
  EXPECT_EQ(result.bytes == Blob("event { id: 13 default: 1 part { condition { field: 7 op: IMAGE"
                                 " text: 'x' name: 'n' }} part { group { name: 'g' }}}"),
            true)
      << Describe(result.bytes);
}

TEST(BlobWriterText, IsRefusedWhereNoConfigurationSaysIt) {
  const std::string version = "metadata { schema_version: '4.50' } ";
  const std::string record = "instance { template_type: 'ProcessCreate' on_match: 'include' ";
  const std::string criterion = record + "criterion { field_name: 'Image' ";
  for (const std::string& text :
       {record + "}", version + "template_type { name: 'ProcessCreate' id: 1 } " + record + "}",
        version + criterion + "operator: 'equals' operand: 'x' } }",
        version + criterion + "operator: 'sysmon.is' operand: 'x' environment: true } }",
        version + criterion + "operator: 'sysmon.is' operand: 'x\\000y' } }",
        version + criterion + "operator: 'sysmon.is' operand: 'x' name: 'x\\000' } }",
        version + record + "part { group { name: '\\000' } } }"}) {
    EXPECT_FALSE(Write(ReadText(text)).ok()) << text;
  }
  EXPECT_TRUE(Write(ReadText(version + criterion + "operator: 'sysmon.is' operand: 'x' } }")).ok());
}

// Unpaired surrogates are texts of a blob like any others.
TEST(BlobWriterText, HoldsWtf8) {
  const BlobWriteResult result =
      Write(ReadText("metadata { schema_version: '4.50' } instance { template_type: 'ProcessCreate'"
                     " on_match: 'include' criterion { field_name: 'Image' operator: 'sysmon.is'"
                     " operand: '\\355\\240\\200' } }"));
  ASSERT_EQ(result.bytes.size(), 48u + 544) << Describe(result);
  EXPECT_EQ(result.bytes.substr(48 + 536, 4), std::string("\x00\xD8\x00\x00", 4));
}

TEST(BlobWriterRefuses, OtherContent) {
  ReadResult blob =
      ReadSysmonBlob(std::make_shared<const std::string>(Blob("event { id: 1 }")), {});
  ASSERT_TRUE(blob.ok());
  const Content by_index = std::move(blob).TakeContent();
  const auto written = WriteSysmonBlob(by_index, {.contract = &Target("4.70")});
  EXPECT_EQ(written.status().code(), absl::StatusCode::kInvalidArgument);
  const auto named = WriteIndexedSysmonBlob(ReadXml("<Sysmon/>"));
  EXPECT_EQ(named.status().code(), absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace sluice
