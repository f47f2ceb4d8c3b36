#include <algorithm>

#include "parser/text/proto_text.h"
#include "parser/text/proto_text_scanner.h"

namespace sluice {
namespace {

constexpr uint32_t kStride = 64;
constexpr uint32_t kTabWidth = 8;

uint32_t NextColumn(char c, uint32_t column) {
  return c == '\t' ? column + kTabWidth - column % kTabWidth : column + 1;
}

// Adds the items of `name: [a, b]`, which stands at `field`, with `base` added to their offsets;
// false when it is not of that form.
bool AddItems(std::string_view text, Place field, uint32_t base, std::vector<Place>& out) {
  const std::string_view upto = text.substr(0, field.end());
  ProtoTextScanner scan(upto, field.offset);
  scan.TakeWord();
  scan.SkipBlanks();
  if (scan.Peek() == ':') scan.SkipToken();
  scan.SkipBlanks();
  if (scan.Peek() != '[') return false;
  uint32_t depth = 0;
  Place item;
  while (!scan.Done()) {
    const char c = scan.Peek();
    const uint32_t begin = scan.at();
    const bool closes = c == ']' || c == '}' || c == '>';
    if (closes && --depth == 0) break;
    if (depth == 1 && c == ',') {
      out.push_back({item.offset + base, item.length});
      item = {};
    }
    scan.SkipToken();
    if (depth > 0 && !(depth == 1 && c == ',')) {
      if (item.length == 0) item.offset = begin;
      item.length = scan.at() - item.offset;
    }
    if (c == '[' || c == '{' || c == '<') ++depth;
    scan.SkipBlanks();
  }
  if (item.length != 0) out.push_back({item.offset + base, item.length});
  return true;
}

}  // namespace

ProtoTextPlaces::ProtoTextPlaces(std::string_view text, uint32_t base)
    : text_(text), base_(base), columns_(text.size() / kStride + 1) {
  for (size_t begin = 0; begin <= text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    const bool tabs = text.substr(begin, end - begin).find('\t') != std::string_view::npos;
    lines_.push_back({static_cast<uint32_t>(begin), tabs});
    uint32_t column = 0;
    for (size_t i = begin; tabs && i < end; ++i) {
      if (i % kStride == 0) columns_[i / kStride] = column;
      column = NextColumn(text[i], column);
    }
    begin = end + 1;
  }
}

uint32_t ProtoTextPlaces::Offset(int line, int column) const {
  return base_ + OffsetInText(line, column);
}

uint32_t ProtoTextPlaces::OffsetInText(int line, int column) const {
  if (line < 0 || column < 0) return 0;
  const auto size = static_cast<uint32_t>(text_.size());
  const auto row = static_cast<size_t>(line);
  if (row >= lines_.size()) return size;
  const uint32_t end = row + 1 < lines_.size() ? lines_[row + 1].begin - 1 : size;
  const auto wanted = static_cast<uint32_t>(column);
  uint32_t offset = lines_[row].begin;
  if (!lines_[row].tabs) return offset + std::min(wanted, end - offset);
  uint32_t at = 0;
  // The last of the line's known columns that is not past the wanted one.
  const auto first = columns_.begin() + offset / kStride + 1;
  const auto last = columns_.begin() + (end + kStride - 1) / kStride;
  const auto after = first < last ? std::upper_bound(first, last, wanted) : first;
  if (after > first) {
    offset = static_cast<uint32_t>(after - 1 - columns_.begin()) * kStride;
    at = *(after - 1);
  }
  while (at < wanted && offset < end) at = NextColumn(text_[offset++], at);
  return offset;
}

Place ProtoTextPlaces::RangeOf(
    const google::protobuf::TextFormat::ParseLocationRange& range) const {
  const uint32_t begin = OffsetInText(range.start.line, range.start.column);
  uint32_t end = std::max(begin, OffsetInText(range.end.line, range.end.column));
  // The parser counts a separator after the value as part of the field.
  const auto ends_with_separator = [&] { return text_[end - 1] == ',' || text_[end - 1] == ';'; };
  if (end > begin && ends_with_separator()) {
    --end;
    while (end > begin && ProtoTextScanner::IsBlank(text_[end - 1])) --end;
  }
  return {begin, end - begin};
}

Place ProtoTextPlaces::Of(const ProtoTextTree* tree,
                          const google::protobuf::FieldDescriptor* field) const {
  if (tree == nullptr) return {};
  const auto range = tree->GetLocationRange(field, field->is_repeated() ? 0 : -1);
  return range.start.line < 0 ? Place{} : InFile(RangeOf(range));
}

std::vector<Place> ProtoTextPlaces::All(const ProtoTextTree* tree,
                                        const google::protobuf::FieldDescriptor* field,
                                        int count) const {
  std::vector<Place> places;
  if (tree == nullptr) return std::vector<Place>(count);
  for (int i = 0; static_cast<int>(places.size()) < count; ++i) {
    const auto range = tree->GetLocationRange(field, i);
    if (range.start.line < 0) break;
    const Place place = RangeOf(range);
    if (!AddItems(text_, place, base_, places)) places.push_back(InFile(place));
  }
  places.resize(count);
  return places;
}

}  // namespace sluice
