#include "parser/channel/channel_crc32c.h"
#include "parser/channel/channel_lanes.h"
#include "parser/channel/channel_verify.h"

namespace sluice {

using channel::AnyOf;
using channel::ExtendCrc32c;
using channel::kLanes;
using channel::Lanes;
using channel::Load32;
using channel::LoadLanes;

namespace {

int Sign(uint64_t a, uint64_t b) { return (a > b) - (a < b); }

const uint8_t* Data(ChannelText text) { return reinterpret_cast<const uint8_t*>(text.data); }

int Order(const ChannelContract& a, const ChannelContract& b) {
  int order = Compare(a.sensor, b.sensor);
  if (order == 0) order = Sign(a.rank, b.rank);
  return order == 0 ? Compare(a.version, b.version) : order;
}

}  // namespace

bool ChannelVerifier::Contracts() {
  const ChannelList<ChannelContract> contracts = view_.contracts();
  ChannelContract before = {};
  for (uint32_t i = 0; i < contracts.size(); ++i) {
    const ChannelContract here = contracts[i];
    if (!Number(Section::kContracts, i, channel::contract::kRank, false)) return false;
    const int order = i == 0 ? 1 : Order(here, before);
    if (order <= 0) return FailOrder(order, Section::kContracts, i, channel::contract::kRank);
    before = here;
  }
  return true;
}

bool ChannelVerifier::Types() {
  using namespace channel;
  if (!Ends(Section::kTypes, type::kFieldsEnd, Section::kFields, 0, kMaxFieldsOfType) ||
      !Ends(Section::kTypes, type::kInstancesEnd, Section::kInstances, 0, kMaxInstances) ||
      !TypeOrder()) {
    return false;
  }
  for (const ChannelType type : view_.types()) {
    if (!Type(type)) return false;
  }
  return true;
}

// By name, then by id.
bool ChannelVerifier::TypeOrder() {
  const uint32_t first = view_.strings_.types, last = first + Count(Section::kTypes);
  for (uint32_t i = first; i < last;) {
    i = FirstNotAbove(Section::kStringEnds, channel::string::kEnd, Section::kStringBytes, i, last);
    if (i == last) break;
    const ChannelType here = view_.types()[i - first], before = view_.types()[i - first - 1];
    int order = Compare(here.name, before.name);
    if (order == 0) order = Sign(here.id, before.id);
    if (order <= 0) return FailOrder(order, Section::kTypes, here.index, channel::type::kId);
  }
  return true;
}

bool ChannelVerifier::Type(const ChannelType& type) {
  namespace layout = channel::type;
  const uint8_t* at = At(Section::kTypes, type.index);
  const uint32_t id = Load32(at + layout::kId.offset);
  const uint32_t flags = Load32(at + layout::kFlags.offset);  // and zero
  uint32_t bad = Load32(at + layout::kVersion.offset) >> 31;
  bad |= (id > channel::kMaxNumber) & (id != channel::kNone);
  bad |= flags > (layout::kDeclared | layout::kOpen);
  const bool by_index = view_.binding() == channel::Binding::kByIndex;
  if (!type.declared) bad |= by_index | (type.instances.size() == 0);
  bad |= Load32(at + layout::kFieldCount.offset) != type.fields.size();
  return (bad == 0 || TypeNumbers(type)) && Fields(type) && Fingerprint(type);
}

// The numbers of one type, to say what is wrong with them.
bool ChannelVerifier::TypeNumbers(const ChannelType& type) {
  namespace layout = channel::type;
  constexpr uint32_t kFlags = layout::kDeclared | layout::kOpen;
  constexpr Section kTypes = Section::kTypes;
  const uint32_t i = type.index;
  if (!Number(kTypes, i, layout::kId, true) || !Number(kTypes, i, layout::kVersion, false) ||
      !Zero(kTypes, i, layout::kZero)) {
    return false;
  }
  const uint32_t flags = Value(kTypes, i, layout::kFlags);
  if ((flags & ~kFlags) != 0)
    return Fail(Code::kWrongFlags, kTypes, i, layout::kFlags, flags, kFlags);
  if (!type.declared && view_.binding() == channel::Binding::kByIndex) {
    return Fail(Code::kNotByIndex, kTypes, i, layout::kFlags, flags, layout::kDeclared);
  }
  if (!type.declared && type.instances.size() == 0) {
    return Fail(Code::kTooSmall, kTypes, i, layout::kInstancesEnd, 0, 1);
  }
  const uint32_t count = Value(kTypes, i, layout::kFieldCount);
  if (count != type.fields.size()) {
    return Fail(Code::kWrongCount, kTypes, i, layout::kFieldCount, count, type.fields.size());
  }
  return true;
}

bool ChannelVerifier::Fields(const ChannelType& type) {
  const uint32_t last = type.declared ? channel::field::kLastValueType : 0;
  const uint8_t* at = At(Section::kFields, type.fields.begin);
  // The value type is the lowest byte, and the others are zero: what is above the last value type
  // has the highest bit set here.
  const uint32_t count = type.fields.size();
  uint32_t i = 0, bad = 0;
  Lanes all = {};
  for (; count - i >= kLanes; i += kLanes) {
    const Lanes items = LoadLanes(at + 4 * i);
    all |= items | (last - items);
  }
  for (; i < count; ++i) bad |= Load32(at + 4 * i) | (last - Load32(at + 4 * i));
  bad = (bad | AnyOf(all)) >> 31;
  for (i = type.fields.begin; bad != 0 && i < type.fields.end; ++i) {
    if (!AtMost(Section::kFields, i, channel::field::kValueType, last) ||
        !Zero(Section::kFields, i, channel::field::kZero)) {
      return false;
    }
  }
  return type.declared || FieldNames(type);
}

// Those that are not declared.
bool ChannelVerifier::FieldNames(const ChannelType& type) {
  const uint32_t first = view_.strings_.fields;
  const uint32_t last = first + type.fields.end;
  const uint32_t wrong = FirstNotAbove(Section::kStringEnds, channel::string::kEnd,
                                       Section::kStringBytes, first + type.fields.begin, last);
  if (wrong == last) return true;
  const int order = Compare(view_.String(wrong), view_.String(wrong - 1));
  return FailOrder(order, Section::kFields, wrong - first, channel::field::kValueType);
}

bool ChannelVerifier::Fingerprint(const ChannelType& type) {
  const uint64_t needed = type.declared ? uint64_t{FieldsCrc(type)} << 32 | NamesCrc(type) : 0;
  return type.fingerprint == needed || Fail(Code::kFingerprint, Section::kTypes, type.index,
                                            channel::type::kFingerprint, type.fingerprint, needed);
}

// Of the type's name, its id and version, and the names of its fields, which stand together.
uint32_t ChannelVerifier::NamesCrc(const ChannelType& type) const {
  static_assert(channel::type::kVersion.offset == channel::type::kId.offset + 4);
  uint32_t crc = channel::Crc32c(Data(type.name), type.name.size);
  crc = ExtendCrc32c(crc, At(Section::kTypes, type.index) + channel::type::kId.offset, 8);
  if (type.fields.size() == 0) return crc;
  const uint32_t first = view_.strings_.fields;
  const ChannelText last = view_.String(first + type.fields.end - 1);
  const uint8_t* names = Data(view_.String(first + type.fields.begin));
  return ExtendCrc32c(crc, names, static_cast<uint32_t>(Data(last) + last.size - names));
}

// Of the length of each field's name, and its item.
uint32_t ChannelVerifier::FieldsCrc(const ChannelType& type) const {
  if (type.fields.size() == 0) return 0;
  constexpr uint32_t kAtOnce = 96;
  uint8_t pairs[8 * kAtOnce];
  const uint32_t first = view_.strings_.fields + type.fields.begin;
  const uint8_t* items = At(Section::kFields, type.fields.begin);
  const uint8_t* ends = At(Section::kStringEnds, first);
  uint32_t crc = 0, count = 0,
           before = view_.Begin(Section::kStringEnds, first, channel::string::kEnd);
  for (uint32_t left = type.fields.size(); left > 0; left -= count) {
    count = left < kAtOnce ? left : kAtOnce;
    for (uint32_t i = 0; i < count; ++i, items += 4, ends += 4) {
      const uint32_t end = Load32(ends);
      channel::Store64(uint64_t{Load32(items)} << 32 | (end - before), pairs + 8 * i);
      before = end;
    }
    crc = ExtendCrc32c(crc, pairs, size_t{8} * count);
  }
  return crc;
}

}  // namespace sluice
