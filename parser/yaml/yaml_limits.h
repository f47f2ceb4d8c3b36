// What is refused before libyaml sees a byte of it.

#ifndef SLUICE_PARSER_YAML_YAML_LIMITS_H_
#define SLUICE_PARSER_YAML_YAML_LIMITS_H_

#include <optional>
#include <string_view>

#include "parser/reader.h"

namespace sluice {

// Over a limit: a text past `kMaxYamlBytes`; and what libyaml takes quadratic time for:
// - white space past `kMaxYamlSpaceRun` in one run, as it clears a buffer of that size for each
//   word that follows in a scalar;
// - lines that begin with %TAG past `kMaxYamlTagBytes` in all, as each is compared with all others
//   and its prefix is copied for each tag.
[[nodiscard]] std::optional<Malformed> CheckYamlText(std::string_view text);

}  // namespace sluice

#endif  // SLUICE_PARSER_YAML_YAML_LIMITS_H_
