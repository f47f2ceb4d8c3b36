#ifndef SLUICE_TESTS_ENGINE_NAIVE_MATCH_H_
#define SLUICE_TESTS_ENGINE_NAIVE_MATCH_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// How one value compares with another, for the naive evaluators: written from the specification of
// Sigma and docs/channel-format.md alone, it shares no line and no table with engine/ or schema/.
// Everything is decoded, copied and tried, so that each sentence is plain to see.

namespace sluice::naive {

// A character: a code point, or kBrokenByte plus a byte that belongs to no UTF-8 character. Half a
// surrogate pair is a code point (WTF-8): events have some.
using Units = std::u32string;
inline constexpr char32_t kBrokenByte = 0x110000;

Units Decode(std::string_view bytes);
std::string Encode(const Units& units);

// The letter that stands for it and its other cases. Knows ASCII, Latin-1, Latin Extended-A, Greek,
// Cyrillic, full-width and Deseret letters and what folds to these; generators use no others.
char32_t Fold(char32_t c);
Units Fold(const Units& units);

// One place of a pattern.
struct Glyph {
  enum Kind { kLiteral, kAnyRun, kAnyOne } kind = kLiteral;
  char32_t c = 0;
  bool operator==(const Glyph&) const = default;
};
using Pattern = std::vector<Glyph>;

Pattern Literal(const Units& units);
// Whether all of `value` is what the pattern says.
bool Matches(const Pattern& pattern, const Units& value, bool cased);

// A decimal number of any length: an optional sign, digits with a point before, among or behind
// them, an optional exponent. Or 64 bits in hexadecimal behind "0x", as
// sensors write some.
struct Number {
  bool negative = false;
  std::string whole = {};     // without leading zeros
  std::string fraction = {};  // without trailing zeros
};
std::optional<Number> ReadNumber(std::string_view text);
// Negative, 0 or positive.
int Compare(const Number& a, const Number& b);

enum class Part { kWhole, kMinute, kHour, kDay, kWeek, kMonth, kYear };
// Of a date as ISO 8601 writes it, with a blank, T or t before the time. The week is ISO's.
std::optional<int> DatePart(std::string_view text, Part part);

// Whether `text` is an address within a network in CIDR notation, of the same family.
bool InNetwork(std::string_view text, std::string_view network);
bool IsNetwork(std::string_view network);

// RFC 4648, with padding.
std::string Base64(std::string_view bytes);
// At one shift (0 to 2) within other bytes: only the characters that these do not change.
std::string Base64At(std::string_view bytes, int shift);

}  // namespace sluice::naive

#endif  // SLUICE_TESTS_ENGINE_NAIVE_MATCH_H_
