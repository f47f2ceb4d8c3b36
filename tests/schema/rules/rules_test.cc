// Every rule speaks where it should, and is silent about a near miss. Whole messages are not
// compared: rule, place, instance, effect, severity and sensors are.

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <set>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "gate/lint.h"
#include "schema/rule.h"
#include "tests/schema/rules/lint_case.h"
#include "tests/schema/rules/rule_case.h"
#include "tests/support/shared_data.h"

namespace sluice {
namespace {

Expected Actual(const Results& results, const Finding& finding) {
  return {finding.line, finding.instance, finding.effect, results.fleet.Names(finding.sensors),
          finding.severity};
}

std::string Text(const Expected& expected) {
  std::string text = absl::StrCat("line ", expected.line, ", '", expected.instance, "', '",
                                  expected.effect, "', ", static_cast<int>(expected.severity));
  for (const std::string& sensor : expected.sensors) absl::StrAppend(&text, ", ", sensor);
  return text;
}

class RuleCaseTest : public testing::TestWithParam<RuleCase> {};

TEST_P(RuleCaseTest, SpeaksOrIsSilent) {
  const RuleCase& one = GetParam();
  const Results results = LintCase(one);
  // Whatever else the file is, it parses, unless that is the point.
  if (!one.rule.starts_with("SL0")) {
    EXPECT_TRUE(std::ranges::none_of(results.findings, [](const Finding& f) {
      return f.rule->id == "SL001";
    })) << one.text;
  }
  std::vector<std::string> found;
  for (const Finding& finding : results.findings) {
    if (finding.rule->id != one.rule) continue;
    found.push_back(Text(Actual(results, finding)));
    EXPECT_FALSE(finding.message.empty());
    EXPECT_FALSE(finding.help.empty());
    EXPECT_EQ(finding.message.find("SL"), std::string::npos) << "a rule id inside a sentence";
  }
  if (!one.expected) {
    EXPECT_TRUE(found.empty()) << one.shows << "\n" << one.text << "\n" << found.front();
    return;
  }
  const bool there = std::ranges::find(found, Text(*one.expected)) != found.end();
  std::string all;
  for (const std::string& text : found) absl::StrAppend(&all, "\n  found: ", text);
  EXPECT_TRUE(there) << one.shows << "\n"
                     << one.text << "\n  wanted: " << Text(*one.expected) << all;
}

std::string CaseName(const testing::TestParamInfo<RuleCase>& info) {
  std::string name = absl::StrCat(info.param.rule, info.param.expected ? "Speaks" : "Silent");
  for (const char c : info.param.shows) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0) name += c;
  }
  return absl::StrCat(name, info.index);
}

INSTANTIATE_TEST_SUITE_P(Rules, RuleCaseTest, testing::ValuesIn(AllCases()), CaseName);

TEST(Rules, EachHasACaseThatFiresAndOneThatDoesNot) {
  std::set<std::string, std::less<>> fires;
  std::set<std::string, std::less<>> silent;
  for (const RuleCase& one : AllCases()) (one.expected ? fires : silent).insert(one.rule);
  for (const Rule* rule : Rules()) {
    EXPECT_TRUE(fires.contains(rule->info.id)) << rule->info.id << " has no case that fires";
    EXPECT_TRUE(silent.contains(rule->info.id)) << rule->info.id << " has no near miss";
  }
}

bool Speaks(const Results& results, std::string_view rule) {
  return std::ranges::any_of(results.findings,
                             [&](const Finding& f) { return f.rule->id == rule; });
}

// Without a rule its cases are red: nothing else speaks for it. SL0xx cannot be taken out.
TEST(Rules, EachIsWhatMakesItsCasesFire) {
  for (const RuleCase& one : AllCases()) {
    if (!one.expected || one.rule.starts_with("SL0")) continue;
    EXPECT_TRUE(Speaks(LintCase(one), one.rule)) << one.rule << ": " << one.shows;
    EXPECT_FALSE(Speaks(LintCase(one, {one.rule}), one.rule)) << one.rule << ": " << one.shows;
  }
}

