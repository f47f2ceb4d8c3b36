// Checks the regular expressions of Sigma rules: whether they compile, what of them is outside of
// Sigma's subset of PCRE, and which a backtracking engine may never finish.
//
// Sigma's subset: `.`, `^`, `$`, quantifiers (also lazy), classes, alternation, groups (also
// `(?:...)`), escapes. Source: Sigma specification 2.1.0, appendix "Modifiers", `re`.

#ifndef SLUICE_PARSER_SIGMA_SIGMA_REGEX_H_
#define SLUICE_PARSER_SIGMA_SIGMA_REGEX_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/place.h"

namespace sluice {

// What PCRE has and Sigma's subset has not.
enum class SigmaRegexFeature : uint8_t {
  kLookAhead,
  kLookBehind,
  kBackReference,
  kPossessive,
  kAtomic,
  kNamedGroup,
  kBranchReset,
  kConditional,
  kRecursion,
  kComment,
  kInlineFlags,  // (?i): the modifiers i, m and s say the same
  kEscape,       // \p{...}, \K, \Q...\E and all others that are not of the subset
};

struct SigmaRegexError {
  enum class Kind : uint8_t {
    kTooLong,  // over kMaxSigmaRegexBytes
    kTooDeep,  // over kMaxSigmaRegexDepth
    kNotUtf8,
    kGroupOpen,        // no ')' to this '('
    kGroupUnopened,    // no '(' to this ')'
    kClassOpen,        // no ']' to this '['
    kNothingToRepeat,  // a quantifier behind nothing, or behind a quantifier
    kBadRepetition,    // {5,2}, {65536}
    kTrailingBackslash,
    kDoesNotCompile,  // RE2 refuses it for another reason, or PCRE: \1 without a group
  };
  Kind kind;
  Place place;          // in bytes of the pattern
  std::string message;  // more than the kind says; kDoesNotCompile: what RE2 says
};

struct SigmaRegexReport {
  std::optional<SigmaRegexError> error;
  struct Outside {
    SigmaRegexFeature feature;
    Place place;
  };
  std::vector<Outside> outside;  // the first of each feature, by place
  // The first repeated piece with exponentially many ways to match one text, with its quantifier.
  // See sigma_regex_ambiguity.h for what is found.
  std::optional<Place> explosive;
  // RE2 has compiled the pattern. Without an error it has not when the pattern uses what RE2 does
  // not know, or is larger than RE2 takes (a repetition over 1000, 1 MiB compiled): it is not
  // checked.
  bool compiled = false;
  int64_t cost = 0;  // RE2 instructions, or the pattern's size when it did not compile
};

// `ignore_case` is the modifier `i`. In time linear in the pattern beside RE2, whose work is
// bounded by its memory. Nothing is logged.
SigmaRegexReport CheckSigmaRegex(std::string_view pattern, bool ignore_case);

}  // namespace sluice

#endif  // SLUICE_PARSER_SIGMA_SIGMA_REGEX_H_
