#include "schema/closest.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "schema/text.h"

namespace sluice {
namespace {

constexpr size_t kLongestWord = 64;

// Letters added, dropped, changed, or swapped with their neighbour (optimal string alignment).
size_t Distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<size_t>> d(a.size() + 1, std::vector<size_t>(b.size() + 1));
  for (size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
  for (size_t j = 0; j <= b.size(); ++j) d[0][j] = j;
  const auto same = [&](size_t i, size_t j) { return AsciiLower(a[i]) == AsciiLower(b[j]); };
  for (size_t i = 1; i <= a.size(); ++i) {
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t change = d[i - 1][j - 1] + (same(i - 1, j - 1) ? 0 : 1);
      d[i][j] = std::min({change, d[i - 1][j] + 1, d[i][j - 1] + 1});
      const bool swapped = i > 1 && j > 1 && same(i - 1, j - 2) && same(i - 2, j - 1);
      if (swapped) d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  }
  return d[a.size()][b.size()];
}

}  // namespace

std::string_view Closest(std::string_view word, std::span<const std::string_view> known) {
  if (word.size() > kLongestWord) return {};
  size_t best = std::min<size_t>(2, std::max<size_t>(1, word.size() / 3)) + 1;
  std::string_view closest;
  for (const std::string_view candidate : known) {
    // The distance is at least the difference in length.
    const size_t longer = std::max(word.size(), candidate.size());
    if (longer - std::min(word.size(), candidate.size()) >= best) continue;
    const size_t distance = Distance(word, candidate);
    if (distance >= best) continue;
    best = distance;
    closest = candidate;
  }
  return closest;
}

}  // namespace sluice
