#include "gate/edited_text.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "schema/content.h"
#include "schema/text.h"

namespace sluice {
namespace {

// A run of bytes that an edit left alone: where it stands now, and where it stood.
struct Kept {
  size_t begin = 0;
  size_t end = 0;
  size_t before = 0;
};

// For each line of `after`, the line of `before` that it is; kNone for one with anything new.
std::vector<uint32_t> LinesKept(std::string_view before, std::string_view after,
                                std::span<const Kept> kept) {
  const std::vector<size_t> old_starts = LineStarts(before);
  const std::vector<size_t> starts = LineStarts(after);
  std::vector<uint32_t> lines(starts.size() - 1, kNone);
  size_t run = 0;
  size_t old_line = 0;
  for (size_t line = 0; line < lines.size(); ++line) {
    while (run < kept.size() && kept[run].end < starts[line + 1]) ++run;
    if (run == kept.size() || kept[run].begin > starts[line]) continue;
    const size_t old_begin = kept[run].before + (starts[line] - kept[run].begin);
    const size_t old_end = old_begin + (starts[line + 1] - starts[line]);
    while (old_line + 1 < old_starts.size() && old_starts[old_line] < old_begin) ++old_line;
    if (old_line + 1 < old_starts.size() && old_starts[old_line] == old_begin &&
        old_starts[old_line + 1] == old_end) {
      lines[line] = static_cast<uint32_t>(old_line);
    }
  }
  return lines;
}

}  // namespace

std::vector<size_t> LineStarts(std::string_view text) {
  std::vector<size_t> starts;
  for (size_t at = 0; at < text.size();) {
    starts.push_back(at);
    const size_t feed = text.find('\n', at);
    at = feed == std::string_view::npos ? text.size() : feed + 1;
  }
  starts.push_back(text.size());
  return starts;
}

EditedText::EditedText(std::string text)
    : text_(std::move(text)), origins_(LineStarts(text_).size() - 1) {
  std::iota(origins_.begin(), origins_.end(), 0);
}

void EditedText::Apply(std::span<const Edit* const> edits) {
  std::string after;
  std::vector<Kept> kept;
  size_t at = 0;
  const auto keep_to = [&](size_t end) {
    kept.push_back({after.size(), after.size() + (end - at), at});
    after.append(text_, at, end - at);
    at = end;
  };
  for (const Edit* edit : edits) {
    keep_to(edit->place.offset);
    after += edit->replacement;
    at = edit->place.end();
  }
  keep_to(text_.size());
  std::vector<uint32_t> lines = LinesKept(text_, after, kept);
  for (uint32_t& line : lines) {
    if (line != kNone) line = origins_[line];
  }
  text_ = std::move(after);
  origins_ = std::move(lines);
}

}  // namespace sluice
