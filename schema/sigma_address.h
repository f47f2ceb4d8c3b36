// IP networks as the operands of `cidr`, and the texts that are, or are not, addresses in them.

#ifndef SLUICE_SCHEMA_SIGMA_ADDRESS_H_
#define SLUICE_SCHEMA_SIGMA_ADDRESS_H_

#include <string_view>

namespace sluice {

// Both take "10.0.0.0/8", "fe80::/10", an address, or any other text. Both answers are proofs:
// false means "not shown", since tools differ in what they take for an address (leading zeros,
// zones, IPv4 inside of IPv6). Source: RFC 4632 3.1, RFC 4291 2.2 and 2.5.5.

// Whether every address of `a` is one of the network `b`.
bool IsWithin(std::string_view a, std::string_view b);

// Whether no address is in both. One of them is a network; a text that nobody takes for an address
// is in none.
bool AreApart(std::string_view a, std::string_view b);

// Whether the text has a letter that no address has, in whichever form a tool reads it.
bool IsNoAddress(std::string_view text);

}  // namespace sluice

#endif  // SLUICE_SCHEMA_SIGMA_ADDRESS_H_
