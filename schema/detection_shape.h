// What a Sigma detection says, without its texts: enough to compare rules of a whole release.
//
// A detection is brought into the form "all of these clauses, each any of these tests": NOT is
// moved inwards, AND in AND and OR in OR are joined, and order does not matter. A test is the hash
// of one field, operator and value (letters without regard to case where the operator has none), or
// of an AND inside of an OR. Two detections of one form match the same events; the other way round
// need not hold. Hashes have 64 bits and no key: content that is made to collide gets a finding
// that is not true, and nothing worse.

#ifndef SLUICE_SCHEMA_DETECTION_SHAPE_H_
#define SLUICE_SCHEMA_DETECTION_SHAPE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "schema/content.h"

namespace sluice {

class DetectionShape {
 public:
  // Nothing to compare: no detection, or one that is incomplete.
  DetectionShape() = default;
  // Of a rule that is complete. Linear in its condition and its operands; no recursion.
  DetectionShape(const Content& content, const Instance& rule);

  // True when there is nothing to compare.
  bool empty() const { return !known_; }
  // True when it had more than `kMaxShapeTests`, each use of a criterion counted.
  bool cut() const { return known_ && ends_.empty(); }

  // Equal for detections of the same form; of those that are cut, where also the same parts are
  // repeated.
  uint64_t hash() const { return hash_; }

  // Each clause's tests are in ascending order, and there once. An event matches when each clause
  // has a test that holds.
  size_t clauses() const { return ends_.size(); }
  std::span<const uint64_t> clause(size_t i) const {
    const size_t begin = i == 0 ? 0 : ends_[i - 1];
    return std::span(tests_).subspan(begin, ends_[i] - begin);
  }
  std::span<const uint64_t> tests() const { return tests_; }

  // The test that all of it is, where it stands inside of an OR of another detection.
  uint64_t whole() const { return whole_; }

 private:
  std::vector<uint64_t> tests_;
  std::vector<uint32_t> ends_;  // of the clauses, in `tests_`
  uint64_t hash_ = 0;
  uint64_t whole_ = 0;
  bool known_ = false;
};

}  // namespace sluice

#endif  // SLUICE_SCHEMA_DETECTION_SHAPE_H_
