// Four numbers at a time, or one where vector registers may not be used. Freestanding.

#ifndef SLUICE_PARSER_CHANNEL_CHANNEL_LANES_H_
#define SLUICE_PARSER_CHANNEL_CHANNEL_LANES_H_

#include <cstdint>

#include "parser/channel/channel_load.h"

namespace sluice::channel {

#if defined(__GNUC__) && !defined(SLUICE_CHANNEL_PORTABLE)

inline constexpr uint32_t kLanes = 4;
typedef uint32_t Lanes __attribute__((vector_size(16)));
typedef int32_t SignedLanes __attribute__((vector_size(16)));

inline Lanes LoadLanes(const uint8_t* at) {
  Lanes lanes;
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  for (uint32_t i = 0; i < kLanes; ++i) lanes[i] = Load32(at + 4 * i);
#else
  __builtin_memcpy(&lanes, at, sizeof lanes);
#endif
  return lanes;
}

inline SignedLanes Signed(Lanes lanes) { return reinterpret_cast<SignedLanes>(lanes); }

inline void SetLane(Lanes* lanes, uint32_t i, uint32_t value) { (*lanes)[i] = value; }

// The bits of all of them.
inline uint32_t AnyOf(Lanes lanes) {
  typedef uint64_t Halves __attribute__((vector_size(16)));
  const Halves halves = reinterpret_cast<Halves>(lanes);
  const uint64_t both = halves[0] | halves[1];
  return static_cast<uint32_t>(both | both >> 32);
}
inline uint32_t AnyOf(SignedLanes lanes) { return AnyOf(reinterpret_cast<Lanes>(lanes)); }

#else

inline constexpr uint32_t kLanes = 1;
using Lanes = uint32_t;
using SignedLanes = int32_t;

inline Lanes LoadLanes(const uint8_t* at) { return Load32(at); }
inline SignedLanes Signed(Lanes lanes) { return static_cast<SignedLanes>(lanes); }
inline void SetLane(Lanes* lanes, uint32_t, uint32_t value) { *lanes = value; }
inline uint32_t AnyOf(Lanes lanes) { return lanes; }
inline uint32_t AnyOf(SignedLanes lanes) { return static_cast<uint32_t>(lanes); }

#endif

}  // namespace sluice::channel

#endif  // SLUICE_PARSER_CHANNEL_CHANNEL_LANES_H_
