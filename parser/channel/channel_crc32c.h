// CRC-32C (Castagnoli): polynomial 0x1EDC6F41, reflected, initial value and final XOR 0xFFFFFFFF.
// `123456789` gives 0xE3069283. Freestanding.

#ifndef SLUICE_PARSER_CHANNEL_CHANNEL_CRC32C_H_
#define SLUICE_PARSER_CHANNEL_CHANNEL_CRC32C_H_

#include <cstddef>
#include <cstdint>

namespace sluice::channel {

// What the CRC of some bytes, `crc`, becomes when these follow them; that of no bytes is 0. By the
// processor's instruction where it has one.
uint32_t ExtendCrc32c(uint32_t crc, const uint8_t* data, size_t size);

// The same by tables, on any processor.
uint32_t ExtendCrc32cPortable(uint32_t crc, const uint8_t* data, size_t size);

inline uint32_t Crc32c(const uint8_t* data, size_t size) { return ExtendCrc32c(0, data, size); }

inline uint32_t Crc32cPortable(const uint8_t* data, size_t size) {
  return ExtendCrc32cPortable(0, data, size);
}

}  // namespace sluice::channel

#endif  // SLUICE_PARSER_CHANNEL_CHANNEL_CRC32C_H_
