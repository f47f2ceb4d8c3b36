// The layout of the channel file: every number of docs/channel-format.md, once. Readers, the writer
// and what annotates bytes share it.
//
// All integers are unsigned and little-endian. Freestanding: no exceptions, no heap, no library.

#ifndef SLUICE_PARSER_CHANNEL_CHANNEL_FORMAT_H_
#define SLUICE_PARSER_CHANNEL_CHANNEL_FORMAT_H_

#include <cstdint>

namespace sluice::channel {

inline constexpr uint8_t kMagic[8] = {0x89, 'S', 'L', 'C', '\r', '\n', 0x1A, '\n'};
inline constexpr uint32_t kMajor = 0;
inline constexpr uint32_t kMinor = 1;

inline constexpr uint32_t kNone = 0xFFFFFFFF;       // no such number
inline constexpr uint32_t kMaxNumber = 0x7FFFFFFF;  // every other number fits in 31 bits

inline constexpr uint32_t kChecksumSize = 4;
inline constexpr uint32_t kFirstOptionalSection = 128;  // ids below are critical

enum class Dialect : uint8_t { kChannel = 0, kSysmon = 1, kSigma = 2 };
enum class Binding : uint8_t { kByIndex = 0, kByName = 1 };

// Where a field stands in its item, in bytes, and what errors call it.
struct Field {
  uint32_t offset;
  uint32_t size;
  const char* name;
};

namespace header {
inline constexpr Field kMagic{0, 8, "magic"};
inline constexpr Field kMajor{8, 2, "major version"};
inline constexpr Field kMinor{10, 2, "minor version"};
inline constexpr Field kFileSize{12, 4, "file size"};
inline constexpr Field kContentVersion{16, 4, "content version"};
inline constexpr Field kDialect{20, 1, "dialect"};
inline constexpr Field kBinding{21, 1, "binding"};
inline constexpr Field kZero{22, 2, "zero"};
inline constexpr Field kSectionCount{24, 4, "section count"};
inline constexpr uint32_t kSize = 28;
}  // namespace header

namespace table {
inline constexpr Field kId{0, 4, "section id"};
inline constexpr Field kCount{4, 4, "count"};
inline constexpr Field kLength{8, 4, "length"};
inline constexpr uint32_t kSize = 12;
}  // namespace table

// One for each section that this version knows, in the order of the file.
enum class Section : uint8_t {
  kStringEnds,
  kStringBytes,
  kContracts,
  kTypes,
  kFields,
  kInstances,
  kCriteria,
  kCondition,
  kSysmon,
  kSettings,
  kRecords,
  kGroups,
  kCriterionNames,
  kSources,
  kSourcePaths,
  kInstanceOrigins,
  kCriterionOrigins,
};

struct SectionFormat {
  uint32_t id;
  uint32_t item_size;  // bytes; 0: its items are strings only
  const char* name;
  const char* item;  // what errors call one item
};

inline constexpr uint32_t kSectionCount = 17;
inline constexpr SectionFormat kSections[kSectionCount] = {
    {1, 4, "string ends", "string"},
    {2, 1, "string bytes", "string byte"},
    {3, 4, "contracts", "contract"},
    {4, 32, "types", "type"},
    {5, 4, "fields", "field"},
    {6, 8, "instances", "instance"},
    {7, 12, "criteria", "criterion"},
    {8, 4, "condition", "condition token"},
    {9, 8, "sysmon", "sysmon"},
    {10, 0, "settings", "setting"},
    {11, 8, "records", "record"},
    {12, 16, "groups", "group"},
    {13, 0, "criterion names", "criterion name"},
    {128, 36, "sources", "source"},
    {129, 1, "source paths", "source path byte"},
    {130, 12, "instance origins", "instance origin"},
    {131, 12, "criterion origins", "criterion origin"},
};

constexpr const SectionFormat& FormatOf(Section section) {
  return kSections[static_cast<uint8_t>(section)];
}

namespace string {
inline constexpr Field kEnd{0, 4, "end"};
}  // namespace string

namespace contract {
inline constexpr Field kRank{0, 4, "rank"};
}  // namespace contract

namespace type {
inline constexpr Field kId{0, 4, "id"};
inline constexpr Field kVersion{4, 4, "version"};
inline constexpr Field kFlags{8, 1, "flags"};
inline constexpr Field kZero{9, 3, "zero"};
inline constexpr Field kFieldCount{12, 4, "field count"};
inline constexpr Field kFieldsEnd{16, 4, "fields end"};
inline constexpr Field kInstancesEnd{20, 4, "instances end"};
inline constexpr Field kFingerprint{24, 8, "fingerprint"};
inline constexpr uint8_t kDeclared = 1;  // lists its fields in the order of supply
inline constexpr uint8_t kOpen = 2;      // allows fields that it does not declare
}  // namespace type

enum class ValueType : uint8_t {
  kNotStated = 0,
  kString = 1,
  kBoolean = 2,
  kUint16 = 3,
  kUint32 = 4,
  kUint64 = 5,
  kInt64 = 6,
  kHex32 = 7,
  kHex64 = 8,
  kGuid = 9,
  kIp = 10,
  kTime = 11,
};

namespace field {
inline constexpr Field kValueType{0, 1, "value type"};
inline constexpr Field kZero{1, 3, "zero"};
inline constexpr uint8_t kLastValueType = static_cast<uint8_t>(ValueType::kTime);
}  // namespace field

namespace instance {
inline constexpr Field kCriteriaEnd{0, 4, "criteria end"};
inline constexpr Field kConditionEnd{4, 4, "condition end"};
}  // namespace instance

namespace criterion {
inline constexpr Field kField{0, 4, "field"};
inline constexpr Field kOperator{4, 1, "operator"};
inline constexpr Field kFlags{5, 1, "flags"};
inline constexpr Field kTimePart{6, 1, "time part"};
inline constexpr Field kZero{7, 1, "zero"};
inline constexpr Field kOperandsEnd{8, 4, "operands end"};
// Flags.
inline constexpr uint8_t kNegated = 1;
inline constexpr uint8_t kCased = 2;
inline constexpr uint8_t kEnvironment = 4;
inline constexpr uint8_t kDotAll = 8;
inline constexpr uint8_t kMultiLine = 16;
inline constexpr uint8_t kNumeric = 32;
}  // namespace criterion

enum class TimePart : uint8_t {
  kWhole = 0,
  kMinute = 1,
  kHour = 2,
  kDay = 3,
  kWeek = 4,
  kMonth = 5,
  kYear = 6,
};
inline constexpr uint8_t kLastTimePart = static_cast<uint8_t>(TimePart::kYear);

// A criterion's operator. 64 + n is Sysmon's condition n.
enum class Operator : uint8_t {
  kWildcard = 1,
  kEquals = 2,
  kContains = 3,
  kStartsWith = 4,
  kEndsWith = 5,
  kGlob = 6,
  kRegex = 7,
  kInList = 8,
  kLess = 9,
  kLessOrEqual = 10,
  kGreater = 11,
  kGreaterOrEqual = 12,
  kIpNetwork = 13,
  kExists = 14,
  kIsNull = 15,
  kIsEmpty = 16,
  kFieldEquals = 17,
  kFieldContains = 18,
  kFieldStartsWith = 19,
  kFieldEndsWith = 20,
  kSysmonFirst = 64,
  kSysmonLast = 79,
};

enum class OperandCount : uint8_t { kNo, kOne, kSome };  // some: one or more

// What an operator takes.
struct OperatorFormat {
  Operator first;  // of the operators that this row is for
  Operator last;
  const char* name;
  OperandCount operands;
  uint8_t flags;  // that may be set
  bool time_part;
  bool sysmon;  // stands in the dialect sysmon
  bool others;  // stands in the other dialects
};

inline constexpr uint8_t kText = criterion::kNegated | criterion::kCased;

constexpr OperatorFormat Other(Operator number, const char* name, OperandCount operands,
                               uint8_t flags, bool time_part = false) {
  return {number, number, name, operands, flags, time_part, false, true};
}

inline constexpr OperatorFormat kOperators[] = {
    {Operator::kWildcard, Operator::kWildcard, "wildcard", OperandCount::kNo, 0, false, true, true},
    Other(Operator::kEquals, "equals", OperandCount::kSome, kText | criterion::kNumeric, true),
    Other(Operator::kContains, "contains", OperandCount::kSome, kText),
    Other(Operator::kStartsWith, "starts-with", OperandCount::kSome, kText),
    Other(Operator::kEndsWith, "ends-with", OperandCount::kSome, kText),
    Other(Operator::kGlob, "glob", OperandCount::kSome, kText),
    Other(Operator::kRegex, "regular expression", OperandCount::kSome,
          kText | criterion::kDotAll | criterion::kMultiLine),
    Other(Operator::kInList, "in-list", OperandCount::kSome, kText),
    Other(Operator::kLess, "less", OperandCount::kSome, criterion::kNegated, true),
    Other(Operator::kLessOrEqual, "less or equal", OperandCount::kSome, criterion::kNegated, true),
    Other(Operator::kGreater, "greater", OperandCount::kSome, criterion::kNegated, true),
    Other(Operator::kGreaterOrEqual, "greater or equal", OperandCount::kSome, criterion::kNegated,
          true),
    Other(Operator::kIpNetwork, "IP network", OperandCount::kSome, criterion::kNegated),
    Other(Operator::kExists, "exists", OperandCount::kOne, criterion::kNegated),
    Other(Operator::kIsNull, "is null", OperandCount::kNo, criterion::kNegated),
    Other(Operator::kIsEmpty, "is empty", OperandCount::kNo, criterion::kNegated),
    Other(Operator::kFieldEquals, "field equals", OperandCount::kSome, kText),
    Other(Operator::kFieldContains, "field contains", OperandCount::kSome, kText),
    Other(Operator::kFieldStartsWith, "field starts with", OperandCount::kSome, kText),
    Other(Operator::kFieldEndsWith, "field ends with", OperandCount::kSome, kText),
    {Operator::kSysmonFirst, Operator::kSysmonLast, "Sysmon condition", OperandCount::kOne,
     criterion::kEnvironment, false, true, false},
};

// The row of `number`, or nullptr: there is no such operator.
constexpr const OperatorFormat* FindOperator(uint8_t number) {
  for (const OperatorFormat& row : kOperators) {
    if (number >= static_cast<uint8_t>(row.first) && number <= static_cast<uint8_t>(row.last)) {
      return &row;
    }
  }
  return nullptr;
}

enum class TokenKind : uint8_t { kCriterion = 0, kAnd = 1, kOr = 2, kNot = 3, kAtLeast = 4 };

// A token of a condition: its kind in the upper 4 bits, a value in the lower 28.
namespace token {
inline constexpr Field kWord{0, 4, "token"};
inline constexpr uint32_t kValueBits = 28;
inline constexpr uint32_t kValueMask = (uint32_t{1} << kValueBits) - 1;
constexpr uint32_t Make(TokenKind kind, uint32_t value = 0) {
  return static_cast<uint32_t>(kind) << kValueBits | value;
}
// At least `n` of `k`: 1 < n < k <= 64.
constexpr uint32_t AtLeast(uint32_t n, uint32_t k) {
  return Make(TokenKind::kAtLeast, 256 * n + k);
}
}  // namespace token

namespace sysmon {
inline constexpr Field kSchemaRank{0, 4, "schema rank"};
inline constexpr Field kBinaryVersion{4, 4, "binary version"};
}  // namespace sysmon

enum class RecordDefault : uint8_t { kInclude = 0, kExclude = 1, kOfType = 2 };
enum class Combine : uint8_t { kAny = 0, kAll = 1 };

namespace record {
inline constexpr Field kDefault{0, 1, "default"};
inline constexpr Field kCombine{1, 1, "combine"};
inline constexpr Field kZero{2, 2, "zero"};
inline constexpr Field kGroupsEnd{4, 4, "groups end"};
}  // namespace record

namespace group {
inline constexpr Field kId{0, 4, "id"};
inline constexpr Field kFirstCriterion{4, 4, "first criterion"};
inline constexpr Field kCriteria{8, 4, "criteria"};
inline constexpr Field kCombine{12, 1, "combine"};
inline constexpr Field kZero{13, 3, "zero"};
}  // namespace group

namespace source {
inline constexpr Field kPathEnd{0, 4, "path end"};
inline constexpr Field kSha256{4, 32, "SHA-256"};
}  // namespace source

namespace origin {
inline constexpr Field kSource{0, 4, "source"};
inline constexpr Field kLine{4, 4, "line"};
inline constexpr Field kColumn{8, 4, "column"};
}  // namespace origin

}  // namespace sluice::channel

#endif  // SLUICE_PARSER_CHANNEL_CHANNEL_FORMAT_H_
