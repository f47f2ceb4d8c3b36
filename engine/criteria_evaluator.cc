#include "engine/criteria_evaluator.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "engine/criteria_plan.h"
#include "engine/field_values.h"
#include "engine/work.h"

namespace sluice {
namespace {

// What may be looked up and compared to find literals in one event: beyond it, content was made to
// have them found everywhere, and walking the instances is not slower.
constexpr uint64_t kFindingPerByte = 32;
constexpr uint64_t kFindingAtLeast = 65'536;

constexpr std::string_view kAnyLogSource = "*";

// The memory of one thread.
class CriteriaState : public Evaluator::State {
 public:
  explicit CriteriaState(const CriteriaPlan& plan)
      : active_(plan.types().size()),
        marked_(plan.instances().size()),
        known_(plan.tests().size()),
        counts_(plan.count_depth()),
        ways_(plan.any_slot() + 1) {}

  FieldValues values;

  // Forgets the event before.
  void Next() {
    active_types.clear();
    candidates.clear();
    for (const uint32_t slot : looked_at_) ways_[slot] = {};
    looked_at_.clear();
    if (++era_ > kLastEra) {
      std::ranges::fill(active_, 0);
      std::ranges::fill(marked_, 0);
      std::ranges::fill(known_, 0);
      era_ = 1;
    }
  }

  // True the first time.
  bool Activate(uint32_t type) { return SetOnce(active_[type]); }
  bool IsActive(uint32_t type) const { return active_[type] == era_; }
  bool Mark(uint32_t instance) { return SetOnce(marked_[instance]); }

  enum class Known : uint8_t { kNo, kFalse, kTrue, kFound };
  Known known(uint32_t test) const {
    const uint32_t value = known_[test];
    return value >> 2 == era_ ? static_cast<Known>(value & 3) : Known::kNo;
  }
  void Know(uint32_t test, Known what) { known_[test] = era_ << 2 | static_cast<uint32_t>(what); }

  std::span<uint32_t> counts() { return counts_; }

  // In which ways literals are looked for in the values of a slot.
  const LiteralWays& ways(uint32_t slot) const { return ways_[slot]; }
  void LookFor(const SlotWays& added) {
    if (ways_[added.slot].empty()) looked_at_.push_back(added.slot);
    ways_[added.slot] |= added.ways;
  }

  std::vector<uint32_t> active_types;
  std::vector<uint32_t> candidates;
  std::string name;  // of a type that is looked up

 private:
  static constexpr uint32_t kLastEra = 0x3FFFFFFF;

  bool SetOnce(uint32_t& mark) const {
    if (mark == era_) return false;
    mark = era_;
    return true;
  }

  uint32_t era_ = 0;
  std::vector<uint32_t> active_;  // by type: the last event of it
  std::vector<uint32_t> marked_;  // by instance: the last event in which it was a candidate
  std::vector<uint32_t> known_;   // by test: the era, and what is known of it
  std::vector<uint32_t> counts_;
  std::vector<LiteralWays> ways_;    // by slot, and of any field
  std::vector<uint32_t> looked_at_;  // slots that have some
};

using Known = CriteriaState::Known;

class CriteriaEvaluator : public Evaluator {
 public:
  CriteriaEvaluator(std::span<const VerifiedContent> contents, const EngineOptions& options,
                    std::vector<NotRun>& not_run)
      : contents_(contents), options_(options), plan_(contents, options, not_run) {}

  std::unique_ptr<State> MakeState() const override {
    return std::make_unique<CriteriaState>(plan_);
  }

  void Run(const Event& event, State& given, Outcome& outcome) const override {
    auto& state = static_cast<CriteriaState&>(given);
    Work work(options_.budget);
    state.Next();
    state.values.Load(plan_.tests().fields(), event);
    FindTypes(event, state);
    const bool fast = options_.prefilter && !options_.trace && FindLiterals(state, work);
    if (fast) {
      RunCandidates(state, work, outcome);
    } else if (!work.exhausted()) {
      RunAll(state, work, outcome);
    }
    std::ranges::sort(outcome.matches);
    std::ranges::sort(outcome.reads);
    outcome.reads.erase(std::unique(outcome.reads.begin(), outcome.reads.end()),
                        outcome.reads.end());
    outcome.exhausted = work.exhausted();
    outcome.work = work.used();
  }

