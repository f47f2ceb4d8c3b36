// What the bytes of a binary mean, one annotation a field: for `sluice dump` and under findings.

#ifndef SLUICE_PARSER_ANNOTATION_H_
#define SLUICE_PARSER_ANNOTATION_H_

#include <cstdint>
#include <string>

#include "schema/place.h"

namespace sluice {

// Of a file that is annotated as a whole: annotations take over a hundred times its bytes.
inline constexpr uint64_t kMaxDumpBytes = uint64_t{4} << 20;

struct Annotation {
  Place place;            // one field of one record
  std::string structure;  // "condition 3 of ProcessCreate#1"
  std::string field;      // "operator"
  std::string meaning;    // "3 = contains any"
};

}  // namespace sluice

#endif  // SLUICE_PARSER_ANNOTATION_H_
