#include <algorithm>
#include <bit>
#include <map>
#include <set>
#include <string>

#include "gtest/gtest.h"
#include "parser/config/contract_reader.h"
#include "schema/contract.h"
#include "schema/contracts/built_in_fleets.h"

namespace sluice {
namespace {

const ContractType* TypeNamed(const Contract& contract, std::string_view name) {
  const auto found = std::ranges::find(contract.types, name, &ContractType::name);
  return found == contract.types.end() ? nullptr : &*found;
}

size_t Supplied(const std::string& sensor, std::string_view type) {
  const Contract* contract = ContractSet::BuiltIn().Find(sensor);
  const ContractType* found = contract == nullptr ? nullptr : TypeNamed(*contract, type);
  return found == nullptr ? 0 : found->fields.size();
}

TEST(BuiltInContractsTest, HoldsEverySchemaVersionInOrderOfRank) {
  std::string names;
  for (const Contract* contract : ContractSet::BuiltIn().OfDialect(Dialect::kSysmon)) {
    names += std::string(contract->version) + " ";
  }
  EXPECT_EQ(names,
            "2.0 3.10 3.2 3.3 3.4 4.0 4.1 4.2 4.21 4.22 4.23 4.30 4.31 4.32 4.40 4.50 4.60 4.70 "
            "4.80 4.81 4.90 ");
}

TEST(BuiltInContractsTest, ProcessCreateSuppliesOtherFieldsByVersion) {
  const std::map<std::string, size_t> kFields = {
      {"2.0", 17},  {"3.10", 16}, {"3.2", 16},  {"3.3", 16},  {"3.4", 16},  {"4.0", 20},
      {"4.1", 21},  {"4.2", 21},  {"4.21", 22}, {"4.22", 22}, {"4.23", 22}, {"4.30", 22},
      {"4.31", 22}, {"4.32", 22}, {"4.40", 22}, {"4.50", 22}, {"4.60", 22}, {"4.70", 22},
      {"4.80", 23}, {"4.81", 23}, {"4.90", 23}};
  for (const auto& [version, fields] : kFields) {
    EXPECT_EQ(Supplied("sysmon@" + version, "ProcessCreate"), fields) << version;
  }
}

TEST(BuiltInContractsTest, FieldsStandWhereTheSensorHasThem) {
  const ContractType* old_type = ContractSet::BuiltIn().Find("sysmon@4.0")->TypeById(1);
  const ContractType* new_type = ContractSet::BuiltIn().Find("sysmon@4.90")->TypeById(1);
  ASSERT_NE(old_type, nullptr);
  ASSERT_NE(new_type, nullptr);
  EXPECT_EQ(FieldIndex(*old_type, "Image"), 3u);
  EXPECT_EQ(FieldIndex(*new_type, "Image"), 4u);
  EXPECT_EQ(FieldIndex(*new_type, "ParentUser"), 22u);
  EXPECT_EQ(new_type->fields[3].type, ValueType::kUint32);
  EXPECT_TRUE(new_type->default_include);
}

TEST(BuiltInContractsTest, OneNameCanBackSeveralEvents) {
  const Contract* contract = ContractSet::BuiltIn().Find("sysmon@4.90");
  EXPECT_EQ(
      std::ranges::count(contract->types, std::string_view("RegistryEvent"), &ContractType::name),
      3);
}

TEST(BuiltInContractsTest, EventsThatTheManifestLeavesOutAreUndescribed) {
  const ContractSet& contracts = ContractSet::BuiltIn();
  for (const uint32_t id : {27u, 28u, 29u}) {
    const ContractType* type = contracts.Find("sysmon@4.90")->TypeById(id);
    ASSERT_NE(type, nullptr) << id;
    EXPECT_TRUE(type->undescribed);
    EXPECT_EQ(type->platform, Platform::kWindows);
    EXPECT_EQ(contracts.Find("sysmon@4.81")->TypeById(id), nullptr);
  }
  const ContractType* bpf = contracts.Find("sysmon@4.90")->TypeById(100);
  ASSERT_NE(bpf, nullptr);
  EXPECT_EQ(bpf->platform, Platform::kLinux);
  EXPECT_FALSE(bpf->undescribed);
}

TEST(BuiltInContractsTest, OperatorsCameOverTime) {
  const auto knows = [](const std::string& sensor, Operator op) {
    return ContractSet::BuiltIn().Find(sensor)->Knows(op);
  };
  EXPECT_FALSE(knows("sysmon@4.21", Operator::kSysmonContainsAny));
  EXPECT_TRUE(knows("sysmon@4.22", Operator::kSysmonContainsAny));
  EXPECT_FALSE(knows("sysmon@4.22", Operator::kSysmonExcludesAny));
  EXPECT_TRUE(knows("sysmon@4.23", Operator::kSysmonExcludesAny));
  EXPECT_FALSE(knows("sysmon@4.30", Operator::kSysmonIsAny));
  EXPECT_TRUE(knows("sysmon@4.31", Operator::kSysmonIsAny));
  EXPECT_FALSE(knows("sysmon@4.60", Operator::kSysmonNotBeginWith));
  EXPECT_TRUE(knows("sysmon@4.70", Operator::kSysmonNotBeginWith));
  // None is a name that Sluice does not know.
  for (const Contract* contract : ContractSet::BuiltIn().all()) {
    EXPECT_EQ(std::popcount(contract->operator_mask), static_cast<int>(contract->operators.size()));
  }
}

TEST(BuiltInContractsTest, ABinaryMajorCoversSeveralSchemas) {
  std::map<uint32_t, std::string> versions;
  for (const Contract* contract : ContractSet::BuiltIn().OfDialect(Dialect::kSysmon)) {
    versions[contract->binary_major] += std::string(contract->version) + " ";
  }
  EXPECT_EQ(versions[1], "2.0 3.10 3.2 3.3 3.4 4.0 ");
  EXPECT_EQ(versions[8], "4.1 4.2 ");
  EXPECT_EQ(versions[9], "4.21 4.22 4.23 4.30 4.31 4.32 ");
  EXPECT_EQ(versions[16], "4.80 4.81 ");
  EXPECT_EQ(versions[18], "4.90 ");
}

TEST(BuiltInContractsTest, ConfigurationsBelowFourAreRefusedFromFourOn) {
  for (const Contract* contract : ContractSet::BuiltIn().OfDialect(Dialect::kSysmon)) {
    EXPECT_EQ(contract->min_schema_rank, contract->rank >= 400 ? 400u : 0u) << contract->Name();
    EXPECT_EQ(contract->limits.max_name_bytes, 255u);
    EXPECT_EQ(contract->limits.max_instances_per_type, 65534u);
    EXPECT_EQ(contract->limits.max_group_name_units, 127u);
  }
}

TEST(BuiltInContractsTest, ProductVersionsNameOneContractEach) {
  const ContractSet& contracts = ContractSet::BuiltIn();
  EXPECT_EQ(contracts.Find("sysmon@15.15"), contracts.Find("sysmon@4.90"));
  EXPECT_EQ(contracts.Find("sysmon@13.34"), contracts.Find("sysmon@4.81"));
  EXPECT_EQ(contracts.Find("sysmon@99"), nullptr);
  std::set<std::string_view> seen;
  for (const Contract* contract : contracts.all()) {
    for (const std::string_view alias : contract->aliases) {
      EXPECT_TRUE(seen.insert(alias).second) << alias;
      // An alias that is also another's version would never be found.
      EXPECT_EQ(contracts.Find(contract->sensor, alias), contract) << alias;
    }
  }
}

void ExpectSameTypes(const Contract& a, const Contract& b) {
  ASSERT_EQ(a.types.size(), b.types.size());
  for (size_t i = 0; i < a.types.size(); ++i) {
    EXPECT_EQ(a.types[i].name, b.types[i].name);
    EXPECT_EQ(a.types[i].id, b.types[i].id);
    EXPECT_EQ(a.types[i].platform, b.types[i].platform);
    EXPECT_EQ(a.types[i].undescribed, b.types[i].undescribed);
    EXPECT_EQ(a.types[i].default_include, b.types[i].default_include);
    ASSERT_EQ(a.types[i].fields.size(), b.types[i].fields.size());
    for (size_t f = 0; f < a.types[i].fields.size(); ++f) {
      EXPECT_EQ(a.types[i].fields[f].name, b.types[i].fields[f].name);
      EXPECT_EQ(a.types[i].fields[f].type, b.types[i].fields[f].type);
      EXPECT_EQ(a.types[i].fields[f].formerly, b.types[i].fields[f].formerly);
    }
  }
}

// The constant tables say what the files say.
TEST(BuiltInContractsTest, TablesEqualTheFilesTheyAreMadeOf) {
  ContractSet files;
  const auto owned = LoadContracts("schema/contracts/sysmon", &files);
  ASSERT_TRUE(owned.ok()) << owned.status();
  const auto built_in = ContractSet::BuiltIn().all();
  ASSERT_EQ(files.all().size(), built_in.size());
  for (size_t i = 0; i < built_in.size(); ++i) {
    const Contract& a = *built_in[i];
    const Contract& b = *files.all()[i];
    SCOPED_TRACE(a.Name());
    EXPECT_EQ(a.Name(), b.Name());
    EXPECT_EQ(a.rank, b.rank);
    EXPECT_EQ(a.dialect, b.dialect);
    EXPECT_EQ(a.platform, b.platform);
    EXPECT_EQ(a.binary_major, b.binary_major);
    EXPECT_EQ(a.binary_minor, b.binary_minor);
    EXPECT_EQ(a.min_schema_rank, b.min_schema_rank);
    EXPECT_EQ(a.operator_mask, b.operator_mask);
    EXPECT_TRUE(std::ranges::equal(a.aliases, b.aliases));
    EXPECT_TRUE(std::ranges::equal(a.format_versions, b.format_versions));
    EXPECT_TRUE(std::ranges::equal(a.operators, b.operators));
    EXPECT_TRUE(std::ranges::equal(a.options, b.options));
    EXPECT_EQ(a.limits.max_bytes, b.limits.max_bytes);
    EXPECT_EQ(a.limits.max_instances_per_type, b.limits.max_instances_per_type);
    EXPECT_EQ(a.limits.max_name_bytes, b.limits.max_name_bytes);
    EXPECT_EQ(a.limits.max_group_name_units, b.limits.max_group_name_units);
    EXPECT_EQ(a.source, b.source);
    ExpectSameTypes(a, b);
  }
}

TEST(BuiltInFleetsTest, HoldAllVersionsOrTheNewest) {
  const Fleet* all = BuiltInFleet("sysmon-all");
  ASSERT_NE(all, nullptr);
  ASSERT_EQ(all->sensors().size(), 21u);
  EXPECT_EQ(all->sensors().front().Name(), "sysmon@2.0");
  for (const Sensor& sensor : all->sensors()) {
    EXPECT_NE(sensor.contract, nullptr);
    EXPECT_EQ(sensor.endpoints, 0u);
  }
  const Fleet* current = BuiltInFleet("sysmon-current");
  ASSERT_NE(current, nullptr);
  ASSERT_EQ(current->sensors().size(), 1u);
  EXPECT_EQ(current->sensors()[0].Name(), "sysmon@4.90");
}

TEST(BuiltInFleetsTest, EveryListedFleetIsThereAndNoOther) {
  ASSERT_FALSE(BuiltInFleets().empty());
  for (const BuiltInFleetInfo& info : BuiltInFleets()) {
    EXPECT_NE(BuiltInFleet(info.name), nullptr) << info.name;
    EXPECT_FALSE(info.summary.empty());
  }
  EXPECT_EQ(BuiltInFleet("sysmon"), nullptr);
  EXPECT_EQ(BuiltInFleet(""), nullptr);
}

}  // namespace
}  // namespace sluice
