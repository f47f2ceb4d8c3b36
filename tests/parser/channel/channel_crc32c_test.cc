#include "parser/channel/channel_crc32c.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace sluice::channel {
namespace {

// The definition, a bit at a time. States are not inverted.
uint32_t AddByte(uint32_t state, uint8_t byte) {
  state ^= byte;
  for (int bit = 0; bit < 8; ++bit) state = state >> 1 ^ ((state & 1) != 0 ? 0x82F63B78 : 0);
  return state;
}

std::vector<uint8_t> RandomBytes(size_t size) {
  std::mt19937 random(7);
  std::vector<uint8_t> bytes(size);
  for (uint8_t& byte : bytes) byte = static_cast<uint8_t>(random());
  return bytes;
}

TEST(Crc32c, CheckValue) {
  const auto* digits = reinterpret_cast<const uint8_t*>("123456789");
  EXPECT_EQ(Crc32c(digits, 9), 0xE3069283u);
  EXPECT_EQ(Crc32cPortable(digits, 9), 0xE3069283u);
}

TEST(Crc32c, OfNothingIsZero) {
  EXPECT_EQ(Crc32c(nullptr, 0), 0u);
  EXPECT_EQ(Crc32cPortable(nullptr, 0), 0u);
}

TEST(Crc32c, EveryLengthAndAlignmentIsAsDefined) {
  const std::vector<uint8_t> bytes = RandomBytes(4096 + 8);
  for (size_t start = 0; start < 8; ++start) {
    uint32_t state = 0xFFFFFFFF;
    for (size_t size = 0; size <= 4096; ++size) {
      ASSERT_EQ(Crc32c(&bytes[start], size), ~state) << start << " " << size;
      ASSERT_EQ(Crc32cPortable(&bytes[start], size), ~state) << start << " " << size;
      if (size < 4096) state = AddByte(state, bytes[start + size]);
    }
  }
}

// Around the multiples of three long blocks.
TEST(Crc32c, LongInputIsAsDefined) {
  const std::vector<uint8_t> bytes = RandomBytes(50'000);
  uint32_t state = 0xFFFFFFFF;
  for (size_t size = 0; size < bytes.size(); ++size) {
    const size_t rest = size % 12'288;
    if (rest < 20 || rest > 12'270 || size % 1009 == 0) {
      ASSERT_EQ(Crc32c(bytes.data(), size), ~state) << size;
      ASSERT_EQ(Crc32cPortable(bytes.data(), size), ~state) << size;
    }
    state = AddByte(state, bytes[size]);
  }
}

// Over the sizes of all blocks, and what is left behind each.
TEST(Crc32c, ExtendsWhatCameBefore) {
  const std::vector<uint8_t> bytes = RandomBytes(2000);
  for (const size_t size : {1, 7, 200, 1600, 2000}) {
    const uint32_t all = Crc32c(bytes.data(), size);
    for (size_t first = 0; first <= size; ++first) {
      const uint32_t crc = Crc32c(bytes.data(), first);
      ASSERT_EQ(ExtendCrc32c(crc, &bytes[0] + first, size - first), all) << first << " " << size;
      ASSERT_EQ(ExtendCrc32cPortable(crc, &bytes[0] + first, size - first), all)
          << first << " " << size;
    }
  }
}

}  // namespace
}  // namespace sluice::channel
