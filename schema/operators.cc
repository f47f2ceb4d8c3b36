#include "schema/operators.h"

#include "schema/text.h"

namespace sluice {
namespace {

using enum OperandShape;

constexpr OperatorInfo kOperators[] = {
    {Operator::kUnknown, "unknown", "", kText},
    {Operator::kWildcard, "wildcard", "", kNone},
    {Operator::kEquals, "equals", "", kText},
    {Operator::kContains, "contains", "", kText},
    {Operator::kStartsWith, "starts_with", "", kText},
    {Operator::kEndsWith, "ends_with", "", kText},
    {Operator::kGlob, "glob", "", kText},
    {Operator::kRegex, "regex", "", kRegex},
    {Operator::kInList, "in_list", "", kTextList},
    {Operator::kLess, "less", "", kNumber},
    {Operator::kLessOrEqual, "less_or_equal", "", kNumber},
    {Operator::kGreater, "greater", "", kNumber},
    {Operator::kGreaterOrEqual, "greater_or_equal", "", kNumber},
    {Operator::kIpNetwork, "ip_network", "", kNetwork},
    {Operator::kExists, "exists", "", kBoolean},
    {Operator::kIsNull, "is_null", "", kNone},
    {Operator::kIsEmpty, "is_empty", "", kNone},
    {Operator::kFieldEquals, "field_equals", "", kField},
    {Operator::kFieldContains, "field_contains", "", kField},
    {Operator::kFieldStartsWith, "field_starts_with", "", kField},
    {Operator::kFieldEndsWith, "field_ends_with", "", kField},
    {Operator::kSysmonIs, "sysmon.is", "is", kText},
    {Operator::kSysmonIsNot, "sysmon.is_not", "is not", kText},
    {Operator::kSysmonContains, "sysmon.contains", "contains", kText},
    {Operator::kSysmonContainsAny, "sysmon.contains_any", "contains any", kTextList},
    {Operator::kSysmonIsAny, "sysmon.is_any", "is any", kTextList},
    {Operator::kSysmonContainsAll, "sysmon.contains_all", "contains all", kTextList},
    {Operator::kSysmonExcludes, "sysmon.excludes", "excludes", kText},
    {Operator::kSysmonExcludesAny, "sysmon.excludes_any", "excludes any", kTextList},
    {Operator::kSysmonExcludesAll, "sysmon.excludes_all", "excludes all", kTextList},
    {Operator::kSysmonBeginWith, "sysmon.begin_with", "begin with", kText},
    {Operator::kSysmonEndWith, "sysmon.end_with", "end with", kText},
    {Operator::kSysmonLessThan, "sysmon.less_than", "less than", kText},
    {Operator::kSysmonMoreThan, "sysmon.more_than", "more than", kText},
    {Operator::kSysmonImage, "sysmon.image", "image", kText},
    {Operator::kSysmonNotBeginWith, "sysmon.not_begin_with", "not begin with", kText},
    {Operator::kSysmonNotEndWith, "sysmon.not_end_with", "not end with", kText},
};
static_assert(std::size(kOperators) == kOperatorCount);

}  // namespace

std::span<const OperatorInfo> Operators() { return kOperators; }

const OperatorInfo& Info(Operator op) { return kOperators[static_cast<size_t>(op)]; }

std::optional<Operator> OperatorByName(std::string_view name) {
  for (const OperatorInfo& info : kOperators) {
    if (info.name == name && info.op != Operator::kUnknown) return info.op;
  }
  return std::nullopt;
}

std::optional<Operator> SysmonOperator(std::string_view condition) {
  for (const OperatorInfo& info : kOperators) {
    if (IsSysmon(info.op) && EqualsIgnoreCase(info.as_written, condition)) return info.op;
  }
  return std::nullopt;
}

std::optional<Operator> SysmonOperator(uint32_t number) {
  if (number >= kSysmonConditionCount) return std::nullopt;
  return static_cast<Operator>(static_cast<uint32_t>(Operator::kSysmonIs) + number);
}

}  // namespace sluice
