// What of a content no sensor can be asked about.

#ifndef SLUICE_SCHEMA_UNCHECKED_H_
#define SLUICE_SCHEMA_UNCHECKED_H_

#include <string_view>
#include <vector>

#include "schema/binding.h"
#include "schema/content.h"

namespace sluice {

// By instance, why no sensor can be asked about it: Sigma correlations, filters and fragments;
// rules that are incomplete; rules over a log source that no contract of `known` has (nullptr: no
// matter which they have). "" where one can. Empty where that holds for all of them.
std::vector<std::string_view> WhyUnchecked(const Content& content, const Bound* known);

}  // namespace sluice

#endif  // SLUICE_SCHEMA_UNCHECKED_H_
