#include "gate/lint.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>

#include "schema/contracts/built_in_fleets.h"
#include "schema/limits.h"

namespace sluice {
namespace {

namespace fs = std::filesystem;

constexpr char kGood[] =
    "<Sysmon schemaversion=\"4.50\"><EventFiltering><ProcessCreate onmatch=\"include\">"
    "<Image condition=\"end with\">\\a.exe</Image></ProcessCreate></EventFiltering></Sysmon>";
constexpr char kUnknownField[] =
    "<Sysmon schemaversion=\"4.50\"><EventFiltering><ProcessCreate onmatch=\"include\">\n"
    "<Imaeg condition=\"end with\">\\a.exe</Imaeg></ProcessCreate></EventFiltering></Sysmon>";

constexpr char kChannel[] =
    "# proto-message: sluice.v1.Content\n"
    "template_type { name: \"dns\" field { name: \"query\" type: \"string\" } }\n"
    "instance { id: \"7\" template_type: \"dns\" "
    "criterion { field_index: 0 operator: \"ends_with\" operand: \".example.com\" } }\n";

std::shared_ptr<const std::string> Bytes(std::string text) {
  return std::make_shared<const std::string>(std::move(text));
}

Results MustLint(std::string text, const LintOptions& options = {}) {
  absl::StatusOr<Results> results = LintBytes("a.xml", Bytes(std::move(text)), options);
  EXPECT_TRUE(results.ok()) << results.status().message();
  return *std::move(results);
}

int Exit(const Results& results, bool require_checked = false) {
  return ExitCode(results, FailOn::kError, require_checked);
}

bool Has(const Results& results, std::string_view rule) {
  return std::ranges::any_of(results.findings,
                             [&](const Finding& f) { return f.rule->id == rule; });
}

class LintFolder : public testing::Test {
 protected:
  LintFolder() {
    folder_ =
        fs::temp_directory_path() / ("sluice_lint_test." + std::to_string(getpid()) + "." +
                                     testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(folder_);
  }
  ~LintFolder() override { fs::remove_all(folder_); }
  void Write(const std::string& name, const std::string& bytes) const {
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
  }
  Results LintIt(const LintOptions& options = {}) const {
    return *Lint({folder_.string()}, options);
  }
  fs::path folder_;
};

TEST(LintBytes, PassesGoodContent) {
  const Results results = MustLint(kGood);
  EXPECT_EQ(Exit(results), 0);
  EXPECT_EQ(results.totals.files, 1u);
  EXPECT_EQ(results.totals.criteria, 1u);
  ASSERT_EQ(results.checked.size(), 1u);
  EXPECT_FALSE(results.checked[0].rules->empty());
  EXPECT_EQ(results.inputs[0].kind, "sysmon-xml");
  EXPECT_EQ(results.inputs[0].sha256.size(), 64u);
}

TEST(LintBytes, FindingHasPlaceInstanceAndFingerprint) {
  const Results results = MustLint(kUnknownField);
  EXPECT_EQ(Exit(results), 1);
  ASSERT_TRUE(Has(results, "SL101"));
  const Finding& finding = *std::ranges::find_if(
      results.findings, [](const Finding& f) { return f.rule->id == "SL101"; });
  EXPECT_EQ(finding.line, 2u);
  EXPECT_EQ(finding.column, 2u);
  EXPECT_EQ(finding.instance, "ProcessCreate#1");
  EXPECT_NE(finding.fingerprint, 0u);
}

// The same finding two lines further down is still the same finding.
TEST(LintBytes, FingerprintSurvivesEditsElsewhere) {
  const Results before = MustLint(kUnknownField);
  const Results after = MustLint("\n\n" + std::string(kUnknownField));
  ASSERT_EQ(before.findings.size(), after.findings.size());
  for (size_t i = 0; i < before.findings.size(); ++i) {
    EXPECT_EQ(before.findings[i].fingerprint, after.findings[i].fingerprint);
    EXPECT_NE(before.findings[i].line, after.findings[i].line);
  }
}

TEST(LintBytes, UnknownBytesAreNotCheckedAndNoPass) {
  const Results results = MustLint("just some text");
  EXPECT_EQ(Exit(results), 2);
  EXPECT_TRUE(results.checked.empty());
}

TEST(LintBytes, UnknownBytesOfAForcedKindAreMalformed) {
  LintOptions options;
  options.kind = "sysmon-blob";
  const Results results = MustLint(std::string(64, '\0'), options);
  EXPECT_EQ(Exit(results), 1);
  EXPECT_TRUE(Has(results, "SL001"));
}

// A sensor may read what nests deeper, or has longer names, than any configuration that we know.
TEST(LintBytes, DepthAndNamesOverTheirLimitsAreNotChecked) {
  std::string deep = "<Sysmon>\n";
  for (uint32_t i = 0; i < kMaxXmlDepth; ++i) deep += "<a>";
  for (uint32_t i = 0; i < kMaxXmlDepth; ++i) deep += "</a>";
  const std::string name(kMaxXmlNameBytes + 1, 'n');
  for (const std::string& text :
       {deep + "</Sysmon>",
        "<Sysmon>\n" + std::string(3 * kMaxXmlDepth - 3, ' ') + "<" + name + "/></Sysmon>"}) {
    const Results results = MustLint(text);
    EXPECT_EQ(Exit(results), 2);
    ASSERT_EQ(results.findings.size(), 1u);
    EXPECT_EQ(results.findings[0].rule->id, "SL002");
    EXPECT_EQ(results.findings[0].line, 2u);
    ASSERT_EQ(results.not_checked.size(), 2u) << "the file, and the sensors";
    EXPECT_EQ(results.not_checked[1].what, "XML, line 2 column 191");
  }
}

// Too much to read says nothing about the content: not checked, and not malformed.
TEST(LintBytes, AFileOverALimitIsNotChecked) {
  std::string tags = "<Sysmon schemaversion=\"4.50\">";
  for (uint32_t i = 0; i < kMaxXmlTags; ++i) tags += "<a/>";
  const Results results = MustLint(tags + "</Sysmon>");
  EXPECT_EQ(Exit(results), 2);
  EXPECT_FALSE(Has(results, "SL001"));
  EXPECT_TRUE(results.checked.empty());
}

TEST(LintBytes, AFileWithoutRulesIsListed) {
  const Results results = MustLint("<Sysmon schemaversion=\"4.50\"/>");
  EXPECT_EQ(Exit(results), 0);
  EXPECT_TRUE(std::ranges::any_of(results.not_checked,
                                  [](const NotChecked& n) { return n.what == "content"; }));
  EXPECT_EQ(Exit(results, /*require_checked=*/true), 2);
}

TEST(LintBytes, EmptyFileIsNoPass) { EXPECT_EQ(Exit(MustLint("")), 2); }

// Without a fleet the sensors are not checked: said, and no pass where everything must be checked.
TEST(LintBytes, NoFleetIsListedAsNotChecked) {
  const Results results = MustLint(kGood);
  ASSERT_EQ(results.not_checked.size(), 1u);
  EXPECT_EQ(results.not_checked[0].what, "sensors");
  EXPECT_EQ(Exit(results), 0);
  EXPECT_EQ(Exit(results, /*require_checked=*/true), 2);
}

TEST(LintBytes, ARequestedSensorWithoutAContractIsNoPass) {
  LintOptions options;
  options.fleet = *BuiltInFleet("sysmon-all");
  options.fleet.Add({.name = "sysmon", .version = "99.0"});
  options.fleet_requested = true;
  const Results results = MustLint(kGood, options);
  EXPECT_TRUE(Has(results, "SL208"));
  EXPECT_EQ(ExitCode(results, FailOn::kNever, false), 2);
}

TEST(LintBytes, AFleetThatTakesNoSuchContentIsNoPass) {
  const Contract other{.sensor = "edge", .version = "1.0", .dialect = Dialect::kChannel};
  LintOptions options;
  options.fleet.Add({.name = "edge", .version = "1.0", .contract = &other});
  options.fleet_requested = true;
  EXPECT_EQ(Exit(MustLint(kGood, options)), 2);
}

TEST(LintBytes, SelectAndIgnore) {
  LintOptions options;
  options.ignore = {"SL101"};
  EXPECT_FALSE(Has(MustLint(kUnknownField, options), "SL101"));
  options.ignore = {};
  options.select = {"SL5"};
  EXPECT_FALSE(Has(MustLint(kUnknownField, options), "SL101"));
  options.select = {"field-undeclared"};
  EXPECT_TRUE(Has(MustLint(kUnknownField, options), "SL101"));
}

// A rule about what XML holds has checked nothing in a text without it.
TEST(LintBytes, SelectedRulesThatSayNothingAreNoPass) {
  ASSERT_EQ(Exit(MustLint(kChannel)), 0);
  LintOptions options;
  options.select = {"encoding-ignored", "SL515"};
  const Results nothing = MustLint(kChannel, options);
  EXPECT_EQ(Exit(nothing), 2);
  EXPECT_TRUE(nothing.checked.empty());
  EXPECT_EQ(nothing.totals.files, 0u);
  ASSERT_EQ(nothing.not_checked.size(), 3u) << "the two rules, and the sensors";
  EXPECT_EQ(nothing.not_checked[1].what, "encoding-ignored");
  EXPECT_EQ(nothing.not_checked[2].what, "SL515");

  options.select = {"SL105", "SL515"};
  const Results one = MustLint(kChannel, options);
  EXPECT_EQ(Exit(one), 0);
  EXPECT_EQ(Exit(one, /*require_checked=*/true), 2);
  ASSERT_EQ(one.not_checked.size(), 2u);
  EXPECT_EQ(one.not_checked[1].what, "SL515");

  options.select = {"SL5"};
  EXPECT_EQ(MustLint(kGood, options).not_checked.size(), 1u) << "some of SL5xx say something";
  options.select = {"SL001"};
  EXPECT_EQ(Exit(MustLint(kChannel, options)), 0) << "whether it parses is what was asked";
}

// Most of SL2xx ask sensors. To ask for them without a fleet is no pass, whatever else runs.
TEST(LintBytes, SelectedRulesThatNeedAFleetAreNoPassWithoutOne) {
  LintOptions options;
  for (const char* selector : {"SL201", "field-latent", "SL2"}) {
    options.select = {selector};
    options.fleet_requested = false;
    EXPECT_EQ(Exit(MustLint(kChannel, options)), 2) << selector;
    EXPECT_TRUE(MustLint(kChannel, options).checked.empty()) << selector;
    options.select.push_back("SL101");
    EXPECT_EQ(Exit(MustLint(kChannel, options)), 2) << selector;
    EXPECT_EQ(MustLint(kChannel, options).totals.files, 1u) << selector;
    options.fleet = *BuiltInFleet("sysmon-all");
    options.fleet_requested = true;
    options.select = {"SL201"};
    EXPECT_EQ(Exit(MustLint(kGood, options)), 0);
  }
}

TEST(LintBytes, ListsTheRulesThatSaySomething) {
  const auto ran = [](const Results& results, const std::string& id) {
    const std::vector<std::string>& rules = *results.checked.at(0).rules;
    return std::ranges::find(rules, id) != rules.end();
  };
  const Results channel = MustLint(kChannel);
  EXPECT_TRUE(ran(channel, "SL001"));
  EXPECT_TRUE(ran(channel, "SL105"));
  EXPECT_FALSE(ran(channel, "SL501"));
  EXPECT_FALSE(ran(MustLint(kGood), "SL201"));
  EXPECT_FALSE(ran(MustLint(kGood), "SL515"));
  LintOptions options;
  options.fleet = *BuiltInFleet("sysmon-all");
  options.fleet_requested = true;
  EXPECT_TRUE(ran(MustLint(kGood, options), "SL201"));
  EXPECT_FALSE(ran(MustLint(kGood, options), "SL202"));
  EXPECT_FALSE(ran(MustLint(kChannel, options), "SL201")) << "no sensor of the fleet was asked";
}

TEST(LintBytes, RefusesToRunNoRuleAtAll) {
  LintOptions options;
  options.select = {"SL101"};
  options.ignore = {"field-undeclared"};
  EXPECT_FALSE(LintBytes("a", Bytes(kGood), options).ok());
  options.select = {};
  options.ignore = {"SL1", "SL2", "SL3", "SL4", "SL5", "SL6"};
  std::erase_if(options.ignore, [](const std::string& beginning) {
    return std::ranges::none_of(
        Rules(), [&](const Rule* rule) { return rule->info.id.starts_with(beginning); });
  });
  EXPECT_FALSE(LintBytes("a", Bytes(kGood), options).ok());
  options.select = {"SL001"};
  EXPECT_TRUE(LintBytes("a", Bytes(kGood), options).ok());
}

TEST(LintBytes, MalformedCannotBeIgnored) {
  for (const char* selector : {"SL001", "SL0", "malformed"}) {
    LintOptions options;
    options.ignore = {selector};
    EXPECT_FALSE(LintBytes("a", Bytes("x"), options).ok()) << selector;
  }
  LintOptions options;
  options.select = {"SL5"};
  EXPECT_TRUE(Has(MustLint("<Sysmon ", options), "SL001")) << "it runs whatever is selected";
}

TEST(LintBytes, RefusesUnknownRulesAndKinds) {
  LintOptions options;
  options.select = {"SL999"};
  EXPECT_FALSE(LintBytes("a", Bytes("x"), options).ok());
  options.select = {};
  options.kind = "sysmon";
  EXPECT_FALSE(LintBytes("a", Bytes("x"), options).ok());
}

TEST(LintBytes, MaxFindingsCutsTheListAndNothingElse) {
  const Results all = MustLint(kUnknownField);
  LintOptions options;
  options.max_findings = 1;
  const Results cut = MustLint(kUnknownField, options);
  EXPECT_EQ(cut.findings.size(), 1u);
  EXPECT_EQ(cut.totals.errors, all.totals.errors);
  EXPECT_EQ(cut.totals.warnings, all.totals.warnings);
  EXPECT_EQ(cut.findings_left_out, all.findings.size() - 1);
  EXPECT_EQ(Exit(cut), Exit(all));
}

TEST_F(LintFolder, LintsEveryFileAndListsWhatItDoesNotKnow) {
  Write("good.xml", kGood);
  Write("notes.md", "# nothing");
  const Results results = LintIt();
  EXPECT_EQ(results.totals.files, 1u);
  ASSERT_EQ(results.not_checked.size(), 2u) << "the file, and the sensors";
  for (const NotChecked& entry : results.not_checked) EXPECT_FALSE(entry.requested) << entry.what;
  EXPECT_EQ(Exit(results), 0);
  EXPECT_EQ(Exit(results, /*require_checked=*/true), 2);
}

TEST_F(LintFolder, FilesAndFoldersAreNamedTogether) {
  Write("good.xml", kGood);
  fs::create_directories(folder_ / "like_a_file.xml");
  Write("like_a_file.xml/bad.xml", kUnknownField);
  const Results results = *Lint(
      {(folder_ / "like_a_file.xml").string(), folder_.string(), (folder_ / "good.xml").string()},
      {});
  ASSERT_EQ(results.inputs.size(), 2U) << "each once";
  EXPECT_EQ(results.inputs[0].path, (folder_ / "good.xml").string());
  EXPECT_EQ(results.inputs[1].path, (folder_ / "like_a_file.xml" / "bad.xml").string());
  EXPECT_EQ(results.totals.files, 2U);
  EXPECT_EQ(results.checked.size(), 2U);
  EXPECT_TRUE(Has(results, "SL101"));
}

TEST_F(LintFolder, AFolderThatYieldsNothingIsNoPass) {
  EXPECT_EQ(Exit(LintIt()), 2);
  Write("notes.md", "# nothing");
  EXPECT_EQ(Exit(LintIt()), 2);
}

TEST_F(LintFolder, AFileThatTheSelectedRulesDoNotSpeakOfIsListed) {
  Write("a.xml", kGood);
  LintOptions options;
  options.select = {"SL515"};
  EXPECT_EQ(Exit(LintIt(options)), 2) << "nothing in the folder was checked";
  Write("b.textproto", kChannel);
  options.select = {"SL105"};
  const Results results = LintIt(options);
  EXPECT_EQ(results.totals.files, 1u);
  EXPECT_EQ(Exit(results), 0);
  EXPECT_TRUE(std::ranges::any_of(results.not_checked,
                                  [](const NotChecked& n) { return n.what == "SL105"; }));
}

// Settings, fleets and contracts may stand beside the content they are for.
TEST_F(LintFolder, WhatIsSluicesOwnIsPassedOver) {
  Write("good.xml", kGood);
  Write("sluice.textproto", "fail_on: \"error\"\n");
  for (const char* message : {"Settings", "Fleet", "Contract"}) {
    Write(std::string(message) + ".textproto",
          "\xEF\xBB\xBF# proto-message: sluice.v1." + std::string(message) + "\r\n");
  }
  const Results results = LintIt();
  EXPECT_EQ(results.inputs.size(), 1u);
  EXPECT_EQ(results.not_checked.size(), 1u) << "the sensors";
  EXPECT_EQ(Exit(results), 0);
  fs::remove(folder_ / "good.xml");
  EXPECT_EQ(Exit(LintIt()), 2) << "nothing was checked";
}

TEST_F(LintFolder, OnlyWhatIsSluicesOwnIsPassedOver) {
  const std::string config = std::string("\n") + kUnknownField;
  Write("a.xml", "# proto-message: sluice.v1.Fleet" + config);
  Write("b.textproto", "# proto-message: sluice.v1.Fleets" + config);
  Write("c.textproto", " # proto-message: sluice.v1.Fleet" + config);
  const Results results = LintIt();
  EXPECT_EQ(results.inputs.size(), 3u);
  EXPECT_EQ(results.totals.files, 0u);
  EXPECT_EQ(Exit(results), 2);
  const Results named = *Lint({(folder_ / "a.xml").string()}, {});
  EXPECT_EQ(Exit(named), 2) << "a named file is not passed over";
}

// Source files and documents quote configurations.
TEST_F(LintFolder, QuotedXmlIsNotContentUnlessItIsNamed) {
  const std::string quoted = std::string("// As in\n") + kUnknownField;
  Write("a.cc", quoted);
  EXPECT_EQ(LintIt().totals.files, 0u);
  EXPECT_EQ(Exit(*Lint({(folder_ / "a.cc").string()}, {})), 1);
  Write("b.XML", quoted);
  EXPECT_EQ(LintIt().totals.files, 1u);
  Write("c", std::string("\xEF\xBB\xBF \r\n") + kUnknownField);
  EXPECT_EQ(LintIt().totals.files, 2u);
}

class LintFolderSettings : public LintFolder {
 protected:
  LintFolderSettings() {
    fs::create_directories(folder_ / "team" / "deep");
    Write("good.xml", kGood);
    Write("team/deep/bad.xml", kUnknownField);
    options_.found_settings = "";
  }
  // Those that are not of the run are said, and what is below them is not checked.
  void ExpectTeamIsNotChecked(const std::string& at) const {
    const Results results = LintIt(options_);
    EXPECT_EQ(results.totals.files, 1u);
    EXPECT_EQ(results.inputs.size(), 1u);
    EXPECT_EQ(Exit(results), 2);
    EXPECT_TRUE(std::ranges::any_of(results.not_checked, [&](const NotChecked& n) {
      return n.path == (folder_ / at).string() && n.what == "settings" && n.requested;
    }));
  }
  LintOptions options_;
};

TEST_F(LintFolderSettings, OthersBelowAreNoPass) {
  Write("team/sluice.textproto", "ignore: \"SL101\"\n");
  ExpectTeamIsNotChecked("team/sluice.textproto");
  Write("sluice.textproto", "");
  options_.found_settings = (folder_ / "sluice.textproto").string();
  ExpectTeamIsNotChecked("team/sluice.textproto");
}

TEST_F(LintFolderSettings, WhateverTheyAre) {
  fs::create_symlink("nowhere", folder_ / "team" / "sluice.textproto");
  ExpectTeamIsNotChecked("team/sluice.textproto");
  fs::remove(folder_ / "team" / "sluice.textproto");
  fs::create_directories(folder_ / "team" / "sluice.textproto");
  Write("team/sluice.textproto/a.xml", kGood);
  ExpectTeamIsNotChecked("team/sluice.textproto");
}

TEST_F(LintFolderSettings, TheSameOnesAreNoOthers) {
  Write("sluice.textproto", "");
  fs::create_symlink("../sluice.textproto", folder_ / "team" / "sluice.textproto");
  options_.found_settings = (folder_ / "." / "sluice.textproto").string();
  EXPECT_EQ(Exit(LintIt(options_)), 1);
}

TEST_F(LintFolderSettings, DoNotMatterWhereOnesAreChosen) {
  Write("team/sluice.textproto", "ignore: \"SL101\"\n");
  options_.found_settings.reset();
  EXPECT_EQ(Exit(LintIt(options_)), 1);
}

TEST_F(LintFolder, OneBrokenFileDoesNotStopTheRest) {
  Write("a.xml", "<Sysmon><");
  Write("b.xml", kGood);
  const Results results = LintIt();
  EXPECT_EQ(results.totals.files, 2u);
  EXPECT_EQ(results.totals.errors, 1u);
}

TEST_F(LintFolder, MissingPathIsNoPassAndTheRestIsStillChecked) {
  Write("b.xml", kGood);
  const Results results = *Lint({folder_.string(), "no/such/file"}, {});
  EXPECT_EQ(results.totals.files, 1u);
  EXPECT_EQ(Exit(results), 2);
}

TEST_F(LintFolder, ThreadsDoNotChangeTheResults) {
  for (int i = 0; i < 40; ++i) {
    Write("f" + std::to_string(i) + ".xml", i % 3 == 0 ? kUnknownField : kGood);
  }
  LintOptions two;
  two.jobs = 2;
  size_t calls = 0;
  two.progress = [&](size_t, size_t) { ++calls; };
  const Results a = LintIt();
  const Results b = LintIt(two);
  ASSERT_EQ(a.findings.size(), b.findings.size());
  for (size_t i = 0; i < a.findings.size(); ++i) {
    EXPECT_EQ(a.findings[i].fingerprint, b.findings[i].fingerprint);
    EXPECT_EQ(a.inputs[a.findings[i].input].path, b.inputs[b.findings[i].input].path);
  }
  EXPECT_EQ(a.totals.files, b.totals.files);
}

}  // namespace
}  // namespace sluice
