#include "tests/parser/sysmon/naive_text.h"

#include <cstdio>
#include <cstdlib>

namespace naive {
namespace {

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return lower;
}

// The length of the well-formed sequence that `text` begins with; 0 when it begins with none.
size_t SequenceLength(std::string_view text, uint32_t* point) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  if (first < 0x80) {
    *point = first;
    return 1;
  }
  size_t length = 0;
  uint32_t least = 0;
  if ((first & 0xE0) == 0xC0) {
    length = 2;
    least = 0x80;
    *point = first & 0x1F;
  } else if ((first & 0xF0) == 0xE0) {
    length = 3;
    least = 0x800;
    *point = first & 0x0F;
  } else if ((first & 0xF8) == 0xF0) {
    length = 4;
    least = 0x10000;
    *point = first & 0x07;
  } else {
    return 0;
  }
  if (text.size() < length) return 0;
  for (size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
    *point = *point << 6 | (byte(i) & 0x3F);
  }
  if (*point < least || *point > 0x10FFFF) return 0;
  if (*point >= 0xD800 && *point <= 0xDFFF) return 0;
  return length;
}

void AppendUtf8(uint32_t point, std::string* out) {
  if (point < 0x80) {
    *out += static_cast<char>(point);
  } else if (point < 0x800) {
    *out += static_cast<char>(0xC0 | point >> 6);
    *out += static_cast<char>(0x80 | (point & 0x3F));
  } else if (point < 0x10000) {
    *out += static_cast<char>(0xE0 | point >> 12);
    *out += static_cast<char>(0x80 | (point >> 6 & 0x3F));
    *out += static_cast<char>(0x80 | (point & 0x3F));
  } else {
    *out += static_cast<char>(0xF0 | point >> 18);
    *out += static_cast<char>(0x80 | (point >> 12 & 0x3F));
    *out += static_cast<char>(0x80 | (point >> 6 & 0x3F));
    *out += static_cast<char>(0x80 | (point & 0x3F));
  }
}

std::string FromUtf16(std::string_view bytes) {
  std::string text;
  const auto unit = [&](size_t i) {
    return static_cast<uint32_t>(static_cast<unsigned char>(bytes[i]) |
                                 static_cast<unsigned char>(bytes[i + 1]) << 8);
  };
  for (size_t i = 0; i + 1 < bytes.size(); i += 2) {
    uint32_t point = unit(i);
    if (point >= 0xD800 && point < 0xDC00 && i + 3 < bytes.size()) {
      point = 0x10000 + ((point - 0xD800) << 10) + (unit(i + 2) - 0xDC00);
      i += 2;
    }
    AppendUtf8(point, &text);
  }
  return text;
}

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

bool SaysLatin1(std::string_view text) {
  if (text.substr(0, 5) != "<?xml") return false;
  const std::string declaration = Lower(text.substr(0, text.find("?>")));
  const size_t at = declaration.find("encoding");
  if (at == std::string::npos) return false;
  const size_t open = declaration.find_first_of("\"'", at);
  if (open == std::string::npos) return false;
  const size_t close = declaration.find(declaration[open], open + 1);
  return declaration.substr(open + 1, close - open - 1) == "iso-8859-1";
}

}  // namespace

bool Same(std::string_view a, std::string_view b) { return Lower(a) == Lower(b); }

std::string Trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return std::string(text);
}

std::vector<std::string> Split(std::string_view text, char at) {
  std::vector<std::string> parts = {""};
  for (const char c : text) {
    if (c == at) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

std::string Cut(std::string_view text) {
  size_t at = 0;
  while (at < text.size() && text[at] != '\0') {
    uint32_t point = 0;
    const size_t length = SequenceLength(text.substr(at), &point);
    if (length == 0) break;
    at += length;
  }
  return std::string(text.substr(0, at));
}

std::vector<uint16_t> Units(std::string_view text) {
  std::vector<uint16_t> units;
  const std::string kept = Cut(text);
  size_t at = 0;
  while (at < kept.size()) {
    uint32_t point = 0;
    at += SequenceLength(std::string_view(kept).substr(at), &point);
    if (point < 0x10000) {
      units.push_back(static_cast<uint16_t>(point));
    } else {
      units.push_back(static_cast<uint16_t>(0xD800 + ((point - 0x10000) >> 10)));
      units.push_back(static_cast<uint16_t>(0xDC00 + ((point - 0x10000) & 0x3FF)));
    }
  }
  return units;
}

std::string Decode(std::string_view file) {
  if (file.empty()) return "";
  const bool mark = !IsBlank(file[0]) && file[0] != '<';
  const bool wide = mark ? file[0] == '\xFF' : file.size() > 1 && file[1] == '\0';
  std::string text = wide ? FromUtf16(file.substr(mark ? 2 : 0)) : std::string(file);
  const size_t first = text.find('<');
  if (first == std::string::npos) return "";
  text.erase(0, first);
  if (wide || !SaysLatin1(text)) return text;
  std::string converted;
  for (const char c : text) AppendUtf8(static_cast<unsigned char>(c), &converted);
  return converted;
}

std::optional<uint32_t> SchemaWord(const char* text) {
  char printed[64];
  const double number = std::strtod(text, nullptr);
  if (!(number >= 0 && number < 1e9)) return std::nullopt;
  std::snprintf(printed, sizeof(printed), "%.2f", number);
  if (printed[0] < '1' || printed[0] > '9') return std::nullopt;
  unsigned int major = 0;
  unsigned int minor = 0;
  if (std::sscanf(printed, "%u.%u", &major, &minor) != 2 || major > 65535) return std::nullopt;
  const uint32_t word = major << 16 | minor;
  return word < 0x00040000 ? std::nullopt : std::optional<uint32_t>(word);
}

}  // namespace naive
