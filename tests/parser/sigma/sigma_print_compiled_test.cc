// Rules that were compiled come back as rules that compile to the same.

#include "parser/sigma/sigma_print_compiled.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "parser/channel/channel_reader.h"
#include "parser/channel/channel_writer.h"
#include "parser/sigma/sigma_reader.h"
#include "parser/text/content_text.h"

namespace sluice {
namespace {

std::shared_ptr<const std::string> Bytes(std::string text) {
  return std::make_shared<const std::string>(std::move(text));
}

Content MustRead(ReadResult result) {
  EXPECT_TRUE(result.ok()) << result.malformed().structure << ": " << result.malformed().message;
  return std::move(result).TakeContent();
}

// What stands under `detection`, indented by four.
std::string Rule(const std::string& detection,
                 const std::string& source = "product: windows\n    category: process_creation") {
  return absl::StrCat("title: A rule\nid: 6d1f0b7a-2c3e-4d5f-8a9b-000000000001\nlogsource:\n    ",
                      source, "\ndetection:\n", detection);
}

Content Compiled(const Content& content) {
  absl::StatusOr<std::string> bytes = WriteChannel(content);
  EXPECT_TRUE(bytes.ok()) << bytes.status().message();
  return MustRead(ReadChannel(Bytes(bytes.ok() ? *std::move(bytes) : ""), {}));
}

Content CompiledRule(const std::string& rule) {
  return Compiled(MustRead(ReadSigma(Bytes(rule), {})));
}

std::string Printed(const Content& content) {
  const SigmaPrint print = PrintCompiledSigma(content);
  for (const SigmaUnprintable& refused : print.refused) ADD_FAILURE() << refused.why;
  return print.text;
}

std::string WhyNot(const Content& content) {
  const SigmaPrint print = PrintCompiledSigma(content);
  EXPECT_EQ(print.refused.size(), 1u) << print.text;
  return print.refused.empty() ? "" : print.refused[0].why;
}

class ComesBack : public testing::TestWithParam<const char*> {};

TEST_P(ComesBack, WithTheSameMeaning) {
  const Content before = CompiledRule(Rule(GetParam()));
  const std::string text = Printed(before);
  const Content after = CompiledRule(text);
  EXPECT_TRUE(SameMeaning(before, after)) << text;
  EXPECT_EQ(before.bytes(), after.bytes()) << text;
  EXPECT_EQ(Printed(after), text);
}

constexpr const char* kDetections[] = {
    "    s:\n        Image: a\n    condition: s\n",
    "    s:\n        Image|endswith: ['\\a.exe', '\\b.exe']\n        User: c\n    condition: s\n",
    "    s:\n        Image|contains|all: [a, b]\n    condition: not s\n",
    "    s:\n        Image: 'a*b?c\\*d\\\\e'\n    condition: s\n",
    "    s:\n        Image: '*'\n        User: ''\n        Hashes: null\n    condition: s\n",
    "    s:\n        EventID: [1, -2.5, '3']\n        Signed: false\n    condition: s\n",
    "    s:\n        Image|cased: A\n        User|startswith|cased: B\n    condition: s\n",
    "    s:\n        CommandLine|windash|contains: [' -a', ' b -c -d']\n    condition: s\n",
    "    s:\n        CommandLine|windash: '-x'\n    condition: s\n",
    "    s:\n        CommandLine|base64offset|contains: [ab, abc, abcd, abcde, abcdef]\n"
    "    condition: s\n",
    "    s:\n        CommandLine|wide|base64offset|contains: [http, \u00e4\U0001f600x]\n"
    "    condition: s\n",
    "    s:\n        CommandLine|utf16|base64offset|contains: http\n    condition: s\n",
    "    s:\n        CommandLine|base64: abcd\n        Image|wide|base64: x\n    condition: s\n",
    "    s:\n        CommandLine|re|i|m|s: 'a.*b'\n        Image|re: \"c\\\\d'\"\n    condition: "
    "s\n",
    "    s:\n        EventID|gte: 4\n        Size|lt: 12.5\n    condition: s\n",
    "    s:\n        UtcTime|hour: 3\n        Created|minute|lte: 4\n    condition: s\n",
    "    s:\n        Ip|cidr: ['10.0.0.0/8', 'fe80::/10']\n    condition: s\n",
    "    s:\n        Image|exists: true\n        User|exists: no\n    condition: s\n",
    "    s:\n        Image|fieldref: User\n        A|fieldref|startswith: B\n    condition: s\n",
    "    s:\n        Image|neq: [a, b]\n        User|contains|neq: c\n    condition: s\n",
    "    s:\n        - one\n        - 'two*three'\n    condition: s\n",
    "    s:\n        '|all': [lsass, dump]\n    condition: s\n",
    "    s:\n        - Image: a\n          User: b\n        - Image: c\n    condition: s\n",
    "    a:\n        Image: a\n    b:\n        User: b\n    c:\n        Hashes: c\n"
    "    condition: a and not (b or c) and not b\n",
    "    a:\n        Image: a\n    b:\n        Image: b\n    condition: a or not b or not a\n",
    "    x1:\n        Image: a\n        User: b\n    x2:\n        Image: [b, c]\n"
    "    x3:\n        Hashes: c\n    y:\n        Image: d\n    condition: 2 of x* and y\n",
    "    s:\n        Image: 'yes'\n        User: ' a: b # c'\n        Hashes: \"x\\ty\"\n"
    "    condition: s\n",
    "    s:\n        'a b:c': 1\n    condition: s\n",
};

INSTANTIATE_TEST_SUITE_P(Detections, ComesBack, testing::ValuesIn(kDetections));

TEST(PrintCompiledSigma, IsARule) {
  EXPECT_EQ(Printed(CompiledRule(Rule("    x:\n        Image|endswith: ['\\a.exe', '\\b.exe']\n"
                                      "        User: c\n    y:\n        User: d\n"
                                      "    condition: x and not y\n"))),
            Rule("    s1:\n        Image|endswith:\n            - \\a.exe\n            - \\b.exe\n"
                 "        User: c\n    s2:\n        User: d\n    condition: s1 and not s2\n"));
}

TEST(PrintCompiledSigma, TellsCategoriesFromServices) {
  const std::string detection = "    s:\n        a: b\n    condition: s\n";
  for (const char* source :
       {"product: windows\n    service: security", "product: windows\n    category: file_event",
        "category: proxy", "product: aws\n    service: cloudtrail",
        "product: windows\n    category: file_event\n    service: sysmon",
        "product: django\n    category: application", "product: windows\n    service: application",
        "product: linux"}) {
    const std::string text = Printed(CompiledRule(Rule(detection, source)));
    EXPECT_NE(text.find(absl::StrCat("logsource:\n    ", source, "\n")), std::string::npos) << text;
  }
}

Content CompiledText(const std::string& criterion, const std::string& type = "windows/a_b") {
  return MustRead(
      ReadContentText(Bytes(absl::StrCat("# proto-message: sluice.v1.Content\ndialect: \"sigma\"\n",
                                         "template_type { name: \"", type, "\" open: true }\n",
                                         "instance { id: \"7\" template_type: \"", type,
                                         "\" criterion { ", criterion, " } }\n")),
                      {}));
}

TEST(PrintCompiledSigma, PrintsTheTextForm) {
  const std::string text =
      Printed(CompiledText("field_name: \"Image\" operator: \"ends_with\" operand: \"b\""));
  EXPECT_NE(text.find("Image|endswith: b"), std::string::npos) << text;
}

// Alternatives that no single value stands for are a list: it means the same.
TEST(PrintCompiledSigma, WritesAlternativesAsAList) {
  const std::string text =
      Printed(CompiledText("field_name: \"Image\" operator: \"contains\" operand: [\"b\", \"c\"]"));
  EXPECT_NE(text.find("Image|contains:\n            - b\n            - c\n"), std::string::npos)
      << text;
}

TEST(PrintCompiledSigma, RefusesWhatNoRuleSays) {
  EXPECT_FALSE(
      WhyNot(CompiledText("field_name: \"Image\" operator: \"in_list\" operand: \"b\"")).empty());
  EXPECT_FALSE(
      WhyNot(CompiledText("field_name: \"a|re\" operator: \"equals\" operand: \"b\"")).empty());
  EXPECT_FALSE(
      WhyNot(CompiledText("field_name: \"a\" operator: \"equals\" operand: \"b\"", "a/b/c/d"))
          .empty());
  EXPECT_FALSE(
      WhyNot(CompiledText("field_name: \"a\" operator: \"equals\" operand: \"b\"", "Windows"))
          .empty());
}

// Criteria over fields a0, a1, ... and tokens between them.
Content Wide(uint32_t criteria, bool deep) {
  std::string text =
      "# proto-message: sluice.v1.Content\ndialect: \"sigma\"\n"
      "template_type { name: \"windows\" open: true }\n"
      "instance { id: \"7\" template_type: \"windows\"\n";
  std::string condition;
  for (uint32_t i = 0; i < criteria; ++i) {
    absl::StrAppend(&text, "criterion { field_name: \"a", i % 1000,
                    "\" operator: \"equals\" operand: \"b\" }\n");
    absl::StrAppend(&condition, "condition { criterion: ", i, " }\n");
    if (deep && i > 0)
      absl::StrAppend(&condition, "condition { ", i % 2 ? "any" : "all", ": 2 }\n");
  }
  if (!deep) absl::StrAppend(&condition, "condition { any: ", criteria, " }\n");
  return MustRead(ReadContentText(Bytes(absl::StrCat(text, condition, "}\n")), {}));
}

TEST(PrintCompiledSigma, PrintsWhatIsWide) {
  const Content before = Compiled(Wide(20'000, /*deep=*/false));
  const Content after = CompiledRule(Printed(before));
  EXPECT_TRUE(before.instances()[0].criteria.size() == after.instances()[0].criteria.size());
}

TEST(PrintCompiledSigma, RefusesWhatIsDeeperThanRulesAre) {
  EXPECT_FALSE(Printed(Wide(500, /*deep=*/true)).empty());
  EXPECT_NE(WhyNot(Wide(20'000, /*deep=*/true)).find("deep"), std::string::npos);
}

}  // namespace
}  // namespace sluice
