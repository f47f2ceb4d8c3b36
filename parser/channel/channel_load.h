// Little-endian integers in bytes at any alignment. Freestanding.

#ifndef SLUICE_PARSER_CHANNEL_CHANNEL_LOAD_H_
#define SLUICE_PARSER_CHANNEL_CHANNEL_LOAD_H_

#include <cstdint>

namespace sluice::channel {

inline uint64_t Load64(const uint8_t* bytes) {
  uint64_t value;
  __builtin_memcpy(&value, bytes, sizeof value);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  value = __builtin_bswap64(value);
#endif
  return value;
}

inline uint32_t Load32(const uint8_t* bytes) {
  uint32_t value;
  __builtin_memcpy(&value, bytes, sizeof value);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  value = __builtin_bswap32(value);
#endif
  return value;
}

inline void Store32(uint32_t value, uint8_t* bytes) {
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  value = __builtin_bswap32(value);
#endif
  __builtin_memcpy(bytes, &value, sizeof value);
}

inline void Store64(uint64_t value, uint8_t* bytes) {
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  value = __builtin_bswap64(value);
#endif
  __builtin_memcpy(bytes, &value, sizeof value);
}

inline uint32_t Load16(const uint8_t* bytes) {
  return static_cast<uint32_t>(bytes[0] | bytes[1] << 8);
}

}  // namespace sluice::channel

#endif  // SLUICE_PARSER_CHANNEL_CHANNEL_LOAD_H_