  void Explain(const Event& event, InstanceRef ref, State& given,
               std::vector<CriterionOutcome>& out) const override {
    auto& state = static_cast<CriteriaState&>(given);
    state.values.Load(plan_.tests().fields(), event);
    const Content& content = contents_[ref.content].content();
    const Range criteria = content.instances()[ref.instance].criteria;
    Work work(options_.budget);
    for (uint32_t i = criteria.begin; i < criteria.end; ++i) {
      const std::optional<uint32_t> test = plan_.TestOf(ref.content, i);
      if (!test) continue;
      uint32_t field = kNone;
      const bool holds = plan_.tests().Holds(plan_.tests().test(*test), state.values, work, &field);
      const bool negated = (content.criteria()[i].flags & kNegated) != 0;
      out.push_back({.criterion = i,
                     .holds = !work.exhausted() && holds != negated,
                     .exhausted = work.exhausted(),
                     .field = field == kNone ? nullptr : &event.fields[field]});
    }
  }

 private:
  void ActivateType(std::string_view name, CriteriaState& state) const {
    const uint32_t type = plan_.TypeNamed(name);
    if (type != kNone && state.Activate(type)) state.active_types.push_back(type);
  }

  // The types of content that the event is of. A log source without a product is that of any.
  void FindTypes(const Event& event, CriteriaState& state) const {
    const bool sigma = contents_.front().content().dialect() == Dialect::kSigma;
    for (const std::string_view name : event.types) {
      ActivateType(name, state);
      const size_t product = name.find('/');
      if (!sigma || product == std::string_view::npos) continue;
      state.name.assign(kAnyLogSource);
      state.name.append(name.substr(product));
      ActivateType(state.name, state);
    }
    if (sigma) ActivateType(kAnyLogSource, state);
  }

  // Sets what is known of tests by the literals that stand in the event, and the candidates. False
  // when that would take too much, or the work is exhausted.
  bool FindLiterals(CriteriaState& state, Work& work) const {
    uint64_t units = kFindingAtLeast;
    for (const EventField& field : state.values.fields()) {
      units += kFindingPerByte * field.text.size();
    }
    Work finding(units);
    bool done = true;
    for (const uint32_t type : state.active_types) {
      const std::span<const SlotWays> ways = plan_.types()[type].ways;
      done = done && finding.Take(ways.size());
      if (!done) break;
      for (const SlotWays& added : ways) state.LookFor(added);
    }
    for (uint32_t i = 0; i < state.values.fields().size() && done; ++i) {
      done = FindIn(i, state, finding, work);
    }
    if (!work.Take(finding.used()) || !done) return false;
    for (const uint32_t type : state.active_types) {
      for (const uint32_t instance : plan_.types()[type].always) {
        if (state.Mark(instance)) state.candidates.push_back(instance);
      }
    }
    return true;
  }

  bool FindIn(uint32_t field, CriteriaState& state, Work& finding, Work& work) const {
    if (state.values.fields()[field].kind == EventValueKind::kNull) return true;
    const uint32_t slot = state.values.SlotOf(field);
    const LiteralWays own = slot == kNone ? LiteralWays() : state.ways(slot);
    const LiteralWays any = state.ways(plan_.any_slot());
    if (own.empty() && any.empty()) return true;
    std::string_view text;
    if (!state.values.Folded(field, work, &text)) return false;
    const LiteralMatcher& matcher = plan_.matcher();
    const auto found = [&](uint32_t literal) { Find(plan_.TestOfLiteral(literal), state); };
    return (own.empty() || matcher.Scan(slot, own, text, finding, found)) &&
           (any.empty() || matcher.Scan(plan_.any_slot(), any, text, finding, found));
  }

