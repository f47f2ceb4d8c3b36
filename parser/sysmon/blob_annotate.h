// Says what each byte of a Sysmon rule blob is: for `sluice dump`, and under findings.

#ifndef SLUICE_PARSER_SYSMON_BLOB_ANNOTATE_H_
#define SLUICE_PARSER_SYSMON_BLOB_ANNOTATE_H_

#include <span>
#include <string_view>
#include <vector>

#include "parser/annotation.h"
#include "parser/reader.h"

namespace sluice {

// One annotation for each field of each record, ascending by offset and disjoint; together they
// cover the file. Names of events and fields come from the newest contract of the binary version
// that the header gives, when `options` has contracts.
//
// Works on malformed files too: follows the links from the header as far as they lead to bytes that
// no other record has, gives the fields that are whole, and calls the rest "no record". Linear in
// the size of the file; a file past the reader's limit of size gets no annotations.
// Always gives all of them, whatever `around` asks for: links must be followed from the header on.
std::vector<Annotation> AnnotateSysmonBlob(std::string_view bytes, const ReadOptions& options,
                                           std::span<const Place> around = {});

}  // namespace sluice

#endif  // SLUICE_PARSER_SYSMON_BLOB_ANNOTATE_H_
