#include "tests/engine/naive_match.h"

#include <arpa/inet.h>

#include <algorithm>
#include <cstring>

namespace sluice::naive {
namespace {

// A larger exponent is taken for this: no number that is compared is as long.
constexpr int kMostPlaces = 20'000;

bool Digit(char c) { return c >= '0' && c <= '9'; }

// The character at `at`, and how many bytes it has; 0 when none begins there.
size_t CharacterAt(std::string_view bytes, size_t at, char32_t* c) {
  const auto byte = [&](size_t i) { return static_cast<uint8_t>(bytes[i]); };
  const uint8_t first = byte(at);
  const size_t length = first < 0x80             ? 1
                        : (first & 0xE0) == 0xC0 ? 2
                        : (first & 0xF0) == 0xE0 ? 3
                        : (first & 0xF8) == 0xF0 ? 4
                                                 : 0;
  if (length == 0 || length > bytes.size() - at) return 0;
  *c = length == 1 ? first : first & (0x7F >> length);
  for (size_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xC0) != 0x80) return 0;
    *c = *c << 6 | (byte(at + i) & 0x3F);
  }
  static constexpr char32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
  return *c < kLeast[length] || *c > 0x10FFFF ? 0 : length;
}

struct FoldRange {
  char32_t first, last;
  int distance;  // to the folded letter
  int step = 1;  // 2: every second one is a capital
};

// CaseFolding.txt, status C and S, past ASCII.
constexpr FoldRange kFolds[] = {
    {0xB5, 0xB5, 775},       {0xC0, 0xD6, 32},        {0xD8, 0xDE, 32},
    {0x100, 0x12E, 1, 2},    {0x132, 0x136, 1, 2},    {0x139, 0x147, 1, 2},
    {0x14A, 0x176, 1, 2},    {0x178, 0x178, -121},    {0x179, 0x17D, 1, 2},
    {0x17F, 0x17F, -268},    {0x345, 0x345, 116},     {0x386, 0x386, 38},
    {0x388, 0x38A, 37},      {0x38C, 0x38C, 64},      {0x38E, 0x38F, 63},
    {0x391, 0x3A1, 32},      {0x3A3, 0x3AB, 32},      {0x3C2, 0x3C2, 1},
    {0x3D0, 0x3D0, -30},     {0x3D1, 0x3D1, -25},     {0x3D5, 0x3D5, -15},
    {0x3D6, 0x3D6, -22},     {0x3F0, 0x3F0, -54},     {0x3F1, 0x3F1, -48},
    {0x3F4, 0x3F4, -60},     {0x3F5, 0x3F5, -64},     {0x400, 0x40F, 80},
    {0x410, 0x42F, 32},      {0x460, 0x480, 1, 2},    {0x1E9E, 0x1E9E, -7615},
    {0x1FBE, 0x1FBE, -7173}, {0x2126, 0x2126, -7517}, {0x212A, 0x212A, -8383},
    {0x212B, 0x212B, -8262}, {0xFF21, 0xFF3A, 32},    {0x10400, 0x10427, 40},
};

// ISO 8601: the week that has the year's first Thursday is the first.
int Weekday(int year, int month, int day) {  // 0 is Monday
  static constexpr int kShift[] = {0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4};
  if (month < 3) --year;
  const int sunday_first =
      (year + year / 4 - year / 100 + year / 400 + kShift[month - 1] + day) % 7;
  return (sunday_first + 6) % 7;
}

bool Leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int DaysOf(int year, int month) {
  static constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && Leap(year) ? 29 : kDays[month - 1];
}

int Week(int year, int month, int day) {
  int of_year = day;
  for (int m = 1; m < month; ++m) of_year += DaysOf(year, m);
  // The Thursday of this week says which year the week belongs to.
  int thursday = of_year - Weekday(year, month, day) + 3;
  if (thursday < 1) {
    thursday += Leap(year - 1) ? 366 : 365;
  } else if (thursday > (Leap(year) ? 366 : 365)) {
    thursday -= Leap(year) ? 366 : 365;
  }
  return (thursday - 1) / 7 + 1;
}

// `count` digits at the beginning, which are taken off.
std::optional<int> TakeDigits(std::string_view* text, size_t count) {
  if (text->size() < count || !std::all_of(text->begin(), text->begin() + count, Digit)) {
    return std::nullopt;
  }
  int value = 0;
  for (const char c : text->substr(0, count)) value = value * 10 + (c - '0');
  text->remove_prefix(count);
  return value;
}

bool Take(std::string_view* text, std::string_view any_of) {
  if (text->empty() || any_of.find(text->front()) == std::string_view::npos) return false;
  text->remove_prefix(1);
  return true;
}

