// What type a scalar has when nobody asks for one, as PyYAML's SafeLoader, and so pySigma, sees it.
//
// The types are those of YAML 1.1 (https://yaml.org/type/) in PyYAML's reading. YAML 1.2's core
// schema (https://yaml.org/spec/1.2.2, section 10.3) differs: there `yes`, `no`, `on`, `off`,
// `0b1`, `1_000`, `1:30`, `2024-01-31`, `<<` and `=` are text, `010` is ten, and `1e3` is a number,
// which here is text.

#ifndef SLUICE_PARSER_YAML_YAML_SCALAR_H_
#define SLUICE_PARSER_YAML_YAML_SCALAR_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "parser/yaml/yaml_document.h"

namespace sluice {

enum class YamlType : uint8_t {
  kText,
  kNull,       // nothing at all, ~, null, Null, NULL
  kBool,       // true, false, yes, no, on, off; also Capitalised or UPPERCASE
  kInteger,    // 10, -1_000, 0b11, 010 (eight), 0x1F, 1:30 (ninety)
  kFloat,      // 1.5, .5, 1.5e+3, 1:30.5, .inf, .nan
  kTimestamp,  // 2024-01-31, 2024-01-31T10:20:30Z
  kMerge,      // <<
  kDefault,    // =
  kOther,      // an explicit tag of no type above
};

// The type of the text of a plain scalar without a tag.
YamlType PlainYamlType(std::string_view text);

// The type of a scalar: that of its tag, or of its text if it is plain, or kText. Not checked: that
// the text fits the tag. kOther for collections and aliases.
YamlType YamlTypeOf(const YamlNode& node);

inline bool IsYamlNull(const YamlNode& node) { return YamlTypeOf(node) == YamlType::kNull; }

// The value of a kBool; nullopt for any other type, and where a tag says so of a text that is none.
std::optional<bool> YamlBool(const YamlNode& node);

// The value of a kInteger; nullopt for any other type, past 64 bits, and without a digit (`0x_`).
std::optional<int64_t> YamlInteger(const YamlNode& node);

}  // namespace sluice

#endif  // SLUICE_PARSER_YAML_YAML_SCALAR_H_
