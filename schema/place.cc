#include "schema/place.h"

#include <algorithm>
#include <cstring>

namespace sluice {
namespace {

// Where there are lines longer than this, code points are counted in advance, so that a place far
// into a line costs no more than one near its start.
constexpr uint32_t kLongLine = 4096;
constexpr uint32_t kStride = 1024;

// A code point is counted at its first byte; continuation bytes are 10xxxxxx.
uint32_t CodePoints(std::string_view text) {
  return static_cast<uint32_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

// The offset of the first `c` in [from, to) of `text`; `to` when there is none.
size_t FindByte(std::string_view text, char c, size_t from, size_t to) {
  const void* found = to > from ? std::memchr(text.data() + from, c, to - from) : nullptr;
  return found == nullptr ? to : static_cast<size_t>(static_cast<const char*>(found) - text.data());
}

}  // namespace

LineTable::LineTable(std::string_view text) : text_(text), starts_{0} {
  const bool has_cr = text.find('\r') != std::string_view::npos;
  for (size_t begin = 0; begin < text.size();) {
    const size_t line_feed = FindByte(text, '\n', begin, text.size());
    // A CR that no LF follows ends a line too.
    for (size_t cr = has_cr ? FindByte(text, '\r', begin, line_feed) : line_feed; cr < line_feed;
         cr = FindByte(text, '\r', cr + 1, line_feed)) {
      if (cr + 1 != line_feed || line_feed == text.size()) {
        starts_.push_back(static_cast<uint32_t>(cr + 1));
      }
    }
    if (line_feed < text.size()) starts_.push_back(static_cast<uint32_t>(line_feed + 1));
    begin = line_feed + 1;
  }
  const auto long_line =
      std::ranges::adjacent_find(starts_, [](uint32_t a, uint32_t b) { return b - a > kLongLine; });
  const bool last_is_long = text_.size() - starts_.back() > kLongLine;
  if (long_line == starts_.end() && !last_is_long) return;
  points_.reserve(text_.size() / kStride + 1);
  for (size_t begin = 0, points = 0; begin <= text_.size(); begin += kStride) {
    points_.push_back(static_cast<uint32_t>(points));
    points += CodePoints(text_.substr(begin, kStride));
  }
}

uint32_t LineTable::PointsBetween(uint32_t begin, uint32_t end) const {
  if (end - begin <= kLongLine || points_.empty()) {
    return CodePoints(text_.substr(begin, end - begin));
  }
  const auto before = [&](uint32_t offset) {
    return points_[offset / kStride] +
           CodePoints(text_.substr(offset / kStride * kStride, offset % kStride));
  };
  return before(end) - before(begin);
}

LineColumn LineTable::Locate(uint32_t offset) const {
  offset = std::min<uint32_t>(offset, static_cast<uint32_t>(text_.size()));
  const auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
  return {static_cast<uint32_t>(after - starts_.begin()), PointsBetween(*(after - 1), offset) + 1};
}

uint32_t LineTable::LineOffset(uint32_t line) const {
  if (line == 0 || line > starts_.size()) return static_cast<uint32_t>(text_.size());
  return starts_[line - 1];
}

std::string_view LineTable::Line(uint32_t line) const {
  const uint32_t begin = LineOffset(line);
  std::string_view rest = text_.substr(begin, LineOffset(line + 1) - begin);
  while (!rest.empty() && (rest.back() == '\n' || rest.back() == '\r')) rest.remove_suffix(1);
  return rest;
}

}  // namespace sluice
