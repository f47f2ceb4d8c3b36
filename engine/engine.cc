#include "engine/engine.h"

#include <algorithm>
#include <utility>

#include "absl/status/status.h"
#include "engine/criteria_evaluator.h"
#include "engine/sysmon_evaluator.h"

namespace sluice {

absl::StatusOr<Engine> Engine::Make(std::vector<VerifiedContent> contents,
                                    const EngineOptions& options) {
  if (contents.empty()) return absl::InvalidArgumentError("there is no content to run");
  const Dialect dialect = contents.front().content().dialect();
  const bool one_dialect = std::ranges::all_of(contents, [&](const VerifiedContent& content) {
    return content.content().dialect() == dialect;
  });
  if (!one_dialect)
    return absl::InvalidArgumentError("contents of several dialects do not go together");
  const bool sysmon = dialect == Dialect::kSysmon;
  if (sysmon && contents.size() > 1) {
    return absl::InvalidArgumentError("a sensor has one Sysmon configuration at a time");
  }
  Engine engine;
  engine.contents_ = std::move(contents);
  if (sysmon) {
    engine.evaluator_ = MakeSysmonEvaluator(engine.contents_.front(), options, engine.not_run_);
  } else {
    engine.evaluator_ = MakeCriteriaEvaluator(engine.contents_, options, engine.not_run_);
  }
  return engine;
}

absl::StatusOr<Engine> Engine::Make(VerifiedContent content, const EngineOptions& options) {
  std::vector<VerifiedContent> contents;
  contents.push_back(std::move(content));
  return Make(std::move(contents), options);
}

void Engine::Run(const Event& event, Scratch& scratch, Outcome& outcome) const {
  outcome.matches.clear();
  outcome.sysmon = {};
  outcome.failed.clear();
  outcome.exhausted = false;
  outcome.work = 0;
  outcome.reads.clear();
  evaluator_->Run(event, *scratch.state_, outcome);
}

void Engine::Explain(const Event& event, InstanceRef instance, Scratch& scratch,
                     std::vector<CriterionOutcome>& out) const {
  out.clear();
  evaluator_->Explain(event, instance, *scratch.state_, out);
}

}  // namespace sluice
