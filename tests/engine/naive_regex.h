#ifndef SLUICE_TESTS_ENGINE_NAIVE_REGEX_H_
#define SLUICE_TESTS_ENGINE_NAIVE_REGEX_H_

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "tests/engine/naive_match.h"

// Regular expressions for the naive evaluators, by the sets of places that each part can lead to:
// `.`, `^`, `$`, quantifiers, classes, alternation, groups and the flags i, m, s, as PCRE has them.

namespace sluice::naive {

struct RegexFlags {
  bool i = false;
  bool m = false;
  bool s = false;
  // As RE2 has it where that is not PCRE: `$` stands at the very end only and not before a last
  // line break, `^` with m behind a last line break too, `\s` is no vertical tab, and `\w` with i
  // is what folds to an ASCII letter.
  bool re2 = false;
};

// Characters from one to another; `letters`: with their other cases where case does not count.
struct RegexRange {
  char32_t first = 0;
  char32_t last = 0;
  bool letters = false;
};

struct RegexNode {
  enum Kind {
    kOneOf,     // a character
    kSequence,  // of children
    kEither,    // of children
    kRepeat,    // the only child, from `least` to `most` times
    kLineBegin,
    kLineEnd,
    kTextBegin,
    kTextEnd,  // only the very end
    kWordEdge,
    kNoWordEdge,
  } kind = kSequence;
  RegexFlags flags;
  bool negated = false;
  std::vector<RegexRange> ranges;
  std::vector<RegexNode> children;
  int least = 0;
  int most = -1;  // -1: any number
};

// Nothing for what is not in this subset, such as references back and looking around.
std::optional<RegexNode> ReadRegex(std::string_view pattern, RegexFlags flags);

// Whether it matches somewhere in the value. A broken byte is no character: nothing matches it.
bool Finds(const RegexNode& regex, const Units& value);

}  // namespace sluice::naive

#endif  // SLUICE_TESTS_ENGINE_NAIVE_REGEX_H_
