// Finding criteria that say the same, in linear time.
//
// Rules that compare criteria with one another hash them and look them up in a table of fixed size
// instead of comparing pairs. The hashes are not keyed, so content can be made to collide: the
// table then gives up after a few steps, which costs a finding and never time.

#ifndef SLUICE_SCHEMA_CRITERION_KEY_H_
#define SLUICE_SCHEMA_CRITERION_KEY_H_

#include <bit>
#include <cstdint>
#include <string_view>
#include <vector>

#include "schema/content.h"

namespace sluice {

// Mixes `value` into `hash`.
inline uint64_t MixHash(uint64_t hash, uint64_t value) {
  constexpr uint64_t kMultiplier = 0x9E3779B97F4A7C15;
  // Turned first, so that the order of what is mixed counts.
  hash = ((std::rotl(hash, 29) + kMultiplier) ^ value) * kMultiplier;
  return hash ^ (hash >> 29);
}

// A hash of `text`, equal for texts that differ only in the case of ASCII letters (and for a few
// others: compare what is found with `EqualsIgnoreCase`).
uint64_t FoldedHash(std::string_view text);

// A hash of what a criterion tests: field, operator and operands, not its name or group.
uint64_t TestHash(const Content& content, const Criterion& criterion);

// Whether two criteria of one content test the same, ASCII letters of the operands in any case.
bool SameTest(const Content& content, const Criterion& a, const Criterion& b);

// How many criteria the instance has that has most.
size_t LargestInstance(const Content& content);

// A table from hashes to indices. Holds at most as many entries as it was made for.
//
// Rules that compare within a record make one for the largest record and clear it for each: what is
// looked at then stays in the processor's cache, however large the file.
class KeyTable {
 public:
  explicit KeyTable(size_t entries);

  // Forgets everything, in constant time, and makes room for `entries`: at most as many as the
  // table was made for.
  void Clear(size_t entries);

  // The value of `key`, otherwise kNone.
  uint32_t Find(uint64_t key) const;
  // The value that `key` has already; or kNone, and then it has `value` from now on.
  uint32_t FindOrAdd(uint64_t key, uint32_t value);

 private:
  struct Slot {
    uint64_t key = 0;
    uint32_t value = kNone;
    uint32_t era = 0;  // of the last `Clear`; another one's slot is free
  };
  // The slot of `key`, or a free one for it; nullptr after too many steps.
  const Slot* Seek(uint64_t key) const;

  std::vector<Slot> slots_;  // a power of two
  size_t mask_;
  uint32_t era_ = 1;
};

}  // namespace sluice

#endif  // SLUICE_SCHEMA_CRITERION_KEY_H_
