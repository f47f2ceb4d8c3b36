// Where the empty groups of a Sysmon rule blob belong: aggregation records that no condition uses
// (docs/sysmon-blob.md, "Quirks").

#ifndef SLUICE_PARSER_SYSMON_BLOB_GROUPS_H_
#define SLUICE_PARSER_SYSMON_BLOB_GROUPS_H_

#include <cstdint>
#include <vector>

#include "parser/sysmon/blob_layout.h"
#include "parser/sysmon/blob_records.h"

namespace sluice::blob {

// Adds the aggregation records at `offsets` to the groups of `records`, whose events, conditions
// and runs are complete. An empty group belongs to the event that it follows in the file, between
// the conditions that it stands between. `cursor` is over the file.
void PlaceEmptyGroups(std::vector<uint32_t> offsets, const Cursor& cursor, Records* records);

}  // namespace sluice::blob

#endif  // SLUICE_PARSER_SYSMON_BLOB_GROUPS_H_
