// Which value types the values of a field fit.

#ifndef SLUICE_PARSER_EVENTS_VALUE_TYPES_H_
#define SLUICE_PARSER_EVENTS_VALUE_TYPES_H_

#include <cstdint>
#include <string_view>

#include "parser/events/json_tree.h"
#include "schema/value_type.h"

namespace sluice {

// What all values so far fit. A null is no value.
class ValueTypes {
 public:
  void Add(JsonKind kind, std::string_view text);

  // The narrowest type that every value fits: boolean, uint64, int64, hex64, guid or ip. With fewer
  // than `kFewestValues`, or any that fits none of them ("" and "-" included), string.
  ValueType type() const;

  static constexpr uint64_t kFewestValues = 3;

 private:
  uint32_t fits_ = ~0u;  // bit N for ValueType N
  uint64_t values_ = 0;
};

}  // namespace sluice

#endif  // SLUICE_PARSER_EVENTS_VALUE_TYPES_H_
