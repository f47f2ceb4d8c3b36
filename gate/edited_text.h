// A text under edits, which remembers the lines that they left alone.

#ifndef SLUICE_GATE_EDITED_TEXT_H_
#define SLUICE_GATE_EDITED_TEXT_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "schema/finding.h"

namespace sluice {

class EditedText {
 public:
  explicit EditedText(std::string text);

  const std::string& text() const { return text_; }

  // For each line of the text, which line of the first text it is, from 0; kNone for one that was
  // changed. Lines end with a line feed, which is part of them, or with the text. In ascending
  // order, but for kNone.
  const std::vector<uint32_t>& origins() const { return origins_; }

  // Applies edits, which count in the text as it stands: in ascending order of place, within it,
  // and without overlaps. Linear in the text.
  void Apply(std::span<const Edit* const> edits);

 private:
  std::string text_;
  std::vector<uint32_t> origins_;
};

// The offsets at which lines begin, and behind them the text's size.
std::vector<size_t> LineStarts(std::string_view text);

}  // namespace sluice

#endif  // SLUICE_GATE_EDITED_TEXT_H_
