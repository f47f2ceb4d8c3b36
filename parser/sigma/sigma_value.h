// Plain values of Sigma: wildcards, escapes and numbers.
//
// A value is held as a *glob*, the one form that everything else reads (operands of
// `Operator::kGlob`):
//
//   *        any run of characters, the empty one too
//   ?        exactly one character
//   \* \? \\ the character itself
//
// and any other character stands for itself. A backslash stands before `*`, `?` and `\` only, and
// each of these three that is meant as text has one. A run of wildcards is its `?`s and then at
// most one `*`. So a value has exactly one glob, and equal globs match the same texts.
//
// Source: Sigma specification 2.1.0, "Escaping" and "Wildcards".

#ifndef SLUICE_PARSER_SIGMA_SIGMA_VALUE_H_
#define SLUICE_PARSER_SIGMA_SIGMA_VALUE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/place.h"

namespace sluice {

// A run of text, or one wildcard.
struct SigmaPart {
  enum class Kind : uint8_t { kText, kAnyRun, kAnyOne };
  Kind kind = Kind::kText;
  std::string text;  // kText: without escapes, not empty
  friend bool operator==(const SigmaPart&, const SigmaPart&) = default;
};

enum class SigmaShape : uint8_t {
  kPlain,     // no wildcard: the text itself
  kPrefix,    // text*
  kSuffix,    // *text
  kContains,  // *text*
  kAnything,  // *
  kGlob,      // any other
};

// What lints look at. Each place is of the first such spot, in bytes of the value as written.
struct SigmaValueFlaws {
  std::optional<Place> escaped_wildcard;  // `\*` or `\?`
  std::optional<Place> doubled_wildcard;  // `**`, also with `?` between them
  std::optional<Place> escaped_last;      // a value that ends in `\*` or `\?`, as in `C:\Temp\*`:
                                          // the wildcard is text, which is seldom meant
  bool only_wildcards = false;            // at least one wildcard and no text
};

struct SigmaValue {
  std::string glob;
  SigmaShape shape = SigmaShape::kPlain;
  SigmaValueFlaws flaws;
};

// Decodes a value as it stands in the rule, after YAML. `\*`, `\?` and `\\` are the character
// itself; any other backslash is one, at the end too. Bytes that are not UTF-8 are kept. In linear
// time; the glob is at most twice as long as `text`.
SigmaValue DecodeSigmaValue(std::string_view text);

// The value that decodes to `glob`, with as few escapes as that takes: `C:\Temp` stays as it is.
std::string EncodeSigmaValue(std::string_view glob);

// The glob that matches `text` and nothing else.
std::string EscapeGlob(std::string_view text);

// A glob after text was put together: runs of wildcards as above.
std::string NormalizeGlob(std::string_view glob);

SigmaShape ShapeOfGlob(std::string_view glob);

// The text of a glob that is kPlain, kPrefix, kSuffix or kContains; "" for kAnything. Of other
// globs the text of all parts, joined.
std::string GlobText(std::string_view glob);

// The parts of a glob, in order. About 40 bytes for each.
std::vector<SigmaPart> GlobParts(std::string_view glob);

// How many bytes of `glob`, which is not empty, make its first character: 2 for an escape,
// otherwise those of the code point (1 for a byte that is not UTF-8).
size_t GlobCharacterLength(std::string_view glob);

// The number that a plain YAML scalar is, in canonical decimal digits: no '+', no leading zeros, no
// exponent, no zeros at the end of a fraction; "0" for any zero. nullopt for what is no number in
// the core schema of YAML 1.2 (10.3.2), for infinities and NaN, for hexadecimal and octal numbers
// past 64 bits, and for exponents that would write more than 400 digits.
struct SigmaNumber {
  std::string digits;  // "-12.5"
  bool integer = true;
};
std::optional<SigmaNumber> ParseSigmaNumber(std::string_view text);

}  // namespace sluice

#endif  // SLUICE_PARSER_SIGMA_SIGMA_VALUE_H_
