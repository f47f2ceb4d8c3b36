// Sigma's modifiers: the table, and what a key such as `CommandLine|contains|all` says.
//
// Source: Sigma specification 2.1.0, appendix "Modifiers". What is asked of the order follows from
// their being applied from left to right: a value is expanded, then encoded, then given open ends.

#ifndef SLUICE_PARSER_SIGMA_SIGMA_MODIFIERS_H_
#define SLUICE_PARSER_SIGMA_SIGMA_MODIFIERS_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "schema/place.h"

namespace sluice {

enum class SigmaModifier : uint8_t {
  kContains,
  kStartsWith,
  kEndsWith,
  kAll,
  kNeq,
  kExists,
  kCased,
  kRe,
  kIgnoreCase,
  kMultiLine,
  kDotAll,
  kWindash,
  kExpand,
  kBase64,
  kBase64Offset,
  kUtf16Le,
  kUtf16Be,
  kUtf16,
  kLt,
  kLte,
  kGt,
  kGte,
  kMinute,
  kHour,
  kDay,
  kWeek,
  kMonth,
  kYear,
  kCidr,
  kFieldRef,
};

enum class SigmaModifierKind : uint8_t {
  kPosition,   // contains, startswith, endswith: where the value stands
  kExpansion,  // windash, expand: one value stands for several
  kEncoding,   // utf16le ... base64offset: the value's bytes
  kOperator,   // re, cidr, exists, fieldref
  kCompare,    // lt, lte, gt, gte
  kTimePart,   // minute ... year
  kRegexFlag,  // i, m, s
  kFlag,       // cased, neq
  kList,       // all: how the values of a list combine
};

// What a modifier takes, as bits.
enum SigmaTakes : uint8_t {
  kTakesText = 1,
  kTakesNumber = 2,
  kTakesBoolean = 4,
  kTakesNull = 8,
};

struct SigmaModifierInfo {
  SigmaModifier modifier;
  std::string_view name;   // "utf16le"
  std::string_view alias;  // "wide"; empty when there is none
  SigmaModifierKind kind;
  uint8_t takes;  // SigmaTakes
};

// All modifiers in the order of the enumeration.
std::span<const SigmaModifierInfo> SigmaModifiers();
const SigmaModifierInfo& Info(SigmaModifier modifier);

// By name or alias, exact: letter case counts.
std::optional<SigmaModifier> SigmaModifierByName(std::string_view name);

struct SigmaModifierUse {
  SigmaModifier modifier;
  Place place;  // of the name in the key
  friend bool operator==(const SigmaModifierUse&, const SigmaModifierUse&) = default;
};

// What is wrong with the modifiers, or with a value under them. A problem is `fatal` when the
// criterion has no meaning; all others leave one, which `ApplySigmaModifiers` gives.
struct SigmaProblem {
  enum class Kind : uint8_t {
    // Of the key; `place` counts bytes of the key.
    kEmptyModifier,  // nothing between two '|', or behind the last
    kUnknown,        // no modifier has this name; `suggestion` is the one that a lower-case letter
                     // or the alias table makes of it, where there is one
    kTooManyModifiers,  // over kMaxSigmaModifiers; the rest is not read
    kRepeated,          // stands twice; `other` is the first
    kIncompatible,      // goes with no `other`
    kOrder,             // stands on the wrong side of `other`
    kNeedsRe,           // i, m, s without `re` before them
    kNeedsContains,     // base64offset without `contains` behind it: the value is seldom the field
    kNeedsEncoding,     // utf16le and its kin without base64 behind them
    kAllOnSingleValue,
    // Of a value; `value` is its index.
    kValueType,   // the modifier does not take this type of value. Not fatal where the text of a
                  // number, or the number of a text, is taken in its place
    kNullInList,  // null beside other values
    kNoEffect,    // windash without a dash, expand without a placeholder
    kWildcardInside,  // a wildcard in what is encoded, or in a number, network or field name
    kTooShort,        // base64offset of less than three bytes: one of the three encodings is empty,
                      // or says next to nothing
    kTooManyExpansions,
    kPlaceholderUndefined,  // `detail` is its name
    kNotANetwork,
    kHostBits,    // of a network
    kOutOfRange,  // a part of a date that no date has
    kRegexTooLong,
  };
  Kind kind;
  bool fatal = false;
  Place place;
  std::optional<SigmaModifier> modifier;
  std::optional<SigmaModifier> other;
  uint32_t value = 0;
  std::string_view suggestion;
  std::string detail;
};

struct SigmaKey {
  std::string_view field;  // view into the key; empty for keywords (`|all`)
  std::vector<SigmaModifierUse> modifiers;
  std::vector<SigmaProblem> problems;

  bool Has(SigmaModifier modifier) const;
  bool fatal() const;  // at least one of the problems is
};

// Reads a key of a detection map. Everything before the first '|' is the field's name, as it
// stands.
SigmaKey ParseSigmaKey(std::string_view key);

// Which modifiers go with which: the problems of `modifiers` in their order, at most one for each
// pair. `ParseSigmaKey` has called it.
std::vector<SigmaProblem> CheckSigmaModifiers(std::span<const SigmaModifierUse> modifiers);

}  // namespace sluice

#endif  // SLUICE_PARSER_SIGMA_SIGMA_MODIFIERS_H_
