#include "schema/binding.h"

#include <gtest/gtest.h>

#include "schema/content_builder.h"
#include "tests/schema/core/contents.h"

namespace sluice {
namespace {

// Three fields, one instance that reads field `index`.
Content Channel(uint32_t index, Operator op = Operator::kEquals, uint32_t format = 0) {
  ContentBuilder builder(Dialect::kChannel, Binding::kByIndex, "test");
  const FieldDecl fields[] = {
      {"A", ValueType::kString, {}}, {"B", ValueType::kUint16, {}}, {"C", ValueType::kString, {}}};
  const uint32_t type = builder.DeclareType({.name = "T", .id = 7}, fields);
  builder.metadata().format_version = format;
  builder.BeginInstance({.type = type, .id = "1"});
  const uint32_t field = builder.Field({.type = type, .kind = FieldKind::kIndex, .index = index});
  builder.AddCriterion({.field = field, .op = op}, {});
  builder.EndInstance();
  return std::move(builder).Build();
}

TEST(Bound, ByIndexFindsMissingMovedAndRetyped) {
  const Contract all =
      ChannelContract("1", 1, {{"A", ValueType::kString}, {"B", ValueType::kUint16}});
  const Contract one = ChannelContract("2", 2, {{"A", ValueType::kString}});
  const Contract moved = ChannelContract("3", 3, {{"A", ValueType::kString}, {"X"}});
  const Contract text = ChannelContract("4", 4, {{"A"}, {"B", ValueType::kString}});
  const Fleet fleet = FleetOf({&all, &one, &moved, &text});
  const Content content = Channel(1);
  const Bound bound(content, fleet, nullptr);
  const FieldBinding& field = bound.field(0);
  EXPECT_EQ(field.name, "B");
  EXPECT_EQ(fleet.Names(field.missing), std::vector<std::string>{"acme@2"});
  ASSERT_EQ(field.moved.size(), 1u);
  EXPECT_EQ(field.moved[0].reads, "X");
  EXPECT_FALSE(field.moved[0].only_renamed);
  EXPECT_EQ(fleet.Names(field.moved[0].sensors), std::vector<std::string>{"acme@3"});
  ASSERT_EQ(field.retyped.size(), 1u);
  EXPECT_EQ(fleet.Names(field.retyped[0].sensors), std::vector<std::string>{"acme@4"});
  EXPECT_EQ(field.retyped[0].supplied, ValueType::kString);
}

TEST(Bound, ByNameIsSuppliedByAnyEvent) {
  const Fleet fleet = FleetOf({&TwoEvents(), &OneOrder()});
  const Content content =
      Record("E", {{"C", Operator::kSysmonIs, "x"}, {"D", Operator::kSysmonIs, "x"}});
  const Bound bound(content, fleet, nullptr);
  EXPECT_EQ(bound.field(0).supplied.count(), 2u);
  EXPECT_TRUE(bound.field(0).missing.none());
  EXPECT_EQ(bound.field(1).missing.count(), 2u);
}

TEST(Bound, TypeThatNobodyHasBindsNoField) {
  const Fleet fleet = FleetOf({&TwoEvents()});
  const Content content = Record("F", {{"A", Operator::kSysmonIs, "x"}});
  const Bound bound(content, fleet, nullptr);
  EXPECT_TRUE(bound.type(0).unsupported[0]);
  EXPECT_TRUE(bound.field(0).supplied.none());
  EXPECT_TRUE(bound.field(0).missing.none());
  EXPECT_TRUE(bound.Accepting().none());
}

TEST(Bound, IdsThatAreNeverEvaluatedAreNotAboveTheHighest) {
  const Fleet fleet = FleetOf({&TwoEvents()});
  const auto bind = [&](uint32_t id) {
    ContentBuilder builder(Dialect::kSysmon, Binding::kByIndex, "test");
    builder.metadata().binary_major = 15;
    builder.Type({.id = id});
    const Content content = std::move(builder).Build();
    return Bound(content, fleet, nullptr).type(0);
  };
  for (const uint32_t id : {0x1000u, 0x8001u, 0x80000000u, 0xFFFFFFFFu, 255u}) {
    EXPECT_TRUE(bind(id).inactive[0]) << id;
    EXPECT_TRUE(bind(id).above_highest.none() && bind(id).unsupported.none()) << id;
  }
  for (const uint32_t id : {3u, 0x10000u}) {
    EXPECT_TRUE(bind(id).above_highest[0]) << id;
    EXPECT_TRUE(bind(id).inactive.none()) << id;
  }
}

TEST(Bound, OperatorsAndWildcards) {
  const Contract contract = ChannelContract("1", 1, {{"A"}, {"B"}, {"C"}});
  const Fleet fleet = FleetOf({&contract});
  const Content known = Channel(0, Operator::kEquals);
  EXPECT_TRUE(Bound(known, fleet, nullptr).WithoutOperator(known.criteria()[0]).none());
  const Content unknown = Channel(0, Operator::kRegex);
  EXPECT_TRUE(Bound(unknown, fleet, nullptr).WithoutOperator(unknown.criteria()[0])[0]);
  const Content wildcard = Channel(0, Operator::kWildcard);
  EXPECT_TRUE(Bound(wildcard, fleet, nullptr).WithoutOperator(wildcard.criteria()[0]).none());
}

TEST(Bound, RefusesAnotherFormat) {
  static constexpr uint32_t kFormats[] = {1, 2};
  Contract contract = ChannelContract("1", 1, {{"A"}, {"B"}, {"C"}});
  contract.format_versions = kFormats;
  const Fleet fleet = FleetOf({&contract});
  const Content third = Channel(0, Operator::kEquals, 3);
  EXPECT_TRUE(Bound(third, fleet, nullptr).refusing()[0]);
  EXPECT_TRUE(Bound(third, fleet, nullptr).checked().none());
  const Content second = Channel(0, Operator::kEquals, 2);
  EXPECT_TRUE(Bound(second, fleet, nullptr).checked()[0]);
}

TEST(Bound, BlobOfAnotherVersionIsRefusedUnlessAssumed) {
  ContentBuilder builder(Dialect::kSysmon, Binding::kByIndex, "test");
  builder.metadata().binary_major = 9;
  const Content content = std::move(builder).Build();
  const Fleet fleet = FleetOf({&TwoEvents()});
  EXPECT_TRUE(Bound(content, fleet, nullptr).refusing()[0]);
  EXPECT_TRUE(Bound(content, fleet, nullptr, {.assume_loaded = true}).checked()[0]);
}

}  // namespace
}  // namespace sluice
