// Which regular expressions a backtracking engine may never finish.
//
// Such an engine tries every way in which a pattern can divide a text. A repeated group whose body
// can match one text in two ways has 2^n ways for n repetitions, and when the rest of the pattern
// fails, all of them are tried (Cloudflare WAF, 2 July 2019).
//
// What is found is real: there is a text with at least that many ways. It is not everything: found
// are texts that are ambiguous within a run of one character ("aaaa" by `(a+)+`, `(a|a)*`,
// `(\w+\s?)+`, `(.*a){20}`; ", , ," by `(\s*,\s*)+`), and groups with two equal alternatives. Not
// found are words such as "abab" by `(ab|abab)*`, what spans look-arounds or back references, and
// named characters outside of ASCII. Whether a text can fail behind the group is not asked.
//
// Each piece of a pattern is summarised in sets of characters, put together from left to right: a
// constant amount of work for each piece, so linear in the pattern.

#ifndef SLUICE_PARSER_SIGMA_SIGMA_REGEX_AMBIGUITY_H_
#define SLUICE_PARSER_SIGMA_SIGMA_REGEX_AMBIGUITY_H_

#include <cstdint>

#include "parser/sigma/sigma_regex_class.h"

namespace sluice {

inline constexpr uint32_t kNoUpperBound = 0xFFFFFFFF;
// A group repeated up to this often or more counts as repeated without end: its ways grow with the
// length of the text to this power.
inline constexpr uint32_t kManyRepetitions = 8;

// What is known of the words that a piece matches. For a character x in a set:
struct RegexSummary {
  bool nullable = true;    // matches the empty word
  bool consumes = false;   // matches some other word
  bool ambiguous = false;  // matches some word in two ways
  RegexSet some;           // a run of x, not empty
  RegexSet one;            // x
  RegexSet two;            // runs of x of two lengths, or one in two ways
  RegexSet run;            // runs of n and of n + 1 times x, for some n from 0
  RegexSet lead;           // words u, n and n + 1 times x before it
  RegexSet trail;          // words u, n and n + 1 times x behind it
  RegexSet lead_more;      // the same, with a word that is not empty even for n
  RegexSet trail_more;
};

RegexSummary CharacterSummary(const RegexSet& set);
RegexSummary Concatenate(const RegexSummary& a, const RegexSummary& b);
// `a` or `b`, which are different texts of the pattern.
RegexSummary Alternate(const RegexSummary& a, const RegexSummary& b);
RegexSummary Repeat(const RegexSummary& body, uint32_t least, uint32_t most);

// True when `body`, repeated up to `most` times, can match some text in more ways than a
// backtracking engine can try.
bool IsExplosive(const RegexSummary& body, uint32_t most);

}  // namespace sluice

#endif  // SLUICE_PARSER_SIGMA_SIGMA_REGEX_AMBIGUITY_H_
