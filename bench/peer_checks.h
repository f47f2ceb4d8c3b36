// What a reader of channel content has to check beside its container, for peers that do the same
// work as our own: as quick as one would write it who cares. Canonical order is not among it: it is
// no other format's concern.

#ifndef SLUICE_BENCH_PEER_CHECKS_H_
#define SLUICE_BENCH_PEER_CHECKS_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "parser/channel/channel_crc32c.h"
#include "parser/channel/channel_format.h"
#include "parser/channel/channel_limits.h"
#include "parser/channel/channel_utf8.h"

namespace sluice {

// Whether it has at most the bytes of a string, and is UTF-8. Most strings are short and ASCII.
inline bool IsText(std::string_view text) {
  constexpr uint64_t kHighBits = 0x8080808080808080;
  const auto* data = reinterpret_cast<const uint8_t*>(text.data());
  const size_t size = text.size();
  if (size > channel::kMaxStringBytes) return false;
  const auto load = [data](size_t at) {
    uint64_t word;
    std::memcpy(&word, data + at, sizeof word);
    return word;
  };
  if (size < 8) return channel::Utf8Prefix(data, size) == size;
  uint64_t bits = load(size - 8);
  for (size_t at = 0; at + 8 < size; at += 8) bits |= load(at);
  return (bits & kHighBits) == 0 || channel::IsUtf8(data, size);
}

struct PeerCriterion {
  uint32_t field;  // or channel::kNone
  uint32_t op;
  uint32_t flags;
  uint32_t time_part;
  size_t operands;
};

// Whether an operator other than Sysmon's takes these flags, time part and operands, and the field
// is one of `fields`.
bool IsCriterion(const PeerCriterion& criterion, uint32_t fields);

// Whether tokens are a condition over `criteria` criteria that leaves one result, on a stack of at
// most 64.
bool IsCondition(const uint32_t* tokens, size_t size, uint32_t criteria);

inline bool HasChecksum(std::string_view bytes, uint32_t checksum) {
  return channel::Crc32c(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size()) == checksum;
}

}  // namespace sluice

#endif  // SLUICE_BENCH_PEER_CHECKS_H_
