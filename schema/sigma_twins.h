// Finds values of one key that are the same as an earlier one.

#ifndef SLUICE_SCHEMA_SIGMA_TWINS_H_
#define SLUICE_SCHEMA_SIGMA_TWINS_H_

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "schema/criterion_key.h"
#include "schema/sigma_values.h"
#include "schema/text.h"

namespace sluice {

constexpr size_t kPairsOfTwins = 12;  // values that are compared one by one

// Whether the criterion tests the same value as the one before it, in another form.
inline bool RepeatsValue(const Content& content, std::span<const Criterion> criteria, size_t i) {
  return i > 0 &&
         content.written(criteria[i - 1])->position == content.written(criteria[i])->position;
}

inline bool AreTwins(const Written& a, const Written& b) {
  return a.type == b.type && EqualsIgnoreCase(a.value, b.value);
}

template <typename Visit>
void ForEachTwinOfFew(const Content& content, std::span<const Criterion> criteria, Visit visit) {
  for (size_t i = 1; i < criteria.size(); ++i) {
    if (RepeatsValue(content, criteria, i)) continue;
    for (size_t j = 0; j < i; ++j) {
      if (RepeatsValue(content, criteria, j)) continue;
      if (!AreTwins(*content.written(criteria[j]), *content.written(criteria[i]))) continue;
      visit(criteria[i], criteria[j]);
      break;
    }
  }
}

// Calls `visit(criterion, earlier)` for each value that is the same as an earlier one under the
// key, but for the case of ASCII letters; `earlier` is the first of those. Linear: values whose
// hashes were made to meet are passed over.
template <typename Visit>
void ForEachTwin(const Content& content, std::span<const Criterion> criteria, Visit visit) {
  if (criteria.size() < 2) return;
  if (criteria.size() <= kPairsOfTwins) return ForEachTwinOfFew(content, criteria, visit);
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
    if (RepeatsValue(content, criteria, i)) continue;
    size_t slot = FoldedHash(written.value) & (slots - 1);
    for (int probe = 0; probe < kMaxProbes; ++probe, slot = (slot + 1) & (slots - 1)) {
      if (table[slot] == kNone) {
        table[slot] = i;
        break;
      }
      const Criterion& other = criteria[table[slot]];
      if (AreTwins(*content.written(other), written)) {
        visit(criteria[i], other);
        break;
      }
    }
  }
}

}  // namespace sluice

#endif  // SLUICE_SCHEMA_SIGMA_TWINS_H_
