#include "parser/events/value_types.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <string>

#include "absl/strings/ascii.h"

namespace sluice {
namespace {

constexpr size_t kGuidLength = 36;

template <typename Number>
bool IsDecimal(std::string_view text) {
  Number number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

// "0x1f4", at most 64 bits.
bool IsHex(std::string_view text) {
  constexpr size_t kLongest = 18;
  return text.size() > 2 && text.size() <= kLongest && text.starts_with("0x") &&
         std::ranges::all_of(text.substr(2), absl::ascii_isxdigit);
}

// 8-4-4-4-12 hexadecimal digits, in braces or without.
bool IsGuid(std::string_view text) {
  if (text.size() == kGuidLength + 2 && text.front() == '{' && text.back() == '}') {
    text = text.substr(1, kGuidLength);
  }
  if (text.size() != kGuidLength) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text[i] != '-' : !absl::ascii_isxdigit(static_cast<unsigned char>(text[i]))) {
      return false;
    }
  }
  return true;
}

bool IsAddress(std::string_view text) {
  if (text.size() >= INET6_ADDRSTRLEN) return false;
  const std::string address(text);
  unsigned char bytes[sizeof(in6_addr)];
  return inet_pton(AF_INET, address.c_str(), bytes) == 1 ||
         inet_pton(AF_INET6, address.c_str(), bytes) == 1;
}

constexpr uint32_t Bit(ValueType type) { return 1u << static_cast<int>(type); }

uint32_t Fits(JsonKind kind, std::string_view text) {
  uint32_t fits = 0;
  if (kind == JsonKind::kBoolean || text == "true" || text == "false") {
    fits |= Bit(ValueType::kBoolean);
  }
  if (IsDecimal<uint64_t>(text)) fits |= Bit(ValueType::kUint64);
  if (IsDecimal<int64_t>(text)) fits |= Bit(ValueType::kInt64);
  if (IsHex(text)) fits |= Bit(ValueType::kHex64);
  if (IsGuid(text)) fits |= Bit(ValueType::kGuid);
  if (IsAddress(text)) fits |= Bit(ValueType::kIp);
  return fits;
}

}  // namespace

void ValueTypes::Add(JsonKind kind, std::string_view text) {
  if (kind == JsonKind::kNull) return;
  ++values_;
  // What fits nothing any more is not looked at.
  if (fits_ != 0) fits_ &= Fits(kind, text);
}

ValueType ValueTypes::type() const {
  if (values_ < kFewestValues) return ValueType::kString;
  for (const ValueType type : {ValueType::kBoolean, ValueType::kUint64, ValueType::kInt64,
                               ValueType::kHex64, ValueType::kGuid, ValueType::kIp}) {
    if ((fits_ & Bit(type)) != 0) return type;
  }
  return ValueType::kString;
}

}  // namespace sluice
