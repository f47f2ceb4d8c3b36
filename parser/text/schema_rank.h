// The rank that the text of a schema version has by itself.

#ifndef SLUICE_PARSER_TEXT_SCHEMA_RANK_H_
#define SLUICE_PARSER_TEXT_SCHEMA_RANK_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace sluice {

// A hundred times the decimal number: 450 for "4.50" and for "4.5", 400 for "4". nullopt for
// anything but one to five digits, and at most two more after a point: what else a sensor makes of
// such a text is for the reader of that format, and stands in the text form as `schema_rank`.
std::optional<uint32_t> SchemaRank(std::string_view version);

}  // namespace sluice

#endif  // SLUICE_PARSER_TEXT_SCHEMA_RANK_H_
