#include "gate/excerpt.h"

#include <algorithm>
#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "schema/text.h"
#include "schema/utf.h"

namespace sluice {
namespace {

constexpr size_t kBytesBefore = 60;  // of a long line, shown before the mark
constexpr size_t kBytesAfter = 100;  // and from the mark on
constexpr size_t kMaxRows = 8;       // of fields under one finding
constexpr size_t kMeaningLimit = 80;
constexpr uint32_t kMaxAnnotatedBytes = 1024;  // of one place: more than the rows show

bool ContinuesCodePoint(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// The closest offset at or before `offset`, and not before `begin`, where a code point begins.
size_t AlignDown(std::string_view text, size_t begin, size_t offset) {
  const size_t lowest = offset - std::min<size_t>(offset - begin, 3);
  size_t aligned = offset;
  while (aligned > lowest && aligned < text.size() && ContinuesCodePoint(text[aligned])) --aligned;
  return aligned;
}

std::string PrintableLine(std::string_view text) {
  std::string spaced;
  for (const char c : text) spaced += c == '\t' ? std::string("  ") : std::string(1, c);
  return Printable(spaced, 4 * spaced.size() + 1);
}

uint32_t CodePoints(std::string_view text) {
  return static_cast<uint32_t>(
      std::ranges::count_if(text, [](char c) { return !ContinuesCodePoint(c); }));
}

void Mark(ExcerptLine& line, std::string_view before, std::string_view marked) {
  line.mark_begin = CodePoints(before);
  line.mark_length = std::max<uint32_t>(CodePoints(marked), 1);
}

// Rows of annotated bytes.
class Rows {
 public:
  explicit Rows(std::string_view bytes) : bytes_(bytes) {}

  // One field. With `mark`, the part of it that the row shows is marked; a place that begins past
  // the bytes that a row holds moves the row to itself.
  void Add(const Annotation& annotation, const Place* mark) {
    if (annotation.structure != structure_) {
      structure_ = annotation.structure;
      lines_.push_back({.gutter = "", .text = Printable(structure_, kMeaningLimit)});
    }
    uint32_t from = annotation.place.offset;
    std::string label = annotation.field;
    if (mark != nullptr && mark->offset - from >= kHexRowBytes) {
      from = mark->offset;
      absl::StrAppend(&label, " + ", mark->offset - annotation.place.offset);
    }
    absl::StrAppend(&label, ": ", annotation.meaning);
    AddRow({from, annotation.place.end() - from}, label, mark);
  }

  // Bytes that belong to no field.
  void AddRaw(Place place, const Place* mark) { AddRow(place, "(of no record)", mark); }

  void AddEnd(bool mark) {
    constexpr std::string_view kEnd = "(end of the file)";
    lines_.push_back({.gutter = HexOffset(static_cast<uint32_t>(bytes_.size())),
                      .text = std::string(kEnd),
                      .mark_length = mark ? static_cast<uint32_t>(kEnd.size()) : 0});
  }

  std::vector<ExcerptLine> Take() && { return std::move(lines_); }

 private:
  void AddRow(Place place, std::string_view label, const Place* mark) {
    std::string row = HexRow(SafeSlice(place));
    row.resize(kHexRowWidth, ' ');
    absl::StrAppend(&row, "  ", Printable(label, kMeaningLimit));
    ExcerptLine line{.gutter = HexOffset(place.offset), .text = std::move(row)};
    if (mark != nullptr) {
      const uint32_t first = mark->offset - place.offset;
      const uint32_t shown =
          std::min<uint32_t>(kHexRowBytes, static_cast<uint32_t>(SafeSlice(place).size()));
      const uint32_t count =
          std::clamp<uint32_t>(mark->length, 1, std::max(shown, first + 1) - first);
      line.mark_begin = 3 * first;
      line.mark_length = 3 * count - 1;
    }
    lines_.push_back(std::move(line));
  }

  std::string_view SafeSlice(Place place) const {
    if (place.offset >= bytes_.size()) return {};
    return bytes_.substr(place.offset, place.length);
  }

  std::string_view bytes_;
  std::string structure_;
  std::vector<ExcerptLine> lines_;
};

}  // namespace

std::string HexRow(std::string_view bytes) {
  std::string row;
  for (const char c : bytes.substr(0, kHexRowBytes)) {
    if (!row.empty()) row += ' ';
    absl::StrAppendFormat(&row, "%02x", static_cast<unsigned char>(c));
  }
  if (bytes.size() > kHexRowBytes) row += " ..";
  return row;
}

std::string HexOffset(uint32_t offset) { return absl::StrFormat("0x%x", offset); }

std::vector<ExcerptLine> TextExcerpt(std::string_view text, const LineTable& lines, Place place) {
  const size_t at = std::min<size_t>(place.offset, text.size());
  const uint32_t number = lines.Locate(static_cast<uint32_t>(at)).line;
  const size_t line_begin = lines.LineOffset(number);
  const size_t line_end = std::max(line_begin + lines.Line(number).size(), at);

  size_t begin = line_begin;
  if (at - line_begin > kBytesBefore) begin = AlignDown(text, line_begin, at - kBytesBefore);
  size_t end = line_end;
  if (line_end - at > kBytesAfter) end = AlignDown(text, at, at + kBytesAfter);
  const size_t mark_end = at + std::min<size_t>(place.length, end - at);

  std::string before = PrintableLine(text.substr(begin, at - begin));
  if (begin > line_begin) before = "..." + before;
  const std::string marked = PrintableLine(text.substr(at, mark_end - at));
  const std::string after = PrintableLine(text.substr(mark_end, end - mark_end));
  ExcerptLine line{.gutter = absl::StrCat(number),
                   .text = absl::StrCat(before, marked, after, end < line_end ? "..." : "")};
  Mark(line, before, marked);
  return {std::move(line)};
}

std::vector<ExcerptLine> BinaryExcerpt(std::string_view bytes,
                                       std::span<const Annotation> annotations, Place place) {
  Rows rows(bytes);
  const uint32_t size = static_cast<uint32_t>(bytes.size());
  // The first field that ends after the place begins.
  const auto first = std::ranges::partition_point(
      annotations, [&](const Annotation& a) { return a.place.end() <= place.offset; });
  auto at = first;
  const bool is_one_field = first != annotations.end() && place.end() <= first->place.end();
  const bool at_end = place.offset >= size;
  if (first != annotations.begin() && (is_one_field || at_end)) rows.Add(*(first - 1), nullptr);
  if (at_end) {
    rows.AddEnd(true);
    return std::move(rows).Take();
  }
  if (first == annotations.end() || first->place.offset > place.offset) {
    const uint32_t end = first == annotations.end() ? size : first->place.offset;
    rows.AddRaw({place.offset, end - place.offset}, &place);
  } else {
    rows.Add(*at++, &place);
  }
  // The rest of the place, or one field after it.
  const uint32_t end = is_one_field ? first->place.end() + 1 : place.end();
  for (size_t count = 1; at != annotations.end() && count < kMaxRows; ++at, ++count) {
    if (at->place.offset >= end) break;
    rows.Add(*at, nullptr);
  }
  const bool to_end = annotations.empty() || annotations.back().place.end() >= size;
  if (at == annotations.end() && to_end) rows.AddEnd(false);
  return std::move(rows).Take();
}

void FillExcerpts(const Format& format, std::string_view bytes, std::string_view text,
                  const LineTable& lines, const ReadOptions& options, std::span<Finding> findings) {
  if (findings.empty()) return;
  if (format.binary) {
    std::vector<Annotation> annotations;
    if (format.annotate != nullptr) {
      std::vector<Place> around;
      for (const Finding& f : findings) {
        around.push_back({f.place.offset, std::min(f.place.length, kMaxAnnotatedBytes)});
      }
      annotations = format.annotate(bytes, options, around);
    }
    for (Finding& f : findings) f.excerpt = BinaryExcerpt(bytes, annotations, f.place);
    return;
  }
  for (Finding& f : findings) f.excerpt = TextExcerpt(text, lines, f.place);
}

}  // namespace sluice
