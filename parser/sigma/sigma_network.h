// Networks in CIDR notation.

#ifndef SLUICE_PARSER_SIGMA_SIGMA_NETWORK_H_
#define SLUICE_PARSER_SIGMA_SIGMA_NETWORK_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sluice {

struct SigmaNetwork {
  bool v6 = false;
  uint8_t prefix = 0;               // bits: at most 32, IPv6 at most 128
  std::array<uint8_t, 16> bytes{};  // in network order, without host bits; IPv4 in the first four
  bool host_bits = false;           // the text has bits set behind the prefix: 10.0.0.1/8
  bool bare_address = false;        // the text has no prefix: one address
};

// Reads "10.0.0.0/8", "fe80::/10", or an address alone. nullopt for anything else: names, netmasks
// in dotted form, zones, leading zeros, blanks, prefixes that are too long.
// Source: RFC 4632 3.1, RFC 4291 2.3.
std::optional<SigmaNetwork> ParseSigmaNetwork(std::string_view text);

// "10.0.0.0/8"; IPv6 as RFC 5952 writes it.
std::string NetworkText(const SigmaNetwork& network);

}  // namespace sluice

#endif  // SLUICE_PARSER_SIGMA_SIGMA_NETWORK_H_
