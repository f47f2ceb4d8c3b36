// Files of several contents, where they came from, and what stands in the header.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "parser/channel/channel_writer.h"
#include "schema/digest.h"
#include "tests/parser/channel/channel_testing.h"

namespace sluice {
namespace {

// Several contents.

TEST(ChannelAssembler, ContentsAreMergedByType) {
  const Content one = Sigma(kRule);
  const Content other = Sigma(absl::StrReplaceAll(
      kRule, {{"process_creation", "file_event"}, {"User", "Image"}, {"One", "Two"}}));
  const Content third = Sigma(absl::StrReplaceAll(kRule, {{"User", "Company"}, {"One", "Three"}}));
  ChannelAssembler assembler(ChannelOptionsOf(one));
  for (const Content* content : {&one, &other, &third}) {
    EXPECT_TRUE(assembler.Add(*content).empty());
  }
  EXPECT_EQ(assembler.instance_count(), 3);
  const Content merged = Written(std::move(assembler).Finish());
  std::vector<std::string> said;
  for (const Instance& instance : merged.instances()) {
    said.push_back(absl::StrCat(Abseil(merged.type(instance).name), ":", Abseil(instance.name)));
  }
  EXPECT_EQ(absl::StrJoin(said, " "),
            "windows/file_event:Two windows/process_creation:One windows/process_creation:Three");
}

TEST(ChannelAssembler, OnlyWhatIsTakenIsWritten) {
  const Content content = Text(
      "template_type { name: \"A\" } template_type { name: \"B\" } template_type { name: \"C\" }"
      "instance { id: \"1\" template_type: \"A\" criterion { any_field: true operator: \"is_null\" "
      "} }"
      "instance { id: \"2\" template_type: \"B\" criterion { any_field: true operator: \"is_null\" "
      "} }");
  ChannelAssembler assembler(ChannelOptionsOf(content));
  EXPECT_TRUE(assembler.Add(content, {}, [](const Instance& i) { return i.id == "2"; }).empty());
  const Content taken = Written(std::move(assembler).Finish());
  ASSERT_EQ(taken.instances().size(), 1);
  EXPECT_EQ(taken.instances()[0].id, "2");
  // B has an instance, C never had one, all of A was left out.
  ASSERT_EQ(taken.types().size(), 2);
  EXPECT_EQ(taken.types()[0].name, "B");
  EXPECT_EQ(taken.types()[1].name, "C");
}

TEST(ChannelAssembler, ARefusedInstanceLeavesNothingBehind) {
  const std::string good = "criterion { field_name: \"g\" operator: \"is_null\" }";
  const std::string bad =
      "criterion { field_name: \"b\" operator: \"is_null\" } criterion { "
      "field_name: \"c\" operator: \"equals\" }";
  const std::string head = "dialect: \"sigma\" instance { template_type: \"T\" id: \"1\" ";
  const std::string both =
      absl::StrCat(head, bad, " } instance { template_type: \"T\" id: \"2\" ", good,
                   " } instance { template_type: \"T\" id: \"3\" ", bad, " }");
  const Content content = Text(both);
  ChannelAssembler assembler(ChannelOptionsOf(content));
  EXPECT_EQ(assembler.Add(content).size(), 2);
  const Content alone = Text(
      absl::StrCat("dialect: \"sigma\" instance { template_type: \"T\" id: \"2\" ", good, " }"));
  EXPECT_EQ(std::move(assembler).Finish().value(), WriteChannel(alone).value());
}

TEST(ChannelAssembler, TypesOfOneNameMustAgree) {
  const std::string instance =
      " instance { template_type: \"T\" criterion { field_name: \"f\" operator: \"is_null\" } }";
  const std::string one = "template_type { name: \"T\" field { name: \"f\" } }" + instance;
  const std::string other =
      "template_type { name: \"T\" field { name: \"f\" type: \"ip\" } }" + instance;
  const Content first = Text(one);
  const Content same = Text(one);
  const Content differs = Text(other);
  ChannelAssembler assembler(ChannelOptionsOf(first));
  EXPECT_TRUE(assembler.Add(first).empty());
  EXPECT_TRUE(assembler.Add(same).empty());
  const std::vector<ChannelRefusal> refused = assembler.Add(differs);
  ASSERT_EQ(refused.size(), 1);
  EXPECT_EQ(differs.text().substr(refused[0].place.offset, 13), "template_type");
  EXPECT_EQ(assembler.instance_count(), 2);
}

TEST(ChannelAssembler, ContentsMustBeOfOneKind) {
  const Content sigma = Sigma(kRule);
  const Content sysmon = Text("dialect: \"sysmon\"");
  const Content channel = Text("dialect: \"channel\"");
  const Content by_index = Text("dialect: \"channel\" binding: \"index\"");
  ChannelAssembler assembler(ChannelOptionsOf(channel));
  EXPECT_EQ(assembler.Add(sigma).size(), 1);
  EXPECT_EQ(assembler.Add(by_index).size(), 1);
  EXPECT_EQ(assembler.Add(channel).size(), 0);
  ChannelAssembler records(ChannelOptionsOf(sysmon));
  EXPECT_EQ(records.Add(sysmon).size(), 0);
  EXPECT_EQ(records.Add(sysmon).size(), 1);
}

// Where it came from.

TEST(ChannelAssembler, OriginsAreLinesAndColumns) {
  const Content one = Sigma(kRule);
  const std::string digest = Sha256Hex(kRule);
  ChannelAssembler assembler(ChannelOptionsOf(one));
  const Content other = Sigma(std::string("# ä\n") + kRule);
  EXPECT_TRUE(assembler.Add(one, {.path = "b/one.yml", .sha256 = digest}).empty());
  EXPECT_TRUE(assembler.Add(other, {.path = "a/two.yml", .sha256 = digest}).empty());
  const Content content = Written(std::move(assembler).Finish());
  ASSERT_EQ(content.sources().size(), 2);
  EXPECT_EQ(content.sources()[0].path, "a/two.yml");
  EXPECT_EQ(content.sources()[1].path, "b/one.yml");
  EXPECT_EQ(content.sources()[1].sha256, digest);
  EXPECT_EQ(*content.origin(content.instances()[0]), (Origin{1, 1, 1}));
  EXPECT_EQ(*content.origin(content.instances()[1]), (Origin{0, 2, 1}));
  EXPECT_EQ(*content.origin(content.criteria()[1]), (Origin{1, 6, 5}));
}

TEST(ChannelAssembler, CompiledContentKeepsItsOrigins) {
  const Content one = Sigma(kRule);
  const std::string digest = Sha256Hex(kRule);
  ChannelAssembler assembler(ChannelOptionsOf(one));
  EXPECT_TRUE(assembler.Add(one, {.path = "one.yml", .sha256 = digest}).empty());
  const std::string bytes = std::move(assembler).Finish().value();
  const Content compiled = Written(bytes);
  ChannelAssembler again(ChannelOptionsOf(compiled));
  EXPECT_TRUE(again.Add(compiled, {.path = "one.channel", .sha256 = std::string(64, '0')}).empty());
  EXPECT_EQ(std::move(again).Finish().value(), bytes);
}

TEST(ChannelAssembler, PathsNameOneFile) {
  const Content one = Sigma(kRule);
  ChannelAssembler assembler(ChannelOptionsOf(one));
  EXPECT_TRUE(assembler.Add(one, {.path = "a", .sha256 = std::string(64, '0')}).empty());
  EXPECT_TRUE(assembler.Add(one, {.path = "a", .sha256 = std::string(64, '0')}).empty());
  EXPECT_EQ(assembler.Add(one, {.path = "a", .sha256 = std::string(64, '1')}).size(), 1);
  EXPECT_EQ(assembler.Add(one, {.path = "b", .sha256 = "0123"}).size(), 1);
  EXPECT_EQ(assembler.Add(one, {.path = "\xFF", .sha256 = std::string(64, '1')}).size(), 1);
  EXPECT_EQ(assembler.instance_count(), 2);
}

TEST(ChannelAssembler, AFileOfWhichNothingWasTakenIsNoSource) {
  const Content one = Sigma(kRule);
  const std::string digest(64, '0');
  ChannelAssembler assembler(ChannelOptionsOf(one));
  const auto none = [](const Instance&) { return false; };
  EXPECT_TRUE(assembler.Add(one, {.path = "a", .sha256 = digest}, none).empty());
  EXPECT_TRUE(assembler.Add(one, {.path = "b", .sha256 = digest}).empty());
  const Content content = Written(std::move(assembler).Finish());
  ASSERT_EQ(content.sources().size(), 1);
  EXPECT_EQ(content.sources()[0].path, "b");
}

TEST(ChannelAssembler, AllContentsHaveOriginsOrNone) {
  const Content one = Sigma(kRule);
  ChannelAssembler assembler(ChannelOptionsOf(one));
  EXPECT_TRUE(assembler.Add(one).empty());
  EXPECT_TRUE(assembler.Add(one, {.path = "a", .sha256 = std::string(64, '0')}).empty());
  EXPECT_EQ(std::move(assembler).Finish().status().code(), absl::StatusCode::kInvalidArgument);
}

// Blobs.

constexpr char kBlob[] = R"(dialect: "sysmon" metadata { binary_major: 15 }
instance { template_type: "DriverLoad" template_type_id: 6
  criterion { field_index: 2 operator: "sysmon.is" operand: "a.sys" } })";

TEST(ChannelAssembler, ABlobsTypesAreThoseOfItsReference) {
  const Content content = Text(kBlob);
  const Contract& reference = *ContractSet::BuiltIn().Find("sysmon@4.50");
  const Content written = Written(WriteChannel(content, &reference));
  ASSERT_EQ(written.types().size(), 1);
  const TemplateType& type = written.types()[0];
  EXPECT_EQ(type.name, "DriverLoad");
  EXPECT_EQ(type.id, 6);
  EXPECT_TRUE(type.declared);
  const ContractType& known = *reference.TypeById(6);
  ASSERT_EQ(type.fields.size(), known.fields.size());
  for (size_t i = 0; i < known.fields.size(); ++i) {
    EXPECT_EQ(written.field_decls(type)[i].name, known.fields[i].name);
    EXPECT_EQ(written.field_decls(type)[i].type, known.fields[i].type);
  }
  EXPECT_EQ(written.metadata().binary_major, 15);
  EXPECT_EQ(written.field(written.criteria()[0]).index, 2);
}

TEST(ChannelAssembler, ABlobNeedsAReferenceThatHasItsTypes) {
  const Contract& reference = *ContractSet::BuiltIn().Find("sysmon@4.50");
  const std::string unknown = absl::StrReplaceAll(kBlob, {{"id: 6", "id: 1000"}});
  const std::string past = absl::StrReplaceAll(kBlob, {{"index: 2", "index: 200"}});
  EXPECT_FALSE(WriteChannel(Text(kBlob)).ok());
  EXPECT_FALSE(WriteChannel(Text(unknown), &reference).ok());
  EXPECT_FALSE(WriteChannel(Text(past), &reference).ok());
}

// Options and limits.

TEST(ChannelAssembler, BuiltForIsSorted) {
  ChannelAssembler assembler(
      {.content_version = 12,
       .built_for = {{"b", "1", 1}, {"a", "10", 10}, {"a", "9", 9}, {"a", "10", 10}}});
  const Content content = Written(std::move(assembler).Finish());
  EXPECT_EQ(content.metadata().content_version, 12);
  EXPECT_EQ(content.metadata().format_version, 1);
  ASSERT_EQ(content.built_for().size(), 3);
  EXPECT_EQ(content.built_for()[0], (BuiltFor{"a", "9", 9}));
  EXPECT_EQ(content.built_for()[2], (BuiltFor{"b", "1", 1}));
}

TEST(ChannelAssembler, OptionsThatCannotBeWritten) {
  EXPECT_FALSE(ChannelAssembler({.content_version = 0}).Finish().ok());
  EXPECT_FALSE(ChannelAssembler({.content_version = 0x80000000}).Finish().ok());
  EXPECT_FALSE(ChannelAssembler({.built_for = {{"\xFF", "1", 1}}}).Finish().ok());
  EXPECT_FALSE(ChannelAssembler({.built_for = {{"a", "1", 0x80000000}}}).Finish().ok());
}

}  // namespace
}  // namespace sluice
