#include "schema/sysmon.h"

#include <gtest/gtest.h>

#include "schema/content_builder.h"
#include "tests/schema/core/contents.h"

namespace sluice {
namespace {

using Items = std::vector<std::string_view>;

TEST(ListItems, SplitsWithoutTrimming) {
  EXPECT_EQ(ListItems("a; b;;"), (Items{"a", " b", "", ""}));
  EXPECT_EQ(ListItems(""), Items{""});
  EXPECT_EQ(ListItems("a;b;c", 2), (Items{"a", "b;c"}));
}

TEST(FindEmptyItem, TellsWhere) {
  EXPECT_EQ(FindEmptyItem("a;b"), EmptyItem::kAbsent);
  EXPECT_EQ(FindEmptyItem("a;;b"), EmptyItem::kInside);
  EXPECT_EQ(FindEmptyItem(";a"), EmptyItem::kInside);
  EXPECT_EQ(FindEmptyItem("a;"), EmptyItem::kTrailing);
  EXPECT_EQ(FindEmptyItem(""), EmptyItem::kTrailing);
}

// The condition of section 7 on values that events can have, as the engine computes it.
TEST(ConditionVerdict, EmptyOperands) {
  const auto verdict = [](Operator op) { return ConditionVerdict(op, ""); };
  for (const Operator op :
       {Operator::kSysmonIsNot, Operator::kSysmonContains, Operator::kSysmonContainsAny,
        Operator::kSysmonContainsAll, Operator::kSysmonBeginWith, Operator::kSysmonEndWith,
        Operator::kSysmonMoreThan}) {
    EXPECT_EQ(verdict(op), Verdict::kAlways) << Info(op).name;
  }
  for (const Operator op :
       {Operator::kSysmonIs, Operator::kSysmonIsAny, Operator::kSysmonExcludes,
        Operator::kSysmonExcludesAny, Operator::kSysmonExcludesAll, Operator::kSysmonLessThan,
        Operator::kSysmonNotBeginWith, Operator::kSysmonNotEndWith}) {
    EXPECT_EQ(verdict(op), Verdict::kNever) << Info(op).name;
  }
  EXPECT_EQ(verdict(Operator::kSysmonImage), Verdict::kDepends);
}

TEST(ConditionVerdict, TrailingSemicolon) {
  EXPECT_EQ(ConditionVerdict(Operator::kSysmonContainsAny, "x;"), Verdict::kAlways);
  EXPECT_EQ(ConditionVerdict(Operator::kSysmonExcludesAny, "x;"), Verdict::kNever);
  EXPECT_EQ(ConditionVerdict(Operator::kSysmonContainsAll, "x;"), Verdict::kDepends);
  EXPECT_EQ(ConditionVerdict(Operator::kSysmonIsAny, ";;"), Verdict::kNever);
  EXPECT_EQ(ConditionVerdict(Operator::kSysmonContains, "x;"), Verdict::kDepends);
}

TEST(FindSettled, TellsTheLaterOfTwo) {
  const auto settled = [](const std::vector<Condition>& conditions) {
    const Content content = Record("E", conditions);
    std::vector<uint32_t> found;
    for (const Settled& one : FindSettled(content, content.instances()[0])) {
      EXPECT_TRUE(one.always);
      found.push_back(one.criterion);
    }
    return found;
  };
  using Indices = std::vector<uint32_t>;
  constexpr Operator kIs = Operator::kSysmonIs;
  constexpr Operator kIsNot = Operator::kSysmonIsNot;
  constexpr Operator kNotBegin = Operator::kSysmonNotBeginWith;
  EXPECT_EQ(settled({{"A", kIsNot, "x"}, {"A", kIs, "y"}, {"A", kIs, "X"}}), Indices{2});
  EXPECT_EQ(settled({{"A", kIs, "x"}, {"A", kIsNot, "x"}}), Indices{1});
  EXPECT_EQ(settled({{"A", kNotBegin, "x"}, {"A", kIsNot, "yx"}}), Indices{1});
  EXPECT_EQ(settled({{"B", kIs, "x"}, {"A", kIsNot, "x"}, {"B", kIsNot, "x"}, {"A", kIs, "x"}}),
            (Indices{2, 3}));
  EXPECT_EQ(settled({{"A", kIsNot, "x"}, {"A", kIsNot, "y"}, {"A", kIsNot, "z"}}), Indices{1})
      << "once a field";
  EXPECT_EQ(settled({{"A", kNotBegin, "x"}, {"A", kIsNot, "xy"}}), Indices{});
  EXPECT_EQ(settled({{"A", kIs, "x"}, {"A", kIs, "y"}}), Indices{});
}

TEST(ResolveEvent, TakesTheFirstWithAllFields) {
  const Fleet fleet = FleetOf({&TwoEvents()});
  const auto event = [&](const std::vector<Condition>& conditions) -> uint32_t {
    const Content content = Record("E", conditions);
    const Bound bound(content, fleet, nullptr);
    const ContractType* type = ResolveEvent(content, bound, TwoEvents(), content.instances()[0]);
    return type == nullptr ? 0 : type->id;
  };
  EXPECT_EQ(event({{"A", Operator::kSysmonIs, "x"}}), 1u);
  EXPECT_EQ(event({{"A", Operator::kSysmonIs, "x"}, {"C", Operator::kSysmonIs, "x"}}), 2u);
  EXPECT_EQ(event({{"D", Operator::kSysmonIs, "x"}}), 0u);
  EXPECT_EQ(event({}), 1u);
}

TEST(SeriesBinding, AgreesWithResolveEvent) {
  const Fleet fleet = FleetOf({&TwoEvents(), &OneOrder()});
  for (const auto& fields : std::vector<std::vector<std::string_view>>{
           {}, {"A"}, {"C"}, {"A", "C"}, {"B", "U"}, {"D"}, {"A", "D"}}) {
    std::vector<Condition> conditions;
    for (const std::string_view field : fields)
      conditions.push_back({field, Operator::kSysmonIs, "x"});
    const Content content = Record("E", conditions);
    const Bound bound(content, fleet, nullptr);
    const SeriesBinding series(content, bound);
    ASSERT_TRUE(series.IsSeries(0));
    const auto compiled = series.CompiledFor(content.instances()[0]);
    for (size_t s = 0; s < fleet.sensors().size(); ++s) {
      const ContractType* event =
          ResolveEvent(content, bound, *fleet.sensors()[s].contract, content.instances()[0]);
      EXPECT_EQ(series.Resolving(content.instances()[0])[s], event != nullptr);
      for (size_t n = 0; n < compiled.size(); ++n) {
        EXPECT_EQ(compiled[n][s], event != nullptr && event->id == n + 1) << s << " " << n;
      }
    }
  }
}

TEST(SeriesBinding, SplitFieldsStandAtDifferentPlaces) {
  const Fleet fleet = FleetOf({&TwoEvents(), &OneOrder()});
  const Content content =
      Record("E", {{"A", Operator::kSysmonIs, "x"}, {"B", Operator::kSysmonIs, "x"}});
  const Bound bound(content, fleet, nullptr);
  const SeriesBinding series(content, bound);
  EXPECT_TRUE(series.Split(0).none());
  EXPECT_TRUE(series.Split(1)[0]);
  EXPECT_FALSE(series.Split(1)[1]);
}

TEST(SeriesBinding, IsEmptyWithoutSeries) {
  const Fleet fleet = FleetOf({&TwoEvents()});
  const Content content = Record("F", {});
  EXPECT_TRUE(SeriesBinding(content, Bound(content, fleet, nullptr)).empty());
}

TEST(RecordClasses, TypesOfOneNameCountAsOne) {
  ContentBuilder builder(Dialect::kSysmon, Binding::kByIndex, "test");
  for (const TemplateType& type : {TemplateType{.name = "E", .id = 1}, TemplateType{.id = 8},
                                   TemplateType{.id = 9}, TemplateType{.name = "E", .id = 2}}) {
    builder.Type(type);
  }
  EXPECT_EQ(RecordClasses(std::move(builder).Build()), (std::vector<uint32_t>{0, 1, 2, 0}));
}

TEST(DefaultIncludes, AsksTheTypeWhereTheRecordIsSilent) {
  const Fleet fleet = FleetOf({&TwoEvents(), &OneOrder()});
  const Content content = Record("E", {});
  const Bound bound(content, fleet, nullptr);
  Instance instance = content.instances()[0];
  EXPECT_FALSE(DefaultIncludes(content, bound, instance));
  instance.record_default = RecordDefault::kInclude;
  EXPECT_TRUE(DefaultIncludes(content, bound, instance));
  instance.record_default = RecordDefault::kTypeDefault;
  EXPECT_TRUE(DefaultIncludes(content, bound, instance)) << "what the newest sensor does";
}

TEST(Judges, ConfigurationByAllBlobByTheNewestThatRefuses) {
  const Fleet fleet = FleetOf({&TwoEvents(), &OneOrder()});
  const Content configuration = Record("E", {});
  EXPECT_EQ(Judges(configuration, Bound(configuration, fleet, nullptr)).count(), 2u);
  for (const uint32_t index : {3u, 4u}) {
    ContentBuilder builder(Dialect::kSysmon, Binding::kByIndex, "test");
    builder.metadata().binary_major = 15;
    const uint32_t type = builder.Type({.name = "E", .id = 1});
    builder.BeginInstance({.type = type});
    builder.AddCriterion(
        {.field = builder.Field({.type = type, .kind = FieldKind::kIndex, .index = index}),
         .op = Operator::kSysmonIs},
        {});
    const Content blob = std::move(builder).Build();
    const SensorSet judges = Judges(blob, Bound(blob, fleet, &OneOrder()));
    // Index 3 is there in the newest, so one build accepts the blob and nobody judges it.
    EXPECT_EQ(judges.count(), index == 3 ? 0u : 1u);
    EXPECT_EQ(judges[1], index == 4);
  }
}

}  // namespace
}  // namespace sluice
