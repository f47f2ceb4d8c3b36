#ifndef SLUICE_TESTS_ENGINE_NAIVE_SIGMA_VALUES_H_
#define SLUICE_TESTS_ENGINE_NAIVE_SIGMA_VALUES_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/engine/naive_sigma.h"

namespace sluice::naive {

// A value as YAML has it.
struct YamlValue {
  enum Kind { kText, kNumber, kBoolean, kNull } kind = kText;
  std::string text;  // of a number and a boolean, as it stands
};

// A key of a map ("Image|endswith") with its values. Without a field's name, or with nullopt for a
// key, these are keywords. Nothing, and why, when they have no meaning.
std::optional<Entry> MakeEntry(std::optional<std::string_view> key,
                               const std::vector<YamlValue>& values, bool is_list,
                               const Placeholders& placeholders, bool re2, std::string* why);

}  // namespace sluice::naive

#endif  // SLUICE_TESTS_ENGINE_NAIVE_SIGMA_VALUES_H_