// What may stand behind the minutes: seconds, a fraction of these, a zone.
bool TakeRest(std::string_view text) {
  if (Take(&text, ":")) {
    const auto second = TakeDigits(&text, 2);
    if (!second || *second > 60) return false;
    if (Take(&text, ".,")) {
      if (!TakeDigits(&text, 1)) return false;
      while (!text.empty() && Digit(text.front())) text.remove_prefix(1);
    }
  }
  if (Take(&text, "Zz")) return text.empty();
  if (Take(&text, "+-")) {
    const auto hours = TakeDigits(&text, 2);
    Take(&text, ":");
    const auto minutes = TakeDigits(&text, text.empty() ? 0 : 2);
    return hours && minutes && *hours < 24 && *minutes < 60 && text.empty();
  }
  return text.empty();
}

// The bits of an address; 32 or 128.
std::optional<std::vector<bool>> AddressBits(std::string_view text) {
  const std::string copy(text);
  if (copy.size() != std::strlen(copy.c_str())) return std::nullopt;
  unsigned char bytes[16];
  size_t size = 0;
  if (inet_pton(AF_INET, copy.c_str(), bytes) == 1) {
    size = 4;
  } else if (inet_pton(AF_INET6, copy.c_str(), bytes) == 1) {
    size = 16;
  } else {
    return std::nullopt;
  }
  std::vector<bool> bits;
  for (size_t i = 0; i < size * 8; ++i) bits.push_back((bytes[i / 8] >> (7 - i % 8) & 1) != 0);
  return bits;
}

struct NetworkBits {
  std::vector<bool> address;
  size_t prefix = 0;
};

std::optional<NetworkBits> ReadNetwork(std::string_view network) {
  const size_t slash = network.find('/');
  const auto bits = AddressBits(network.substr(0, slash));
  if (!bits) return std::nullopt;
  if (slash == std::string_view::npos) return NetworkBits{*bits, bits->size()};
  std::string_view digits = network.substr(slash + 1);
  const auto prefix =
      digits.size() > 3 || digits.empty() ? std::nullopt : TakeDigits(&digits, digits.size());
  if (!prefix || static_cast<size_t>(*prefix) > bits->size()) return std::nullopt;
  return NetworkBits{*bits, static_cast<size_t>(*prefix)};
}

std::optional<Number> ReadHexadecimal(std::string_view digits) {
  constexpr std::string_view kDigits = "0123456789abcdefABCDEF";
  const size_t zeros = std::min(digits.find_first_not_of('0'), digits.size());
  if (digits.empty() || digits.size() - zeros > 16 ||
      digits.find_first_not_of(kDigits) != std::string_view::npos) {
    return std::nullopt;
  }
  uint64_t value = 0;
  for (const char c : digits) {
    const size_t digit = kDigits.find(c);
    value = value * 16 + (digit < 16 ? digit : digit - 6);
  }
  return Number{.whole = value == 0 ? "" : std::to_string(value)};
}

constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

}  // namespace

Units Decode(std::string_view bytes) {
  Units units;
  for (size_t at = 0; at < bytes.size();) {
    char32_t c = 0;
    const size_t length = CharacterAt(bytes, at, &c);
    units += length == 0 ? kBrokenByte + static_cast<uint8_t>(bytes[at]) : c;
    at += std::max<size_t>(length, 1);
  }
  return units;
}

std::string Encode(const Units& units) {
  std::string out;
  for (const char32_t c : units) {
    if (c >= kBrokenByte) {
      out += static_cast<char>(c - kBrokenByte);
    } else if (c < 0x80) {
      out += static_cast<char>(c);
    } else {
      const int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
      static constexpr int kFirst[] = {0, 0xC0, 0xE0, 0xF0};
      out += static_cast<char>(kFirst[more] | c >> (6 * more));
      for (int i = more - 1; i >= 0; --i) out += static_cast<char>(0x80 | (c >> (6 * i) & 0x3F));
    }
  }
  return out;
}

char32_t Fold(char32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
  for (const FoldRange& range : kFolds) {
    if (c < range.first || c > range.last || (c - range.first) % range.step != 0) continue;
    return static_cast<char32_t>(static_cast<int>(c) + range.distance);
  }
  return c;
}

Units Fold(const Units& units) {
  Units out;
  for (const char32_t c : units) out += Fold(c);
  return out;
}

Pattern Literal(const Units& units) {
  Pattern pattern;
  for (const char32_t c : units) pattern.push_back({Glyph::kLiteral, c});
  return pattern;
}

bool Matches(const Pattern& pattern, const Units& value, bool cased) {
  // reached[i]: the pattern so far can be the first i characters.
  std::vector<bool> reached(value.size() + 1);
  reached[0] = true;
  for (const Glyph& glyph : pattern) {
    std::vector<bool> next(value.size() + 1);
    for (size_t i = 0; i <= value.size(); ++i) {
      if (glyph.kind == Glyph::kAnyRun) {
        next[i] = reached[i] || (i > 0 && next[i - 1]);
      } else if (i > 0 && reached[i - 1]) {
        const char32_t c = value[i - 1];
        next[i] =
            glyph.kind == Glyph::kAnyOne || c == glyph.c || (!cased && Fold(c) == Fold(glyph.c));
      }
    }
    reached = next;
    if (std::ranges::find(reached, true) == reached.end()) return false;
  }
  return reached[value.size()];
}

