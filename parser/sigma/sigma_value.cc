#include "parser/sigma/sigma_value.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <utility>

#include "schema/utf.h"

namespace sluice {
namespace {

constexpr int kMaxExponentDigits = 400;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsSpecial(char c) { return c == '*' || c == '?' || c == '\\'; }
bool IsWildcard(char c) { return c == '*' || c == '?'; }

bool IsEscape(std::string_view text) {
  return text.size() > 1 && text[0] == '\\' && IsSpecial(text[1]);
}

// Writes a glob so that a run of wildcards is its '?'s and then at most one '*'.
class GlobWriter {
 public:
  // True when the run had a '*' already.
  bool Wildcard(char c) {
    if (c == '?') {
      glob_ += '?';
      return false;
    }
    const bool doubled = star_;
    star_ = true;
    return doubled;
  }

  void Text(char c) {
    EndRun();
    if (IsSpecial(c)) glob_ += '\\';
    glob_ += c;
  }

  std::string Take() {
    EndRun();
    return std::move(glob_);
  }

 private:
  void EndRun() {
    if (star_) glob_ += '*';
    star_ = false;
  }

  std::string glob_;
  bool star_ = false;
};

size_t CountDigits(std::string_view text) {
  return std::min(text.find_first_not_of("0123456789"), text.size());
}

// "0x1F" and "0o17", without signs.
std::optional<SigmaNumber> BasedNumber(std::string_view digits, int base) {
  uint64_t value = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return SigmaNumber{std::to_string(value)};
}

// Puts the point `exponent` places to the right of where it stands after `whole`.
std::optional<std::string> Shift(std::string_view whole, std::string_view fraction, int exponent) {
  if (std::abs(exponent) > kMaxExponentDigits) return std::nullopt;
  std::string digits(whole);
  digits += fraction;
  size_t point = whole.size();
  if (exponent < 0 && point < static_cast<size_t>(-exponent)) {
    digits.insert(0, static_cast<size_t>(-exponent) - point, '0');
    point = 0;
  } else {
    point = exponent < 0 ? point - static_cast<size_t>(-exponent)
                         : point + static_cast<size_t>(exponent);
  }
  if (point > digits.size()) digits.append(point - digits.size(), '0');
  const size_t first = std::min(digits.find_first_not_of('0'), point);
  const size_t last = digits.find_last_not_of('0');
  std::string out = digits.substr(first, point - first);
  if (out.empty()) out = "0";
  if (last != std::string::npos && last >= point) {
    out += '.';
    out += digits.substr(point, last + 1 - point);
  }
  return out;
}

// The exponent behind a number, 0 when there is none; nullopt for anything else.
std::optional<int> Exponent(std::string_view text) {
  if (text.empty()) return 0;
  if (text[0] != 'e' && text[0] != 'E') return std::nullopt;
  text.remove_prefix(1);
  if (text.starts_with('+')) text.remove_prefix(1);
  if (text.empty() || (text[0] != '-' && !IsDigit(text[0]))) return std::nullopt;
  int exponent = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), exponent);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return exponent;
}

}  // namespace

SigmaValue DecodeSigmaValue(std::string_view text) {
  SigmaValue value;
  GlobWriter out;
  bool any_text = false;
  bool any_wildcard = false;
  for (size_t at = 0; at < text.size(); ++at) {
    if (IsEscape(text.substr(at))) {
      const Place place{static_cast<uint32_t>(at), 2};
      if (IsWildcard(text[at + 1])) {
        if (!value.flaws.escaped_wildcard) value.flaws.escaped_wildcard = place;
        if (place.end() == text.size()) value.flaws.escaped_last = place;
      }
      out.Text(text[++at]);
      any_text = true;
    } else if (IsWildcard(text[at])) {
      any_wildcard = true;
      if (out.Wildcard(text[at]) && !value.flaws.doubled_wildcard) {
        value.flaws.doubled_wildcard = Place{static_cast<uint32_t>(at), 1};
      }
    } else {
      out.Text(text[at]);
      any_text = true;
    }
  }
  value.glob = out.Take();
  value.shape = ShapeOfGlob(value.glob);
  value.flaws.only_wildcards = any_wildcard && !any_text;
  return value;
}

