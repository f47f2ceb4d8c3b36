// Channel content in protobuf (bench/channel_peer.proto), as a peer.

#ifndef SLUICE_BENCH_PROTOBUF_PEER_H_
#define SLUICE_BENCH_PROTOBUF_PEER_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "bench/generate_channel.h"

namespace sluice {

// The same content; groups and sources are left out.
std::string ProtobufBytes(const Sample& sample);

// The work of our own reader: a CRC-32C of the whole, a parse into an arena, which checks that
// every string is UTF-8, every index, range and enumeration checked.
bool ProtobufChecks(std::string_view bytes, uint32_t checksum);

}  // namespace sluice

#endif  // SLUICE_BENCH_PROTOBUF_PEER_H_
