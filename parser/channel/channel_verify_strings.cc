#include "parser/channel/channel_lanes.h"
#include "parser/channel/channel_utf8.h"
#include "parser/channel/channel_verify.h"

namespace sluice {

using channel::AnyOf;
using channel::kLanes;
using channel::kMaxStringBytes;
using channel::Lanes;
using channel::Load32;
using channel::LoadLanes;

namespace {

// Whether the ends of items, `kWords` of each kind in turn from `at` on, may be other than `least`
// to `most` above the ones before. A length that is below, or above, has the highest bit set here;
// so has an end that is no number below 2^31, and the lengths of others cannot overflow.
template <uint32_t kWords>
class EndsOf {
 public:
  EndsOf(const uint32_t (&least)[kWords], const uint32_t (&most)[kWords]) {
    for (uint32_t i = 0; i < kWords; ++i) {
      least_[i] = least[i];
      span_[i] = most[i] - least[i];
    }
  }

  bool MayBeWrong(const uint8_t* at, uint32_t items) const {
    if (items == 0) return false;
    const uint32_t words = items * kWords;
    uint32_t wrong = 0, i = 0;
    for (; i < kWords; ++i) wrong |= Wrong(Load32(at + 4 * i), uint32_t{0}, least_[i], span_[i]);
    if constexpr (kLanes % kWords == 0) wrong |= WrongLanes(at, words, &i);
    for (; i < words; ++i) {
      const uint8_t* here = at + size_t{4} * i;
      wrong |=
          Wrong(Load32(here), Load32(here - 4 * kWords), least_[i % kWords], span_[i % kWords]);
    }
    return wrong >> 31 != 0;
  }

 private:
  template <typename T>
  static T Wrong(T here, T before, T least, T span) {
    const T length = here - before - least;
    return here | length | (span - length);
  }

  // As many of the words from `i` on as fill all lanes.
  uint32_t WrongLanes(const uint8_t* at, uint32_t words, uint32_t* i) const {
    const Lanes least = Repeat(least_), span = Repeat(span_);
    Lanes even = {}, odd = {};
    for (; words - *i >= 2 * kLanes; *i += 2 * kLanes) {
      const uint8_t* here = at + size_t{4} * *i;
      even |= WrongAt(here, least, span);
      odd |= WrongAt(here + 4 * kLanes, least, span);
    }
    return AnyOf(even | odd);
  }
  static Lanes WrongAt(const uint8_t* here, Lanes least, Lanes span) {
    return Wrong(LoadLanes(here), LoadLanes(here - 4 * kWords), least, span);
  }
  static Lanes Repeat(const uint32_t (&values)[kWords]) {
    uint8_t bytes[4 * kLanes];
    for (uint32_t i = 0; i < kLanes; ++i) channel::Store32(values[i % kWords], bytes + 4 * i);
    return LoadLanes(bytes);
  }

  uint32_t least_[kWords];
  uint32_t span_[kWords];
};

}  // namespace

bool ChannelVerifier::Strings() {
  constexpr Section kEnds = Section::kStringEnds;
  if (EndsOf<1>({0}, {kMaxStringBytes}).MayBeWrong(At(kEnds, 0), Count(kEnds)) &&
      !Ends(kEnds, channel::string::kEnd, Section::kStringBytes, 0, kMaxStringBytes)) {
    return false;
  }
  return Utf8(Section::kStringBytes) &&
         Characters(Section::kStringEnds, channel::string::kEnd, Section::kStringBytes);
}

// All strings as one: with whole characters at every end, each of them is UTF-8 then.
bool ChannelVerifier::Utf8(Section section) {
  const uint32_t count = Count(section);
  const uint8_t* bytes = At(section, 0);
  if (channel::IsUtf8(bytes, count)) return true;
  const auto prefix = static_cast<uint32_t>(channel::Utf8Prefix(bytes, count));
  return FailByte(Code::kNotUtf8, channel::FormatOf(section).name, view_.OffsetOf(section, prefix),
                  bytes[prefix], 0);
}

// That no end splits a character. The ends are within the bytes, and do not descend.
bool ChannelVerifier::Characters(Section section, const Field& end, Section bytes) {
  const uint32_t size = Count(bytes), item_size = channel::FormatOf(section).item_size;
  const uint8_t* ends = At(section, 0) + end.offset;
  const uint8_t* text = At(bytes, 0);
  uint32_t count = Count(section);
  // What stands behind the last byte is another section.
  while (count > 0 && Load32(ends + size_t{count - 1} * item_size) == size) --count;
  int split = 0;  // negative: a byte, as signed, is below the lowest that begins a character
  for (uint32_t i = 0; i < count; ++i) {
    split |= static_cast<int8_t>(text[Load32(ends + size_t{i} * item_size)]) + 64;
  }
  if (split >= 0) return true;
  for (uint32_t i = 0; i < count; ++i) {
    const uint32_t here = Value(section, i, end);
    if (!channel::BeginsCharacter(text[here])) {
      return Fail(Code::kSplitCharacter, section, i, end, here, 0);
    }
  }
  return true;
}

bool ChannelVerifier::Instances() {
  using namespace channel;
  const uint32_t least = Is(Dialect::kSysmon) ? 0 : 1;
  const EndsOf<2> ends({least, 0}, {kMaxCriteriaOfInstance, kMaxTokensOfCondition});
  if (!ends.MayBeWrong(At(Section::kInstances, 0), Count(Section::kInstances))) return true;
  return Ends(Section::kInstances, instance::kCriteriaEnd, Section::kCriteria, least,
              kMaxCriteriaOfInstance) &&
         Ends(Section::kInstances, instance::kConditionEnd, Section::kCondition, 0,
              kMaxTokensOfCondition);
}

bool ChannelVerifier::Ends(Section section, const Field& end, Section items, uint32_t least,
                           uint32_t most) {
  const uint32_t count = Count(section), item_size = channel::FormatOf(section).item_size;
  const uint8_t* at = At(section, 0) + end.offset;
  // Less than `least` more than the one before becomes a large number, as descending does. Steps
  // are small, so ends that go around 2^32 would have to pass through its upper half.
  uint32_t before = 0, bad = 0, all = 0;
  for (uint32_t i = 0; i < count; ++i, at += item_size) {
    const uint32_t here = Load32(at);
    bad |= here - before - least > most - least;
    all |= here;
    before = here;
  }
  if ((bad | all >> 31) == 0) return true;
  const uint32_t there = Count(items);
  before = 0;
  for (uint32_t i = 0; i < count; ++i) {
    const uint32_t here = Value(section, i, end);
    if (here < before) return Fail(Code::kDescends, section, i, end, here, before);
    if (here > there) return Fail(Code::kPastItems, section, i, end, here, there);
    const uint32_t size = here - before;
    if (size < least) return Fail(Code::kTooSmall, section, i, end, size, least);
    if (size > most) return Fail(Code::kPastLimit, section, i, end, size, most);
    before = here;
  }
  return true;
}

}  // namespace sluice
