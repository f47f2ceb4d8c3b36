// The names that the text form gives the parts of a time.

#ifndef SLUICE_PARSER_TEXT_TIME_PART_H_
#define SLUICE_PARSER_TEXT_TIME_PART_H_

#include <optional>
#include <string_view>

#include "schema/content.h"

namespace sluice {

// "minute", "hour", "day", "week", "month", "year"; "" for the whole.
std::string_view Name(TimePart part);

// nullopt for any other text, the empty one included.
std::optional<TimePart> TimePartByName(std::string_view name);

}  // namespace sluice

#endif  // SLUICE_PARSER_TEXT_TIME_PART_H_
