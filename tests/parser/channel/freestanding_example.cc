// The example of parser/channel/channel_view.h, as a sensor would compile it.

#include "parser/channel/channel_view.h"

namespace {

using sluice::ChannelCriterion;
using sluice::ChannelError;
using sluice::ChannelInstance;
using sluice::ChannelText;
using sluice::ChannelType;
using sluice::ChannelView;

bool SameLayout(ChannelText name, uint64_t fingerprint) {
  return name.size > 0 && fingerprint != 0;
}

}  // namespace

// The bytes of all operands, or -1 when the file is refused.
int64_t LoadContent(const uint8_t* data, size_t size) {
  ChannelView view;
  const ChannelError error = OpenChannel(data, size, &view);
  if (!error.ok()) return -1;
  int64_t bytes = 0;
  for (const ChannelType type : view.types()) {
    if (!SameLayout(type.name, type.fingerprint)) return -1;
    for (const ChannelInstance instance : view.instances(type)) {
      for (const ChannelCriterion criterion : view.criteria(instance)) {
        for (const ChannelText operand : view.operands(criterion)) bytes += operand.size;
      }
    }
  }
  return bytes;
}
