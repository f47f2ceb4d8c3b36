#include "parser/sigma/sigma_regex_class.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdint>

#include "schema/utf.h"

namespace sluice {
namespace {

using Kind = RegexAtom::Kind;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

RegexSet Where(bool (*is)(int)) {
  RegexSet set;
  for (int c = 0; c < 128; ++c) set[static_cast<size_t>(c)] = is(c);
  return set;
}

bool IsWordCharacter(int c) { return std::isalnum(c) != 0 || c == '_'; }
bool IsBlank(int c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// \d \w \s \h \v and their opposites.
std::optional<RegexSet> ClassOf(char letter) {
  switch (letter) {
    case 'd':
      return Where([](int c) { return c >= '0' && c <= '9'; });
    case 'D':
      return ~Where([](int c) { return c >= '0' && c <= '9'; });
    case 'w':
      return Where(&IsWordCharacter);
    case 'W':
      return ~Where(&IsWordCharacter);
    case 's':
      return Where(&IsBlank);
    case 'S':
      return ~Where(&IsBlank);
    default:
      return std::nullopt;
  }
}

// The code point that an escape of one character stands for; its length with the backslash.
struct Literal {
  uint32_t value;
  size_t length;
};

std::optional<Literal> HexEscape(std::string_view text) {
  text = text.substr(0, 16);
  size_t begin = 2;
  size_t end = 2;
  if (text.substr(2).starts_with('{')) {
    begin = 3;
    end = std::min(text.find('}'), text.size());
    if (end == text.size()) return std::nullopt;
  } else {
    while (end < text.size() && end < 4 && std::isxdigit(static_cast<unsigned char>(text[end]))) {
      ++end;
    }
  }
  uint32_t value = 0;
  const auto [stop, error] = std::from_chars(text.data() + begin, text.data() + end, value, 16);
  if (error != std::errc() || stop != text.data() + end || value > 0x10FFFF) return std::nullopt;
  return Literal{value, end + (begin == 3 ? 1 : 0)};
}

std::optional<Literal> LiteralEscape(std::string_view text) {
  constexpr std::string_view kLetters = "abefnrt0";
  constexpr std::string_view kValues("\a\b\x1b\f\n\r\t\0", 8);
  const char c = text[1];
  if (c == 'x') return HexEscape(text);
  const size_t letter = kLetters.find(c);
  if (letter != std::string_view::npos && c != 'b') {
    return Literal{static_cast<uint32_t>(kValues[letter]), 2};
  }
  if (IsDigit(c) || (std::isalpha(static_cast<unsigned char>(c)) != 0)) return std::nullopt;
  const std::optional<CodePoint> point = DecodeWtf8(text.substr(1, 4));
  return Literal{point ? point->value : uint32_t{kRegexOther}, 1 + (point ? point->length : 1)};
}

RegexSet SetOf(uint32_t first, uint32_t last) {
  RegexSet set;
  for (uint32_t c = first; c <= last && c < kRegexOther; ++c) set.set(c);
  return set;
}

// [:alpha:] and its like at the start of `text`.
std::optional<RegexAtom> PosixClass(std::string_view text) {
  if (!text.starts_with("[:")) return std::nullopt;
  const std::string_view window = text.substr(0, 16);
  const size_t end = window.find(":]");
  if (end == std::string_view::npos) return std::nullopt;
  struct Named {
    std::string_view name;
    bool (*is)(int);
  };
  constexpr Named kNamed[] = {
      {"alnum", [](int c) { return std::isalnum(c) != 0; }},
      {"alpha", [](int c) { return std::isalpha(c) != 0; }},
      {"blank", [](int c) { return c == ' ' || c == '\t'; }},
      {"cntrl", [](int c) { return std::iscntrl(c) != 0; }},
      {"digit", [](int c) { return std::isdigit(c) != 0; }},
      {"graph", [](int c) { return std::isgraph(c) != 0; }},
      {"lower", [](int c) { return std::islower(c) != 0; }},
      {"print", [](int c) { return std::isprint(c) != 0; }},
      {"punct", [](int c) { return std::ispunct(c) != 0; }},
      {"space", &IsBlank},
      {"upper", [](int c) { return std::isupper(c) != 0; }},
      {"word", &IsWordCharacter},
      {"xdigit", [](int c) { return std::isxdigit(c) != 0; }},
  };
  std::string_view name = text.substr(2, end - 2);
  const bool negated = name.starts_with('^');
  if (negated) name.remove_prefix(1);
  for (const Named& named : kNamed) {
    if (named.name != name) continue;
    RegexSet set = Where(named.is);
    return RegexAtom{negated ? ~set : set, end + 2};
  }
  return std::nullopt;
}

// One member of a class: a set, or a literal that a range can begin or end with.
struct Member {
  RegexSet set;
  std::optional<uint32_t> literal;
  size_t length;
};

Member ReadMember(std::string_view text) {
  if (const std::optional<RegexAtom> posix = PosixClass(text)) {
    return {posix->set, std::nullopt, posix->length};
  }
  if (text[0] == '\\' && text.size() > 1) {
    if (text[1] == 'b') return {{}, '\b', 2};
    if (const std::optional<RegexSet> set = ClassOf(text[1])) return {*set, std::nullopt, 2};
    if (const std::optional<Literal> literal = LiteralEscape(text)) {
      return {{}, literal->value, literal->length};
    }
    return {{}, std::nullopt, 2};
  }
  const std::optional<CodePoint> point = DecodeWtf8(text.substr(0, 4));
  return {{}, point ? point->value : uint32_t{kRegexOther}, point ? point->length : 1};
}

}  // namespace

RegexSet FoldCase(RegexSet set) {
  for (size_t c = 'a'; c <= 'z'; ++c) {
    const bool either = set[c] || set[c - 32];
    set[c] = either;
    set[c - 32] = either;
  }
  return set;
}

RegexSet RegexDot(bool dot_all) {
  RegexSet set;
  set.set();
  if (!dot_all) set.reset('\n');
  return set;
}

RegexAtom ReadRegexEscape(std::string_view text) {
  constexpr std::string_view kAssertions = "AbBzZ";
  const char c = text[1];
  if (kAssertions.find(c) != std::string_view::npos) return {{}, 2, Kind::kAssertion};
  if (const std::optional<RegexSet> set = ClassOf(c)) return {*set, 2};
  if (const std::optional<Literal> literal = LiteralEscape(text)) {
    return {SetOf(literal->value, literal->value), literal->length};
  }
  if (c >= '1' && c <= '9') {
    const size_t end = std::min(text.find_first_not_of("0123456789", 1), text.size());
    return {{}, end, Kind::kBackReference};
  }
  return {{}, 2, c == 'g' || c == 'k' ? Kind::kBackReference : Kind::kUnsupported};
}

std::optional<RegexAtom> ReadRegexClass(std::string_view text) {
  size_t at = 1;
  const bool negated = text.substr(at).starts_with('^');
  if (negated) ++at;
  RegexSet set;
  for (bool first = true; at < text.size() && (first || text[at] != ']'); first = false) {
    const Member from = ReadMember(text.substr(at));
    at += from.length;
    set |= from.set;
    if (!from.literal) continue;
    uint32_t last = *from.literal;
    if (at + 1 < text.size() && text[at] == '-' && text[at + 1] != ']') {
      const Member to = ReadMember(text.substr(at + 1));
      if (to.literal) {
        last = *to.literal;
        at += 1 + to.length;
      }
    }
    set |= SetOf(*from.literal, last);
  }
  if (at >= text.size()) return std::nullopt;
  return RegexAtom{negated ? ~set : set, at + 1};
}

}  // namespace sluice
