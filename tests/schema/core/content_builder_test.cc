#include "schema/content_builder.h"

#include <gtest/gtest.h>

#include "tests/schema/core/contents.h"

namespace sluice {
namespace {

TEST(ContentBuilder, SharesTypesAndFields) {
  ContentBuilder builder(Dialect::kSysmon, Binding::kByName, "test");
  const uint32_t a = builder.Type({.name = "A"});
  EXPECT_EQ(builder.Type({.name = "A"}), a);
  EXPECT_NE(builder.Type({.name = "A", .id = 1}), a);
  const uint32_t x = builder.Field({.type = a, .kind = FieldKind::kName, .name = "X"});
  EXPECT_EQ(builder.Field({.type = a, .kind = FieldKind::kName, .name = "X"}), x);
  EXPECT_NE(builder.Field({.type = a + 1, .kind = FieldKind::kName, .name = "X"}), x);
}

TEST(ContentBuilder, NumbersInstancesByTheirName) {
  ContentBuilder builder(Dialect::kSysmon, Binding::kByIndex, "test");
  const uint32_t first = builder.Type({.name = "RegistryEvent", .id = 12});
  const uint32_t second = builder.Type({.name = "RegistryEvent", .id = 13});
  const uint32_t nameless = builder.Type({.id = 99});
  for (const uint32_t type : {first, second, nameless}) {
    builder.BeginInstance({.type = type});
    builder.EndInstance();
  }
  const Content content = std::move(builder).Build();
  EXPECT_EQ(InstanceName(content, content.instances()[0]), "RegistryEvent#1");
  EXPECT_EQ(InstanceName(content, content.instances()[1]), "RegistryEvent#2");
  EXPECT_EQ(InstanceName(content, content.instances()[2]), "event 99#1");
}

TEST(ContentBuilder, RangesHoldWhatWasAdded) {
  ContentBuilder builder(Dialect::kSysmon, Binding::kByName, "test");
  const uint32_t type = builder.Type({.name = "A"});
  const uint32_t field = builder.Field({.type = type, .kind = FieldKind::kName, .name = "X"});
  const Operand operands[] = {{.text = "p", .place = {}}, {.text = "q", .place = {}}};
  builder.BeginInstance({.type = type});
  builder.AddCriterion({.field = field, .op = Operator::kSysmonIs}, {operands, 1});
  builder.BeginGroup({.combine = Combine::kAnd, .name = "g"});
  builder.AddCriterion({.field = field, .op = Operator::kSysmonIs, .name = "own"}, operands);
  builder.EndGroup();
  builder.EndInstance();
  builder.BeginInstance({.type = type});
  const Content content = std::move(builder).Build();  // closes what is open
  ASSERT_EQ(content.instances().size(), 2u);
  const Instance& instance = content.instances()[0];
  ASSERT_EQ(content.criteria(instance).size(), 2u);
  ASSERT_EQ(content.groups(instance).size(), 1u);
  EXPECT_EQ(content.criteria(content.groups(instance)[0]).size(), 1u);
  EXPECT_EQ(content.criteria()[0].group, kNone);
  EXPECT_EQ(content.criteria()[1].group, 0u);
  EXPECT_EQ(content.operand_text(content.criteria()[0]), "p");
  EXPECT_EQ(content.operands(content.criteria()[1]).size(), 2u);
  EXPECT_EQ(InstanceName(content, instance, &content.criteria()[1]), "A#1/own");
  EXPECT_TRUE(content.criteria(content.instances()[1]).empty());
}

TEST(Content, SameMeaningIsAboutMeaning) {
  const Content a = Record("A", {{"X", Operator::kSysmonIs, "v"}});
  EXPECT_TRUE(SameMeaning(a, Record("A", {{"X", Operator::kSysmonIs, "v"}})));
  EXPECT_FALSE(SameMeaning(a, Record("A", {{"X", Operator::kSysmonIs, "V"}})));
  EXPECT_FALSE(SameMeaning(a, Record("A", {{"X", Operator::kSysmonIsNot, "v"}})));
  EXPECT_FALSE(SameMeaning(a, Record("A", {{"Y", Operator::kSysmonIs, "v"}})));
  EXPECT_FALSE(SameMeaning(a, Record("A", {{"X", Operator::kSysmonIs, "v", "n"}})));
  EXPECT_FALSE(SameMeaning(a, Record("A", {{"X", Operator::kSysmonIs, "v"}}, Combine::kAnd)));
}

}  // namespace
}  // namespace sluice
