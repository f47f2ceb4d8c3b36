#include "parser/sysmon/config_value.h"

#include <array>
#include <charconv>

#include "schema/utf.h"

namespace sluice {
namespace {

constexpr std::string_view kNamed[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&apos;"};
constexpr double kMaxSchemaVersion = 65535.99;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool IsHexDigit(char c) { return IsDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

// How many bytes pugixml writes for the character number `code`.
size_t Utf8Length(uint32_t code) {
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}

// A piece of a raw value and the bytes that it is decoded to.
struct Piece {
  size_t raw = 1;
  size_t decoded = 1;
  bool unknown_entity = false;
  bool nul = false;
};

// `text` begins with "&#". Numbers wrap at 32 bits, as pugixml's do.
std::optional<Piece> NumericEntity(std::string_view text) {
  const bool hex = text.size() > 2 && text[2] == 'x';
  const size_t first = hex ? 3 : 2;
  size_t at = first;
  uint32_t code = 0;
  for (; at < text.size() && (hex ? IsHexDigit(text[at]) : IsDigit(text[at])); ++at) {
    const char c = text[at];
    const int digit = IsDigit(c) ? c - '0' : (c | ' ') - 'a' + 10;
    code = code * (hex ? 16 : 10) + static_cast<uint32_t>(digit);
  }
  if (at == first || at == text.size() || text[at] != ';') return std::nullopt;
  return Piece{.raw = at + 1, .decoded = Utf8Length(code), .nul = code == 0};
}

// `text` begins with '&'.
Piece Entity(std::string_view text) {
  for (const std::string_view named : kNamed) {
    if (text.starts_with(named)) return {.raw = named.size()};
  }
  const bool numeric = text.size() > 1 && text[1] == '#';
  if (numeric) {
    if (const std::optional<Piece> piece = NumericEntity(text)) return *piece;
  }
  size_t end = numeric ? 2 : 1;
  while (end < text.size() && (IsLetter(text[end]) || IsDigit(text[end]))) ++end;
  if (end == 1) return {};
  if (end < text.size() && text[end] == ';') ++end;
  return {.raw = end, .decoded = end, .unknown_entity = true};
}

Piece NextPiece(std::string_view text, bool cdata) {
  if (text.front() == '&' && !cdata) return Entity(text);
  // A line end is one character.
  return {.raw = text.starts_with("\r\n") ? size_t{2} : size_t{1}};
}

struct SchemaVersion {
  uint32_t whole;
  uint32_t hundredths;
};

// Sysmon reads a number and prints it with two decimals.
std::optional<SchemaVersion> ParseSchemaVersion(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\n\v\f\r";
  const size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return std::nullopt;
  text.remove_prefix(first);
  if (text.front() == '+') text.remove_prefix(1);
  // Rules out "inf", "nan" and negative numbers.
  if (text.empty() || (!IsDigit(text.front()) && text.front() != '.')) return std::nullopt;
  double number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc() || number > kMaxSchemaVersion) return std::nullopt;
  std::array<char, 16> printed;  // at most "65535.99"
  char* const end = printed.data() + printed.size();
  const char* const last =
      std::to_chars(printed.data(), end, number, std::chars_format::fixed, 2).ptr;
  SchemaVersion version{};
  const char* const point = std::from_chars(printed.data(), last, version.whole).ptr;
  std::from_chars(point + 1, last, version.hundredths);
  return version;
}

}  // namespace

ValueFlaws FindFlaws(std::string_view raw, std::string_view decoded, bool cdata) {
  ValueFlaws flaws;
  flaws.kept = ValidUtf8Prefix(decoded);
  const bool broken = flaws.kept < decoded.size();
  size_t at = 0;
  size_t written = 0;
  while (at < raw.size()) {
    const Piece piece = NextPiece(raw.substr(at), cdata);
    const Place place{static_cast<uint32_t>(at), static_cast<uint32_t>(piece.raw)};
    if (piece.nul || (broken && written + piece.decoded > flaws.kept)) {
      flaws.cut = place;
      return flaws;
    }
    if (piece.unknown_entity && !flaws.unknown_entity) flaws.unknown_entity = place;
    at += piece.raw;
    written += piece.decoded;
  }
  return flaws;
}

std::optional<uint32_t> SysmonSchemaRank(std::string_view text) {
  const std::optional<SchemaVersion> version = ParseSchemaVersion(text);
  if (!version) return std::nullopt;
  return version->whole * 100 + version->hundredths;
}

std::optional<uint32_t> SysmonSchemaWord(std::string_view text) {
  const std::optional<SchemaVersion> version = ParseSchemaVersion(text);
  if (!version || version->whole == 0) return std::nullopt;
  return version->whole << 16 | version->hundredths;
}

}  // namespace sluice
