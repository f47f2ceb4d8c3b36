// What a text report shows under a finding: the source line with a caret, or the bytes around the
// place with what they mean.
//
// Everything here is safe to print: control characters of the content are written as escapes, and a
// mark counts the code points of what is printed. The cost of one excerpt does not depend on the
// length of the line or of the file.

#ifndef SLUICE_GATE_EXCERPT_H_
#define SLUICE_GATE_EXCERPT_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "parser/annotation.h"
#include "parser/format.h"
#include "parser/reader.h"
#include "schema/finding.h"
#include "schema/place.h"

namespace sluice {

// Bytes of one field that a row of hexadecimal digits shows.
inline constexpr size_t kHexRowBytes = 8;
// Columns of such a row: two digits and a space for each byte, and ".." where the field goes on.
inline constexpr size_t kHexRowWidth = 3 * kHexRowBytes + 2;

// The first `kHexRowBytes` of `bytes` as "19 00 00 00", ending in ".." when there are more. Not
// padded.
std::string HexRow(std::string_view bytes);

// "0x1a4".
std::string HexOffset(uint32_t offset);

// The line on which `place` begins, cut to a window around it when it is long; what of the place is
// on that line is marked. `lines` is the table of `text`. A tab is printed as two spaces.
std::vector<ExcerptLine> TextExcerpt(std::string_view text, const LineTable& lines, Place place);

// The field that `place` is in, with the one before and the one after; or the fields that it
// covers, as far as they fit. The first byte of the place is marked, with as much of the place as
// its row shows. `annotations` are in ascending order of offset and may be empty: bytes without one
// are shown as they are. A place at the end of the file marks the end.
std::vector<ExcerptLine> BinaryExcerpt(std::string_view bytes,
                                       std::span<const Annotation> annotations, Place place);

// Fills in `Finding::excerpt` of every one of `findings`, all in one file of this format. `text` is
// the decoded text of a text file and `lines` its table; both are not used for a binary. Nothing is
// done when there are no findings.
void FillExcerpts(const Format& format, std::string_view bytes, std::string_view text,
                  const LineTable& lines, const ReadOptions& options, std::span<Finding> findings);

}  // namespace sluice

#endif  // SLUICE_GATE_EXCERPT_H_
