#include "parser/config/fleet_reader.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace sluice {
namespace {

absl::StatusOr<Fleet> Read(std::string_view text) {
  return ReadFleet(text, "fleet.textproto", ContractSet::BuiltIn());
}

void ExpectErrorAt(std::string_view text, const std::string& place) {
  const auto fleet = Read(text);
  ASSERT_FALSE(fleet.ok()) << text;
  EXPECT_EQ(fleet.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(fleet.status().message().find("fleet.textproto:" + place + ": "), 0u) << fleet.status();
}

TEST(FleetReaderTest, ReadsSensorsInOrderOfRank) {
  const auto fleet = Read(R"(
    sensor { name: "sysmon" version: "4.90" endpoints: 8379600 ring: "early" platform: "windows" }
    sensor { name: "sysmon" version: "4.22" endpoints: 120400 ring: "general" }
  )");
  ASSERT_TRUE(fleet.ok()) << fleet.status();
  ASSERT_EQ(fleet->sensors().size(), 2u);
  const Sensor& older = fleet->sensors()[0];
  EXPECT_EQ(older.Name(), "sysmon@4.22");
  EXPECT_EQ(older.endpoints, 120400u);
  EXPECT_EQ(older.ring, "general");
  EXPECT_EQ(older.platform, Platform::kAny);
  EXPECT_EQ(older.contract, ContractSet::BuiltIn().Find("sysmon@4.22"));
  EXPECT_EQ(fleet->sensors()[1].platform, Platform::kWindows);
}

TEST(FleetReaderTest, ProductVersionsBecomeContractVersionsAndAddUp) {
  const auto fleet = Read(R"(
    sensor { name: "sysmon" version: "15.14" endpoints: 5 }
    sensor { name: "sysmon" version: "15.15" endpoints: 7 }
  )");
  ASSERT_TRUE(fleet.ok()) << fleet.status();
  ASSERT_EQ(fleet->sensors().size(), 1u);
  EXPECT_EQ(fleet->sensors()[0].Name(), "sysmon@4.90");
  EXPECT_EQ(fleet->sensors()[0].endpoints, 12u);
}

TEST(FleetReaderTest, RingsOfOneVersionAddUp) {
  const auto fleet = Read(R"(
    sensor { name: "sysmon" version: "4.90" endpoints: 5 ring: "early" }
    sensor { name: "sysmon" version: "4.90" endpoints: 7 ring: "general" }
    sensor { name: "sysmon" version: "4.90" endpoints: 9 ring: "general" platform: "linux" }
  )");
  ASSERT_TRUE(fleet.ok()) << fleet.status();
  ASSERT_EQ(fleet->sensors().size(), 2u);
  EXPECT_EQ(fleet->sensors()[0].endpoints, 12u);
  EXPECT_EQ(fleet->sensors()[1].endpoints, 9u);
}

TEST(FleetReaderTest, AnEntryThatStandsTwiceIsAnError) {
  const std::string bare = "sensor { name: \"sysmon\" version: \"4.90\" }\n";
  const std::string early = "sensor { name: \"sysmon\" version: \"4.90\" ring: \"early\" }\n";
  EXPECT_TRUE(Read(bare + early).ok());
  ExpectErrorAt(bare + bare, "2:1");
  ExpectErrorAt(early + bare + early, "3:1");
  // A version without a contract, too.
  const std::string other = "sensor { name: \"acme\" version: \"1\" endpoints: 3 }";
  ExpectErrorAt(other + other, "1:50");
}

TEST(FleetReaderTest, AnUnknownVersionStaysWithoutContract) {
  const auto fleet = Read(R"(sensor { name: "sysmon" version: "9.99" endpoints: 1 })");
  ASSERT_TRUE(fleet.ok()) << fleet.status();
  ASSERT_EQ(fleet->sensors().size(), 1u);
  EXPECT_EQ(fleet->sensors()[0].version, "9.99");
  EXPECT_EQ(fleet->sensors()[0].contract, nullptr);
}

TEST(FleetReaderTest, SaysWhereAnErrorIs) {
  ExpectErrorAt("", "1:1");
  ExpectErrorAt("# only a comment\n", "1:1");
  ExpectErrorAt("sensor { name: \"sysmon\" version: \"4.90\" }\nsensor { name: \"sysmon\" }",
                "2:1");
  ExpectErrorAt("\n\n sensor { version: \"4.90\" }", "3:2");
  ExpectErrorAt("\nsensor { name: \"sysmon\" version: \"4.90\" platform: \"amiga\" }", "2:1");
  ExpectErrorAt("sensor { name: \"sysmon\" version: \"4.90\" endpoints: -1 }", "1:52");
  ExpectErrorAt("# proto-message: sluice.v1.Settings\n", "1:1");
}

TEST(FleetReaderTest, EndpointsThatOverflowAreAnError) {
  const std::string most =
      "sensor { name: \"sysmon\" version: \"4.90\" endpoints: 18446744073709551615 }";
  EXPECT_TRUE(Read(most).ok());
  ExpectErrorAt(most + "\nsensor { name: \"sysmon\" version: \"4.22\" endpoints: 1 }", "2:1");
  // Also on one and the same sensor.
  ExpectErrorAt(most + "\n" + most, "2:1");
}

TEST(FleetReaderTest, AFleetHoldsSoManySensorsAndNoMore) {
  std::string text;
  for (size_t i = 0; i < kMaxSensors; ++i) {
    absl::StrAppend(&text, "sensor { name: \"acme\" version: \"1.", i, "\" }\n");
  }
  const auto full = Read(text);
  ASSERT_TRUE(full.ok()) << full.status();
  EXPECT_EQ(full->sensors().size(), kMaxSensors);
  // One that is there already still fits.
  EXPECT_TRUE(Read(text + "sensor { name: \"acme\" version: \"1.7\" ring: \"early\" }").ok());
  ExpectErrorAt(text + "sensor { name: \"acme\" version: \"2\" }",
                absl::StrCat(kMaxSensors + 1, ":1"));
}

TEST(ParseSensorTest, LooksTheVersionUp) {
  const ContractSet& contracts = ContractSet::BuiltIn();
  const auto by_version = ParseSensor("sysmon@4.22", contracts);
  ASSERT_TRUE(by_version.ok());
  EXPECT_EQ(by_version->contract, contracts.Find("sysmon@4.22"));
  const auto by_alias = ParseSensor("sysmon@10.42", contracts);
  ASSERT_TRUE(by_alias.ok());
  EXPECT_EQ(by_alias->Name(), "sysmon@4.23");
  const auto unknown = ParseSensor("acme@1", contracts);
  ASSERT_TRUE(unknown.ok());
  EXPECT_EQ(unknown->Name(), "acme@1");
  EXPECT_EQ(unknown->contract, nullptr);
}

TEST(ParseSensorTest, RefusesWhatIsNotNameAtVersion) {
  for (const char* text : {"", "@", "sysmon", "sysmon@", "@4.22", "sys mon@4.22", "sysmon@4@2"}) {
    EXPECT_EQ(ParseSensor(text, ContractSet::BuiltIn()).status().code(),
              absl::StatusCode::kInvalidArgument)
        << text;
  }
}

// Two contracts that say they are one product version: which of them is meant, no one can say.
TEST(FleetReaderTest, AnAliasOfTwoContractsIsAnErrorThatNamesBoth) {
  constexpr std::string_view kAlias[] = {"15.15"};
  const Contract mine = {.sensor = "sysmon", .version = "4.95", .rank = 495, .aliases = kAlias};
  ContractSet contracts = ContractSet::BuiltIn();
  contracts.Add(&mine);
  const auto sensor = ParseSensor("sysmon@15.15", contracts);
  ASSERT_FALSE(sensor.ok());
  EXPECT_NE(sensor.status().message().find("sysmon@4.90"), absl::string_view::npos);
  EXPECT_NE(sensor.status().message().find("sysmon@4.95"), absl::string_view::npos);
  const auto fleet = ReadFleet(
      "sensor { name: \"sysmon\" version: \"4.95\" }\n"
      "sensor { name: \"sysmon\" version: \"15.15\" }",
      "f.textproto", contracts);
  ASSERT_FALSE(fleet.ok());
  EXPECT_EQ(fleet.status().message().find("f.textproto:2:1: "), 0u) << fleet.status();
  EXPECT_TRUE(ParseSensor("sysmon@4.95", contracts).ok());
  EXPECT_TRUE(ParseSensor("sysmon@15.14", contracts).ok());
}

}  // namespace
}  // namespace sluice
