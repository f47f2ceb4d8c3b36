// "Did you mean": for commands, flags and rules that do not exist.

#ifndef SLUICE_TOOLS_SUGGEST_H_
#define SLUICE_TOOLS_SUGGEST_H_

#include <span>
#include <string>
#include <string_view>

namespace sluice {

// The one of `known` that `word` was most likely meant to be, "" when none is close: at most two
// letters added, dropped or changed, or a third of the word where that is less. Letters in any
// case.
std::string_view Closest(std::string_view word, std::span<const std::string_view> known);

// "; did you mean \"lint\"?", or "" when none is close.
std::string Suggestion(std::string_view word, std::span<const std::string_view> known);

}  // namespace sluice

#endif  // SLUICE_TOOLS_SUGGEST_H_
