#include "parser/xml/text_encoding.h"

#include "parser/encoding/utf16_text.h"
#include "schema/text.h"
#include "schema/utf.h"

namespace sluice {
namespace {

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
constexpr std::string_view kUtf16LeMark = "\xFF\xFE";
constexpr std::string_view kUtf16BeMark = "\xFE\xFF";

size_t SkipSpace(std::string_view text, size_t at) {
  while (at < text.size() && IsXmlSpace(text[at])) ++at;
  return at;
}

// The place of the value in `encoding = "value"` within `text`, from `begin`; length 0 if none.
Place EncodingValue(std::string_view text, size_t begin) {
  constexpr std::string_view kName = "encoding";
  size_t at = text.find(kName, begin);
  if (at == std::string_view::npos || !IsXmlSpace(text[at - 1])) return {};
  at = SkipSpace(text, at + kName.size());
  if (at == text.size() || text[at] != '=') return {};
  at = SkipSpace(text, at + 1);
  if (at == text.size() || (text[at] != '"' && text[at] != '\'')) return {};
  const size_t end = text.find(text[at], at + 1);
  if (end == std::string_view::npos) return {};
  return {static_cast<uint32_t>(at + 1), static_cast<uint32_t>(end - at - 1)};
}

// The declaration counts where the text after any junk begins with it.
Place DeclaredEncoding(std::string_view text) {
  constexpr std::string_view kOpen = "<?xml";
  const size_t begin = text.find('<');
  if (begin == std::string_view::npos || !text.substr(begin).starts_with(kOpen)) return {};
  const size_t end = text.find("?>", begin);
  if (end == std::string_view::npos) return {};
  return EncodingValue(text.substr(0, end), begin + kOpen.size());
}

Malformed Broken(size_t offset, std::string message) {
  return {{static_cast<uint32_t>(offset), 0}, "text encoding", std::move(message)};
}

bool LooksLikeUtf16Be(std::string_view bytes) {
  return bytes.starts_with(kUtf16BeMark) ||
         (bytes.size() >= 2 && bytes[0] == '\0' && (bytes[1] == '<' || IsXmlSpace(bytes[1])));
}

void DecodeUtf16Le(std::string_view bytes, DecodedText* out) {
  out->encoding = TextEncoding::kUtf16Le;
  out->byte_order_mark = bytes.starts_with(kUtf16LeMark);
  if (out->byte_order_mark) bytes.remove_prefix(kUtf16LeMark.size());
  auto text = std::make_shared<std::string>();
  out->malformed = DecodeUtf16(bytes, Utf16Order::kLittleEndian, text.get());
  out->text = std::move(text);
}

void Decode8Bit(Bytes bytes, DecodedText* out) {
  std::string_view rest = *bytes;
  out->byte_order_mark = rest.starts_with(kUtf8Mark);
  if (out->byte_order_mark) rest.remove_prefix(kUtf8Mark.size());
  const Place declared = DeclaredEncoding(rest);
  if (EqualsIgnoreCase(rest.substr(declared.offset, declared.length), "iso-8859-1")) {
    out->encoding = TextEncoding::kLatin1;
    out->text = std::make_shared<const std::string>(Latin1ToUtf8(rest));
  } else if (out->byte_order_mark) {
    out->text = std::make_shared<const std::string>(rest);
  } else {
    out->text = std::move(bytes);
  }
}

}  // namespace

bool LooksLikeUtf16Le(std::string_view bytes) {
  if (bytes.empty()) return false;
  if (bytes[0] == '\xFF') return true;
  const bool starts_plainly = bytes[0] == '<' || IsXmlSpace(bytes[0]);
  return starts_plainly && bytes.size() >= 2 && bytes[1] == '\0';
}

bool DecodedText::DeclarationHonoured() const {
  if (declared_place.length == 0) return true;
  for (const std::string_view name : {"utf-8", "utf-16", "utf-16le", "iso-8859-1"}) {
    if (EqualsIgnoreCase(declared(), name)) return true;
  }
  return false;
}

DecodedText DecodeXmlText(Bytes bytes) {
  DecodedText out;
  if (LooksLikeUtf16Be(*bytes)) {
    out.malformed = Broken(0, "UTF-16 with the high byte first, which Sysmon does not read");
    out.text = std::make_shared<const std::string>();
    return out;
  }
  if (LooksLikeUtf16Le(*bytes)) {
    DecodeUtf16Le(*bytes, &out);
  } else {
    Decode8Bit(std::move(bytes), &out);
  }
  out.declared_place = DeclaredEncoding(*out.text);
  return out;
}

}  // namespace sluice