  // Whether a test cannot hold since none of its literals was found.
  bool IsOut(uint32_t test, const CriteriaState& state) const {
    if (plan_.found(test) == Found::kNothing) return false;
    const SlotWays& ways = plan_.ways(test);
    return ways.slot == kNoSlot || state.ways(ways.slot).Has(ways.ways);
  }

  // A literal of the test stands in the event.
  void Find(uint32_t test, CriteriaState& state) const {
    if (state.known(test) != Known::kNo) return;
    state.Know(test, plan_.found(test) == Found::kAll ? Known::kTrue : Known::kFound);
    for (const uint32_t instance : plan_.InstancesOf(test)) {
      if (state.IsActive(plan_.instances()[instance].type) && state.Mark(instance)) {
        state.candidates.push_back(instance);
      }
    }
  }

  void RunCandidates(CriteriaState& state, Work& work, Outcome& outcome) const {
    const auto holds = [&](uint32_t test) {
      const Known known = state.known(test);
      if (known == Known::kTrue) return true;
      if (known == Known::kFalse) return false;
      if (known == Known::kNo && IsOut(test, state)) return false;
      const bool result = plan_.tests().Holds(plan_.tests().test(test), state.values, work);
      state.Know(test, result ? Known::kTrue : Known::kFalse);
      return result;
    };
    for (const uint32_t instance : state.candidates) {
      if (!RunInstance(plan_.instances()[instance], holds, state, work, outcome)) return;
    }
  }

  // Every instance of the event's types, one after another, each until it is decided.
  void RunAll(CriteriaState& state, Work& work, Outcome& outcome) const {
    const auto holds = [&](uint32_t test) {
      const CriterionTest& asked = plan_.tests().test(test);
      if (options_.trace) {
        const std::span<const FieldRead> reads = plan_.tests().reads(asked);
        outcome.reads.insert(outcome.reads.end(), reads.begin(), reads.end());
      }
      return plan_.tests().Holds(asked, state.values, work);
    };
    for (const uint32_t type : state.active_types) {
      for (const uint32_t instance : plan_.types()[type].instances) {
        if (!RunInstance(plan_.instances()[instance], holds, state, work, outcome)) return;
      }
    }
  }

  // False when the work is exhausted.
  template <typename Holds>
  bool RunInstance(const PlannedInstance& instance, Holds& holds, CriteriaState& state, Work& work,
                   Outcome& outcome) const {
    using Kind = ConditionStep::Kind;
    const std::span<const ConditionStep> code = plan_.code();
    const std::span<uint32_t> counts = state.counts();
    size_t depth = 0;
    bool result = false;
    for (uint32_t at = instance.code.begin; at < instance.code.end; ++at) {
      if (!work.Take(1)) return false;
      const ConditionStep step = code[at];
      switch (step.kind) {
        case Kind::kTest:
          result = holds(step.value);
          break;
        case Kind::kNot:
          result = !result;
          break;
        case Kind::kConstant:
          result = step.value != 0;
          break;
        case Kind::kJumpIfFalse:
          if (!result) at = step.value - 1;
          break;
        case Kind::kJumpIfTrue:
          if (result) at = step.value - 1;
          break;
        case Kind::kCountBegin:
          counts[depth++] = 0;
          break;
        case Kind::kCountAdd:
          counts[depth - 1] += result ? 1 : 0;
          break;
        case Kind::kCountEnd:
          result = counts[--depth] >= step.value;
          break;
      }
    }
    if (work.exhausted()) return false;
    if (result) outcome.matches.push_back(instance.ref);
    return true;
  }

  const std::span<const VerifiedContent> contents_;
  const EngineOptions options_;
  const CriteriaPlan plan_;
};

}  // namespace

std::unique_ptr<const Evaluator> MakeCriteriaEvaluator(std::span<const VerifiedContent> contents,
                                                       const EngineOptions& options,
                                                       std::vector<NotRun>& not_run) {
  return std::make_unique<CriteriaEvaluator>(contents, options, not_run);
}

}  // namespace sluice
