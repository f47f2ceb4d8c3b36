#include "schema/utf.h"

#include <cstring>

namespace sluice {
namespace {

uint32_t Unit(std::string_view bytes, size_t index) {
  return static_cast<unsigned char>(bytes[2 * index]) |
         (static_cast<uint32_t>(static_cast<unsigned char>(bytes[2 * index + 1])) << 8);
}

bool IsHighSurrogate(uint32_t unit) { return unit >= 0xD800 && unit <= 0xDBFF; }
bool IsLowSurrogate(uint32_t unit) { return unit >= 0xDC00 && unit <= 0xDFFF; }

// Whether a block stands at `at`, all of it ASCII: most text is, and this passes over it fast.
constexpr size_t kAsciiBlock = 4 * sizeof(uint64_t);
bool IsAsciiBlock(std::string_view text, size_t at) {
  uint64_t words[4];
  if (text.size() - at < kAsciiBlock) return false;
  std::memcpy(words, text.data() + at, kAsciiBlock);
  return ((words[0] | words[1] | words[2] | words[3]) & 0x8080808080808080) == 0;
}

void AppendUnit(uint32_t unit, std::string* out) {
  out->push_back(static_cast<char>(unit & 0xFF));
  out->push_back(static_cast<char>(unit >> 8));
}

// Writes at most four bytes and returns the end of what it wrote.
char* WriteWtf8(uint32_t code_point, char* to) {
  const auto put = [&](uint32_t byte) { *to++ = static_cast<char>(byte); };
  if (code_point < 0x80) {
    put(code_point);
  } else if (code_point < 0x800) {
    put(0xC0 | (code_point >> 6));
    put(0x80 | (code_point & 0x3F));
  } else if (code_point < 0x10000) {
    put(0xE0 | (code_point >> 12));
    put(0x80 | ((code_point >> 6) & 0x3F));
    put(0x80 | (code_point & 0x3F));
  } else {
    put(0xF0 | (code_point >> 18));
    put(0x80 | ((code_point >> 12) & 0x3F));
    put(0x80 | ((code_point >> 6) & 0x3F));
    put(0x80 | (code_point & 0x3F));
  }
  return to;
}

}  // namespace

std::optional<CodePoint> DecodeWtf8(std::string_view text) {
  if (text.empty()) return std::nullopt;
  const auto byte = [&](size_t i) -> uint32_t { return static_cast<unsigned char>(text[i]); };
  const uint32_t first = byte(0);
  if (first < 0x80) return CodePoint{first, 1};
  const uint32_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < length) return std::nullopt;
  uint32_t value = first & (0x7F >> length);
  for (uint32_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return std::nullopt;
    value = (value << 6) | (byte(i) & 0x3F);
  }
  const bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
  if (overlong || value > 0x10FFFF) return std::nullopt;
  return CodePoint{value, length};
}

size_t ValidUtf8Prefix(std::string_view text) {
  size_t i = 0;
  while (i < text.size()) {
    if (IsAsciiBlock(text, i)) {
      i += kAsciiBlock;
      continue;
    }
    if (static_cast<unsigned char>(text[i]) < 0x80) {
      ++i;
      continue;
    }
    const std::optional<CodePoint> point = DecodeWtf8(text.substr(i));
    if (!point || (point->value >= 0xD800 && point->value <= 0xDFFF)) return i;
    i += point->length;
  }
  return i;
}

void AppendWtf8(uint32_t code_point, std::string* out) {
  char buffer[4];
  out->append(buffer, WriteWtf8(code_point, buffer));
}

void AppendUtf16LeAsWtf8(std::string_view bytes, std::string* out) {
  const size_t units = bytes.size() / 2;
  const size_t start = out->size();
  uint32_t all_bits = 0;
  for (size_t i = 0; i < units; ++i) all_bits |= Unit(bytes, i);
  if (all_bits < 0x80) {
    out->resize(start + units);
    char* to = out->data() + start;
    for (size_t i = 0; i < units; ++i) to[i] = bytes[2 * i];
    return;
  }
  out->resize(start + 3 * units);
  char* to = out->data() + start;
  for (size_t i = 0; i < units; ++i) {
    const uint32_t unit = Unit(bytes, i);
    if (IsHighSurrogate(unit) && i + 1 < units && IsLowSurrogate(Unit(bytes, i + 1))) {
      to = WriteWtf8(0x10000 + ((unit - 0xD800) << 10) + (Unit(bytes, ++i) - 0xDC00), to);
    } else {
      to = WriteWtf8(unit, to);
    }
  }
  out->resize(to - out->data());
}

std::string Utf16LeToWtf8(std::string_view bytes) {
  std::string out;
  AppendUtf16LeAsWtf8(bytes, &out);
  return out;
}

std::optional<std::string> Wtf8ToUtf16Le(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::optional<CodePoint> point = DecodeWtf8(text);
    if (!point) return std::nullopt;
    if (point->value < 0x10000) {
      AppendUnit(point->value, &out);
    } else {
      AppendUnit(0xD800 + ((point->value - 0x10000) >> 10), &out);
      AppendUnit(0xDC00 + ((point->value - 0x10000) & 0x3FF), &out);
    }
    text.remove_prefix(point->length);
  }
  return out;
}

size_t Utf16Units(std::string_view text) {
  size_t units = 0;
  while (!text.empty()) {
    const std::optional<CodePoint> point = DecodeWtf8(text);
    units += point && point->value >= 0x10000 ? 2 : 1;
    text.remove_prefix(point ? point->length : 1);
  }
  return units;
}

std::string Latin1ToUtf8(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  for (const char c : bytes) AppendWtf8(static_cast<unsigned char>(c), &out);
  return out;
}

}  // namespace sluice
