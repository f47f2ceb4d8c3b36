#include "schema/release_subsumption.h"

#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "schema/criterion_key.h"

namespace sluice {

uint64_t ReleaseSubsumption::Key(const InstanceSummary& rule, uint64_t test) {
  return test ^ rule.log_source;
}

ReleaseSubsumption::ReleaseSubsumption(std::span<const InstanceSummary> instances)
    : instances_(instances), left_out_(instances.size()) {
  LeaveOutEqual();
  CountTests();
  for (uint32_t i = 0; i < instances_.size(); ++i) {
    if (!left_out_[i]) Enter(i);
  }
}

void ReleaseSubsumption::LeaveOutEqual() {
  absl::flat_hash_set<uint64_t> known;
  known.reserve(instances_.size());
  for (size_t i = 0; i < instances_.size(); ++i) {
    const InstanceSummary& rule = instances_[i];
    const DetectionShape& shape = rule.detection;
    left_out_[i] = rule.retired || shape.empty() || shape.clauses() == 0 ||
                   !known.insert(Key(rule, shape.hash())).second;
  }
}

uint32_t ReleaseSubsumption::AddUse(uint64_t key) {
  const auto [found, added] = by_test_.try_emplace(key, static_cast<uint32_t>(uses_.size()));
  if (added) uses_.emplace_back();
  return found->second;
}

void ReleaseSubsumption::CountTests() {
  size_t tests = 0;
  for (const InstanceSummary& rule : instances_) tests += rule.detection.tests().size();
  uses_of_tests_.reserve(tests);
  by_test_.reserve(tests / 2);  // rules share many
  first_use_.reserve(instances_.size());
  for (size_t i = 0; i < instances_.size(); ++i) {
    first_use_.push_back(uses_of_tests_.size());
    for (const uint64_t test : instances_[i].detection.tests()) {
      const uint32_t use = AddUse(Key(instances_[i], test));
      uses_of_tests_.push_back(use);
      if (!left_out_[i]) ++uses_[use].count;
    }
  }
}

std::span<const uint32_t> ReleaseSubsumption::UsesOf(uint32_t rule, size_t clause) const {
  const DetectionShape& shape = instances_[rule].detection;
  const std::span<const uint64_t> tests = shape.clause(clause);
  const auto before = static_cast<size_t>(tests.data() - shape.tests().data());
  return std::span(uses_of_tests_).subspan(first_use_[rule] + before, tests.size());
}

// Under each test of the clause whose tests stand in the fewest others.
void ReleaseSubsumption::Enter(uint32_t index) {
  uint64_t least = ~uint64_t{0};
  std::span<const uint32_t> best;
  for (size_t i = 0; i < instances_[index].detection.clauses(); ++i) {
    const std::span<const uint32_t> clause = UsesOf(index, i);
    uint64_t sum = 0;
    for (const uint32_t use : clause) sum += uses_[use].count;
    if (sum >= least) continue;
    least = sum;
    best = clause;
  }
  for (const uint32_t use : best) {
    Uses& uses = uses_[use];
    ++uses.looked_up;
    entries_.push_back({index, uses.first});
    uses.first = static_cast<uint32_t>(entries_.size() - 1);
  }
}

// Of a clause's tests that by which the fewest rules are looked up; nullptr when by one of them
// none is: a wider rule would be, by all of them.
const ReleaseSubsumption::Uses* ReleaseSubsumption::Rarest(std::span<const uint32_t> clause) const {
  const Uses* rarest = nullptr;
  for (const uint32_t use : clause) {
    const Uses& uses = uses_[use];
    if (uses.looked_up == 0) return nullptr;
    if (rarest == nullptr || uses.looked_up < rarest->looked_up) rarest = &uses;
  }
  return rarest;
}

// Whether each clause of `wide` has all tests of a clause of `narrow`, or all of `narrow` as a
// test.
bool ReleaseSubsumption::IsWider(const DetectionShape& wide, const DetectionShape& narrow) {
  for (size_t w = 0; w < wide.clauses(); ++w) {
    const std::span<const uint64_t> all = wide.clause(w);
    bool held = std::ranges::binary_search(all, narrow.whole());
    for (size_t n = 0; !held && n < narrow.clauses(); ++n) {
      const std::span<const uint64_t> part = narrow.clause(n);
      const uint64_t cost = 1 + (part.size() <= all.size() ? all.size() : 0);
      if (cost > budget_) {
        budget_ = 0;
        return false;
      }
      budget_ -= cost;
      held = part.size() <= all.size() && std::ranges::includes(all, part);
    }
    if (!held) return false;
  }
  return true;
}

void ReleaseSubsumption::LookUp(uint32_t narrow, const Uses& uses, std::vector<uint32_t>& wider) {
  const InstanceSummary& rule = instances_[narrow];
  for (uint32_t e = uses.first; e != kNone && budget_ > 0; e = entries_[e].next) {
    --budget_;
    const uint32_t other = entries_[e].rule;
    if (other == narrow || instances_[other].log_source != rule.log_source) continue;
    if (IsWider(instances_[other].detection, rule.detection)) wider.push_back(other);
  }
}

ReleaseSubsumption::Answer ReleaseSubsumption::WiderThan(uint32_t narrow) {
  Answer answer;
  const InstanceSummary& rule = instances_[narrow];
  const uint64_t granted = std::min(kMaxComparedTests, release_budget_);
  budget_ = granted;
  for (size_t i = 0; i < rule.detection.clauses(); ++i) {
    const Uses* uses = Rarest(UsesOf(narrow, i));
    if (uses != nullptr) LookUp(narrow, *uses, answer.wider);
  }
  if (const auto whole = by_test_.find(Key(rule, rule.detection.whole()));
      whole != by_test_.end()) {
    if (const Uses* uses = Rarest({&whole->second, 1})) LookUp(narrow, *uses, answer.wider);
  }
  release_budget_ -= granted - budget_;
  answer.exhausted = budget_ == 0;
  std::ranges::sort(answer.wider);
  answer.wider.erase(std::unique(answer.wider.begin(), answer.wider.end()), answer.wider.end());
  return answer;
}

}  // namespace sluice
