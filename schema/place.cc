#include "schema/place.h"

#include <algorithm>

namespace sluice {
namespace {

constexpr uint32_t kBlock = 128;
constexpr uint32_t kUnknown = UINT32_MAX;

// A code point is counted at its first byte; continuation bytes are 10xxxxxx.
uint32_t CodePoints(std::string_view text) {
  return static_cast<uint32_t>(
      std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
}

bool EndsLine(char c, char next) { return c == '\n' || (c == '\r' && next != '\n'); }

struct Block {
  uint8_t line_ends = 0;
  char all = 0;  // its bytes, ORed
};

// `at` has a byte behind the block. Branchless, for the compiler to do many bytes at once.
Block ScanBlock(const char* at) {
  Block block;
  for (size_t i = 0; i < kBlock; ++i) {
    const auto line_feed = static_cast<uint8_t>(at[i] == '\n');
    const auto carriage_return = static_cast<uint8_t>(at[i] == '\r');
    const auto alone = static_cast<uint8_t>(at[i + 1] != '\n');
    block.line_ends =
        static_cast<uint8_t>(block.line_ends + (line_feed | (carriage_return & alone)));
    block.all = static_cast<char>(block.all | at[i]);
  }
  return block;
}

}  // namespace

LineTable::LineTable(std::string_view text) : text_(text) {
  ends_.reserve(text.size() / kBlock + 2);
  ends_.push_back(0);
  char all = 0;
  size_t begin = 0;
  for (; begin + kBlock < text.size(); begin += kBlock) {
    const Block block = ScanBlock(text.data() + begin);
    ends_.push_back(ends_.back() + block.line_ends);
    all = static_cast<char>(all | block.all);
  }
  if (begin < text.size()) ends_.push_back(ends_.back() + LineEnds(begin, text.size()));
  for (const char c : text.substr(begin)) all = static_cast<char>(all | c);
  if ((all & 0x80) == 0) return;
  points_.reserve(ends_.size());
  points_.push_back(0);
  for (begin = 0; begin < text.size(); begin += kBlock) {
    points_.push_back(points_.back() + CodePoints(text.substr(begin, kBlock)));
  }
}

uint32_t LineTable::LineEnds(size_t begin, size_t end) const {
  uint32_t ends = 0;
  for (size_t i = begin; i < end; ++i) {
    ends += EndsLine(text_[i], i + 1 < text_.size() ? text_[i + 1] : '\0') ? 1 : 0;
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
  uint32_t line = ends_[block] + 1;
  uint32_t begin = kUnknown;
  for (uint32_t i = block * kBlock; i < offset; ++i) {
    // Few bytes come that far.
    if (text_[i] > '\r' || !EndsLine(text_[i], i + 1 < text_.size() ? text_[i + 1] : '\0'))
      continue;
    ++line;
    begin = i + 1;
  }
  if (begin == kUnknown) begin = LineOffset(line);
  return {line, PointsBetween(begin, offset) + 1};
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
