// UTF-8, UTF-16 and WTF-8.
//
// WTF-8 is UTF-8 that may also hold unpaired surrogates (https://simonsapin.github.io/wtf-8/), so
// any UTF-16 text of a blob has exactly one WTF-8 form and comes back unchanged.

#ifndef SLUICE_SCHEMA_UTF_H_
#define SLUICE_SCHEMA_UTF_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sluice {

// Length in bytes of the longest prefix of `text` that is well-formed UTF-8 (RFC 3629: no
// surrogates, no overlong forms, nothing past U+10FFFF). Equal to `text.size()` when all of it is.
size_t ValidUtf8Prefix(std::string_view text);

// Appends `code_point` as WTF-8: surrogates are written as three bytes. `code_point` is at most
// 0x10FFFF.
void AppendWtf8(uint32_t code_point, std::string* out);

// Decodes the first code point of non-empty `text`: its value and its length in bytes. Surrogates
// are accepted (WTF-8); nullopt for bytes that are neither.
struct CodePoint {
  uint32_t value;
  uint32_t length;
};
std::optional<CodePoint> DecodeWtf8(std::string_view text);

// UTF-16LE bytes to WTF-8; surrogate pairs become one code point, unpaired surrogates stay. An odd
// last byte is ignored: the caller has checked the length.
std::string Utf16LeToWtf8(std::string_view bytes);

// The same, appended to `out`. At most three bytes for each unit; no allocation when `out` has that
// much capacity left.
void AppendUtf16LeAsWtf8(std::string_view bytes, std::string* out);

// WTF-8 to UTF-16LE bytes; nullopt if `text` is not WTF-8.
std::optional<std::string> Wtf8ToUtf16Le(std::string_view text);

// Number of UTF-16 units that `text` (WTF-8) takes; bytes that are not WTF-8 count as one unit
// each.
size_t Utf16Units(std::string_view text);

// ISO-8859-1 to UTF-8: each byte is the code point of the same number.
std::string Latin1ToUtf8(std::string_view bytes);

}  // namespace sluice

#endif  // SLUICE_SCHEMA_UTF_H_
