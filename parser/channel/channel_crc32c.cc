#include "parser/channel/channel_crc32c.h"

#include "parser/channel/channel_cpu.h"
#include "parser/channel/channel_load.h"

namespace sluice::channel {
namespace {

constexpr uint32_t kPolynomial = 0x82F63B78;  // reflected

// kSlices[k][b]: what byte `b` gives when `k` zero bytes follow it.
struct Slices {
  uint32_t at[8][256];
};

constexpr Slices MakeSlices() {
  Slices slices = {};
  for (uint32_t byte = 0; byte < 256; ++byte) {
    uint32_t crc = byte;
    for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ ((crc & 1) != 0 ? kPolynomial : 0);
    slices.at[0][byte] = crc;
  }
  for (uint32_t k = 1; k < 8; ++k) {
    for (uint32_t byte = 0; byte < 256; ++byte) {
      const uint32_t before = slices.at[k - 1][byte];
      slices.at[k][byte] = before >> 8 ^ slices.at[0][before & 0xFF];
    }
  }
  return slices;
}

constexpr Slices kSlices = MakeSlices();

#if SLUICE_CHANNEL_X86

// The instruction gives a result every cycle and takes three, so three streams run side by side,
// over blocks of this many bytes each.
constexpr uint32_t kLongBlock = 4096;
constexpr uint32_t kShortBlock = 512;
constexpr uint32_t kShortestBlock = 64;

// A CRC is linear in what came before: what a state becomes when a number of zero bytes follow is
// the sum of what its four bytes become.
struct Shift {
  uint32_t at[4][256];

  uint32_t operator()(uint32_t crc) const {
    return at[0][crc & 0xFF] ^ at[1][crc >> 8 & 0xFF] ^ at[2][crc >> 16 & 0xFF] ^ at[3][crc >> 24];
  }
};

// The 32 states of one bit each, as they become.
struct Columns {
  uint32_t of[32];

  constexpr uint32_t operator()(uint32_t crc) const {
    uint32_t sum = 0;
    for (int bit = 0; bit < 32; ++bit) sum ^= (crc >> bit & 1) != 0 ? of[bit] : 0;
    return sum;
  }
};

// `zero_bytes` is a power of two.
constexpr Shift MakeShift(uint32_t zero_bytes) {
  Columns columns = {};
  for (int bit = 0; bit < 32; ++bit) {
    const uint32_t crc = uint32_t{1} << bit;
    columns.of[bit] = crc >> 8 ^ kSlices.at[0][crc & 0xFF];
  }
  for (; zero_bytes > 1; zero_bytes /= 2) {
    Columns twice = {};
    for (int bit = 0; bit < 32; ++bit) twice.of[bit] = columns(columns.of[bit]);
    columns = twice;
  }
  Shift shift = {};
  for (uint32_t byte = 0; byte < 256; ++byte) {
    for (uint32_t k = 0; k < 4; ++k) shift.at[k][byte] = columns(byte << 8 * k);
  }
  return shift;
}

constexpr Shift kLongShift = MakeShift(kLongBlock);
constexpr Shift kShortShift = MakeShift(kShortBlock);
constexpr Shift kShortestShift = MakeShift(kShortestBlock);

// The CRC of three blocks of `block` bytes, one after another.
__attribute__((target("sse4.2"))) inline uint32_t ThreeBlocks(uint32_t crc, const uint8_t* data,
                                                              uint32_t block, const Shift& shift) {
  uint64_t first = crc, second = 0, third = 0;
  for (uint32_t i = 0; i < block; i += 8) {
    first = __builtin_ia32_crc32di(first, Load64(data + i));
    second = __builtin_ia32_crc32di(second, Load64(data + block + i));
    third = __builtin_ia32_crc32di(third, Load64(data + 2 * block + i));
  }
  const uint32_t two = shift(static_cast<uint32_t>(first)) ^ static_cast<uint32_t>(second);
  return shift(two) ^ static_cast<uint32_t>(third);
}

__attribute__((target("sse4.2"))) uint32_t ExtendByInstruction(uint32_t crc, const uint8_t* data,
                                                               size_t size) {
  crc = ~crc;
  for (; size >= 3 * kLongBlock; data += 3 * kLongBlock, size -= 3 * kLongBlock) {
    crc = ThreeBlocks(crc, data, kLongBlock, kLongShift);
  }
  for (; size >= 3 * kShortBlock; data += 3 * kShortBlock, size -= 3 * kShortBlock) {
    crc = ThreeBlocks(crc, data, kShortBlock, kShortShift);
  }
  for (; size >= 3 * kShortestBlock; data += 3 * kShortestBlock, size -= 3 * kShortestBlock) {
    crc = ThreeBlocks(crc, data, kShortestBlock, kShortestShift);
  }
  for (; size >= 8; data += 8, size -= 8) {
    crc = static_cast<uint32_t>(__builtin_ia32_crc32di(crc, Load64(data)));
  }
  if ((size & 4) != 0) {
    crc = __builtin_ia32_crc32si(crc, Load32(data));
    data += 4;
  }
  for (size &= 3; size > 0; ++data, --size) crc = __builtin_ia32_crc32qi(crc, *data);
  return ~crc;
}

#endif

}  // namespace

uint32_t ExtendCrc32cPortable(uint32_t crc, const uint8_t* data, size_t size) {
  crc = ~crc;
  const auto& at = kSlices.at;
  for (; size >= 8; data += 8, size -= 8) {
    const uint32_t low = crc ^ Load32(data), high = Load32(data + 4);
    crc = at[7][low & 0xFF] ^ at[6][low >> 8 & 0xFF] ^ at[5][low >> 16 & 0xFF] ^ at[4][low >> 24] ^
          at[3][high & 0xFF] ^ at[2][high >> 8 & 0xFF] ^ at[1][high >> 16 & 0xFF] ^
          at[0][high >> 24];
  }
  for (; size > 0; ++data, --size) crc = crc >> 8 ^ at[0][(crc ^ *data) & 0xFF];
  return ~crc;
}

uint32_t ExtendCrc32c(uint32_t crc, const uint8_t* data, size_t size) {
#if SLUICE_CHANNEL_X86
  if ((CpuFeatures() & kHasSse42) != 0) return ExtendByInstruction(crc, data, size);
#endif
  return ExtendCrc32cPortable(crc, data, size);
}

}  // namespace sluice::channel
