// Numbers as text, of any length, compared exactly.

#ifndef SLUICE_ENGINE_DECIMAL_H_
#define SLUICE_ENGINE_DECIMAL_H_

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace sluice {

// A number. Views the text that it was parsed from.
class Decimal {
 public:
  // Zero.
  Decimal() = default;
  explicit Decimal(uint64_t value);

  // A decimal number, with an optional sign, fraction and exponent of ten ("-12.50", "5e3", "05"),
  // or hexadecimal digits of at most 64 bits after "0x", as sensors write some. nullopt for
  // anything else, be it blanks around it. In linear time.
  static std::optional<Decimal> Parse(std::string_view text);

  // In linear time in the shorter of the two.
  friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b);
  friend bool operator==(const Decimal& a, const Decimal& b) { return (a <=> b) == 0; }

 private:
  // From the first digit that is not 0 to the last; may have a point in it. Empty: zero.
  std::string_view digits() const {
    return owned_ == 0 ? digits_ : std::string_view(own_.data(), owned_);
  }
  std::strong_ordering CompareMagnitude(const Decimal& other) const;

  bool negative_ = false;
  // The number is 0.digits times ten to this power.
  int64_t power_ = 0;
  std::string_view digits_;
  std::array<char, 20> own_ = {};  // of a number that stands nowhere
  uint8_t owned_ = 0;
};

}  // namespace sluice

#endif  // SLUICE_ENGINE_DECIMAL_H_
