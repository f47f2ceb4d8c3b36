#include "parser/text/time_part.h"

#include <algorithm>
#include <iterator>

namespace sluice {
namespace {

constexpr std::string_view kNames[] = {"", "minute", "hour", "day", "week", "month", "year"};

}  // namespace

std::string_view Name(TimePart part) { return kNames[static_cast<size_t>(part)]; }

std::optional<TimePart> TimePartByName(std::string_view name) {
  const auto* found = std::ranges::find(kNames, name);
  if (name.empty() || found == std::end(kNames)) return std::nullopt;
  return static_cast<TimePart>(found - std::begin(kNames));
}

}  // namespace sluice
