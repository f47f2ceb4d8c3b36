#include "schema/fleet.h"

#include <gtest/gtest.h>

#include "tests/schema/core/contents.h"

namespace sluice {
namespace {

Sensor Of(const Contract& contract, uint64_t endpoints) {
  return {.name = std::string(contract.sensor),
          .version = std::string(contract.version),
          .endpoints = endpoints,
          .contract = &contract};
}

TEST(Fleet, OrdersByRankAndAddsEndpoints) {
  // Versions are not numbers: 3.10 comes before 3.2.
  const Contract ten = ChannelContract("3.10", 310, {});
  const Contract two = ChannelContract("3.2", 320, {});
  Fleet fleet;
  EXPECT_TRUE(fleet.Add(Of(two, 5)));
  EXPECT_TRUE(fleet.Add(Of(ten, 7)));
  EXPECT_TRUE(fleet.Add(Of(two, 6)));
  ASSERT_EQ(fleet.sensors().size(), 2u);
  EXPECT_EQ(fleet.sensors()[0].Name(), "acme@3.10");
  EXPECT_EQ(fleet.sensors()[1].endpoints, 11u);
  EXPECT_EQ(fleet.OfDialect(Dialect::kChannel).count(), 2u);
  EXPECT_TRUE(fleet.OfDialect(Dialect::kSysmon).none());
}

TEST(Fleet, IntervalsAreRunsOfNeighbours) {
  std::vector<Contract> contracts;
  for (uint32_t rank = 1; rank <= 5; ++rank) {
    static constexpr std::string_view kVersions[] = {"1", "2", "3", "4", "5"};
    contracts.push_back(ChannelContract(kVersions[rank - 1], rank, {}));
  }
  Fleet fleet;
  for (const Contract& contract : contracts) fleet.Add(Of(contract, 10));
  SensorSet sensors;
  for (const size_t s : {0, 1, 3}) sensors.set(s);
  const std::vector<Fleet::Interval> intervals = fleet.Intervals(sensors);
  ASSERT_EQ(intervals.size(), 2u);
  EXPECT_EQ(intervals[0].first, "acme@1");
  EXPECT_EQ(intervals[0].last, "acme@2");
  EXPECT_EQ(intervals[0].endpoints, 20u);
  EXPECT_EQ(intervals[1].first, intervals[1].last);
  EXPECT_EQ(fleet.Endpoints(sensors), 30u);
}

TEST(Fleet, HoldsSoManyAndNoMore) {
  Fleet fleet;
  for (size_t i = 0; i < kMaxSensors; ++i) {
    EXPECT_TRUE(fleet.Add({.name = "x", .version = std::to_string(i)}));
  }
  EXPECT_FALSE(fleet.Add({.name = "x", .version = "one more"}));
  EXPECT_TRUE(fleet.Add({.name = "x", .version = "7"})) << "one that is there already";
  EXPECT_EQ(fleet.WithoutContract().count(), kMaxSensors);
}

}  // namespace
}  // namespace sluice
