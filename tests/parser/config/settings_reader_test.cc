#include "parser/config/settings_reader.h"

#include <filesystem>
#include <string>

#include "gtest/gtest.h"
#include "tests/support/scratch_folder.h"

namespace sluice {
namespace {

using Texts = std::vector<std::string>;

TEST(SettingsReaderTest, ReadsEveryFieldWithPathsFromItsFolder) {
  const auto settings = ReadSettings(R"(
    fleet: "fleets/prod.textproto"
    sensor: ["sysmon@4.22", "sysmon@15.15"]
    contracts: ["contracts", "../shared", "/opt/contracts"]
    placeholders: ["site.textproto", "../more.textproto"]
    select: "SL2"
    ignore: "SL501"
    fail_on: "warning"
    require_checked: true
    assume_loaded: true
  )",
                                     "team/rules/sluice.textproto");
  ASSERT_TRUE(settings.ok()) << settings.status();
  EXPECT_EQ(settings->fleet, "fleets/prod.textproto");
  EXPECT_EQ(settings->fleet_path, "team/rules/fleets/prod.textproto");
  EXPECT_EQ(settings->sensors, (Texts{"sysmon@4.22", "sysmon@15.15"}));
  EXPECT_EQ(settings->contracts, (Texts{"team/rules/contracts", "team/shared", "/opt/contracts"}));
  EXPECT_EQ(settings->placeholders, (Texts{"team/rules/site.textproto", "team/more.textproto"}));
  EXPECT_EQ(settings->select, Texts{"SL2"});
  EXPECT_EQ(settings->ignore, Texts{"SL501"});
  EXPECT_EQ(settings->fail_on, FailOn::kWarning);
  EXPECT_TRUE(settings->require_checked);
  EXPECT_TRUE(settings->assume_loaded);
}

TEST(SettingsReaderTest, AnEmptyFileSaysNothing) {
  const auto settings = ReadSettings("", "sluice.textproto");
  ASSERT_TRUE(settings.ok()) << settings.status();
  EXPECT_EQ(settings->fleet_path, "");
  EXPECT_FALSE(settings->fail_on.has_value());
  EXPECT_FALSE(settings->require_checked);
}

TEST(SettingsReaderTest, SaysWhereAnErrorIs) {
  const auto expect_at = [](std::string_view text, const std::string& place) {
    const auto settings = ReadSettings(text, "s.textproto");
    ASSERT_FALSE(settings.ok()) << text;
    EXPECT_EQ(settings.status().message().find("s.textproto:" + place + ": "), 0u)
        << settings.status();
  };
  expect_at("\n  fail_on: \"never ever\"", "2:3");
  expect_at("sensor: \"sysmon@4.22\"\nsensor: \"sysmon\"", "2:1");
  expect_at("\ncontracts: \"\"", "2:1");
  expect_at("\nplaceholders: \"\"", "2:1");
  expect_at("\nfleet: \"\"", "2:1");
  expect_at("select: \"SL2\" fail_on: \"\"", "1:15");
  expect_at("select: \"SL2\" select: \"\"", "1:15");
  expect_at("\n\nfleets: \"x\"", "3:7");
  expect_at("# proto-message: sluice.v1.Fleet", "1:1");
}

TEST(FailOnByNameTest, KnowsFourNames) {
  EXPECT_EQ(FailOnByName("error"), FailOn::kError);
  EXPECT_EQ(FailOnByName("warning"), FailOn::kWarning);
  EXPECT_EQ(FailOnByName("note"), FailOn::kNote);
  EXPECT_EQ(FailOnByName("never"), FailOn::kNever);
  EXPECT_EQ(FailOnByName("Error"), std::nullopt);
  EXPECT_EQ(FailOnByName(""), std::nullopt);
}

TEST(FindSettingsTest, LooksUpwardsFromAFileOrFolder) {
  const ScratchFolder folder;
  const std::string outer = folder.Write("sluice.textproto", "");
  const std::string inner = folder.Write("a/b/sluice.textproto", "");
  folder.Write("a/rules.xml", "");
  folder.Write("a/b/c/rules.xml", "");
  const auto find = [&](std::string_view name) {
    return FindSettings((folder.path() / name).string());
  };
  EXPECT_EQ(find("a/rules.xml"), outer);
  EXPECT_EQ(find("a"), outer);
  EXPECT_EQ(find("a/b"), inner);
  EXPECT_EQ(find("a/b/c/rules.xml"), inner);
  EXPECT_EQ(find("a/b/c/absent.xml"), inner);
  EXPECT_EQ(find("a/b/../rules.xml"), outer);
}

// It would be passed over in silence otherwise, with all that it was to say.
TEST(FindSettingsTest, FindsWhatHasTheNameAndIsNoFile) {
  const ScratchFolder folder;
  folder.Write("sluice.textproto", "");
  folder.Write("a/sluice.textproto/x", "");
  EXPECT_EQ(FindSettings((folder.path() / "a").string()),
            (folder.path() / "a/sluice.textproto").string());
  folder.Write("b/rules.xml", "");
  const std::filesystem::path link = folder.path() / "b/sluice.textproto";
  std::filesystem::create_symlink("nowhere", link);
  EXPECT_EQ(FindSettings((folder.path() / "b/rules.xml").string()), link.string());
}

}  // namespace
}  // namespace sluice
