// The difference between two texts as `diff -u` writes it, which `patch -p0` applies.

#ifndef SLUICE_REPORT_UNIFIED_DIFF_H_
#define SLUICE_REPORT_UNIFIED_DIFF_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace sluice {

struct UnifiedDiffOptions {
  bool color = false;      // with the colour codes of a terminal
  bool printable = false;  // control characters of the texts as escapes, and long lines cut
};

// From `before` to `after`, both named `path`, with three lines of context. `origins` says for each
// line of `after` which line of `before` it is, from 0, in ascending order; 0xFFFFFFFF for a new
// one. Lines end in a line feed or with the text. Linear; empty when the texts are the same.
std::string UnifiedDiff(std::string_view path, std::string_view before, std::string_view after,
                        std::span<const uint32_t> origins, const UnifiedDiffOptions& options = {});

}  // namespace sluice

#endif  // SLUICE_REPORT_UNIFIED_DIFF_H_
