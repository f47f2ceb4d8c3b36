#include "engine/sysmon_evaluator.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string_view>

#include "engine/sysmon_condition.h"
#include "engine/sysmon_plan.h"
#include "engine/sysmon_text.h"
#include "engine/work.h"

namespace sluice {
namespace {

class SysmonState : public Evaluator::State {
 public:
  explicit SysmonState(const SysmonPlan& plan) : matched(plan.field_count()) {}

  SysmonValues values;
  // By position in the record's field list: the last AND record in which a plain condition on it
  // has matched.
  std::vector<uint64_t> matched;
  uint64_t record = 0;  // how many AND records were asked so far
};

// What a condition, a step or a record comes to.
enum class Result : uint8_t { kNo, kYes, kFailed };

// One event on its way through the records of its class.
class SysmonRun {
 public:
  SysmonRun(const SysmonPlan& plan, const Content& content, SysmonState& state, Work& work,
            std::vector<FieldRead>* reads)
      : plan_(plan), content_(content), state_(state), work_(work), reads_(reads) {}

  // Section 6.2. Stops when the budget is gone.
  void Decide(const SysmonEventPlan& event, Outcome& outcome);

  Result Condition(const SysmonCondition& condition);

 private:
  Result Group(const SysmonStep& step);
  Result Any(const SysmonRecord& record);
  Result All(const SysmonRecord& record);
  Result Plain(const SysmonCondition& condition);

  const SysmonPlan& plan_;
  const Content& content_;
  SysmonState& state_;
  Work& work_;
  std::vector<FieldRead>* const reads_;  // nullptr: they are not kept
  // Of the last matching condition that has one. It outlasts the record, as the sensor's does.
  std::string_view name_;
};

void SysmonRun::Decide(const SysmonEventPlan& event, Outcome& outcome) {
  const auto records = plan_.records(event);
  for (const SysmonRecord& record : records) {
    const Result result = record.combine == Combine::kOr ? Any(record) : All(record);
    if (work_.exhausted()) return;
    if (result == Result::kFailed) outcome.failed.push_back(record.instance);
    if (result != Result::kYes) continue;
    outcome.sysmon = {
        .include = !record.default_include, .rule_name = name_, .instance = record.instance};
    return;
  }
  const bool only_default = records.size() == 1 && records.front().default_include;
  outcome.sysmon.include = records.empty() ? event.default_include : only_default;
}

Result SysmonRun::Condition(const SysmonCondition& condition) {
  if (!work_.Take(1)) return Result::kNo;
  if (condition.op != Operator::kWildcard) {
    if (condition.slot == kNone) return Result::kNo;
    if (!IsSysmon(condition.op)) return Result::kFailed;
    if (reads_ != nullptr && condition.criterion != kNone) {
      reads_->push_back({.field = content_.criteria()[condition.criterion].field});
    }
    const bool holds = SysmonHolds(condition.op, condition.items, plan_.operands(), condition.slot,
                                   state_.values, work_);
    if (!holds) return Result::kNo;
  }
  if (!condition.name.empty()) name_ = condition.name;
  return Result::kYes;
}

// A sub-group: stops at the first decisive condition.
Result SysmonRun::Group(const SysmonStep& step) {
  const bool all = step.combine == Combine::kAnd;
  for (const SysmonCondition& condition : plan_.conditions(step)) {
    const Result result = Condition(condition);
    if (result == Result::kFailed || (result == Result::kYes) != all) return result;
  }
  return all ? Result::kYes : Result::kNo;
}

Result SysmonRun::Any(const SysmonRecord& record) {
  for (const SysmonStep& step : plan_.steps(record)) {
    const Result result = step.is_group ? Group(step) : Condition(plan_.conditions(step).front());
    if (result != Result::kNo || work_.exhausted()) return result;
  }
  return Result::kNo;
}

Result SysmonRun::All(const SysmonRecord& record) {
  ++state_.record;
  for (const SysmonStep& step : plan_.steps(record)) {
    const Result result = step.is_group ? Group(step) : Plain(plan_.conditions(step).front());
    if (result != Result::kYes || work_.exhausted()) return result;
  }
  return record.steps.empty() ? Result::kNo : Result::kYes;
}

// Plain conditions on one field of an AND record are ORed: kYes also stands for "not yet".
Result SysmonRun::Plain(const SysmonCondition& condition) {
  const bool has_field = condition.field != kNone;
  if (has_field && state_.matched[condition.field] == state_.record) return Result::kYes;
  const Result result = Condition(condition);
  if (result == Result::kYes && has_field) state_.matched[condition.field] = state_.record;
  return result == Result::kNo && condition.has_later ? Result::kYes : result;
}

class SysmonEvaluator : public Evaluator {
 public:
  SysmonEvaluator(const VerifiedContent& content, const EngineOptions& options,
                  std::vector<NotRun>& not_run)
      : content_(content.content()), options_(options), plan_(content, not_run) {}

  std::unique_ptr<State> MakeState() const override { return std::make_unique<SysmonState>(plan_); }

  void Run(const Event& event, State& state, Outcome& outcome) const override {
    const SysmonEventPlan* const plan = plan_.Find(event.id);
    if (plan == nullptr) return;
    if (!plan->is_filtered) {
      outcome.sysmon.include = true;
      return;
    }
    auto& own = static_cast<SysmonState&>(state);
    own.values.Load(plan_.fields(), event);
    Work work(options_.budget);
    SysmonRun(plan_, content_, own, work, options_.trace ? &outcome.reads : nullptr)
        .Decide(*plan, outcome);
    outcome.exhausted = work.exhausted();
    outcome.work = work.used();
    std::ranges::sort(outcome.reads);
    outcome.reads.erase(std::unique(outcome.reads.begin(), outcome.reads.end()),
                        outcome.reads.end());
  }

  void Explain(const Event& event, InstanceRef instance, State& state,
               std::vector<CriterionOutcome>& out) const override {
    const Range criteria = content_.instances()[instance.instance].criteria;
    for (uint32_t c = criteria.begin; c < criteria.end; ++c) out.push_back({.criterion = c});
    const SysmonEventPlan* const plan = plan_.Find(event.id);
    if (plan == nullptr) return;
    auto& own = static_cast<SysmonState&>(state);
    own.values.Load(plan_.fields(), event);
    Work work(std::numeric_limits<uint64_t>::max());
    SysmonRun run(plan_, content_, own, work, nullptr);
    for (const SysmonRecord& record : plan_.records(*plan)) {
      if (record.instance != instance.instance) continue;
      for (const SysmonStep& step : plan_.steps(record)) {
        for (const SysmonCondition& condition : plan_.conditions(step)) {
          if (condition.criterion == kNone) continue;
          CriterionOutcome& outcome = out[condition.criterion - criteria.begin];
          outcome.holds = run.Condition(condition) == Result::kYes;
          if (condition.slot != kNone) outcome.field = own.values.Field(condition.slot);
        }
      }
    }
  }

 private:
  const Content& content_;
  const EngineOptions options_;
  const SysmonPlan plan_;
};

}  // namespace

std::unique_ptr<const Evaluator> MakeSysmonEvaluator(const VerifiedContent& content,
                                                     const EngineOptions& options,
                                                     std::vector<NotRun>& not_run) {
  return std::make_unique<SysmonEvaluator>(content, options, not_run);
}

}  // namespace sluice
