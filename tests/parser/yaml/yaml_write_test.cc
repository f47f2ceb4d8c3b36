#include "parser/yaml/yaml_write.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "parser/yaml/yaml_document.h"
#include "schema/limits.h"

namespace sluice {
namespace {

std::string Written(std::string_view text, YamlType type) {
  YamlWriter writer;
  writer.BeginDocument();
  writer.BeginMap();
  writer.Key("k");
  writer.Scalar(text, type);
  writer.End();
  EXPECT_EQ(writer.problem(), "");
  return std::move(writer).Take();
}

TEST(YamlWrite, QuotesWhatCouldBeSomethingElse) {
  EXPECT_EQ(Written("word", YamlType::kText), "k: word\n");
  EXPECT_EQ(Written("\\a b:c#d", YamlType::kText), "k: \\a b:c#d\n");
  EXPECT_EQ(Written("", YamlType::kText), "k: ''\n");
  EXPECT_EQ(Written("", YamlType::kNull), "k:\n");
  EXPECT_EQ(Written("~", YamlType::kNull), "k: ~\n");
  EXPECT_EQ(Written("~", YamlType::kText), "k: '~'\n");
  EXPECT_EQ(Written("12", YamlType::kInteger), "k: 12\n");
  EXPECT_EQ(Written("12", YamlType::kText), "k: '12'\n");
  EXPECT_EQ(Written("1e3", YamlType::kText), "k: '1e3'\n");
  EXPECT_EQ(Written("yes", YamlType::kBool), "k: yes\n");
  EXPECT_EQ(Written("yes", YamlType::kText), "k: 'yes'\n");
  EXPECT_EQ(Written("it's: x", YamlType::kText), "k: 'it''s: x'\n");
  EXPECT_EQ(Written("a\tb\x01", YamlType::kText), "k: \"a\\tb\\x01\"\n");
  EXPECT_EQ(Written("a\nb\n", YamlType::kText), "k: |\n    a\n    b\n");
  EXPECT_EQ(Written("\na", YamlType::kText), "k: \"\\na\"\n");
}

TEST(YamlWrite, TagsATextThatIsNoneOfItsType) {
  EXPECT_EQ(Written("many", YamlType::kInteger), "k: !!int 'many'\n");
  EXPECT_EQ(Written("x", YamlType::kNull), "k: !!null 'x'\n");
}

TEST(YamlWrite, LongKeysReadBack) {
  const std::string key(2000, 'k');
  YamlWriter writer;
  writer.BeginDocument();
  writer.BeginMap();
  writer.Key(key);
  writer.BeginList();
  writer.Scalar("v", YamlType::kText);
  writer.End();
  writer.End();
  const std::string text = std::move(writer).Take();
  YamlDocument document;
  ASSERT_FALSE(document.Parse(text)) << text.substr(2000);
  ASSERT_EQ(document.nodes().size(), 4u);
  EXPECT_EQ(document.node(1).value, key);
  EXPECT_EQ(document.node(3).value, "v");
}

TEST(YamlWrite, SaysWhatNoReaderTakes) {
  YamlWriter deep;
  deep.BeginDocument();
  for (uint32_t i = 0; i < kMaxYamlDepth; ++i) deep.BeginList();
  EXPECT_EQ(deep.problem(), "");
  deep.BeginList();
  EXPECT_NE(deep.problem(), "");

  YamlWriter bytes;
  bytes.BeginDocument();
  bytes.Scalar("\xff", YamlType::kText);
  EXPECT_NE(bytes.problem(), "");
  EXPECT_EQ(QuoteYaml("\xff"), "");
}

TEST(YamlWrite, PlainIsWhatReadersAgreeOn) {
  EXPECT_TRUE(IsPlainYaml("C:\\a", YamlType::kText));
  EXPECT_TRUE(IsPlainYaml("7zip", YamlType::kText));
  for (const char* text : {"- a", "a ", "a: b", "a #b", "n", "0o17", "...", "*a", "true", "a:"}) {
    EXPECT_FALSE(IsPlainYaml(text, YamlType::kText)) << text;
  }
}

}  // namespace
}  // namespace sluice
