// The types that template types give their fields.

#ifndef SLUICE_SCHEMA_VALUE_TYPE_H_
#define SLUICE_SCHEMA_VALUE_TYPE_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace sluice {

enum class ValueType : uint8_t {
  kUnknown,  // not stated: matches every type
  kString,
  kBoolean,  // "true", "false"
  kUint16,
  kUint32,
  kUint64,
  kInt64,
  kHex32,  // "0x%x"
  kHex64,
  kGuid,  // in braces
  kIp,
  kTime,
};

// "string", "uint32", ...; the names that contracts and the text form use.
std::string_view Name(ValueType type);
std::optional<ValueType> ValueTypeByName(std::string_view name);

}  // namespace sluice

#endif  // SLUICE_SCHEMA_VALUE_TYPE_H_