// What is invalid for every sensor is not reported again as incompatible with each, unless the
// first rule is not asked.
TEST(Rules, InvalidIsNotSaidAgainAsIncompatible) {
  const std::string options = "<Sysmon schemaversion=\"4.50\">\n<Nothing/></Sysmon>";
  const struct {
    std::string invalid;
    std::string incompatible;
    std::string text;
  } kPairs[] = {
      {"SL101", "SL201", Process("<Imag>a</Imag>")},
      {"SL102", "SL205", Process("<Image condition=\"starts with\">a</Image>")},
      {"SL104", "SL206", Config("<ProcessCreated onmatch=\"include\"/>")},
      {"SL107", "SL213",
       Config("<RegistryEvent onmatch=\"include\"><Details>a</Details><NewName>b</NewName>"
              "</RegistryEvent>")},
      {"SL116", "SL207", Process("<Image name=\"" + std::string(256, 'n') + "\">a</Image>")},
      {"SL119", "SL210", options},
  };
  for (const auto& [invalid, incompatible, text] : kPairs) {
    RuleCase one = {.rule = invalid, .text = text, .fleet = {"sysmon@4.22", "sysmon@4.90"}};
    const Results both = LintCase(one);
    EXPECT_TRUE(Speaks(both, invalid)) << invalid;
    EXPECT_FALSE(Speaks(both, incompatible)) << incompatible;
    EXPECT_EQ(both.totals.errors, 1u) << invalid;
    EXPECT_TRUE(Speaks(LintCase(one, {invalid}), incompatible)) << incompatible;
    EXPECT_EQ(FindRule(incompatible)->info.yields_to, invalid);
  }
}

// Another condition of the same record is still reported for the sensors that have not its field.
TEST(Rules, IncompatibleIsSaidOfOtherPlaces) {
  RuleCase one = {.text = Process("<Imag>a</Imag>\n<ParentUser>b</ParentUser>"),
                  .fleet = {"sysmon@4.22"}};
  const Results results = LintCase(one);
  EXPECT_TRUE(Speaks(results, "SL101"));
  EXPECT_TRUE(Speaks(results, "SL201"));
}

// The message of the only finding of `rule` in `text`.
std::string MessageOf(std::string_view rule, const std::string& text, const LintOptions& options) {
  auto results = LintBytes("case", std::make_shared<const std::string>(text), options);
  EXPECT_TRUE(results.ok()) << results.status().message();
  std::vector<std::string> messages;
  for (size_t i = 0; results.ok() && i < results->findings.size(); ++i) {
    const Finding& finding = results->findings[i];
    if (finding.rule->id == rule) messages.push_back(finding.message);
  }
  EXPECT_EQ(messages.size(), 1u);
  return messages.empty() ? "" : messages.front();
}

// What is listed as not checked, without a fleet.
std::vector<std::string> NotCheckedIn(const std::string& text) {
  std::vector<std::string> listed;
  for (const NotChecked& entry : LintCase({.text = text}).not_checked) {
    EXPECT_FALSE(entry.requested) << entry.what;
    if (entry.what != "sensors") listed.push_back(entry.what);
  }
  return listed;
}

// An event that exists, but whose fields nobody has described, is no pass.
TEST(Rules, UndescribedEventsAreListedAsNotChecked) {
  using Strings = std::vector<std::string>;
  const Strings fields = {"fields of FileBlockExecutable"};
  const std::string open = "<FileBlockExecutable onmatch=\"include\">";
  const std::string bogus = "<Bogus>x</Bogus></FileBlockExecutable>";
  EXPECT_EQ(NotCheckedIn(Config(open + bogus)), fields);
  EXPECT_EQ(NotCheckedIn(Config(open + bogus + open + bogus)), fields) << "once";
  EXPECT_EQ(NotCheckedIn(Config(open + "</FileBlockExecutable>")), fields) << "without a condition";
  EXPECT_EQ(NotCheckedIn(Blob(18,
                              "instance { template_type_id: 27 criterion { field_index: 900 "
                              "operator: \"sysmon.is\" operand: \"a\" } }")),
            Strings{"fields of event 27"});
  EXPECT_EQ(NotCheckedIn(Process("<Image>a</Image>")), Strings());
}

// With `--as` a version that has not the field or the event, nobody knows what the content means.
TEST(Rules, NothingMovedWithoutAReference) {
  for (const char* event : {"template_type_id: 1", "template_type_id: 22"}) {
    LintOptions options;
    options.as = Contracts().Find("sysmon@2.0");
    options.fleet_requested = true;
    options.assume_loaded = true;
    options.fleet.Add(SensorNamed("sysmon@4.70"));
    const std::string text = Blob(
        15,
        absl::StrCat("instance { ", event,
                     " criterion { field_index: 20 operator: \"sysmon.is\" operand: \"a\" } }"));
    auto results = LintBytes("case", std::make_shared<const std::string>(text), options);
    ASSERT_TRUE(results.ok());
    EXPECT_FALSE(Speaks(*results, "SL203")) << event;
    EXPECT_TRUE(Speaks(*results, "SL101") || Speaks(*results, "SL104")) << event;
  }
}

// Advice that fits: an index is not spelt, and a text is not built.
TEST(Rules, HelpFitsWhatIsWrong) {
  const auto help = [](const std::string& text) {
    const Results results = LintCase({.text = text});
    return results.findings.empty() ? "" : results.findings.front().help;
  };
  EXPECT_EQ(help(Channel("instance { id: \"1\" template_type: \"IPC\" criterion { "
                         "field_index: 3 operator: \"equals\" operand: \"a\" } }"))
                .find("spelt"),
            std::string::npos);
  EXPECT_NE(help(Process("<Imag>a</Imag>")).find("spelt"), std::string::npos);
  EXPECT_EQ(help(Channel("]")).find("SHA-256"), std::string::npos);
  EXPECT_NE(help(BlobWithHole().substr(0, 60)).find("SHA-256"), std::string::npos);
}

