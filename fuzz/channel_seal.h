// Gives broken channel files a checksum that fits: else a search would not get past it.

#ifndef SLUICE_FUZZ_CHANNEL_SEAL_H_
#define SLUICE_FUZZ_CHANNEL_SEAL_H_

#include <cstddef>
#include <cstdint>
#include <string>

namespace sluice {

// The bytes with the file size and the checksum that they ought to have, where they are long
// enough.
std::string SealChannel(const uint8_t* data, size_t size);

}  // namespace sluice

#endif  // SLUICE_FUZZ_CHANNEL_SEAL_H_
