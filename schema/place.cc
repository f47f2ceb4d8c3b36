#include "schema/place.h"

#include <algorithm>

namespace sluice {
namespace {

constexpr uint32_t kBlock = 128;

// Both count in runs for which a byte is enough, so that the compiler can do many bytes at once.
constexpr size_t kRun = 255;

// A code point is counted at its first byte; continuation bytes are 10xxxxxx.
uint32_t CodePoints(std::string_view text) {
  uint32_t points = 0;
  while (!text.empty()) {
    const std::string_view run = text.substr(0, kRun);
    uint8_t count = 0;
    for (const char c : run) count = static_cast<uint8_t>(count + ((c & 0xC0) != 0x80 ? 1 : 0));
    points += count;
    text.remove_prefix(run.size());
  }
  return points;
}

bool EndsLine(char c, char next) { return c == '\n' || (c == '\r' && next != '\n'); }

}  // namespace

LineTable::LineTable(std::string_view text) : text_(text) {
  ends_.reserve(text.size() / kBlock + 2);
  ends_.push_back(0);
  char all = 0;
  for (size_t begin = 0; begin < text.size(); begin += kBlock) {
    const size_t end = std::min<size_t>(begin + kBlock, text.size());
    ends_.push_back(ends_.back() + LineEnds(begin, end));
    for (const char c : text.substr(begin, kBlock)) all = static_cast<char>(all | c);
  }
  if ((all & 0x80) == 0) return;
  points_.reserve(ends_.size());
  points_.push_back(0);
  for (size_t begin = 0; begin < text.size(); begin += kBlock) {
    points_.push_back(points_.back() + CodePoints(text.substr(begin, kBlock)));
  }
}

uint32_t LineTable::LineEnds(size_t begin, size_t end) const {
  if (begin == end) return 0;
  // The last byte of the text has none behind it.
  const bool at_end = end == text_.size();
  uint32_t ends = at_end && EndsLine(text_.back(), '\0') ? 1 : 0;
  if (at_end) --end;
  while (begin < end) {
    const size_t run_end = std::min(end, begin + kRun);
    uint8_t count = 0;
    for (const char* at = text_.data() + begin; at < text_.data() + run_end; ++at) {
      const int line_feed = at[0] == '\n' ? 1 : 0;
      const int carriage_return = at[0] == '\r' ? 1 : 0;
      const int other = at[1] != '\n' ? 1 : 0;
      count = static_cast<uint8_t>(count + (line_feed | (carriage_return & other)));
    }
    ends += count;
    begin = run_end;
  }
  return ends;
}

uint32_t LineTable::PointsBetween(uint32_t begin, uint32_t end) const {
  if (points_.empty()) return end - begin;
  if (end - begin <= kBlock) return CodePoints(text_.substr(begin, end - begin));
  const auto before = [&](uint32_t offset) {
    return points_[offset / kBlock] +
           CodePoints(text_.substr(offset / kBlock * kBlock, offset % kBlock));
  };
  return before(end) - before(begin);
}

LineColumn LineTable::Locate(uint32_t offset) const {
  offset = std::min<uint32_t>(offset, static_cast<uint32_t>(text_.size()));
  const uint32_t block = offset / kBlock;
  const uint32_t line = ends_[block] + LineEnds(size_t{block} * kBlock, offset) + 1;
  return {line, PointsBetween(LineOffset(line), offset) + 1};
}

uint32_t LineTable::LineOffset(uint32_t line) const {
  const auto size = static_cast<uint32_t>(text_.size());
  if (line == 1) return 0;
  if (line == 0 || line > ends_.back() + 1) return size;
  // The block that holds the end of the line before.
  const auto after = std::ranges::lower_bound(ends_, line - 1);
  const auto block = static_cast<uint32_t>(after - ends_.begin() - 1);
  uint32_t left = line - 1 - ends_[block];
  for (uint32_t at = block * kBlock; at < size; ++at) {
    const char next = at + 1 < size ? text_[at + 1] : '\0';
    if (EndsLine(text_[at], next) && --left == 0) return at + 1;
  }
  return size;
}

std::string_view LineTable::Line(uint32_t line) const {
  const uint32_t begin = LineOffset(line);
  std::string_view rest = text_.substr(begin, LineOffset(line + 1) - begin);
  while (!rest.empty() && (rest.back() == '\n' || rest.back() == '\r')) rest.remove_suffix(1);
  return rest;
}

}  // namespace sluice
