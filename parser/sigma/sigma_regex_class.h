// The characters that a regular expression's classes and escapes stand for.

#ifndef SLUICE_PARSER_SIGMA_SIGMA_REGEX_CLASS_H_
#define SLUICE_PARSER_SIGMA_SIGMA_REGEX_CLASS_H_

#include <bitset>
#include <cstddef>
#include <optional>
#include <string_view>

namespace sluice {

// ASCII characters, and one bit for all that the pattern cannot name: a character outside of ASCII
// that only `.`, negated classes, `\D`, `\S` and `\W` match. Named characters outside of ASCII are
// in no set.
inline constexpr size_t kRegexOther = 128;
using RegexSet = std::bitset<kRegexOther + 1>;

struct RegexAtom {
  RegexSet set;
  size_t length = 0;  // bytes of the pattern
  enum class Kind { kCharacter, kAssertion, kBackReference, kUnsupported } kind = Kind::kCharacter;
};

// Both letter cases of each letter in `set`.
RegexSet FoldCase(RegexSet set);

// What `.` matches.
RegexSet RegexDot(bool dot_all);

// An escape at the start of `text`, which begins with a backslash and has one byte more.
// kUnsupported: outside of Sigma's subset (\p, \K, \R, \X, \G, \C, \N, \Q, \E, \g, \k and the
// rest).
RegexAtom ReadRegexEscape(std::string_view text);

// A class at the start of `text`, which begins with '['. nullopt when no ']' ends it.
std::optional<RegexAtom> ReadRegexClass(std::string_view text);

}  // namespace sluice

#endif  // SLUICE_PARSER_SIGMA_SIGMA_REGEX_CLASS_H_
