// Builds Sysmon rule blobs from their description, sound ones and broken ones.
//
//   corpus::SysmonBlob blob;
//   google::protobuf::TextFormat::ParseFromString(
//       "binary_major: 15 schema_version: '4.50'"
//       "event { id: 1 part { condition { field: 4 text: 'cmd.exe' } } }", &blob);
//   const std::string bytes = BuildSysmonBlob(blob);

#ifndef SLUICE_CORPUS_SYSMON_BLOB_BUILDER_H_
#define SLUICE_CORPUS_SYSMON_BLOB_BUILDER_H_

#include <string>

#include "corpus/sysmon_blob.pb.h"
#include "schema/content.h"

namespace sluice {

// The bytes that Sysmon's own compiler would write (docs/sysmon-blob.md, "The order of records"):
// records in the order of the description, contiguous, each at a multiple of 8, slack zero. Names
// longer than a record's field are cut to fit without a terminator. Cannot fail: what makes no
// sense makes a file that makes no sense.
std::string BuildSysmonBlob(const corpus::SysmonBlob& blob);

// The description of a blob that was read: building it gives the same bytes, if the file is as the
// compiler writes it (one chain over all aggregation records, zeros in all padding, nothing
// hidden).
corpus::SysmonBlob DescribeSysmonBlob(const Content& content);

}  // namespace sluice

#endif  // SLUICE_CORPUS_SYSMON_BLOB_BUILDER_H_
