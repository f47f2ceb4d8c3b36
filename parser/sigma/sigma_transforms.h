// What Sigma's value modifiers make of a value. All work on globs (sigma_value.h) and keep
// wildcards where they stand, unless said otherwise.
//
// Bytes that are no text (`utf16le` and its kin) are held as one code point for each byte, U+0000
// to U+00FF: "a" as UTF-16LE is U+0061 U+0000, its byte order mark U+00FF U+00FE. So an operand
// stays well-formed UTF-8, and no two byte strings share one.
//
// Source: Sigma specification 2.1.0, "Modifiers".

#ifndef SLUICE_PARSER_SIGMA_SIGMA_TRANSFORMS_H_
#define SLUICE_PARSER_SIGMA_SIGMA_TRANSFORMS_H_

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/place.h"

namespace sluice {

// What expansions may still take, for one file. `bytes` counts the texts and 64 for each.
struct SigmaBudget {
  uint64_t bytes;
  SigmaBudget();  // kMaxSigmaExpandedBytes

  // False, and nothing taken, when that many texts of that many bytes in all are too many.
  bool Take(uint64_t texts, uint64_t text_bytes);
};

enum class SigmaTransformError : uint8_t {
  kOk,
  kTooMany,        // more than kMaxSigmaExpansions, or than the budget
  kNoDash,         // windash: nothing to vary; the value is given unchanged
  kUndefined,      // expand: no values for a placeholder
  kNoPlaceholder,  // expand: nothing to fill in; the value is given unchanged
};

struct SigmaExpansion {
  std::vector<std::string>
      globs;  // without duplicates unless the values of a placeholder have some
  SigmaTransformError error = SigmaTransformError::kOk;
  std::string placeholder;  // kUndefined: the first name without values
};

// Every combination of '-', '/', en dash, em dash and horizontal bar in place of each of these in
// `glob`: 5^n texts for n of them, the one of all '-' first.
SigmaExpansion ExpandDashes(std::string_view glob, SigmaBudget& budget);

// The values that stand for a placeholder, in Sigma's own syntax (wildcards, escapes); nullptr when
// the name is not defined.
using SigmaPlaceholders = std::function<const std::vector<std::string>*(std::string_view name)>;

// Every combination of values in place of each `%name%` in `glob`. A name is letters, digits, '_',
// '-' and '.'; any other '%' is plain. A defined name without values gives no texts.
SigmaExpansion ExpandPlaceholders(std::string_view glob, const SigmaPlaceholders& values,
                                  SigmaBudget& budget);

// The placeholders' names with their places in `text`, in order.
struct SigmaPlaceholder {
  std::string_view name;
  Place place;  // with both '%'
};
std::vector<SigmaPlaceholder> FindPlaceholders(std::string_view text);

enum class Utf16Form : uint8_t { kLittleEndian, kBigEndian, kByteOrderMark };

// Each run of text as UTF-16, held as above. kByteOrderMark: FF FE before all, then little endian.
// Bytes that are neither UTF-8 nor WTF-8 become U+FFFD.
std::string ToUtf16(std::string_view glob, Utf16Form form);

// Base64 (RFC 4648 4, padded) of `bytes`.
std::string Base64(std::string_view bytes);

// The three encodings of `bytes` at shifts 0, 1 and 2, each without the characters that depend on
// what stands before and behind. Those of less than three bytes can be empty.
std::array<std::string, 3> Base64Offsets(std::string_view bytes);

// The bytes that a text held as above stands for: inverse of one code point for each byte.
std::string HeldBytes(std::string_view text);

}  // namespace sluice

#endif  // SLUICE_PARSER_SIGMA_SIGMA_TRANSFORMS_H_
