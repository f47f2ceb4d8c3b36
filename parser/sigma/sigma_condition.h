// The condition grammar of Sigma: text to postfix tokens.
//
// From loosest to tightest: `or`, `and`, `not`, then an operand, which is a name, a quantifier
// (`1 of selection_*`, `all of them`, `any of them`, `2 of filter_*`) or a parenthesised condition.
// Keywords are taken in any letter case, and those not in lower case are listed: pySigma knows
// lower case only. `all`, `any`, a number and `of` are names unless they stand as a quantifier.
//
//   a and not 1 of b_* or c     kIdentifier a, kOf b_*, kNot, kAnd 2, kIdentifier c, kOr 2
//
// Nothing recurses: one pass with explicit stacks, in time linear in the text.
// Source: Sigma specification 2.1.0, "Condition" (names and their resolution are the reader's).

#ifndef SLUICE_PARSER_SIGMA_SIGMA_CONDITION_H_
#define SLUICE_PARSER_SIGMA_SIGMA_CONDITION_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "schema/place.h"

namespace sluice {

// One token in postfix order. Places count bytes of the condition's text.
struct SigmaConditionToken {
  enum class Kind : uint8_t {
    kIdentifier,  // one selection, by its exact name
    kOf,          // `count` of the selections that `name` covers
    kAnd,         // of the last `count` values; a chain of one operator is one token
    kOr,          // the same
    kNot,         // of the last value
  };
  Kind kind = Kind::kIdentifier;
  bool them = false;   // kOf: `them`, not a pattern
  bool mixed = false;  // kOr: an operand is an `and` chain without parentheses
  // kOf: how many must hold, 0 for all. kAnd, kOr: how many values, at least 2. kNot: 1.
  uint32_t count = 0;
  Place place;  // the name; all of `1 of x`; `not`; the first `and` or `or` of the chain
  Place name;   // kIdentifier, kOf: the name, the pattern, or `them`
  friend bool operator==(const SigmaConditionToken&, const SigmaConditionToken&) = default;
};

struct SigmaCondition {
  // Well formed: evaluated with a stack, every token finds as many values as it takes, and one
  // value is left.
  std::vector<SigmaConditionToken> tokens;
  // Parentheses that change nothing, from '(' through ')', in the order of their '(': around one
  // operand, around all of the condition, doubled, or around a chain inside a chain of the same
  // operator. Those that only repeat a precedence, `(a and b) or c`, are not listed.
  std::vector<Place> redundant_parentheses;
  // Keywords that are not in lower case, in file order.
  std::vector<Place> not_lower_case;
};

struct SigmaConditionError {
  enum class Kind : uint8_t {
    kEmpty,                // nothing, or nothing between two parentheses
    kOperandExpected,      // an operator, ')' or the end where an operand must stand
    kOperatorExpected,     // an operand where an operator must stand
    kParenthesisOpen,      // no ')' to this '('
    kParenthesisUnopened,  // no '(' to this ')'
    kBadCharacter,         // what stands in no condition: a quote, a dot, a letter outside of ASCII
    kBadQuantifier,        // before `of` stands neither a number from 1, nor `all`, nor `any`
    kNameExpected,         // after `of` stands no name, pattern or `them`
    kPatternWithoutOf,     // a '*' in a name that no `of` precedes
    kNameTooLong,          // over kMaxSigmaNameBytes
    kTooDeep,              // over kMaxSigmaConditionDepth
    kTooLong,              // over kMaxConditionTokens
    kAggregation,          // `| count() by x > 5`: not supported; a correlation says it today
    kNear,                 // `| near x`: not supported; a temporal correlation says it today
  };
  Kind kind = Kind::kEmpty;
  // The offending word, character or parenthesis; at the end of the text a place of length 0; an
  // aggregation from '|' to the end.
  Place place;
  std::string_view expected;  // "a name, \"not\" or \"(\""
  std::string_view found;     // view into the condition; empty at its end
};

struct SigmaConditionResult {
  SigmaCondition condition;  // empty when there is an error
  std::optional<SigmaConditionError> error;
  bool ok() const { return !error.has_value(); }
};

// Views in the result point into `text`, which is at most kMaxFileBytes.
SigmaConditionResult ParseSigmaCondition(std::string_view text);

// True when `name` is one that the pattern covers: '*' is any run of characters, everything else
// stands for itself, letter case included. At most kMaxSigmaNameBytes steps for each byte of
// `name`.
bool MatchesSigmaPattern(std::string_view pattern, std::string_view name);

// True when `token`, of kind kIdentifier or kOf and from the condition `text`, covers the selection
// `name`. `them` leaves out names that begin with '_'.
bool SigmaTokenCovers(const SigmaConditionToken& token, std::string_view text,
                      std::string_view name);

}  // namespace sluice

#endif  // SLUICE_PARSER_SIGMA_SIGMA_CONDITION_H_
