// The budget of one event.

#ifndef SLUICE_ENGINE_WORK_H_
#define SLUICE_ENGINE_WORK_H_

#include <cstdint>

namespace sluice {

// Counts units of work down. A unit is a byte compared or scanned, or one step of an evaluator.
class Work {
 public:
  explicit Work(uint64_t budget) : budget_(budget), left_(budget) {}

  // False when there is no more: then nothing is left, and what was to be done is not to be done.
  bool Take(uint64_t units) {
    if (units > left_) {
      left_ = 0;
      exhausted_ = true;
      return false;
    }
    left_ -= units;
    return true;
  }

  bool exhausted() const { return exhausted_; }
  uint64_t used() const { return budget_ - left_; }

 private:
  uint64_t budget_;
  uint64_t left_;
  bool exhausted_ = false;
};

}  // namespace sluice

#endif  // SLUICE_ENGINE_WORK_H_
