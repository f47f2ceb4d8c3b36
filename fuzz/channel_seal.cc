#include "fuzz/channel_seal.h"

#include "parser/channel/channel_crc32c.h"
#include "parser/channel/channel_format.h"

namespace sluice {
namespace {

void Put(uint32_t value, size_t at, std::string* bytes) {
  for (size_t i = 0; i < 4; ++i) (*bytes)[at + i] = static_cast<char>(value >> (8 * i));
}

}  // namespace

std::string SealChannel(const uint8_t* data, size_t size) {
  std::string bytes(reinterpret_cast<const char*>(data), size);
  if (size < channel::header::kSize + channel::kChecksumSize) return bytes;
  const size_t end = size - channel::kChecksumSize;
  Put(static_cast<uint32_t>(size), channel::header::kFileSize.offset, &bytes);
  Put(channel::Crc32c(reinterpret_cast<const uint8_t*>(bytes.data()), end), end, &bytes);
  return bytes;
}

}  // namespace sluice
