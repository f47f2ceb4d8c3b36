// What the rules share that report what the Sigma reader has recorded.

#ifndef SLUICE_SCHEMA_SIGMA_READING_H_
#define SLUICE_SCHEMA_SIGMA_READING_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "schema/content.h"
#include "schema/finding.h"
#include "schema/sigma.h"

namespace sluice {

// The text at a place; empty where there is none.
std::string_view TextAt(const Content& content, Place place);

// The index in Content::instances() of one of them.
uint32_t IndexOf(const Content& content, const Instance& instance);

// Adds to the finding's fix that `from` becomes `to`, where the text at the place is `from`. It is
// not where something was decoded (escapes, folded lines): then the place is all of that.
void Replace(const Content& content, Place place, std::string_view from, std::string to,
             Finding& finding);

// Adds to the finding's fix that the modifier `detail` at the irregularity's place is removed from
// its key. Not when the rule is incomplete, when the key would be empty, or when another key of the
// rule would then be the same.
void RemoveModifier(const Content& content, const Irregularity& irregularity, Finding& finding);

}  // namespace sluice

#endif  // SLUICE_SCHEMA_SIGMA_READING_H_
