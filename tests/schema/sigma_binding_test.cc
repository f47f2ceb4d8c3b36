// How Sigma's log sources bind to sensors: through the taxonomy to Sysmon's events, and by name to
// sensors of dialect "sigma".

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gate/lint.h"
#include "parser/config/contract_reader.h"
#include "parser/sigma/sigma_reader.h"
#include "schema/binding.h"
#include "schema/contracts/built_in_fleets.h"

namespace sluice {
namespace {

using Names = std::vector<std::string>;

// A rule over this log source that reads these fields.
std::string Rule(const std::string& log_source, const Names& fields) {
  std::string text =
      absl::StrCat("title: t\nlogsource: {", log_source, "}\ndetection:\n  condition: s\n  s:\n");
  for (const std::string& field : fields) absl::StrAppend(&text, "    ", field, ": x\n");
  return text;
}

std::string Windows(std::string_view category) {
  return absl::StrCat("product: windows, category: ", std::string(category));
}

// A rule, bound to a fleet. Field i is the i-th of the rule.
class BoundRule {
 public:
  BoundRule(const std::string& log_source, const Names& fields, const Fleet& fleet)
      : read_(ReadSigma(std::make_shared<const std::string>(Rule(log_source, fields)), {})),
        fleet_(fleet),
        bound_(read_.content(), fleet_, nullptr) {
    EXPECT_EQ(read_.content().fields().size(), fields.size());
    EXPECT_FALSE(read_.content().instances().front().incomplete);
  }
  const TypeBinding& type() const { return bound_.type(read_.content().instances().front().type); }
  const FieldBinding& field(uint32_t index) const { return bound_.field(index); }
  Names On(const SensorSet& sensors) const { return fleet_.Names(sensors); }

