// The proof that a Sysmon rule blob is sound, and what it found where.
//
// The engines that load blobs follow links without looking. This proves all of what they rely on
// before anything is built from the file: every record is whole, 8-aligned and disjoint from every
// other, links ascend, counts equal chains, texts and names end. Afterwards the records can be read
// without another check.

#ifndef SLUICE_PARSER_SYSMON_BLOB_RECORDS_H_
#define SLUICE_PARSER_SYSMON_BLOB_RECORDS_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "parser/reader.h"
#include "parser/sysmon/blob_layout.h"
#include "schema/place.h"

namespace sluice::blob {

struct EventEntry {
  uint32_t offset = 0;
  Range conditions;  // in Records::conditions
  Range groups;      // in Records::groups
};

struct ConditionEntry {
  uint32_t offset = 0;
  uint32_t data_size = 0;   // bytes, the terminator and what follows it included
  uint32_t text_units = 0;  // before the terminator
  uint32_t name_units = 0;
};

// An aggregation record, with the run of consecutive conditions that it holds.
struct GroupEntry {
  uint32_t offset = 0;
  uint32_t event = 0;  // in Records::events
  Range conditions;    // in Records::conditions; empty for an empty `<Rule>`
  uint32_t name_units = 0;
};

// In the order of the chains, which is that of the file in everything a compiler writes.
struct Records {
  bool legacy = false;  // header of two words, without a schema version
  std::vector<EventEntry> events;
  std::vector<ConditionEntry> conditions;
  std::vector<GroupEntry> groups;  // by event, then by first condition
  // Byte ranges that no record covers, at most `kMaxBlobGaps`.
  std::vector<Place> hidden;
};

// Fills `records` from the bytes of a file, or says which field of which record broke which bound
// first. Linear in the size of the file; memory is at most about a quarter of that.
//
// Accepted though odd, since compilers write it (docs/sysmon-blob.md, "Quirks"): aggregation
// records that the chain of the header does not reach, slack that is not zero, a last event whose
// link equals the size of the file. Ids, indices and condition numbers are not judged here.
std::optional<Malformed> ProveRecords(std::string_view bytes, Records* records);

}  // namespace sluice::blob

#endif  // SLUICE_PARSER_SYSMON_BLOB_RECORDS_H_
