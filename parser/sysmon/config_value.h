// What Sysmon makes of a value of its configuration, and what it loses on the way.

#ifndef SLUICE_PARSER_SYSMON_CONFIG_VALUE_H_
#define SLUICE_PARSER_SYSMON_CONFIG_VALUE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "schema/place.h"

namespace sluice {

// The two flaws of a value that no sensor reports. Places count bytes of the raw value.
struct ValueFlaws {
  // The sensor turns the value into UTF-16 and stops at the first NUL or byte that is not UTF-8
  // (Sysmon rule blob, section 5.1): this byte, or the numeric entity that made it.
  std::optional<Place> cut;
  // How many bytes of the decoded value are left.
  size_t kept = 0;
  // The first entity that the sensor does not know and keeps as written: '&' and a name or number,
  // with its ';' where there is one. A lone '&' stands for itself and is none.
  std::optional<Place> unknown_entity;
};

// Compares a value as it stands in the file, `raw`, with what pugixml made of it, `decoded`, which
// ends at the first NUL. In `cdata` there are no entities. In linear time.
ValueFlaws FindFlaws(std::string_view raw, std::string_view decoded, bool cdata = false);

// The number that Sysmon reads from `schemaversion`, times 100 and rounded: "4.5" is 450. Leading
// blanks, '+', an exponent and anything behind the number are passed over; nullopt where there is
// no number, or none from 0 to 65535.99 (Sysmon rule blob, section 5.1).
std::optional<uint32_t> SysmonSchemaRank(std::string_view text);

// The same as blobs have it: the whole part in the high half, the two decimals in the low one.
// nullopt below 1.00, too.
std::optional<uint32_t> SysmonSchemaWord(std::string_view text);

}  // namespace sluice

#endif  // SLUICE_PARSER_SYSMON_CONFIG_VALUE_H_
