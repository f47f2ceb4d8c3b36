// SL533 network-host-bits
//
// A network with bits set behind its prefix.
//
// Sluice and others ignore them; Python's `ipaddress`, and pySigma with it, refuses the value.
// Often the prefix or the address is a mistake.
//
//   DestinationIp|cidr: 10.0.0.1/8         # 10.0.0.0/8
//
// Fix: write the network without them, or correct the prefix.
//
// Source: RFC 4632, section 3.1; RFC 4291, section 2.3.

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <string>

#include "schema/rule.h"
#include "schema/sigma.h"
#include "schema/sigma_reading.h"

namespace sluice {

extern const Rule kSL533;

namespace {

// The text at the place without the quotes around it.
Place WithoutQuotes(const Content& content, Place place) {
  const std::string_view text = TextAt(content, place);
  const bool quoted = text.size() > 2 && (text[0] == '\'' || text[0] == '"');
  return quoted && text.back() == text[0] ? Place{place.offset + 1, place.length - 2} : place;
}

// "10.0.0.0/8" of "10.0.0.1/8"; empty when the text is no network.
std::string Network(std::string_view text) {
  const size_t slash = text.find('/');
  if (slash == std::string_view::npos || slash >= INET6_ADDRSTRLEN) return "";
  unsigned char bytes[sizeof(in6_addr)];
  const std::string address(text.substr(0, slash));
  const int family = address.find(':') == std::string::npos ? AF_INET : AF_INET6;
  const unsigned bits = family == AF_INET ? 32 : 128;
  unsigned prefix = 0;
  const char* const end = text.data() + text.size();
  const auto [read, error] = std::from_chars(text.data() + slash + 1, end, prefix);
  if (error != std::errc() || read != end || prefix > bits) return "";
  if (inet_pton(family, address.c_str(), bytes) != 1) return "";
  for (unsigned i = 0; i < bits / 8; ++i) {
    const unsigned kept = std::clamp(static_cast<int>(prefix) - static_cast<int>(i * 8), 0, 8);
    bytes[i] = static_cast<unsigned char>(bytes[i] & (0xFF00U >> kept));
  }
  char buffer[INET6_ADDRSTRLEN] = "";
  inet_ntop(family, bytes, buffer, sizeof(buffer));
  return Cat(buffer, "/", prefix);
}

void Check(const RuleInput& in, Reporter& out) {
  ReportIrregularities(
      in, out, kSL533, IrregularityKind::kSigmaHostBits, [&](Finding& f, const Irregularity& i) {
        const Place place = WithoutQuotes(in.content, i.place);
        const std::string_view written = TextAt(in.content, place);
        const std::string network = Network(written);
        Say(f, kRefusedByTools,
            Cat("the network ", Quoted(written), " has bits set behind its prefix"),
            network.empty() ? "write the network without them"
                            : Cat("write ", Quoted(network), ", or correct the prefix"));
        if (!network.empty()) Replace(in.content, place, written, network, f);
      });
}

}  // namespace

const Rule kSL533 = {{"SL533", "network-host-bits", Severity::kWarning, Category::kHygiene,
                      "a network with bits set behind its prefix", kSigmaFiles},
                     Check};

}  // namespace sluice
