#include "parser/sigma/sigma_network.h"

#include <arpa/inet.h>

#include <charconv>

namespace sluice {
namespace {

// Clears the bits behind the prefix. True when one was set.
bool ClearHostBits(SigmaNetwork& network) {
  bool set = false;
  for (unsigned i = 0; i < network.bytes.size(); ++i) {
    const unsigned bits = network.prefix > i * 8 ? network.prefix - i * 8 : 0;
    const uint8_t mask = bits >= 8 ? 0 : static_cast<uint8_t>(0xFF >> bits);
    set |= (network.bytes[i] & mask) != 0;
    network.bytes[i] = static_cast<uint8_t>(network.bytes[i] & ~mask);
  }
  return set;
}

bool ReadPrefix(std::string_view text, SigmaNetwork& network) {
  if (text.empty() || (text.size() > 1 && text[0] == '0')) return false;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), network.prefix);
  return error == std::errc() && end == text.data() + text.size() &&
         network.prefix <= (network.v6 ? 128 : 32);
}

}  // namespace

std::optional<SigmaNetwork> ParseSigmaNetwork(std::string_view text) {
  SigmaNetwork network;
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
  network.bare_address = slash == std::string_view::npos;
  if (network.bare_address) {
    network.prefix = network.v6 ? 128 : 32;
  } else if (!ReadPrefix(text.substr(slash + 1), network)) {
    return std::nullopt;
  }
  network.host_bits = ClearHostBits(network);
  return network;
}

std::string NetworkText(const SigmaNetwork& network) {
  char buffer[INET6_ADDRSTRLEN] = "";
  inet_ntop(network.v6 ? AF_INET6 : AF_INET, network.bytes.data(), buffer, sizeof(buffer));
  return std::string(buffer) + '/' + std::to_string(network.prefix);
}

}  // namespace sluice
