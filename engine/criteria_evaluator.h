// The evaluator of the dialects channel and sigma: criteria, and a condition over them.

#ifndef SLUICE_ENGINE_CRITERIA_EVALUATOR_H_
#define SLUICE_ENGINE_CRITERIA_EVALUATOR_H_

#include <memory>
#include <span>
#include <vector>

#include "engine/evaluator.h"
#include "engine/outcome.h"
#include "schema/verified_content.h"

namespace sluice {

// `contents` are of one of the two dialects, and outlive the evaluator where they are. Adds to
// `not_run` what cannot be run.
std::unique_ptr<const Evaluator> MakeCriteriaEvaluator(std::span<const VerifiedContent> contents,
                                                       const EngineOptions& options,
                                                       std::vector<NotRun>& not_run);

}  // namespace sluice

#endif  // SLUICE_ENGINE_CRITERIA_EVALUATOR_H_
