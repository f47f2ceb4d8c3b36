// Finds rules of a release that match nothing that another rule does not match as well.
//
// A rule is narrower than another over the same log source when each clause of the other's
// detection holds wherever one of its own does: when it has all of the tests of that one, and maybe
// more. That is enough, and not all that there is: `contains` of a longer text is not seen to be
// narrower.
//
// Each rule is looked up by one clause of its own, that of the rarest tests, so few pairs are
// compared; a budget bounds them, for each rule and in all.

#ifndef SLUICE_SCHEMA_RELEASE_SUBSUMPTION_H_
#define SLUICE_SCHEMA_RELEASE_SUBSUMPTION_H_

#include <cstdint>
#include <span>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "schema/instance_summary.h"
#include "schema/limits.h"

namespace sluice {

class ReleaseSubsumption {
 public:
  // Of rules with equal detections the first stands for all; retired ones are passed over, since
  // they stand beside what replaced them. `instances` must outlive this.
  explicit ReleaseSubsumption(std::span<const InstanceSummary> instances);

  // True when a later one of an equal detection (SL621), retired, or nothing that can be compared.
  bool IsLeftOut(uint32_t index) const { return left_out_[index]; }

  // The rules that match whatever rule `narrow` matches, in their order. With `exhausted` some may
  // be missing, since the budget ran out.
  struct Answer {
    std::vector<uint32_t> wider;
    bool exhausted = false;
  };
  Answer WiderThan(uint32_t narrow);

 private:
  // Where a test stands.
  struct Uses {
    uint32_t count = 0;      // in how many clauses
    uint32_t looked_up = 0;  // how many rules are looked up by it
    uint32_t first = kNone;  // in `entries_`
  };
  struct Entry {
    uint32_t rule;
    uint32_t next;
  };

  static uint64_t Key(const InstanceSummary& rule, uint64_t test);
  // The uses of the tests of a rule's clause, as indices.
  std::span<const uint32_t> UsesOf(uint32_t rule, size_t clause) const;
  uint32_t AddUse(uint64_t key);
  void LeaveOutEqual();
  void CountTests();
  void Enter(uint32_t index);
  const Uses* Rarest(std::span<const uint32_t> clause) const;
  bool IsWider(const DetectionShape& wide, const DetectionShape& narrow);
  void LookUp(uint32_t narrow, const Uses& uses, std::vector<uint32_t>& wider);

  std::span<const InstanceSummary> instances_;
  std::vector<bool> left_out_;
  absl::flat_hash_map<uint64_t, uint32_t> by_test_;  // indices into `uses_`
  std::vector<Uses> uses_;
  // Each test is looked up once: the uses of all tests, one rule after another, and where those of
  // each rule begin.
  std::vector<uint32_t> uses_of_tests_;
  std::vector<size_t> first_use_;
  std::vector<Entry> entries_;
  uint64_t release_budget_ = kMaxComparedTestsOfRun;
  uint64_t budget_ = 0;  // of the rule that is asked about
};

}  // namespace sluice

#endif  // SLUICE_SCHEMA_RELEASE_SUBSUMPTION_H_
