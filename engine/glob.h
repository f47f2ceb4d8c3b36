// Globs: `*` any run of characters, `?` one, `\*` `\?` `\\` the character itself.

#ifndef SLUICE_ENGINE_GLOB_H_
#define SLUICE_ENGINE_GLOB_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/work.h"

namespace sluice {

// A glob, taken apart. Nothing is ever matched twice: between two `*` the first place that fits is
// the best one, so time is that of searching each part once, in what the parts before it have left.
class Glob {
 public:
  // `pattern` as in docs/channel-format.md; any other backslash is one.
  explicit Glob(std::string_view pattern);

  // Whether all of `text` is matched. A unit of work a byte looked at; false also where there is no
  // more.
  bool Matches(std::string_view text, Work& work) const;

  // The longest text that stands in every match; empty when there is none.
  std::string_view LongestText() const;

 private:
  struct Piece {
    std::string text;   // empty: `ones` characters
    uint32_t ones = 0;  // of `?`
  };
  // Pieces between two `*`.
  struct Part {
    std::vector<Piece> pieces;
    size_t size = 0;  // at least so many bytes
  };

  // Where a match that begins at `at` ends; nullopt where none begins there.
  static std::optional<size_t> MatchAt(const Part& part, std::string_view text, size_t at,
                                       Work& work);
  // Where a match that ends with `text` begins.
  static std::optional<size_t> MatchEnd(const Part& part, std::string_view text, Work& work);
  // Where the first match from `at` on ends.
  static std::optional<size_t> Find(const Part& part, std::string_view text, size_t at, Work& work);

  bool open_start_ = false;
  bool open_end_ = false;
  std::vector<Part> parts_;
};

}  // namespace sluice

#endif  // SLUICE_ENGINE_GLOB_H_
