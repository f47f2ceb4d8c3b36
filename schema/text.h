// The few text helpers that every layer needs. ASCII case only: Sysmon for Linux folds no more, and
// field names are ASCII.

#ifndef SLUICE_SCHEMA_TEXT_H_
#define SLUICE_SCHEMA_TEXT_H_

#include <string>
#include <string_view>

#include "absl/strings/string_view.h"

namespace sluice {

// Debian's Abseil is built with its own string_view, which does not convert from the standard one.
inline absl::string_view Abseil(std::string_view s) { return {s.data(), s.size()}; }
inline std::string_view Standard(absl::string_view s) { return {s.data(), s.size()}; }

inline char AsciiLower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

bool SameLengthEqualsIgnoreCase(std::string_view a, std::string_view b);
inline bool EqualsIgnoreCase(std::string_view a, std::string_view b) {
  return a.size() == b.size() && SameLengthEqualsIgnoreCase(a, b);
}

// `text` with A-Z folded to a-z.
std::string Lowercase(std::string_view text);

// `text` made safe for one line of a terminal or a log: control characters, DEL, and bytes that are
// not UTF-8 become \xNN or \u{NNNN}; a text of more than `limit` code points is cut and ends in
// "...".
std::string Printable(std::string_view text, size_t limit = 80);

}  // namespace sluice

#endif  // SLUICE_SCHEMA_TEXT_H_