TEST(Rules, UnknownEventIsNamedWithTheVersionThatIsAsked) {
  const std::string blob = Blob(15, "instance { template_type_id: 99 }");
  const std::string config = Config("<ProcessCreated onmatch=\"include\"/>");
  LintOptions options;
  EXPECT_EQ(MessageOf("SL104", blob, options).find("event event"), std::string::npos);
  EXPECT_EQ(MessageOf("SL104", config, options).find("sysmon@"), std::string::npos);
  options.as = Contracts().Find("sysmon@4.90");
  ASSERT_NE(options.as, nullptr);
  EXPECT_NE(MessageOf("SL104", config, options).find("sysmon@4.90"), std::string::npos);
}

TEST(Rules, OneConditionIsNotSeveral) {
  const std::string one =
      "criterion { field_index: 4 operator: \"sysmon.begin_with\" operand: \"a\" }";
  const auto message = [](const std::string& criteria) {
    return MessageOf("SL514",
                     Blob(9,
                          "instance { template_type: \"ProcessCreate\" "
                          "template_type_id: 1 " +
                              criteria + " }"),
                     {});
  };
  EXPECT_EQ(message(one).find("conditions"), std::string::npos) << message(one);
  EXPECT_NE(message(one + one).find("2 conditions"), std::string::npos);
}

// The other way round: a rule that is taken out leaves its cases behind.
TEST(Rules, EachCaseIsOfARule) {
  for (const RuleCase& one : AllCases()) {
    EXPECT_NE(FindRule(one.rule), nullptr) << one.rule;
  }
}

TEST(Rules, CatalogueIsInOrderWithDocumentation) {
  EXPECT_GE(Rules().size(), 30u);
  std::string_view before;
  std::set<std::string_view> names;
  for (const Rule* rule : Rules()) {
    const RuleInfo& info = rule->info;
    EXPECT_LT(before, info.id);
    before = info.id;
    EXPECT_TRUE(names.insert(info.name).second) << info.name;
    EXPECT_EQ(FindRule(info.id), rule);
    EXPECT_EQ(FindRule(info.name), rule);
    EXPECT_FALSE(info.summary.empty());
    const std::string_view text = RuleDocumentation(*rule);
    EXPECT_TRUE(
        text.starts_with(absl::StrCat(std::string(info.id), " ", std::string(info.name), "\n")))
        << info.id;
    EXPECT_NE(text.find("Fix:"), std::string_view::npos) << info.id;
    // SL1xx is invalid, SL2xx incompatible, ...; SL6xx is hygiene, as SL5xx.
    EXPECT_EQ(static_cast<int>(info.category), std::min(info.id[2] - '0', 5)) << info.id;
  }
}

TEST(Rules, TableInTheDocumentationIsTheCatalogue) {
  std::string table;
  for (const Rule* rule : Rules()) {
    const RuleInfo& info = rule->info;
    absl::StrAppend(&table, "| ", std::string(info.id), " | ", std::string(info.name), " | ",
                    std::string(Name(info.severity)), " | ", std::string(Name(info.category)),
                    " | ", std::string(info.summary), " |\n");
  }
  std::ifstream in("docs/rules.md");
  ASSERT_TRUE(in) << "docs/rules.md is missing";
  std::string rows;
  for (std::string line; std::getline(in, line);) {
    // Not those of the table of kinds, "SL1xx".
    const size_t digits = line.find_first_not_of("0123456789", 4);
    if (line.starts_with("| SL") && digits == 7) absl::StrAppend(&rows, line, "\n");
  }
  EXPECT_EQ(rows, table) << "put the rows of `sluice rules --format markdown` into docs/rules.md";
}

// Real content is right: no rule may call it an error.
TEST(Rules, RealContentHasNoErrors) {
  std::vector<std::filesystem::path> files = SharedFiles("sysmon/pairs", ".xml");
  std::ranges::move(SharedFiles("sysmon/pairs", ".bin"), std::back_inserter(files));
  SLUICE_NEED_SHARED(files);
  for (const std::filesystem::path& path : files) {
    auto results = LintBytes(path.string(), Slurp(path), {});
    ASSERT_TRUE(results.ok());
    EXPECT_EQ(results->checked.size(), 1u) << path;
    for (const Finding& finding : results->findings) {
      EXPECT_NE(finding.severity, Severity::kError)
          << path << ":" << finding.line << ": " << finding.rule->id << " " << finding.message;
    }
  }
}

}  // namespace
}  // namespace sluice
