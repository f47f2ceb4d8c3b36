#include "engine/ip_network.h"

#include <arpa/inet.h>

#include <charconv>
#include <cstring>
#include <system_error>

namespace sluice {

std::optional<IpNetwork> IpNetwork::Parse(std::string_view text) {
  const size_t slash = text.find('/');
  const std::string_view address = text.substr(0, slash);
  char terminated[kMaxAddressText + 1] = {};
  if (address.size() > kMaxAddressText || address.find('\0') != std::string_view::npos) {
    return std::nullopt;
  }
  std::memcpy(terminated, address.data(), address.size());
  IpNetwork out;
  if (inet_pton(AF_INET, terminated, out.address.data()) == 1) {
    out.bits = 32;
  } else if (inet_pton(AF_INET6, terminated, out.address.data()) == 1) {
    out.v6 = true;
    out.bits = 128;
  } else {
    return std::nullopt;
  }
  if (slash == std::string_view::npos) return out;
  const std::string_view length = text.substr(slash + 1);
  uint8_t bits = 0;
  const auto [end, error] = std::from_chars(length.data(), length.data() + length.size(), bits);
  if (error != std::errc() || end != length.data() + length.size() || bits > out.bits) {
    return std::nullopt;
  }
  out.bits = bits;
  return out;
}

bool IpNetwork::Contains(const IpNetwork& other) const {
  if (v6 != other.v6) return false;
  const size_t whole = bits / 8;
  if (std::memcmp(address.data(), other.address.data(), whole) != 0) return false;
  const unsigned rest = bits % 8;
  return rest == 0 || (address[whole] ^ other.address[whole]) >> (8 - rest) == 0;
}

}  // namespace sluice
