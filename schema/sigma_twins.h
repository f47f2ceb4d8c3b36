// Finds values of one key that are the same as an earlier one.

#ifndef SLUICE_SCHEMA_SIGMA_TWINS_H_
#define SLUICE_SCHEMA_SIGMA_TWINS_H_

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

#include "schema/sigma_values.h"
#include "schema/text.h"

namespace sluice {

// A hash that is the same for texts that differ in the case of ASCII letters only.
inline uint64_t FoldedHash(std::string_view text) {
  constexpr uint64_t kFold = 0x2020202020202020;
  constexpr uint64_t kMultiplier = 0x9E3779B97F4A7C15;
  uint64_t hash = text.size() * kMultiplier;
  while (!text.empty()) {
    const size_t n = std::min<size_t>(8, text.size());
    uint64_t word = 0;
    std::memcpy(&word, text.data(), n);
    hash = (hash ^ (word | kFold)) * kMultiplier;
    hash ^= hash >> 32;
    text.remove_prefix(n);
  }
  return hash;
}

// Calls `visit(criterion, earlier)` for each value that is the same as an earlier one under the
// key, but for the case of ASCII letters; `earlier` is the first of those. Linear: values whose
// hashes were made to meet are passed over.
template <typename Visit>
void ForEachTwin(const Content& content, std::span<const Criterion> criteria, Visit visit) {
  if (criteria.size() < 2) return;
  constexpr size_t kFew = 64;
  constexpr int kMaxProbes = 64;
  std::array<uint32_t, kFew * 2> few;
  std::vector<uint32_t> many;
  size_t slots = 4;
  while (slots < criteria.size() * 2) slots *= 2;
  if (slots > few.size()) many.resize(slots);
  const std::span<uint32_t> table = many.empty() ? std::span(few).first(slots) : std::span(many);
  std::ranges::fill(table, kNone);
  for (uint32_t i = 0; i < criteria.size(); ++i) {
    const Written& written = *content.written(criteria[i]);
    if (i > 0 && content.written(criteria[i - 1])->position == written.position) continue;
    size_t slot = FoldedHash(written.value) & (slots - 1);
    for (int probe = 0; probe < kMaxProbes; ++probe, slot = (slot + 1) & (slots - 1)) {
      if (table[slot] == kNone) {
        table[slot] = i;
        break;
      }
      const Criterion& other = criteria[table[slot]];
      const Written& earlier = *content.written(other);
      if (earlier.type == written.type && EqualsIgnoreCase(earlier.value, written.value)) {
        visit(criteria[i], other);
        break;
      }
    }
  }
}

}  // namespace sluice

#endif  // SLUICE_SCHEMA_SIGMA_TWINS_H_
