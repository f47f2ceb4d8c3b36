// A set of bytes to look for in a text. std::string_view::find_first_of asks a function of the
// library for each byte; this looks each one up in a table.

#ifndef SLUICE_SCHEMA_BYTE_SET_H_
#define SLUICE_SCHEMA_BYTE_SET_H_

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

namespace sluice {

class ByteSet {
 public:
  explicit constexpr ByteSet(std::string_view bytes) {
    for (const char c : bytes) has_[static_cast<uint8_t>(c)] = true;
  }

  constexpr bool Has(char c) const { return has_[static_cast<uint8_t>(c)]; }
  constexpr bool HasAnyOf(std::string_view text) const {
    return std::ranges::any_of(text, [this](char c) { return Has(c); });
  }

 private:
  std::array<bool, 256> has_ = {};
};

}  // namespace sluice

#endif  // SLUICE_SCHEMA_BYTE_SET_H_