std::optional<Number> ReadNumber(std::string_view text) {
  Number number;
  if (text.starts_with("0x") || text.starts_with("0X")) return ReadHexadecimal(text.substr(2));
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) {
    number.negative = text[0] == '-';
    text.remove_prefix(1);
  }
  const auto take_digits = [&] {
    std::string digits;
    for (; !text.empty() && Digit(text[0]); text.remove_prefix(1)) digits += text[0];
    return digits;
  };
  number.whole = take_digits();
  if (Take(&text, ".")) number.fraction = take_digits();
  if (number.whole.empty() && number.fraction.empty()) return std::nullopt;
  if (Take(&text, "eE")) {
    const bool down = !text.empty() && text[0] == '-';
    Take(&text, "+-");
    const std::string digits = take_digits();
    if (digits.empty()) return std::nullopt;
    int places = 0;
    for (const char c : digits) places = std::min(places * 10 + (c - '0'), kMostPlaces);
    for (; places > 0; --places) {
      std::string& from = down ? number.whole : number.fraction;
      std::string& to = down ? number.fraction : number.whole;
      if (from.empty()) from = "0";
      if (down) {
        to.insert(to.begin(), from.back());
        from.pop_back();
      } else {
        to.push_back(from.front());
        from.erase(0, 1);
      }
    }
  }
  if (!text.empty()) return std::nullopt;
  number.whole.erase(0, std::min(number.whole.find_first_not_of('0'), number.whole.size()));
  number.fraction.erase(number.fraction.find_last_not_of('0') + 1);
  if (number.whole.empty() && number.fraction.empty()) number.negative = false;
  return number;
}

int Compare(const Number& a, const Number& b) {
  if (a.negative != b.negative) return a.negative ? -1 : 1;
  int order = 0;
  if (a.whole.size() != b.whole.size()) {
    order = a.whole.size() < b.whole.size() ? -1 : 1;
  } else if (a.whole != b.whole) {
    order = a.whole < b.whole ? -1 : 1;
  } else if (a.fraction != b.fraction) {
    order = a.fraction < b.fraction ? -1 : 1;
  }
  return a.negative ? -order : order;
}

std::optional<int> DatePart(std::string_view text, Part part) {
  const auto year = TakeDigits(&text, 4);
  if (!year || !Take(&text, "-")) return std::nullopt;
  const auto month = TakeDigits(&text, 2);
  if (!month || *month < 1 || *month > 12 || !Take(&text, "-")) return std::nullopt;
  const auto day = TakeDigits(&text, 2);
  if (!day || *day < 1 || *day > DaysOf(*year, *month)) return std::nullopt;
  std::optional<int> hour;
  std::optional<int> minute;
  if (!text.empty()) {
    if (!Take(&text, "Tt ")) return std::nullopt;
    hour = TakeDigits(&text, 2);
    if (!hour || *hour > 23 || !Take(&text, ":")) return std::nullopt;
    minute = TakeDigits(&text, 2);
    if (!minute || *minute > 59 || !TakeRest(text)) return std::nullopt;
  }
  switch (part) {
    case Part::kMinute:
      return minute;
    case Part::kHour:
      return hour;
    case Part::kDay:
      return day;
    case Part::kWeek:
      return Week(*year, *month, *day);
    case Part::kMonth:
      return month;
    case Part::kYear:
      return year;
    case Part::kWhole:
      break;
  }
  return std::nullopt;
}

bool IsNetwork(std::string_view network) { return ReadNetwork(network).has_value(); }

bool InNetwork(std::string_view text, std::string_view network) {
  const auto address = AddressBits(text);
  const auto within = ReadNetwork(network);
  if (!address || !within || address->size() != within->address.size()) return false;
  return std::equal(address->begin(), address->begin() + static_cast<ptrdiff_t>(within->prefix),
                    within->address.begin());
}

std::string Base64(std::string_view bytes) {
  std::string out;
  for (size_t at = 0; at < bytes.size(); at += 3) {
    const std::string_view group = bytes.substr(at, 3);
    uint32_t bits = 0;
    for (size_t i = 0; i < 3; ++i) {
      bits = bits << 8 | (i < group.size() ? static_cast<uint8_t>(group[i]) : 0);
    }
    for (size_t i = 0; i < 4; ++i) {
      out += i <= group.size() ? kBase64[bits >> (18 - 6 * i) & 63] : '=';
    }
  }
  return out;
}

std::string Base64At(std::string_view bytes, int shift) {
  const std::string all = Base64(std::string(static_cast<size_t>(shift), '\0').append(bytes));
  // Character i has the bits from 6 i on; those of the value begin at 8 `shift`.
  const size_t begin = static_cast<size_t>(shift) * 8;
  const size_t end = begin + bytes.size() * 8;
  std::string out;
  for (size_t i = 0; i < all.size(); ++i) {
    if (i * 6 >= begin && i * 6 + 6 <= end) out += all[i];
  }
  return out;
}

}  // namespace sluice::naive
