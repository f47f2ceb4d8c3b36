// Contents of the dialects channel and sigma, prepared to run together.

#ifndef SLUICE_ENGINE_CRITERIA_PLAN_H_
#define SLUICE_ENGINE_CRITERIA_PLAN_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "engine/condition_code.h"
#include "engine/criterion_tests.h"
#include "engine/literal_matcher.h"
#include "engine/outcome.h"
#include "schema/verified_content.h"

namespace sluice {

// What finding literals says of a test.
enum class Found : uint8_t {
  kNothing,  // the test has to be evaluated
  kAll,      // it holds when one of its literals is found, and only then
  kPerhaps,  // it cannot hold when none is
};

struct PlannedInstance {
  InstanceRef ref;
  uint32_t type = 0;  // in `CriteriaPlan::types()`
  Range code;         // in `CriteriaPlan::code()`
};

struct SlotWays {
  uint32_t slot = 0;
  LiteralWays ways;
};

// A template type: one for all contents that name it.
struct PlannedType {
  std::vector<uint32_t> instances;  // in their order
  std::vector<uint32_t> always;     // of these: those that are evaluated whatever is found
  // How literals of the covers of all others are looked for, by slot; each slot once.
  std::vector<SlotWays> ways;
  absl::flat_hash_map<uint32_t, uint32_t> position_of;  // of a slot, in `ways`
};

class CriteriaPlan {
 public:
  // `contents` outlive the plan. Adds what cannot be run to `not_run`.
  CriteriaPlan(std::span<const VerifiedContent> contents, const EngineOptions& options,
               std::vector<NotRun>& not_run);

  const CriterionTests& tests() const { return tests_; }
  std::span<const PlannedInstance> instances() const { return instances_; }
  std::span<const PlannedType> types() const { return types_; }
  std::span<const ConditionStep> code() const { return code_; }
  uint32_t count_depth() const { return count_depth_; }

  // The type of this name, exact; kNone when no content has it.
  uint32_t TypeNamed(std::string_view name) const;

  // The test of a criterion; nothing where its instance is not run.
  std::optional<uint32_t> TestOf(uint32_t content, uint32_t criterion) const;

  // What follows is there with `EngineOptions::prefilter` only.
  const LiteralMatcher& matcher() const { return matcher_; }
  // The slot that literals of any field are looked for by.
  uint32_t any_slot() const { return static_cast<uint32_t>(tests_.fields().size()); }
  uint32_t TestOfLiteral(uint32_t literal) const { return literal_tests_[literal]; }
  Found found(uint32_t test) const { return found_[test]; }
  // Where, and in which ways, the literals of a test are looked for.
  const SlotWays& ways(uint32_t test) const { return ways_[test]; }
  // The instances of which a test is part of the cover.
  std::span<const uint32_t> InstancesOf(uint32_t test) const {
    return std::span(covered_).subspan(cover_begin_[test],
                                       cover_begin_[test + 1] - cover_begin_[test]);
  }

 private:
  void AddContent(const VerifiedContent& content, uint32_t index, bool trace,
                  std::vector<NotRun>& not_run);
  void AddInstance(const Content& content, uint32_t index, const Instance& instance);
  void AddLiterals(uint32_t test);
  bool AddTexts(const CriterionTest& test, uint32_t index);
  std::optional<double> CostOf(uint32_t test) const;
  void Cover(std::span<const VerifiedContent> contents);
  void AddWays(PlannedType& type, std::span<const uint32_t> tests) const;

  CriterionTests tests_;
  std::vector<PlannedInstance> instances_;
  std::vector<PlannedType> types_;
  absl::flat_hash_map<std::string, uint32_t> type_names_;
  std::vector<ConditionStep> code_;
  uint32_t count_depth_ = 0;
  std::vector<std::vector<uint32_t>> criterion_tests_;  // by content and criterion; kNone: none

  LiteralMatcher matcher_;
  std::vector<uint32_t> literal_tests_;
  std::vector<Found> found_;
  std::vector<double> costs_;
  std::vector<SlotWays> ways_;
  std::deque<std::string> arena_;
  std::vector<uint32_t> cover_begin_;
  std::vector<uint32_t> covered_;
};

}  // namespace sluice

#endif  // SLUICE_ENGINE_CRITERIA_PLAN_H_
