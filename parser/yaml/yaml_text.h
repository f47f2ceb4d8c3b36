// From the bytes of a YAML file to UTF-8 text (YAML 1.1, section 5.2).
//
// A byte order mark of UTF-16 means UTF-16 in its order; anything else is UTF-8, with a byte order
// mark or without one.

#ifndef SLUICE_PARSER_YAML_YAML_TEXT_H_
#define SLUICE_PARSER_YAML_YAML_TEXT_H_

#include <cstdint>
#include <optional>

#include "parser/reader.h"

namespace sluice {

enum class YamlEncoding : uint8_t { kUtf8, kUtf16Le, kUtf16Be };

struct YamlText {
  // Set when UTF-16 is broken, or past what is read; `text` then ends where decoding stopped.
  std::optional<Malformed> malformed;
  // Without the byte order mark; the same object as the bytes where nothing had to change. UTF-8 is
  // not checked: `YamlDocument` does.
  Bytes text;
  YamlEncoding encoding = YamlEncoding::kUtf8;
  bool byte_order_mark = false;
};

// Malformed: an odd number of bytes of UTF-16, an unpaired surrogate. Over a limit: files that
// cannot have `kMaxYamlBytes` or less of UTF-8 text. Linear in time and memory.
YamlText DecodeYamlText(Bytes bytes);

}  // namespace sluice

#endif  // SLUICE_PARSER_YAML_YAML_TEXT_H_