std::string EncodeSigmaValue(std::string_view glob) {
  std::string out;
  for (size_t at = 0; at < glob.size(); ++at) {
    if (!IsEscape(glob.substr(at))) {
      out += glob[at];
    } else if (glob[++at] != '\\') {
      out += '\\';
      out += glob[at];
    } else {
      // A lone backslash stands for itself unless what is written next would make it an escape: a
      // wildcard, or any escaped character.
      const bool escape = at + 1 < glob.size() && IsSpecial(glob[at + 1]);
      out += escape ? "\\\\" : "\\";
    }
  }
  return out;
}

std::string EscapeGlob(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (IsSpecial(c)) out += '\\';
    out += c;
  }
  return out;
}

std::string NormalizeGlob(std::string_view glob) {
  GlobWriter out;
  for (size_t at = 0; at < glob.size(); ++at) {
    if (IsWildcard(glob[at])) {
      out.Wildcard(glob[at]);
    } else {
      if (IsEscape(glob.substr(at))) ++at;
      out.Text(glob[at]);
    }
  }
  return out.Take();
}

SigmaShape ShapeOfGlob(std::string_view glob) {
  size_t wildcards = 0;
  bool last = false;  // the last character is a '*' that is no text
  for (size_t at = 0; at < glob.size(); ++at) {
    last = glob[at] == '*';
    if (IsEscape(glob.substr(at))) {
      ++at;
    } else if (glob[at] == '?') {
      return SigmaShape::kGlob;
    } else if (last) {
      ++wildcards;
    }
  }
  const bool first = glob.starts_with('*');
  if (wildcards == 0) return SigmaShape::kPlain;
  if (glob == "*") return SigmaShape::kAnything;
  if (wildcards == 2 && first && last) return SigmaShape::kContains;
  if (wildcards == 1 && first) return SigmaShape::kSuffix;
  if (wildcards == 1 && last) return SigmaShape::kPrefix;
  return SigmaShape::kGlob;
}

std::string GlobText(std::string_view glob) {
  std::string text;
  for (size_t at = 0; at < glob.size(); ++at) {
    if (IsWildcard(glob[at])) continue;
    if (IsEscape(glob.substr(at))) ++at;
    text += glob[at];
  }
  return text;
}

std::vector<SigmaPart> GlobParts(std::string_view glob) {
  std::vector<SigmaPart> parts;
  for (size_t at = 0; at < glob.size(); ++at) {
    if (IsWildcard(glob[at])) {
      parts.push_back({glob[at] == '*' ? SigmaPart::Kind::kAnyRun : SigmaPart::Kind::kAnyOne, ""});
      continue;
    }
    if (IsEscape(glob.substr(at))) ++at;
    if (parts.empty() || parts.back().kind != SigmaPart::Kind::kText) parts.emplace_back();
    parts.back().text += glob[at];
  }
  return parts;
}

size_t GlobCharacterLength(std::string_view glob) {
  if (IsEscape(glob)) return 2;
  const std::optional<CodePoint> point = DecodeWtf8(glob.substr(0, 4));
  return point ? point->length : 1;
}

std::optional<SigmaNumber> ParseSigmaNumber(std::string_view text) {
  if (text.starts_with("0x")) return BasedNumber(text.substr(2), 16);
  if (text.starts_with("0o")) return BasedNumber(text.substr(2), 8);
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  const std::string_view whole = text.substr(0, CountDigits(text));
  text.remove_prefix(whole.size());
  const bool point = text.starts_with('.');
  if (point) text.remove_prefix(1);
  const std::string_view fraction = text.substr(0, point ? CountDigits(text) : 0);
  text.remove_prefix(fraction.size());
  if (whole.empty() && fraction.empty()) return std::nullopt;
  const std::optional<int> exponent = Exponent(text);
  if (!exponent) return std::nullopt;
  std::optional<std::string> digits = Shift(whole, fraction, *exponent);
  if (!digits) return std::nullopt;
  if (negative && *digits != "0") digits->insert(0, 1, '-');
  return SigmaNumber{std::move(*digits), !point && text.empty()};
}

}  // namespace sluice
