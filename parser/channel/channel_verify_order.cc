#include "parser/channel/channel_verify.h"

namespace sluice {
namespace {

// 8 bytes as a number that is in order as they are.
uint64_t Key(const char* bytes) {
  return __builtin_bswap64(channel::Load64(reinterpret_cast<const uint8_t*>(bytes)));
}

int Sign(uint64_t a, uint64_t b) { return (a > b) - (a < b); }

// The first 8 bytes of a text as such a number, zeros in the place of those that it does not have.
// All 8 must be readable.
uint64_t FirstBytes(ChannelText text) {
  const uint64_t key = Key(text.data);
  return text.size >= 8 ? key : key & ~(~uint64_t{0} >> 8 * text.size);
}

}  // namespace

int Compare(ChannelText a, ChannelText b) {
  const uint32_t both = a.size < b.size ? a.size : b.size;
  uint32_t i = 0;
  for (; both - i >= 8; i += 8) {
    const uint64_t left = Key(a.data + i), right = Key(b.data + i);
    if (left != right) return Sign(left, right);
  }
  if (i > 0) {  // what is left, with bytes before it that are equal
    const uint64_t left = Key(a.data + both - 8), right = Key(b.data + both - 8);
    return left != right ? Sign(left, right) : Sign(a.size, b.size);
  }
  for (; i < both; ++i) {
    const auto left = static_cast<uint8_t>(a.data[i]), right = static_cast<uint8_t>(b.data[i]);
    if (left != right) return Sign(left, right);
  }
  return Sign(a.size, b.size);
}

// Of the texts from `first` to before `last`, which end as items of `section` say, the first that
// is not above the one before it; `last`: there is none.
uint32_t ChannelVerifier::FirstNotAbove(Section section, const Field& end, Section bytes,
                                        uint32_t first, uint32_t last) const {
  const uint8_t* texts = At(bytes, 0);
  const uint8_t* at = At(section, first) + end.offset;
  const uint32_t item_size = channel::FormatOf(section).item_size, remaining = Remaining(texts);
  uint32_t begin = view_.Begin(section, first, end);
  ChannelText before = {};
  uint64_t key_before = 0;
  for (uint32_t i = first; i < last; ++i, at += item_size) {
    const uint32_t here_end = channel::Load32(at);
    const ChannelText here = {reinterpret_cast<const char*>(texts + begin), here_end - begin};
    // Where 8 bytes cannot be read, as if they were equal.
    const uint64_t key = remaining - begin >= 8 ? FirstBytes(here) : key_before;
    if (key <= key_before && i > first && (key < key_before || Compare(here, before) <= 0))
      return i;
    before = here;
    key_before = key;
    begin = here_end;
  }
  return last;
}

// Fails, as a text is not above the one before it.
bool ChannelVerifier::FailOrder(int order, Section section, uint32_t item, const Field& field) {
  return Fail(order == 0 ? Code::kTwice : Code::kNotAscending, section, item, field, item, 0);
}

}  // namespace sluice
