// Where something stands in a file.
//
// A place is a half-open byte range. In a binary it counts the bytes of the file; in a text it
// counts the bytes of the text as Sluice decoded it (UTF-8, byte order mark excluded), and
// `LineTable` turns it into a line and a column. Files are at most 256 MiB, so 32 bits are enough.

#ifndef SLUICE_SCHEMA_PLACE_H_
#define SLUICE_SCHEMA_PLACE_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace sluice {

struct Place {
  uint32_t offset = 0;
  uint32_t length = 0;

  uint32_t end() const { return offset + length; }
  friend bool operator==(const Place&, const Place&) = default;
};

// A half-open range of indices into one of the arrays of `Content`.
struct Range {
  uint32_t begin = 0;
  uint32_t end = 0;

  uint32_t size() const { return end - begin; }
  bool empty() const { return begin == end; }
  friend bool operator==(const Range&, const Range&) = default;
};

// Line and column from 1; the column counts Unicode code points.
struct LineColumn {
  uint32_t line = 0;
  uint32_t column = 0;
  friend bool operator==(const LineColumn&, const LineColumn&) = default;
};

// Finds lines in a text. Building takes one fast pass; `Locate` takes a binary search and bounded
// work, however long the line. The text must outlive the table. LF, CR LF and CR each end a line.
class LineTable {
 public:
  explicit LineTable(std::string_view text);

  // The position of byte `offset`; an offset past the end is taken for the end.
  LineColumn Locate(uint32_t offset) const;

  // The bytes of line `line` (from 1) without its line ending; empty past the last line.
  std::string_view Line(uint32_t line) const;

  // The offset of the first byte of line `line` (from 1); the text's size past the last line.
  uint32_t LineOffset(uint32_t line) const;

 private:
  // Line ends, and code points, in [begin, end).
  uint32_t LineEnds(size_t begin, size_t end) const;
  uint32_t PointsBetween(uint32_t begin, uint32_t end) const;

  std::string_view text_;
  // Before each 128th byte.
  std::vector<uint32_t> ends_;
  std::vector<uint32_t> points_;  // empty for ASCII
};

}  // namespace sluice

#endif  // SLUICE_SCHEMA_PLACE_H_
