#include "parser/encoding/utf16_text.h"

#include <utility>

#include "schema/utf.h"

namespace sluice {
namespace {

std::string SwapPairs(std::string_view bytes) {
  std::string swapped(bytes.substr(0, bytes.size() & ~size_t{1}));
  for (size_t i = 0; i < swapped.size(); i += 2) std::swap(swapped[i], swapped[i + 1]);
  return swapped;
}

Malformed Broken(size_t offset, std::string message) {
  return {{static_cast<uint32_t>(offset), 0}, "text encoding", std::move(message)};
}

}  // namespace

std::optional<Malformed> DecodeUtf16(std::string_view bytes, Utf16Order order, std::string* text) {
  *text = Utf16LeToWtf8(order == Utf16Order::kLittleEndian ? bytes : SwapPairs(bytes));
  const size_t valid = ValidUtf8Prefix(*text);
  if (valid != text->size()) return Broken(valid, "an unpaired UTF-16 surrogate");
  if (bytes.size() % 2 == 0) return std::nullopt;
  return Broken(valid, "UTF-16 takes 2 bytes a unit, 1 byte remains");
}

}  // namespace sluice
