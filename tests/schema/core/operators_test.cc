#include "schema/operators.h"

#include <gtest/gtest.h>

#include <set>

#include "schema/value_type.h"

namespace sluice {
namespace {

TEST(Operators, TableIsInOrderWithDistinctNames) {
  std::set<std::string_view> names;
  for (size_t i = 0; i < Operators().size(); ++i) {
    EXPECT_EQ(static_cast<size_t>(Operators()[i].op), i);
    EXPECT_TRUE(names.insert(Operators()[i].name).second);
    const auto found = OperatorByName(Operators()[i].name);
    EXPECT_EQ(found.has_value(), i != 0);
    if (found) {
      EXPECT_EQ(*found, Operators()[i].op);
    }
  }
}

TEST(Operators, SysmonByNameAndNumber) {
  EXPECT_EQ(SysmonOperator("contains any"), Operator::kSysmonContainsAny);
  EXPECT_EQ(SysmonOperator("Contains ANY"), Operator::kSysmonContainsAny);
  EXPECT_FALSE(SysmonOperator("contains  any"));
  EXPECT_FALSE(SysmonOperator(""));
  EXPECT_FALSE(SysmonOperator("equals"));
  EXPECT_EQ(SysmonOperator(0u), Operator::kSysmonIs);
  EXPECT_EQ(SysmonOperator(15u), Operator::kSysmonNotEndWith);
  EXPECT_FALSE(SysmonOperator(16u));
}

TEST(ValueTypes, NamesComeBack) {
  for (int i = 0; i <= static_cast<int>(ValueType::kTime); ++i) {
    EXPECT_EQ(ValueTypeByName(Name(static_cast<ValueType>(i))), static_cast<ValueType>(i));
  }
  EXPECT_FALSE(ValueTypeByName("integer"));
}

}  // namespace
}  // namespace sluice
