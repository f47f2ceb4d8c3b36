#include "parser/channel/channel_view.h"

#include "parser/channel/channel_verify.h"

namespace sluice {

ChannelSection ChannelView::section_at(uint32_t i) const {
  namespace table = channel::table;
  const uint8_t* entry = data_ + channel::header::kSize;
  uint32_t offset = channel::header::kSize + section_count_ * table::kSize;
  for (; i > 0; --i, entry += table::kSize) {
    offset += channel::Load32(entry + table::kLength.offset);
  }
  return {channel::Load32(entry + table::kId.offset), channel::Load32(entry + table::kCount.offset),
          offset, channel::Load32(entry + table::kLength.offset)};
}

ChannelError OpenChannel(const uint8_t* data, size_t size, ChannelView* view) {
  ChannelVerifier verifier(data, size);
  if (verifier.Verify()) {
    *view = verifier.view();
    return {};
  }
  *view = ChannelView();
  return verifier.error();
}

}  // namespace sluice
