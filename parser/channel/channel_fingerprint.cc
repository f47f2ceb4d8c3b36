#include "parser/channel/channel_fingerprint.h"

#include "parser/channel/channel_crc32c.h"

namespace sluice {
namespace {

uint32_t AddText(uint32_t crc, std::string_view text) {
  return channel::ExtendCrc32c(crc, reinterpret_cast<const uint8_t*>(text.data()), text.size());
}

uint32_t AddNumber(uint32_t crc, uint32_t number) {
  const uint8_t bytes[] = {static_cast<uint8_t>(number), static_cast<uint8_t>(number >> 8),
                           static_cast<uint8_t>(number >> 16), static_cast<uint8_t>(number >> 24)};
  return channel::ExtendCrc32c(crc, bytes, sizeof bytes);
}

}  // namespace

uint64_t ChannelFingerprint(std::string_view name, uint32_t id, uint32_t version,
                            std::span<const ChannelLayoutField> fields) {
  uint32_t names = AddNumber(AddNumber(AddText(0, name), id), version);
  uint32_t layout = 0;
  for (const ChannelLayoutField& field : fields) {
    names = AddText(names, field.name);
    layout = AddNumber(layout, static_cast<uint32_t>(field.name.size()));
    layout = AddNumber(layout, static_cast<uint32_t>(field.type));
  }
  return uint64_t{layout} << 32 | names;
}

}  // namespace sluice