 private:
  ReadResult read_;
  Fleet fleet_;
  Bound bound_;
};

const Fleet& AllSysmon() { return *BuiltInFleet("sysmon-all"); }

Fleet OnPlatform(const std::string& version, Platform platform) {
  Fleet fleet;
  fleet.Add({.name = "sysmon",
             .version = version,
             .platform = platform,
             .contract = ContractSet::BuiltIn().Find("sysmon", version)});
  return fleet;
}

struct CategoryEvents {
  std::string_view category;
  std::vector<uint32_t> events;
};

// Source: Sigma specification 2.1.0, taxonomy appendix.
const std::vector<CategoryEvents>& Categories() {
  static const auto& categories =
      *new std::vector<CategoryEvents>{{"process_creation", {1}},
                                       {"file_change", {2}},
                                       {"network_connection", {3}},
                                       {"sysmon_status", {4, 16}},
                                       {"process_termination", {5}},
                                       {"driver_load", {6}},
                                       {"image_load", {7}},
                                       {"create_remote_thread", {8}},
                                       {"raw_access_thread", {9}},
                                       {"process_access", {10}},
                                       {"file_event", {11}},
                                       {"registry_add", {12}},
                                       {"registry_delete", {12}},
                                       {"registry_set", {13}},
                                       {"registry_rename", {14}},
                                       {"registry_event", {12, 13, 14}},
                                       {"create_stream_hash", {15}},
                                       {"pipe_created", {17, 18}},
                                       {"wmi_event", {19, 20, 21}},
                                       {"dns_query", {22}},
                                       {"file_delete", {23, 26}},
                                       {"clipboard_change", {24}},
                                       {"process_tampering", {25}},
                                       {"file_block_executable", {27}},
                                       {"file_block_shredding", {28}},
                                       {"file_executable_detected", {29}}};
  return categories;
}

TEST(SigmaBinding, EveryCategoryIsItsEventsOnEveryVersion) {
  for (const Sensor& sensor : AllSysmon().sensors()) {
    size_t of_windows = 0;
    for (const LogSource& source : sensor.contract->log_sources) {
      of_windows += source.name.starts_with("windows/") ? 1 : 0;
    }
    EXPECT_EQ(of_windows, Categories().size()) << sensor.version;
    for (const CategoryEvents& one : Categories()) {
      const LogSource* source =
          sensor.contract->LogSourceNamed("windows/" + std::string(one.category));
      ASSERT_NE(source, nullptr) << one.category;
      EXPECT_TRUE(std::ranges::equal(source->events, one.events)) << one.category;
    }
  }
}

// Independent of the binding: whether any event of the category has the field on this contract.
bool AnyEventHas(const Contract& contract, const CategoryEvents& category, std::string_view field) {
  return std::ranges::any_of(contract.types, [&](const ContractType& type) {
    return std::ranges::find(category.events, type.id) != category.events.end() &&
           std::ranges::find(type.fields, field, &ContractField::name) != type.fields.end();
  });
}

TEST(SigmaBinding, EveryFieldOfEveryCategoryOnEveryVersion) {
  const Names fields = {"Image",        "User",     "CommandLine", "Hashes",
                        "TargetObject", "NewName",  "Details",     "RuleName",
                        "QueryName",    "Archived", "Contents",    "ParentUser"};
  const std::vector<Sensor>& sensors = AllSysmon().sensors();
  size_t supplied = 0;
  size_t missing = 0;
  for (const CategoryEvents& category : Categories()) {
    const BoundRule rule(Windows(category.category), fields, AllSysmon());
    for (size_t s = 0; s < sensors.size(); ++s) {
      for (uint32_t f = 0; f < fields.size(); ++f) {
        const bool has = AnyEventHas(*sensors[s].contract, category, fields[f]);
        EXPECT_EQ(rule.field(f).supplied[s], has) << category.category << " " << fields[f];
        EXPECT_EQ(rule.field(f).missing[s], rule.type().supported[s] && !has)
            << category.category << " " << fields[f];
        supplied += has ? 1 : 0;
        missing += rule.field(f).missing[s] ? 1 : 0;
      }
    }
  }
  EXPECT_GT(supplied, 1000u);
  EXPECT_GT(missing, 1000u);
}

TEST(SigmaBinding, HeaderFieldsAreSuppliedByEveryVersionThatHasTheEvent) {
  const Names header = {"EventID",  "Channel", "Provider_Name", "Execution_ProcessID",
                        "Computer", "Level",   "Keywords"};
  const BoundRule rule(Windows("dns_query"), header, AllSysmon());
  EXPECT_TRUE(rule.type().supported.any());
  EXPECT_TRUE(rule.type().unsupported.any());
  for (uint32_t f = 0; f < header.size(); ++f) {
    EXPECT_EQ(rule.field(f).supplied, rule.type().supported) << header[f];
    EXPECT_TRUE(rule.field(f).missing.none()) << header[f];
  }
  // Only what is in the header, exactly as it is spelt.
  const BoundRule other(Windows("dns_query"), {"eventid", "ProviderName"}, AllSysmon());
  EXPECT_EQ(other.field(0).missing, other.type().supported);
  EXPECT_EQ(other.field(1).missing, other.type().supported);
}

TEST(SigmaBinding, SeveralEventsSupplyWhatAnyOfThemHas) {
  const Fleet newest = OnPlatform("4.90", Platform::kAny);
  const BoundRule all(Windows("registry_event"), {"NewName", "Details", "Nothing"}, newest);
  EXPECT_TRUE(all.field(0).supplied[0]);
  EXPECT_TRUE(all.field(1).supplied[0]);
  EXPECT_TRUE(all.field(2).missing[0]);
  const BoundRule set(Windows("registry_set"), {"NewName", "Details"}, newest);
  EXPECT_TRUE(set.field(0).missing[0]);
  EXPECT_TRUE(set.field(1).supplied[0]);
}

TEST(SigmaBinding, AVersionWithoutTheEventDoesNotSupportTheLogSource) {
  const BoundRule rule(Windows("clipboard_change"), {"Image"}, AllSysmon());
  const Names without = rule.On(rule.type().unsupported);
  EXPECT_NE(std::ranges::find(without, "sysmon@4.22"), without.end());
  const Names with = rule.On(rule.type().supported);
  EXPECT_NE(std::ranges::find(with, "sysmon@4.90"), with.end());
  EXPECT_EQ(without.size() + with.size(), 21u);
}

TEST(SigmaBinding, UndescribedEventsAreNotChecked) {
  for (const char* category :
       {"file_block_executable", "file_block_shredding", "file_executable_detected"}) {
    const BoundRule rule(Windows(category), {"Image", "Nothing"},
                         OnPlatform("4.90", Platform::kAny));
    EXPECT_TRUE(rule.type().undescribed[0]) << category;
    EXPECT_TRUE(rule.type().supported.none()) << category;
    EXPECT_TRUE(rule.field(1).missing.none()) << category;
  }
}

// The log source says which sensors are asked, so an event of one platform needs no more.
TEST(SigmaBinding, NoPlatformIsMissed) {
  const Fleet unstated = OnPlatform("4.90", Platform::kAny);
  for (const char* category : {"process_creation", "file_executable_detected"}) {
    const BoundRule rule(Windows(category), {"Image"}, unstated);
    EXPECT_FALSE(rule.type().platform_unstated[0]) << category;
  }
}

TEST(SigmaBinding, SensorsOfAnotherPlatformAreNotAsked) {
  const Fleet linux = OnPlatform("4.90", Platform::kLinux);
  const Fleet windows = OnPlatform("4.90", Platform::kWindows);
  const BoundRule rule(Windows("process_creation"), {"Nothing"}, linux);
  EXPECT_TRUE(rule.type().elsewhere[0]);
  EXPECT_TRUE(rule.type().unsupported.none());
  EXPECT_TRUE(rule.field(0).missing.none());
  const BoundRule there(Windows("process_creation"), {"Nothing"}, windows);
  EXPECT_TRUE(there.field(0).missing[0]);

  const std::string of_linux = "product: linux, category: process_creation";
  const BoundRule own(of_linux, {"Image", "Channel", "Nothing"}, linux);
  EXPECT_TRUE(own.type().supported[0]);
  EXPECT_TRUE(own.field(0).supplied[0]);
  EXPECT_TRUE(own.field(1).supplied[0]);
  EXPECT_TRUE(own.field(2).missing[0]);
  EXPECT_TRUE(BoundRule(of_linux, {"Image"}, windows).type().elsewhere[0]);
}

TEST(SigmaBinding, AnUnknownLogSourceIsAskedOfNobodyAndListed) {
  for (const char* source : {"product: windows, service: security", "category: proxy",
                             "product: windows, category: process_creation, service: sysmon",
                             "product: linux, service: auditd"}) {
    const BoundRule rule(source, {"Image"}, AllSysmon());
    EXPECT_EQ(rule.type().elsewhere.count(), 21u) << source;
    EXPECT_TRUE((rule.type().supported | rule.type().unsupported).none()) << source;
    LintOptions options;
    options.fleet = AllSysmon();
    options.fleet_requested = true;
    options.select = {"SL2"};
    const auto results =
        LintBytes("a.yml", std::make_shared<const std::string>(Rule(source, {"Image"})), options);
    ASSERT_TRUE(results.ok());
    EXPECT_TRUE(results->findings.empty()) << source;
    EXPECT_TRUE(std::ranges::any_of(results->not_checked, [](const NotChecked& entry) {
      return entry.what.starts_with("log source ") && !entry.requested;
    })) << source;
  }
}

// Why the rule is not checked; "" where it is.
std::string WhyNot(const std::string& rule, const Placeholders* placeholders) {
  LintOptions options;
  options.placeholders = placeholders;
  options.fleet = AllSysmon();
  options.fleet_requested = true;
  const auto results = LintBytes("a.yml", std::make_shared<const std::string>(rule), options);
  EXPECT_TRUE(results.ok());
  return results->not_checked.empty() ? "" : results->not_checked.front().why;
}

TEST(SigmaBinding, ARuleThatWaitsForValuesSaysSo) {
  const std::string rule =
      "title: t\nlogsource: {product: windows, category: process_creation}\n"
      "detection:\n  s:\n    User|expand: '%Admins%'\n  condition: s\n";
  const std::string also_broken = rule + "  more: []\n";
  EXPECT_NE(WhyNot(rule, nullptr).find("--placeholders"), std::string::npos);
  EXPECT_EQ(WhyNot(also_broken, nullptr).find("--placeholders"), std::string::npos);
  EXPECT_NE(WhyNot(also_broken, nullptr), "");
  Placeholders other;
  ASSERT_TRUE(other.Add("placeholder { name: \"Users\" value: \"u\" }", "p").ok());
  EXPECT_NE(WhyNot(rule, &other).find("--placeholders"), std::string::npos);
  Placeholders values;
  ASSERT_TRUE(values.Add("placeholder { name: \"Admins\" value: \"root\" }", "p").ok());
  EXPECT_EQ(WhyNot(rule, &values), "");
}

// A sensor of dialect "sigma", whose template types are log sources themselves.
std::unique_ptr<OwnedContract> Acme(int version, const std::string& types) {
  auto contract = ReadContract(absl::StrCat("sensor: \"acme\" version: \"", version,
                                            "\" rank: ", version, " dialect: \"sigma\"\n", types),
                               "acme.textproto");
  EXPECT_TRUE(contract.ok()) << contract.status().message();
  return *std::move(contract);
}

TEST(SigmaBinding, ASensorOfDialectSigma) {
  const auto first =
      Acme(1, "template_type { name: \"windows/security\" id: 1 field { name: \"A\" } }");
  const auto second = Acme(2,
                           "template_type { name: \"windows/security\" id: 1 field { name: \"A\" } "
                           "field { name: \"B\" } }\n"
                           "template_type { name: \"*/proxy\" id: 2 undescribed: true }");
  Fleet fleet;
  for (const auto* owned : {&first, &second}) {
    const Contract& contract = (*owned)->contract();
    fleet.Add({.name = "acme", .version = std::string(contract.version), .contract = &contract});
  }
  const BoundRule rule("product: Windows, service: Security", {"A", "B", "EventID"}, fleet);
  EXPECT_EQ(rule.field(0).supplied.count(), 2u);
  EXPECT_EQ(rule.On(rule.field(1).missing), Names{"acme@1"});
  // Its list of fields is complete: nobody adds a header to it.
  EXPECT_EQ(rule.field(2).missing.count(), 2u);

  const BoundRule proxy("category: proxy", {"A"}, fleet);
  EXPECT_EQ(proxy.On(proxy.type().undescribed), Names{"acme@2"});
}

TEST(SigmaBinding, ALogSourceThatOnlyAnotherVersionHasIsUnsupported) {
  const auto first = Acme(1, "template_type { name: \"windows/security\" id: 1 }");
  const auto second = Acme(2,
                           "template_type { name: \"windows/security\" id: 1 }\n"
                           "template_type { name: \"windows/system\" id: 2 }");
  Fleet fleet;
  for (const auto* owned : {&first, &second}) {
    const Contract& contract = (*owned)->contract();
    fleet.Add({.name = "acme", .version = std::string(contract.version), .contract = &contract});
  }
  const BoundRule rule("product: windows, service: system", {"A"}, fleet);
  EXPECT_EQ(rule.On(rule.type().unsupported), Names{"acme@1"});
  const BoundRule unknown("product: windows, service: dhcp", {"A"}, fleet);
  EXPECT_EQ(unknown.type().elsewhere.count(), 2u);
}

}  // namespace
}  // namespace sluice
