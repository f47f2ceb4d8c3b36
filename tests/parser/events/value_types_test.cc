#include "parser/events/value_types.h"

#include <gtest/gtest.h>

#include <string_view>
#include <vector>

namespace sluice {
namespace {

std::string_view TypeOf(const std::vector<std::string_view>& values,
                        JsonKind kind = JsonKind::kString) {
  ValueTypes types;
  for (const std::string_view value : values) types.Add(kind, value);
  return Name(types.type());
}

TEST(ValueTypes, TheNarrowestThatEveryValueFits) {
  EXPECT_EQ(TypeOf({"true", "false", "true"}), "boolean");
  EXPECT_EQ(TypeOf({"0", "7", "18446744073709551615"}), "uint64");
  EXPECT_EQ(TypeOf({"0", "-7", "9223372036854775807"}), "int64");
  EXPECT_EQ(TypeOf({"0x0", "0x1F4", "0xffffffffffffffff"}), "hex64");
  EXPECT_EQ(
      TypeOf({"{3ddc5665-e7cf-5f51-3d00-000000000500}", "0197231E-005A-6928-A50B-000000000D00",
              "{00000000-0000-0000-0000-000000000000}"}),
      "guid");
  EXPECT_EQ(TypeOf({"10.0.0.1", "fe80::1", "::"}), "ip");
}

TEST(ValueTypes, StringUnlessEveryValueFits) {
  EXPECT_EQ(TypeOf({"1", "2", "x"}), "string");
  EXPECT_EQ(TypeOf({"1", "2", ""}), "string");
  EXPECT_EQ(TypeOf({"10.0.0.1", "10.0.0.2", "-"}), "string");
  EXPECT_EQ(TypeOf({"true", "1", "false"}), "string");
  EXPECT_EQ(TypeOf({"1", "18446744073709551616", "2"}), "string");
  EXPECT_EQ(TypeOf({"-1", "18446744073709551615", "2"}), "string");
  EXPECT_EQ(TypeOf({"0x", "0x1", "0x2"}), "string");
  EXPECT_EQ(TypeOf({"0x12345678901234567", "0x1", "0x2"}), "string");
  EXPECT_EQ(TypeOf({"10.0.0", "10.0.0.1", "10.0.0.2"}), "string");
  EXPECT_EQ(TypeOf({"1.5", "2", "3"}, JsonKind::kNumber), "string");
}

TEST(ValueTypes, FewValuesSayNothing) {
  EXPECT_EQ(TypeOf({}), "string");
  EXPECT_EQ(TypeOf({"1", "2"}), "string");
  EXPECT_EQ(TypeOf({"1", "2", "3"}), "uint64");
}

TEST(ValueTypes, NullIsNoValue) {
  ValueTypes types;
  for (int i = 0; i < 3; ++i) types.Add(JsonKind::kNull, "");
  EXPECT_EQ(types.type(), ValueType::kString);
  for (int i = 0; i < 3; ++i) types.Add(JsonKind::kNumber, "4");
  EXPECT_EQ(types.type(), ValueType::kUint64);
}

}  // namespace
}  // namespace sluice
