// The operators that criteria use, each with one meaning.
//
// An operator belongs to a dialect where its meaning does: Sysmon's `is` folds case and sees a
// missing value as "-", so it is `sysmon.is` and not the shared `equals`. Case and negation of the
// shared operators are flags of the criterion (`Criterion::flags`), not operators of their own.

#ifndef SLUICE_SCHEMA_OPERATORS_H_
#define SLUICE_SCHEMA_OPERATORS_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace sluice {

enum class Operator : uint8_t {
  kUnknown,   // a name or number that nobody knows; `Criterion::operator_text` has it
  kWildcard,  // reads nothing, always true
  // Shared.
  kEquals,
  kContains,
  kStartsWith,
  kEndsWith,
  kGlob,
  kRegex,
  kInList,
  kLess,
  kLessOrEqual,
  kGreater,
  kGreaterOrEqual,
  kIpNetwork,
  kExists,
  kIsNull,
  kIsEmpty,
  kFieldEquals,
  kFieldContains,
  kFieldStartsWith,
  kFieldEndsWith,
  // Sysmon: number N is kSysmonIs + N (facts: rule blob, section 7).
  kSysmonIs,
  kSysmonIsNot,
  kSysmonContains,
  kSysmonContainsAny,
  kSysmonIsAny,
  kSysmonContainsAll,
  kSysmonExcludes,
  kSysmonExcludesAny,
  kSysmonExcludesAll,
  kSysmonBeginWith,
  kSysmonEndWith,
  kSysmonLessThan,
  kSysmonMoreThan,
  kSysmonImage,
  kSysmonNotBeginWith,
  kSysmonNotEndWith,
};

inline constexpr int kOperatorCount = static_cast<int>(Operator::kSysmonNotEndWith) + 1;
inline constexpr uint32_t kSysmonConditionCount = 16;

// What an operator takes as operands.
enum class OperandShape : uint8_t {
  kNone,      // wildcard, is-null, is-empty
  kText,      // one text
  kTextList,  // Sysmon: one text split at ';'. Shared: several operands
  kNumber,    // one decimal number
  kRegex,     // one regular expression
  kNetwork,   // one IPv4 or IPv6 network
  kBoolean,   // exists: true or false
  kField,     // the name of another field
};

struct OperatorInfo {
  Operator op;
  std::string_view name;        // "equals", "sysmon.contains_any"
  std::string_view as_written;  // the dialect's own spelling: "contains any"; empty for shared ones
  OperandShape operand;
};

// All operators in the order of the enumeration, `kUnknown` included.
std::span<const OperatorInfo> Operators();
const OperatorInfo& Info(Operator op);

// By Sluice's name ("sysmon.contains_any"), exact; nullopt when there is no such operator.
std::optional<Operator> OperatorByName(std::string_view name);

// By Sysmon's condition attribute ("contains any"), ASCII letters in any case.
std::optional<Operator> SysmonOperator(std::string_view condition);

// By the number in a Sysmon rule blob; nullopt from 16.
std::optional<Operator> SysmonOperator(uint32_t number);

inline bool IsSysmon(Operator op) { return op >= Operator::kSysmonIs; }

}  // namespace sluice

#endif  // SLUICE_SCHEMA_OPERATORS_H_
