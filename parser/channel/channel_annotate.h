// Says what each byte of a channel file is: for `sluice dump`, and under findings.

#ifndef SLUICE_PARSER_CHANNEL_CHANNEL_ANNOTATE_H_
#define SLUICE_PARSER_CHANNEL_CHANNEL_ANNOTATE_H_

#include <span>
#include <string_view>
#include <vector>

#include "parser/annotation.h"
#include "parser/reader.h"
#include "schema/place.h"

namespace sluice {

// One annotation for each field of each item and for each string, ascending by offset and disjoint;
// together they cover the file. With `around`, only those of the items that these places touch, and
// of the items next to them: a finding needs no more, and a large file has millions.
//
// Items are counted from 1, as in messages; what stands in the file from 0. Works on any bytes:
// what is not where the section table says is called the rest. Linear in the number of annotations
// and, for the ends of strings, in the size of the file; a file past the reader's limit of size
// gets none.
std::vector<Annotation> AnnotateChannel(std::string_view bytes, const ReadOptions& options,
                                        std::span<const Place> around = {});

}  // namespace sluice

#endif  // SLUICE_PARSER_CHANNEL_CHANNEL_ANNOTATE_H_
