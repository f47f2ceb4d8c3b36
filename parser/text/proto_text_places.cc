#include <algorithm>

#include "parser/text/proto_text.h"
#include "parser/text/proto_text_scanner.h"

namespace sluice {
namespace {

constexpr uint32_t kStride = 256;
constexpr uint32_t kTabWidth = 8;

uint32_t NextColumn(char c, uint32_t column) {
  return c == '\t' ? column + kTabWidth - column % kTabWidth : column + 1;
}

// Adds the items of `name: [a, b]`, which stands at `field`; false when it is not of that form.
bool AddItems(std::string_view text, Place field, std::vector<Place>& out) {
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
      out.push_back(item);
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
  if (item.length != 0) out.push_back(item);
  return true;
}

}  // namespace

ProtoTextPlaces::ProtoTextPlaces(std::string_view text) : text_(text), line_starts_{0} {
  columns_.reserve(text.size() / kStride + 1);
  uint32_t column = 0;
  for (uint32_t i = 0; i < text.size(); ++i) {
    if (i % kStride == 0) columns_.push_back(column);
    column = text[i] == '\n' ? 0 : NextColumn(text[i], column);
    if (text[i] == '\n') line_starts_.push_back(i + 1);
  }
}

uint32_t ProtoTextPlaces::Offset(int line, int column) const {
  if (line < 0 || column < 0) return 0;
  const auto size = static_cast<uint32_t>(text_.size());
  const auto row = static_cast<size_t>(line);
  if (row >= line_starts_.size()) return size;
  const uint32_t end = row + 1 < line_starts_.size() ? line_starts_[row + 1] - 1 : size;
  const auto wanted = static_cast<uint32_t>(column);
  uint32_t offset = line_starts_[row];
  uint32_t at = 0;
  // The last of the line's known columns that is not past the wanted one.
  const auto first = columns_.begin() + std::min<size_t>(offset / kStride + 1, columns_.size());
  const auto last = columns_.begin() + std::min<size_t>(end / kStride + 1, columns_.size());
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
  if (range.start.line < 0) return {};
  const uint32_t begin = Offset(range.start.line, range.start.column);
  uint32_t end = std::max(begin, Offset(range.end.line, range.end.column));
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
  return tree == nullptr ? Place{}
                         : RangeOf(tree->GetLocationRange(field, field->is_repeated() ? 0 : -1));
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
    if (!AddItems(text_, place, places)) places.push_back(place);
  }
  places.resize(count);
  return places;
}

}  // namespace sluice
