// Channel content in FlatBuffers (bench/channel.fbs), as a peer.

#ifndef SLUICE_BENCH_FLATBUFFERS_PEER_H_
#define SLUICE_BENCH_FLATBUFFERS_PEER_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "bench/generate_channel.h"

namespace sluice {

// The same content; groups and sources are left out.
std::string FlatBuffersBytes(const Sample& sample);

// FlatBuffers' own Verifier, and nothing else.
bool FlatBuffersVerifies(std::string_view bytes);

// The work of our own reader: a CRC-32C of the whole, the Verifier, every string UTF-8, every
// index, range and enumeration checked.
bool FlatBuffersChecks(std::string_view bytes, uint32_t checksum);

}  // namespace sluice

#endif  // SLUICE_BENCH_FLATBUFFERS_PEER_H_
