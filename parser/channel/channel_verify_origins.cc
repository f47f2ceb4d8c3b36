#include "parser/channel/channel_verify.h"

namespace sluice {

using channel::Load32;

bool ChannelVerifier::Sources() {
  constexpr Section kSources = Section::kSources;
  constexpr const Field& kPathEnd = channel::source::kPathEnd;
  if (Count(kSources) == 0) return true;
  if (!Ends(kSources, kPathEnd, Section::kSourcePaths, 1, channel::kMaxStringBytes) ||
      !Utf8(Section::kSourcePaths) || !Characters(kSources, kPathEnd, Section::kSourcePaths)) {
    return false;
  }
  const uint32_t count = Count(kSources);
  const uint32_t wrong = FirstNotAbove(kSources, kPathEnd, Section::kSourcePaths, 0, count);
  if (wrong < count) {
    const ChannelList<ChannelSourceFile> sources = view_.sources();
    const int order = Compare(sources[wrong].path, sources[wrong - 1].path);
    return FailOrder(order, kSources, wrong, kPathEnd);
  }
  return Origins(Section::kInstanceOrigins) && Origins(Section::kCriterionOrigins);
}

bool ChannelVerifier::Origins(Section section) {
  namespace layout = channel::origin;
  const uint32_t count = Count(section), sources = Count(Section::kSources);
  const uint8_t* at = At(section, 0);
  uint32_t bad = 0;
  for (uint32_t i = 0; i < count; ++i, at += 12) {
    const uint32_t line = Load32(at + layout::kLine.offset);
    const uint32_t column = Load32(at + layout::kColumn.offset);
    bad |= Load32(at + layout::kSource.offset) >= sources;
    bad |= (line | column) >> 31;
    bad |= (line != 0) & (column == 0);
  }
  for (uint32_t i = 0; bad != 0 && i < count; ++i) {
    if (!Origin(section, i)) return false;
  }
  return true;
}

bool ChannelVerifier::Origin(Section section, uint32_t index) {
  namespace layout = channel::origin;
  const uint32_t source = Value(section, index, layout::kSource),
                 sources = Count(Section::kSources);
  if (source >= sources) {
    return Fail(Code::kNotBelow, section, index, layout::kSource, source, sources);
  }
  if (!Number(section, index, layout::kLine, false) ||
      !Number(section, index, layout::kColumn, false)) {
    return false;
  }
  const bool in_text = Value(section, index, layout::kLine) != 0;
  if (in_text && Value(section, index, layout::kColumn) == 0) {
    return Fail(Code::kTooSmall, section, index, layout::kColumn, 0, 1);
  }
  return true;
}

}  // namespace sluice
