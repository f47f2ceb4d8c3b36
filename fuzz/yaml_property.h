// What every YamlDocument promises, for the fuzz target and for tests.

#ifndef SLUICE_FUZZ_YAML_PROPERTY_H_
#define SLUICE_FUZZ_YAML_PROPERTY_H_

#include <string_view>

#include "parser/yaml/yaml_document.h"

namespace sluice {

// The first promise of yaml_document.h that `document` breaks; "" when it keeps all. Linear.
std::string_view YamlFlaw(const YamlDocument& document);

}  // namespace sluice

#endif  // SLUICE_FUZZ_YAML_PROPERTY_H_
