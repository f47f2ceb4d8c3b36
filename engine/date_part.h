// Parts of dates as numbers.

#ifndef SLUICE_ENGINE_DATE_PART_H_
#define SLUICE_ENGINE_DATE_PART_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "schema/content.h"

namespace sluice {

// The part of a date as events write it: "2024-07-19", with a time behind 'T' or a blank
// ("04:09", "04:09:00", "04:09:00.123") and a zone ("Z", "+02:00"). As it stands there: no zone is
// applied. The week is that of ISO 8601. nullopt for what is no such date, and for the hour and the
// minute of a date without a time. `part` is not kWhole.
std::optional<uint32_t> DatePart(std::string_view text, TimePart part);

}  // namespace sluice

#endif  // SLUICE_ENGINE_DATE_PART_H_
