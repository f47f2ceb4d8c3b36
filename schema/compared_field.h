// The second field of criteria that compare one field of an event with another (Sigma's
// `fieldref`).

#ifndef SLUICE_SCHEMA_COMPARED_FIELD_H_
#define SLUICE_SCHEMA_COMPARED_FIELD_H_

#include <cstdint>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "schema/content.h"

namespace sluice {

inline bool ComparesFields(const Criterion& criterion) {
  return criterion.op >= Operator::kFieldEquals && criterion.op <= Operator::kFieldEndsWith;
}

// Finds them among `content.fields()`, where the Sigma reader puts them. The names are gathered at
// the first call, in one pass.
class ComparedFields {
 public:
  explicit ComparedFields(const Content& content) : content_(content) {}

  // In Content::fields(); kNone for a criterion that compares no fields, or one that is not there.
  uint32_t Of(const Criterion& criterion);

 private:
  using Key = std::pair<uint32_t, absl::string_view>;  // template type and name

  const Content& content_;
  absl::flat_hash_map<Key, uint32_t> fields_;
};

}  // namespace sluice

#endif  // SLUICE_SCHEMA_COMPARED_FIELD_H_
