// What of a file's content no sensor can be asked about. Said whatever rules are selected.

#ifndef SLUICE_GATE_UNCHECKED_H_
#define SLUICE_GATE_UNCHECKED_H_

#include "schema/binding.h"
#include "schema/content.h"
#include "schema/rule.h"

namespace sluice {

// Lists the parts of `content` that were read and are not checked for sensors: Sigma correlations,
// filters and fragments; rules that are incomplete; rules over a log source that no contract of
// `known` has. None was requested (DESIGN: exit codes).
void ReportUnchecked(const Content& content, const Bound& known, Reporter& out);

}  // namespace sluice

#endif  // SLUICE_GATE_UNCHECKED_H_
