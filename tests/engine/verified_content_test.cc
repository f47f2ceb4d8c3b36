// What a verifier takes, refuses and leaves out.

#include "schema/verified_content.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "schema/contract.h"
#include "schema/text.h"
#include "tests/engine/run_content.h"

namespace sluice {
namespace {

const Contract* Sysmon(std::string_view version) {
  const Contract* contract = ContractSet::BuiltIn().Find("sysmon", version);
  EXPECT_NE(contract, nullptr) << version;
  return contract;
}

Verification VerifySigma(const std::string& rules, const VerifyOptions& options = {}) {
  return Verify(ReadContent("sigma", rules), ContractSet::BuiltIn(), options);
}

// Rules over windows/process_creation that each ask for one field.
std::string RulesOf(const std::vector<std::string>& fields) {
  std::string out;
  for (size_t i = 0; i < fields.size(); ++i) {
    std::string rule = RuleOf(absl::StrCat("s:\n  ", fields[i], ": x\ncondition: s"));
    const std::string id = "6e4d1c6a-0f0b-4a4c-9b39-5a0f7e3b5b11";
    rule.replace(rule.find(id) + id.size() - 1, 1, std::to_string(i));
    absl::StrAppend(&out, i == 0 ? "" : "---\n", rule);
  }
  return out;
}

std::vector<std::string> RulesThatFail(const Verification& verified) {
  std::vector<std::string> ids;
  for (const Finding& error : verified.errors) ids.emplace_back(error.rule->id);
  return ids;
}

// Two fields, of which one sensor supplies the first alone.
const Contract& Narrow() {
  static constexpr ContractField kFields[] = {{"a", ValueType::kString}};
  static constexpr ContractType kTypes[] = {{.name = "T", .id = 0, .fields = std::span(kFields)}};
  static constexpr std::string_view kOperators[] = {"equals", "wildcard"};
  static const auto& contract =
      *new Contract{.sensor = "acme",
                    .version = "1",
                    .dialect = Dialect::kChannel,
                    .types = kTypes,
                    .operators = kOperators,
                    .operator_mask = uint64_t{1} << static_cast<int>(Operator::kEquals) |
                                     uint64_t{1} << static_cast<int>(Operator::kWildcard)};
  return contract;
}

std::string TwoFields(std::string_view instances) {
  return absl::StrCat(
      "# proto-message: sluice.v1.Content\n"
      "template_type { name: \"T\" field { name: \"a\" type: \"string\" } }\n",
      Abseil(instances));
}

TEST(VerifiedContent, HoldsByItsOwnWord) {
  const Verification verified = VerifySigma(RulesOf({"Image", "NobodyHasIt"}));
  ASSERT_TRUE(verified.ok());
  EXPECT_TRUE(verified.errors.empty());
  EXPECT_TRUE(verified.not_taken.empty());
  EXPECT_EQ(verified.content->contract(), nullptr);
  EXPECT_EQ(verified.content->bound(), nullptr);
  EXPECT_TRUE(verified.content->takes(0));
  EXPECT_TRUE(verified.content->takes(1));
}

TEST(VerifiedContent, OneInstanceThatFailsRefusesTheContent) {
  const Verification verified =
      VerifySigma(RulesOf({"Image", "NobodyHasIt"}), {.contract = Sysmon("4.90")});
  EXPECT_FALSE(verified.ok());
  ASSERT_EQ(RulesThatFail(verified), std::vector<std::string>({"SL201"}));
  EXPECT_EQ(verified.errors[0].field, "NobodyHasIt");
  EXPECT_GT(verified.errors[0].line, 0u);
  EXPECT_EQ(verified.errors[0].instance, "6e4d1c6a-0f0b-4a4c-9b39-5a0f7e3b5b11");
}

TEST(VerifiedContent, OrIsLeftOutOnRequest) {
  const Verification verified = VerifySigma(RulesOf({"Image", "NobodyHasIt"}),
                                            {.contract = Sysmon("4.90"), .skip_failing = true});
  ASSERT_TRUE(verified.ok());
  EXPECT_TRUE(verified.content->takes(0));
  EXPECT_FALSE(verified.content->takes(1));
  ASSERT_EQ(verified.not_taken.size(), 1u);
  EXPECT_EQ(verified.not_taken[0].instance, 1u);
  EXPECT_EQ(verified.not_taken[0].rule, "SL201");
  EXPECT_FALSE(verified.not_taken[0].why.empty());
  EXPECT_EQ(RulesThatFail(verified), std::vector<std::string>({"SL201"}));
}

TEST(VerifiedContent, IsBoundToOneVersion) {
  // ParentUser came with 4.80.
  const std::string rule = RulesOf({"ParentUser"});
  EXPECT_TRUE(VerifySigma(rule, {.contract = Sysmon("4.80")}).ok());
  EXPECT_FALSE(VerifySigma(rule, {.contract = Sysmon("4.70")}).ok());
  const Verification verified = VerifySigma(rule, {.contract = Sysmon("4.80")});
  EXPECT_EQ(verified.content->contract(), Sysmon("4.80"));
  ASSERT_NE(verified.content->bound(), nullptr);
  EXPECT_TRUE(verified.content->bound()->checked()[0]);
}

TEST(VerifiedContent, WhatIsNoRuleIsNotTakenAndRefusesNothing) {
  const std::string correlation =
      "---\ntitle: B\nid: 6e4d1c6a-0f0b-4a4c-9b39-5a0f7e3b5b99\nname: b\n"
      "correlation:\n  type: event_count\n  rules: [6e4d1c6a-0f0b-4a4c-9b39-5a0f7e3b5b10]\n"
      "  group-by: [Image]\n  timespan: 5m\n  condition:\n    gte: 3\n";
  const Verification verified = VerifySigma(RulesOf({"Image"}) + correlation);
  ASSERT_TRUE(verified.ok());
  ASSERT_EQ(verified.not_taken.size(), 1u);
  EXPECT_EQ(verified.not_taken[0].instance, 1u);
  EXPECT_EQ(verified.not_taken[0].rule, "");
}

TEST(VerifiedContent, APlaceholderWithoutValuesIsNotTaken) {
  const Verification verified = VerifySigma(RuleOf("s:\n  User|expand: '%admins%'\ncondition: s"));
  ASSERT_TRUE(verified.ok());
  EXPECT_FALSE(verified.content->takes(0));
  ASSERT_EQ(verified.not_taken.size(), 1u);
  EXPECT_NE(verified.not_taken[0].why.find("placeholder"), std::string::npos);
}

TEST(VerifiedContent, ALogSourceThatTheSensorHasNotIsNotTaken) {
  std::string rule = RulesOf({"Image"});
  rule.replace(rule.find("product: windows"), 16, "product: acme");
  const Verification verified = VerifySigma(rule, {.contract = Sysmon("4.90")});
  ASSERT_TRUE(verified.ok());
  EXPECT_FALSE(verified.content->takes(0));
  EXPECT_EQ(verified.not_taken.size(), 1u);
  EXPECT_TRUE(VerifySigma(rule).content->takes(0)) << "without a contract all are asked";
}

TEST(VerifiedContent, ABrokenRuleRefuses) {
  const std::string rule = RuleOf("s:\n  Image: x\ncondition: t");
  const Verification verified = VerifySigma(rule);
  EXPECT_FALSE(verified.ok());
  EXPECT_FALSE(verified.errors.empty());
  const Verification skipped = VerifySigma(rule, {.skip_failing = true});
  ASSERT_TRUE(skipped.ok());
  EXPECT_FALSE(skipped.content->takes(0));
  EXPECT_FALSE(skipped.not_taken[0].rule.empty());
}

TEST(VerifiedContent, AnIndexPastTheOwnListIsRefused) {
  const Verification verified = Verify(
      ReadContent("content-text",
                  TwoFields("instance { id: \"1\" template_type: \"T\" criterion { field_index: 1 "
                            "operator: \"equals\" operand: \"x\" } }")),
      ContractSet::BuiltIn());
  EXPECT_FALSE(verified.ok());
  EXPECT_EQ(RulesThatFail(verified), std::vector<std::string>({"SL101"}));
}

TEST(VerifiedContent, WhatIsAboutNoInstanceRefusesInAnyCase) {
  // The type declares a second field that the sensor has not, whoever reads it.
  const std::string text =
      "# proto-message: sluice.v1.Content\n"
      "template_type { name: \"T\" id: 0 field { name: \"a\" type: \"string\" }\n"
      "  field { name: \"b\" type: \"string\" } }\n"
      "instance { id: \"1\" template_type: \"T\"\n"
      "  criterion { field_index: 0 operator: \"equals\" operand: \"x\" }\n"
      "  criterion { field_index: 1 operator: \"wildcard\" } }\n";
  const VerifyOptions options{.contract = &Narrow(), .skip_failing = true};
  const Verification verified =
      Verify(ReadContent("content-text", text), ContractSet::BuiltIn(), options);
  EXPECT_FALSE(verified.ok());
  EXPECT_EQ(RulesThatFail(verified), std::vector<std::string>({"SL202"}));
}

TEST(VerifiedContent, ASensorOfAnotherDialectTakesNothing) {
  const Verification verified = VerifySigma(RulesOf({"Image"}), {.contract = &Narrow()});
  EXPECT_FALSE(verified.ok());
  EXPECT_TRUE(verified.errors.empty());
  ASSERT_EQ(verified.not_checked.size(), 1u);
  EXPECT_TRUE(verified.not_checked[0].requested);
}

TEST(VerifiedContent, SysmonIsBoundToTheNewestByItsOwnWord) {
  const std::string config =
      "<Sysmon schemaversion=\"4.50\"><EventFiltering><ProcessCreate onmatch=\"include\">"
      "<Image condition=\"is\">C:\\a.exe</Image></ProcessCreate></EventFiltering></Sysmon>";
  const Verification verified = Verify(ReadContent("sysmon-xml", config), ContractSet::BuiltIn());
  ASSERT_TRUE(verified.ok());
  ASSERT_NE(verified.content->contract(), nullptr);
  EXPECT_EQ(verified.content->contract(),
            ContractSet::BuiltIn().OfDialect(Dialect::kSysmon).back());
}

// With a sensor, what it does not supply does not exist for the content.
TEST(VerifiedContent, KeywordsSeeOnlyWhatTheSensorSupplies) {
  const std::string rule = RuleOf("k: [mimikatz]\ncondition: k");
  const Event supplied{.types = {"windows/process_creation"},
                       .fields = {Text("CommandLine", "mimikatz")}};
  const Event header{.types = {"windows/process_creation"},
                     .fields = {Text("Computer", "mimikatz")}};
  const Event other{.types = {"windows/process_creation"},
                    .fields = {Text("NobodyHasIt", "mimikatz")}};
  Verification verified = VerifySigma(rule, {.contract = Sysmon("4.90")});
  ASSERT_TRUE(verified.ok());
  for (const bool prefilter : {true, false}) {
    Verification again = VerifySigma(rule, {.contract = Sysmon("4.90")});
    const absl::StatusOr<Engine> engine =
        Engine::Make(*std::move(again.content), {.prefilter = prefilter});
    ASSERT_TRUE(engine.ok());
    Scratch scratch(*engine);
    Outcome outcome;
    const auto matches = [&](const Event& event) {
      engine->Run(event, scratch, outcome);
      return !outcome.matches.empty();
    };
    EXPECT_TRUE(matches(supplied));
    EXPECT_TRUE(matches(header));
    EXPECT_FALSE(matches(other));
  }
  EXPECT_TRUE(Matches(ReadContent("sigma", rule), other)) << "by its own word it sees all";
}

}  // namespace
}  // namespace sluice
