#include "schema/value_type.h"

#include <cstddef>
#include <iterator>

namespace sluice {
namespace {

constexpr std::string_view kNames[] = {"unknown", "string", "boolean", "uint16", "uint32", "uint64",
                                       "int64",   "hex32",  "hex64",   "guid",   "ip",     "time"};
static_assert(std::size(kNames) == static_cast<size_t>(ValueType::kTime) + 1);

}  // namespace

std::string_view Name(ValueType type) { return kNames[static_cast<size_t>(type)]; }

std::optional<ValueType> ValueTypeByName(std::string_view name) {
  for (size_t i = 0; i < std::size(kNames); ++i) {
    if (kNames[i] == name) return static_cast<ValueType>(i);
  }
  return std::nullopt;
}

}  // namespace sluice
