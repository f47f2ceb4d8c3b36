#include "parser/config/taxonomy_reader.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "parser/config/contract_reader.h"
#include "schema/limits.h"
#include "schema/text.h"
#include "tests/support/scratch_folder.h"

namespace sluice {
namespace {

constexpr char kAcme[] = R"(# proto-message: sluice.v1.Taxonomy
sensor: "acme"
log_source { product: "Windows" category: "Process_Creation" event: [1, 2] }
log_source { category: "proxy" event: 3 }
log_source { product: "acme os" service: "a/b" event: 3 platform: "linux" }
header { product: "Windows" field: ["EventID", "Channel"] }
)";

testing::AssertionResult RefusedAt(const std::string& text, const std::string& place) {
  const auto taxonomy = ReadTaxonomy(text, "t.textproto");
  if (!taxonomy.ok() && Standard(taxonomy.status().message())
                            .starts_with(absl::StrCat("t.textproto:", place, ": "))) {
    return testing::AssertionSuccess();
  }
  return testing::AssertionFailure() << (taxonomy.ok() ? "taken" : taxonomy.status().message());
}

std::string Sensor(const std::string& more) { return "sensor: \"acme\"\n" + more; }

TEST(ReadTaxonomy, NamesPlatformsEventsAndHeaders) {
  const auto taxonomy = ReadTaxonomy(kAcme, "t.textproto");
  ASSERT_TRUE(taxonomy.ok()) << taxonomy.status().message();
  EXPECT_EQ((*taxonomy)->sensor(), "acme");
  const auto sources = (*taxonomy)->log_sources();
  ASSERT_EQ(sources.size(), 3u);
  EXPECT_EQ(sources[0].name, "windows/process_creation");
  EXPECT_EQ(sources[1].name, "*/proxy");
  EXPECT_EQ(sources[1].platform, Platform::kAny);
  EXPECT_TRUE(sources[1].header.empty());
  EXPECT_EQ(sources[2].name, "acme os/a%2fb");
  EXPECT_EQ(sources[2].platform, Platform::kLinux);
}

TEST(ReadTaxonomy, AProductThatIsAPlatformIsThePlatform) {
  const auto taxonomy = ReadTaxonomy(
      Sensor("log_source { product: \"windows\" category: \"c\" event: 1 }\n"
             "log_source { product: \"linux\" category: \"c\" event: 1 platform: \"windows\" }\n"
             "header { product: \"windows\" field: [\"EventID\", \"Channel\"] }"),
      "t.textproto");
  ASSERT_TRUE(taxonomy.ok()) << taxonomy.status().message();
  const auto sources = (*taxonomy)->log_sources();
  EXPECT_EQ(sources[0].platform, Platform::kWindows);
  EXPECT_EQ(sources[0].header.size(), 2u);
  EXPECT_EQ(sources[1].platform, Platform::kWindows);
  EXPECT_TRUE(sources[1].header.empty());
}

TEST(ReadTaxonomy, RefusesWhatIsNotOne) {
  EXPECT_TRUE(RefusedAt("# proto-message: sluice.v1.Contract\nsensor: \"a\"", "1:1"));
  EXPECT_TRUE(RefusedAt("sensor: \"acme\" ranks: 1", "1:21"));
  EXPECT_TRUE(RefusedAt("log_source { category: \"c\" event: 1 }", "1:1"));
  EXPECT_TRUE(RefusedAt("\nsensor: \"a b\" log_source { category: \"c\" event: 1 }", "2:1"));
  EXPECT_TRUE(RefusedAt(Sensor(""), "1:1"));
}

TEST(ReadTaxonomy, RefusesLogSourcesWithAPlace) {
  EXPECT_TRUE(RefusedAt(Sensor("log_source { event: 1 }"), "2:1"));
  EXPECT_TRUE(RefusedAt(Sensor("log_source { category: \"c\" }"), "2:1"));
  EXPECT_TRUE(
      RefusedAt(Sensor("log_source { category: \"c\" event: 1 platform: \"dos\" }"), "2:1"));
  EXPECT_TRUE(RefusedAt(Sensor("log_source { category: \"c\" event: 1 }\n"
                               "log_source { category: \"C\" event: 2 }"),
                        "3:1"));
  std::string events = "log_source { category: \"c\"";
  for (int i = 0; i < kMaxLogSourceEvents; ++i) absl::StrAppend(&events, " event: ", i);
  EXPECT_TRUE(ReadTaxonomy(Sensor(events + " }"), "t").ok());
  EXPECT_TRUE(RefusedAt(Sensor(events + " event: 9999 }"), "2:1"));
}

TEST(ReadTaxonomy, RefusesMoreLogSourcesThanThereIsRoomFor) {
  std::string text = Sensor("");
  for (int i = 0; i < kMaxTaxonomyLogSources; ++i) {
    absl::StrAppend(&text, "log_source { category: \"c", i, "\" event: 1 }\n");
  }
  EXPECT_TRUE(ReadTaxonomy(text, "t").ok());
  EXPECT_TRUE(RefusedAt(text + "log_source { category: \"more\" event: 1 }",
                        absl::StrCat(kMaxTaxonomyLogSources + 2, ":1")));
}

TEST(ReadTaxonomy, RefusesHeadersWithAPlace) {
  const std::string source = Sensor("log_source { product: \"p\" category: \"c\" event: 1 }\n");
  EXPECT_TRUE(RefusedAt(source + "header { product: \"q\" field: \"a\" }", "3:1"));
  EXPECT_TRUE(RefusedAt(source + "header { product: \"p\" }\nheader { product: \"p\" }", "4:1"));
  std::string fields = "header { product: \"p\"";
  for (int i = 0; i < kMaxContractFields; ++i) fields += " field: \"f\"";
  EXPECT_TRUE(ReadTaxonomy(source + fields + " }", "t").ok());
  EXPECT_TRUE(RefusedAt(source + fields + " field: \"f\" }", "3:1"));
}

// Folders with taxonomies.

std::string AcmeContract(const std::string& version, const std::string& types) {
  return absl::StrCat("# proto-message: sluice.v1.Contract\nsensor: \"acme\" version: \"", version,
                      "\" rank: ", version, " dialect: \"channel\"\n", types);
}

constexpr char kTypes[] =
    "template_type { name: \"A\" id: 1 field { name: \"F\" } }\n"
    "template_type { name: \"B\" id: 2 }\ntemplate_type { name: \"C\" id: 3 }\n";

std::string MustFail(const ScratchFolder& folder, ContractSet& set) {
  const auto loaded = LoadContracts(folder.path().string(), &set);
  return loaded.ok() ? "" : std::string(Standard(loaded.status().message()));
}

TEST(LoadTaxonomies, HoldForEveryContractOfTheirSensor) {
  const ScratchFolder folder;
  folder.Write("a.textproto", AcmeContract("1", kTypes));
  folder.Write("b.textproto", AcmeContract("2", kTypes));
  folder.Write("z.textproto", kAcme);
  ContractSet set;
  const auto owned = LoadContracts(folder.path().string(), &set);
  ASSERT_TRUE(owned.ok()) << owned.status().message();
  for (const char* name : {"acme@1", "acme@2"}) {
    const Contract* contract = set.Find(name);
    ASSERT_NE(contract, nullptr) << name;
    EXPECT_EQ(contract->log_sources.size(), 3u) << name;
    EXPECT_TRUE(contract->Takes(Dialect::kSigma)) << name;
    ASSERT_NE(contract->LogSourceNamed("*/proxy"), nullptr) << name;
    EXPECT_EQ(contract->LogSourceNamed("*/proxy")->events.front(), 3u);
  }
}

TEST(LoadTaxonomies, RefusesTwoForOneSensor) {
  const ScratchFolder folder;
  folder.Write("a.textproto", AcmeContract("1", kTypes));
  folder.Write("y.textproto", kAcme);
  const std::string second = folder.Write("z.textproto", kAcme);
  ContractSet set;
  EXPECT_TRUE(MustFail(folder, set).starts_with(absl::StrCat(second, ":1:1: ")));
  EXPECT_TRUE(set.all().empty());
}

TEST(LoadTaxonomies, RefusesOneWithoutAContract) {
  const ScratchFolder folder;
  const std::string path = folder.Write("z.textproto", kAcme);
  ContractSet set;
  EXPECT_TRUE(MustFail(folder, set).starts_with(absl::StrCat(path, ":1:1: ")));
}

TEST(LoadTaxonomies, RefusesAnEventThatNoContractHas) {
  const ScratchFolder folder;
  folder.Write("a.textproto", AcmeContract("1",
                                           "template_type { name: \"A\" id: 1 }\n"
                                           "template_type { name: \"B\" id: 2 }\n"));
  const std::string path = folder.Write("z.textproto", kAcme);
  ContractSet set;
  const std::string error = MustFail(folder, set);
  EXPECT_TRUE(error.starts_with(absl::StrCat(path, ":1:1: "))) << error;
  EXPECT_NE(error.find("event 3"), std::string::npos) << error;
  EXPECT_TRUE(set.all().empty());
  // One contract that has it is enough.
  folder.Write("b.textproto", AcmeContract("2", kTypes));
  EXPECT_TRUE(LoadContracts(folder.path().string(), &set).ok());
}

TEST(LoadTaxonomies, ALaterFolderReplacesOneLogSourceAndKeepsTheOthers) {
  const ScratchFolder first;
  first.Write("a.textproto", AcmeContract("1", kTypes));
  first.Write("z.textproto", kAcme);
  ContractSet set;
  const auto owned = LoadContracts(first.path().string(), &set);
  ASSERT_TRUE(owned.ok());
  const ScratchFolder second;
  second.Write("z.textproto",
               "# proto-message: sluice.v1.Taxonomy\nsensor: \"acme\"\n"
               "log_source { category: \"proxy\" event: 1 }\n"
               "log_source { category: \"dns\" event: 2 }\n");
  const auto more = LoadContracts(second.path().string(), &set);
  ASSERT_TRUE(more.ok()) << more.status().message();
  const Contract& contract = *set.Find("acme@1");
  EXPECT_EQ(contract.log_sources.size(), 4u);
  EXPECT_EQ(contract.LogSourceNamed("*/proxy")->events.front(), 1u);
  EXPECT_EQ(contract.LogSourceNamed("*/dns")->events.front(), 2u);
  EXPECT_EQ(contract.LogSourceNamed("windows/process_creation")->header.size(), 2u);
}

TEST(LoadTaxonomies, AContractThatComesLaterHasTheLogSourcesOfItsSensor) {
  const ScratchFolder first;
  first.Write("a.textproto", AcmeContract("1", kTypes));
  first.Write("z.textproto", kAcme);
  ContractSet set;
  const auto owned = LoadContracts(first.path().string(), &set);
  ASSERT_TRUE(owned.ok());
  const ScratchFolder second;
  second.Write("b.textproto", AcmeContract("2", kTypes));
  const auto more = LoadContracts(second.path().string(), &set);
  ASSERT_TRUE(more.ok());
  EXPECT_EQ(set.Find("acme@2")->log_sources.size(), 3u);
}

}  // namespace
}  // namespace sluice
