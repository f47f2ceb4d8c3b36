// The evaluator of Sysmon content: configurations, rule blobs, their text forms, and channel files
// compiled from them. It decides as the sensor of the contract does (Sysmon rule blob, section 6);
// a configuration is bound as that sensor compiles it (section 5.2).

#ifndef SLUICE_ENGINE_SYSMON_EVALUATOR_H_
#define SLUICE_ENGINE_SYSMON_EVALUATOR_H_

#include <memory>
#include <vector>

#include "engine/evaluator.h"
#include "engine/outcome.h"
#include "schema/verified_content.h"

namespace sluice {

// `content` is of the dialect sysmon, has a contract, and outlives the evaluator. Adds to `not_run`
// what cannot be run.
//
// An event that the contract does not list is excluded. Texts with a '%' are compared as they
// stand: what Windows replaces in them is not known. `Outcome::failed` has the records of `not_run`
// that an event came to; nothing else that is verified fails.
std::unique_ptr<const Evaluator> MakeSysmonEvaluator(const VerifiedContent& content,
                                                     const EngineOptions& options,
                                                     std::vector<NotRun>& not_run);

}  // namespace sluice

#endif  // SLUICE_ENGINE_SYSMON_EVALUATOR_H_
