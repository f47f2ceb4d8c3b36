// Networks in CIDR notation, and the addresses in them.

#ifndef SLUICE_ENGINE_IP_NETWORK_H_
#define SLUICE_ENGINE_IP_NETWORK_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace sluice {

// The most bytes that an address has as text.
inline constexpr size_t kMaxAddressText = 45;

struct IpNetwork {
  std::array<uint8_t, 16> address = {};
  bool v6 = false;
  uint8_t bits = 0;

  // "10.0.0.0/8", "fe80::/10"; an address alone is a network of one. Bits past the length are let
  // go. nullopt for what is neither.
  static std::optional<IpNetwork> Parse(std::string_view text);

  // Whether both are of one version, and `address`, one alone, is in the network.
  bool Contains(const IpNetwork& address) const;
};

}  // namespace sluice

#endif  // SLUICE_ENGINE_IP_NETWORK_H_
