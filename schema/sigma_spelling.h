// The names that sensors give the fields of a log source, and other spellings of these.

#ifndef SLUICE_SCHEMA_SIGMA_SPELLING_H_
#define SLUICE_SCHEMA_SIGMA_SPELLING_H_

#include <algorithm>
#include <string_view>

#include "schema/binding.h"
#include "schema/text.h"

namespace sluice {

// Whether two names are the same but for case and for what joins words.
inline bool SpeltAlike(std::string_view a, std::string_view b) {
  const auto is_joint = [](char c) { return c == '_' || c == '-' || c == ' '; };
  size_t i = 0;
  size_t j = 0;
  while (true) {
    while (i < a.size() && is_joint(a[i])) ++i;
    while (j < b.size() && is_joint(b[j])) ++j;
    if (i == a.size() || j == b.size()) return i == a.size() && j == b.size();
    if (AsciiLower(a[i++]) != AsciiLower(b[j++])) return false;
  }
}

// The name that a sensor supplies for which `fits`, of the newest that has one; empty without one.
template <typename Fits>
std::string_view SuppliedName(const Bound& bound, uint32_t type, Fits fits) {
  const TypeBinding& on = bound.type(type);
  for (size_t s = bound.fleet().sensors().size(); s-- > 0;) {
    if (!on.supported[s] || on.same_as_before[s]) continue;
    if (const LogSource* source = bound.LogSourceOn(s, type)) {
      const auto found = std::ranges::find_if(source->header, fits);
      if (found != source->header.end()) return *found;
    }
    for (const ContractType* event : bound.TypesOn(s, type)) {
      const auto found = std::ranges::find_if(event->fields, fits, &ContractField::name);
      if (found != event->fields.end()) return found->name;
    }
  }
  return {};
}

}  // namespace sluice

#endif  // SLUICE_SCHEMA_SIGMA_SPELLING_H_
