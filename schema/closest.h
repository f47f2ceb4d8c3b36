// Which of the known names a misspelt one was meant to be.

#ifndef SLUICE_SCHEMA_CLOSEST_H_
#define SLUICE_SCHEMA_CLOSEST_H_

#include <span>
#include <string_view>

namespace sluice {

// The one of `known` that `word` was most likely meant to be, "" when none is close: at most two
// letters added, dropped, changed or swapped, or a third of the word where that is less. Letters in
// any case. Words of more than 64 bytes have none.
std::string_view Closest(std::string_view word, std::span<const std::string_view> known);

}  // namespace sluice

#endif  // SLUICE_SCHEMA_CLOSEST_H_
