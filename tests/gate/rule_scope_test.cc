#include "gate/rule_scope.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "corpus/case_builder.h"
#include "gate/lint.h"
#include "parser/format.h"
#include "parser/text/content_text.h"
#include "schema/contracts/built_in_fleets.h"

namespace sluice {
namespace {

Content MustRead(const std::string& kind, std::string bytes) {
  ReadResult read =
      FindFormat(kind)->read(std::make_shared<const std::string>(std::move(bytes)), {});
  EXPECT_TRUE(read.ok());
  return std::move(read).TakeContent();
}

TEST(SpeaksOf, TellsKindsApart) {
  const std::string first_line = std::string(kContentTextHeader) + "\n";
  const Content xml = MustRead("sysmon-xml", "<Sysmon/>");
  const Content xml_text =
      MustRead("content-text", first_line + "dialect: \"sysmon\" binding: \"name\"");
  const Content blob_text =
      MustRead("content-text", first_line + "dialect: \"sysmon\" binding: \"index\"");
  const Content channel = MustRead("content-text", first_line + "dialect: \"channel\"");
  const auto speaks_of = [&](const char* id) {
    std::string kinds;
    for (const Content* content : {&xml, &xml_text, &blob_text, &channel}) {
      kinds += SpeaksOf(FindRule(id)->info, *content) ? 'x' : '-';
    }
    return kinds;
  };
  EXPECT_EQ(speaks_of("SL001"), "xxxx");
  EXPECT_EQ(speaks_of("SL101"), "xxxx");
  EXPECT_EQ(speaks_of("SL105"), "---x");
  EXPECT_EQ(speaks_of("SL118"), "x---");
  EXPECT_EQ(speaks_of("SL119"), "xx--");
  EXPECT_EQ(speaks_of("SL502"), "xxx-");
  EXPECT_EQ(speaks_of("SL514"), "--x-");
  EXPECT_EQ(speaks_of("SL515"), "----");
}

// What a rule finds it must be said to speak of: so over all of the corpus.
TEST(SpeaksOf, NoRuleFindsAnythingElsewhere) {
  size_t findings = 0;
  for (const std::string& path : FindCases("corpus")) {
    const auto description = ReadCase(path);
    ASSERT_TRUE(description.ok());
    auto built = BuildCase(*description, path);
    ASSERT_TRUE(built.ok());
    const auto bytes = std::make_shared<const std::string>(*std::move(built));
    const Format* format =
        description->kind().empty() ? RecogniseFormat(*bytes) : FindFormat(description->kind());
    if (format == nullptr) continue;
    const ReadResult read = format->read(bytes, {});
    if (!read.ok()) continue;
    LintOptions options;
    options.kind = format->kind;
    options.fleet = *BuiltInFleet("sysmon-all");
    options.fleet_requested = options.assume_loaded = true;
    const absl::StatusOr<Results> results = LintBytes(path, bytes, options);
    ASSERT_TRUE(results.ok());
    for (const Finding& finding : results->findings) {
      EXPECT_TRUE(SpeaksOf(*finding.rule, read.content())) << path << " " << finding.rule->id;
    }
    findings += results->findings.size();
  }
  EXPECT_GT(findings, 0u);
}

}  // namespace
}  // namespace sluice
