// Reads Sysmon's compiled rule blob: what Sysmon makes of a configuration and hands to its driver.
// docs/sysmon-blob.md describes the format.
//
// A blob refers to template types by event id and to fields by index; what these mean depends on
// the sensor that loads it, so the reader judges neither. Names come from the newest contract of
// the blob's binary version, for people to read.

#ifndef SLUICE_PARSER_SYSMON_BLOB_READER_H_
#define SLUICE_PARSER_SYSMON_BLOB_READER_H_

#include <string_view>

#include "parser/reader.h"
#include "parser/sysmon/blob_annotate.h"  // IWYU pragma: export

namespace sluice {

// Whether the bytes begin as a blob does: a header of 24 bytes that says so, a plausible version,
// and a first event inside the file. The legacy header of two words has nothing to be recognised
// by.
bool LooksLikeSysmonBlob(std::string_view bytes);

// The content of a blob, with dialect `kSysmon` and binding `kByIndex`: one instance for each event
// record in the order of their chain, one criterion for each condition record, one group for each
// aggregation record. Places are byte ranges of the file: an instance's and a criterion's is its
// record, a field's the index, an operand's the data with its terminator.
//
// Malformed when anything that `blob::ProveRecords` proves does not hold. Event ids, field indices,
// condition numbers and the binary version are left to rules. Bytes that no record covers are
// irregularities (`kHiddenBytes`).
//
// Takes time linear in the size of the file. Beside the file, memory is at most about three times
// its size.
ReadResult ReadSysmonBlob(Bytes bytes, const ReadOptions& options);

}  // namespace sluice

#endif  // SLUICE_PARSER_SYSMON_BLOB_READER_H_
