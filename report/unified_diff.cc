#include "report/unified_diff.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "schema/text.h"

namespace sluice {
namespace {

constexpr size_t kContext = 3;
constexpr uint32_t kNew = 0xFFFFFFFF;
constexpr size_t kTerminalLineLimit = 2000;

// With their line feeds.
std::vector<std::string_view> Lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const size_t feed = text.find('\n');
    const size_t size = feed == std::string_view::npos ? text.size() : feed + 1;
    lines.push_back(text.substr(0, size));
    text.remove_prefix(size);
  }
  return lines;
}

// Lines of the first text that become lines of the second; ends are behind the last.
struct Change {
  size_t before_begin = 0;
  size_t before_end = 0;
  size_t after_begin = 0;
  size_t after_end = 0;

  bool empty() const { return before_begin == before_end && after_begin == after_end; }
};

class DiffWriter {
 public:
  DiffWriter(std::string_view path, std::string_view before, std::string_view after,
             const UnifiedDiffOptions& options)
      : path_(Printable(path, 4096)),
        before_(Lines(before)),
        after_(Lines(after)),
        options_(options) {}

  std::string Write(std::span<const uint32_t> origins) && {
    Find(origins);
    if (changes_.empty()) return {};
    Line("1", absl::StrCat("--- ", path_));
    Line("1", absl::StrCat("+++ ", path_));
    for (size_t first = 0; first < changes_.size();) {
      size_t last = first;
      while (last + 1 < changes_.size() && Joined(changes_[last], changes_[last + 1])) ++last;
      Hunk(std::span(changes_).subspan(first, last - first + 1));
      first = last + 1;
    }
    return std::move(out_);
  }

 private:
  void Find(std::span<const uint32_t> origins) {
    size_t before = 0;
    size_t after = 0;
    for (size_t line = 0; line < after_.size(); ++line) {
      const uint32_t origin = line < origins.size() ? origins[line] : kNew;
      if (origin == kNew || origin < before || origin >= before_.size()) continue;
      AddChange({before, origin, after, line});
      before = origin + size_t{1};
      after = line + 1;
    }
    AddChange({before, before_.size(), after, after_.size()});
  }

  // What an edit touched may be as it was at both ends.
  void AddChange(Change c) {
    const auto same = [&](size_t a, size_t b) { return before_[a] == after_[b]; };
    const auto both = [&] { return c.before_begin < c.before_end && c.after_begin < c.after_end; };
    for (; both() && same(c.before_begin, c.after_begin); ++c.before_begin) ++c.after_begin;
    for (; both() && same(c.before_end - 1, c.after_end - 1); --c.before_end) --c.after_end;
    if (!c.empty()) changes_.push_back(c);
  }

  static bool Joined(const Change& a, const Change& b) {
    return b.before_begin - a.before_end <= 2 * kContext;
  }

  void Hunk(std::span<const Change> changes) {
    const Change& first = changes.front();
    const Change& last = changes.back();
    const size_t lead = std::min(kContext, first.before_begin);
    const size_t tail = std::min(kContext, before_.size() - last.before_end);
    Line("36", absl::StrCat("@@ -", Span(first.before_begin - lead, last.before_end + tail), " +",
                            Span(first.after_begin - lead, last.after_end + tail), " @@"));
    size_t at = first.before_begin - lead;
    for (const Change& change : changes) {
      Put("", ' ', std::span(before_).subspan(at, change.before_begin - at));
      Put("31", '-',
          std::span(before_).subspan(change.before_begin, change.before_end - change.before_begin));
      Put("32", '+',
          std::span(after_).subspan(change.after_begin, change.after_end - change.after_begin));
      at = change.before_end;
    }
    Put("", ' ', std::span(before_).subspan(at, tail));
  }

  // "12,7"; the line before where there is none in it.
  static std::string Span(size_t begin, size_t end) {
    const size_t count = end - begin;
    if (count == 1) return absl::StrCat(begin + 1);
    return absl::StrCat(count == 0 ? begin : begin + 1, ",", count);
  }

  void Put(std::string_view color, char sign, std::span<const std::string_view> lines) {
    for (std::string_view line : lines) {
      const bool ended = line.ends_with('\n');
      if (ended) line.remove_suffix(1);
      const std::string shown =
          options_.printable ? Printable(line, kTerminalLineLimit) : std::string(line);
      Line(color, absl::StrCat(std::string(1, sign), shown));
      if (!ended) Line("", "\\ No newline at end of file");
    }
  }

  void Line(std::string_view color, std::string_view text) {
    const bool paint = options_.color && !color.empty();
    if (paint) absl::StrAppend(&out_, "\033[", Abseil(color), "m");
    absl::StrAppend(&out_, Abseil(text), paint ? "\033[0m" : "", "\n");
  }

  std::string path_;
  std::vector<std::string_view> before_;
  std::vector<std::string_view> after_;
  UnifiedDiffOptions options_;
  std::vector<Change> changes_;
  std::string out_;
};

}  // namespace

std::string UnifiedDiff(std::string_view path, std::string_view before, std::string_view after,
                        std::span<const uint32_t> origins, const UnifiedDiffOptions& options) {
  return DiffWriter(path, before, after, options).Write(origins);
}

}  // namespace sluice
