#include "schema/text.h"

#include <algorithm>

#include "absl/strings/str_format.h"
#include "schema/utf.h"

namespace sluice {

bool SameLengthEqualsIgnoreCase(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(),
                    [](char x, char y) { return x == y || AsciiLower(x) == AsciiLower(y); });
}

std::string Lowercase(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = AsciiLower(c);
  return lower;
}

std::string Printable(std::string_view text, size_t limit) {
  // Nearly all texts are plain.
  const bool plain = text.size() <= limit &&
                     std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7F; });
  if (plain) return std::string(text);
  std::string out;
  for (size_t count = 0; !text.empty(); ++count) {
    if (count == limit) return out + "...";
    const std::optional<CodePoint> point = DecodeWtf8(text);
    const uint32_t length = point ? point->length : 1;
    if (!point) {
      absl::StrAppendFormat(&out, "\\x%02x", static_cast<unsigned char>(text[0]));
    } else if (point->value < 0x20 || point->value == 0x7F) {
      absl::StrAppendFormat(&out, "\\x%02x", point->value);
    } else if ((point->value >= 0x80 && point->value < 0xA0) ||
               (point->value >= 0x2028 && point->value <= 0x202E) ||
               (point->value >= 0x2066 && point->value <= 0x2069) ||
               (point->value >= 0xD800 && point->value <= 0xDFFF)) {
      // C1 controls, line separators, bidirectional overrides and unpaired surrogates.
      absl::StrAppendFormat(&out, "\\u{%04x}", point->value);
    } else {
      out.append(text.substr(0, length));
    }
    text.remove_prefix(length);
  }
  return out;
}

}  // namespace sluice
