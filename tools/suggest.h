// "Did you mean": for commands, flags and rules that do not exist.

#ifndef SLUICE_TOOLS_SUGGEST_H_
#define SLUICE_TOOLS_SUGGEST_H_

#include <span>
#include <string>
#include <string_view>

#include "schema/closest.h"

namespace sluice {

// The one of `known`, all NAME@VERSION, that `sensor` was most likely meant to be; "" when none is
// close. A name that is known keeps it: then the version counts, which is the same number written
// otherwise ("4.9" for 4.90, "4.23x" for 4.23), or else the nearest number less than 1 away, the
// earlier of two. Versions that are no number are compared by their letters.
std::string_view ClosestSensor(std::string_view sensor, std::span<const std::string_view> known);

// "; did you mean \"lint\"?", or "" when none is close.
std::string Suggestion(std::string_view word, std::span<const std::string_view> known);
// The same for a word that is chosen already, or "".
std::string DidYouMean(std::string_view word);

}  // namespace sluice

#endif  // SLUICE_TOOLS_SUGGEST_H_
