// UTF-16 as text formats hold it: whole units, no unpaired surrogates.

#ifndef SLUICE_PARSER_ENCODING_UTF16_TEXT_H_
#define SLUICE_PARSER_ENCODING_UTF16_TEXT_H_

#include <optional>
#include <string>
#include <string_view>

#include "parser/reader.h"

namespace sluice {

enum class Utf16Order : uint8_t { kLittleEndian, kBigEndian };

// Decodes `bytes`, which begin behind the byte order mark if there is one, to UTF-8 in `text`: at
// most three bytes for each unit. Malformed, with a place in `text`: an unpaired surrogate, an odd
// number of bytes; `text` then holds what could be decoded, unpaired surrogates as WTF-8.
[[nodiscard]] std::optional<Malformed> DecodeUtf16(std::string_view bytes, Utf16Order order,
                                                   std::string* text);

}  // namespace sluice

#endif  // SLUICE_PARSER_ENCODING_UTF16_TEXT_H_
