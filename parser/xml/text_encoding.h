// From the bytes of an XML file to UTF-8 text, the way Sysmon does it (Sysmon rule blob,
// section 5.1).
//
// A first byte that is white space or '<' means no byte order mark, and 16-bit text when the second
// byte is 0. A first byte of 0xFF means 16-bit text with a byte order mark. 16-bit text is
// UTF-16LE. Anything else is 8-bit text: UTF-8, or ISO-8859-1 when the XML declaration says so,
// which it may even after the byte order mark of UTF-8. No other declared name is honoured.

#ifndef SLUICE_PARSER_XML_TEXT_ENCODING_H_
#define SLUICE_PARSER_XML_TEXT_ENCODING_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "parser/reader.h"
#include "schema/place.h"

namespace sluice {

enum class TextEncoding : uint8_t { kUtf8, kUtf16Le, kLatin1 };

struct DecodedText {
  // Set when the bytes are no text that the sensor can read; `text` then ends where decoding
  // stopped.
  std::optional<Malformed> malformed;
  // Without the byte order mark; the same object as the bytes where nothing had to change. 8-bit
  // text is not checked: it may hold bytes that are not UTF-8, and NUL.
  std::shared_ptr<const std::string> text;
  TextEncoding encoding = TextEncoding::kUtf8;
  bool byte_order_mark = false;
  // The name in `<?xml ... encoding="name"?>`, in `text`; of length 0 when there is none.
  Place declared_place;

  std::string_view declared() const {
    return std::string_view(*text).substr(declared_place.offset, declared_place.length);
  }
  // Whether the declared name is one that Sysmon honours, or says what the text is anyway: "utf-8",
  // "utf-16", "utf-16le" or "iso-8859-1" in any case. True when nothing is declared.
  bool DeclarationHonoured() const;
};

// Never fails on 8-bit text. Malformed: UTF-16BE (which Sysmon does not read), an odd number of
// bytes of UTF-16, an unpaired surrogate. Takes time and memory linear in the file.
DecodedText DecodeXmlText(Bytes bytes);

// The encoding that the bytes at the start of a file say, the declaration left aside.
bool LooksLikeUtf16Le(std::string_view bytes);

// White space of XML: space, tab, carriage return, line feed.
inline bool IsXmlSpace(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

}  // namespace sluice

#endif  // SLUICE_PARSER_XML_TEXT_ENCODING_H_
