// Why an instance did or did not match an event, criterion by criterion.

#ifndef SLUICE_GATE_RUN_EXPLAIN_H_
#define SLUICE_GATE_RUN_EXPLAIN_H_

#include <vector>

#include "engine/engine.h"
#include "gate/run.h"
#include "schema/place.h"

namespace sluice {

// Whether the event is of the instance's template type.
bool IsAsked(const VerifiedContent& content, const Instance& instance, const Event& event);

// What the criteria of an instance said, for people. `lines` is that of the content's text.
std::vector<RunCriterion> Explained(const VerifiedContent& content, const Instance& instance,
                                    const LineTable& lines,
                                    const std::vector<CriterionOutcome>& outcomes);

}  // namespace sluice

#endif  // SLUICE_GATE_RUN_EXPLAIN_H_
