#include "schema/place.h"

#include <algorithm>

namespace sluice {

LineTable::LineTable(std::string_view text) : text_(text), starts_{0} {
  for (size_t i = 0; i < text.size(); ++i) {
    const bool ends =
        text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n'));
    if (ends) starts_.push_back(static_cast<uint32_t>(i + 1));
  }
}

LineColumn LineTable::Locate(uint32_t offset) const {
  offset = std::min<uint32_t>(offset, static_cast<uint32_t>(text_.size()));
  const auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
  const uint32_t start = *(after - 1);
  const std::string_view before = text_.substr(start, offset - start);
  // A code point is counted at its first byte; continuation bytes are 10xxxxxx.
  const auto code_points = std::count_if(before.begin(), before.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  });
  return {static_cast<uint32_t>(after - starts_.begin()), static_cast<uint32_t>(code_points) + 1};
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
