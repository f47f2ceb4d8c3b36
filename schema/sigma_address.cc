#include "schema/sigma_address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>

#include "schema/text.h"

namespace sluice {
namespace {

struct Network {
  bool v6 = false;
  unsigned prefix = 0;
  std::array<uint8_t, 16> bytes{};  // IPv4 in the first four
};

std::optional<Network> Parse(std::string_view text) {
  Network network;
  const size_t slash = text.find('/');
  const std::string_view address = text.substr(0, slash);
  if (address.size() >= INET6_ADDRSTRLEN || address.find('\0') != std::string_view::npos) {
    return std::nullopt;
  }
  network.v6 = address.find(':') != std::string_view::npos;
  if (inet_pton(network.v6 ? AF_INET6 : AF_INET, std::string(address).c_str(),
                network.bytes.data()) != 1) {
    return std::nullopt;
  }
  const unsigned most = network.v6 ? 128 : 32;
  network.prefix = most;
  if (slash == std::string_view::npos) return network;
  const char* const last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data() + slash + 1, last, network.prefix);
  if (error != std::errc() || end != last || network.prefix > most) return std::nullopt;
  return network;
}

bool SameStart(const Network& a, const Network& b, unsigned bits) {
  for (unsigned i = 0; i * 8 < bits; ++i) {
    const unsigned left = bits - i * 8;
    const int mask = left >= 8 ? 0xFF : 0xFF << (8 - left) & 0xFF;
    if (((a.bytes[i] ^ b.bytes[i]) & mask) != 0) return false;
  }
  return true;
}

// Whether some of its addresses may stand for IPv4 ones, which begin with zeros.
bool MayHoldV4(const Network& v6) { return v6.prefix < 16 || (v6.bytes[0] | v6.bytes[1]) == 0; }

}  // namespace

bool IsNoAddress(std::string_view text) {
  // Behind '%' a zone may stand, which is found with ':'; 'x' begins hexadecimal digits.
  if (text.find_first_of(":%[") != std::string_view::npos) return false;
  return std::ranges::any_of(text, [](char c) {
    const char lower = AsciiLower(c);
    return lower >= 'g' && lower <= 'z' && lower != 'x';
  });
}

bool IsWithin(std::string_view a, std::string_view b) {
  const std::optional<Network> inner = Parse(a);
  const std::optional<Network> outer = Parse(b);
  return inner && outer && inner->v6 == outer->v6 && inner->prefix >= outer->prefix &&
         SameStart(*inner, *outer, outer->prefix);
}

bool AreApart(std::string_view a, std::string_view b) {
  if (IsNoAddress(a) || IsNoAddress(b)) return true;
  const std::optional<Network> one = Parse(a);
  const std::optional<Network> other = Parse(b);
  if (!one || !other) return false;
  if (one->v6 != other->v6) return !MayHoldV4(one->v6 ? *one : *other);
  return !SameStart(*one, *other, std::min(one->prefix, other->prefix));
}

}  // namespace sluice
