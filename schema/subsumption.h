// Finds criteria of Sysmon content that match nothing that a wider one does not match: one beside
// them, or one of those that are asked before them.
//
// Comparing all pairs would take quadratic time. Instead the wider conditions (`contains`, `begin
// with`, `end with`) are put into a table by four letters of their operand, and every other operand
// is scanned once: at each position a small table tells whether a wider one can start there, and
// only then the table is asked. A budget that grows with the content bounds the comparisons: four
// bytes for each byte of an operand, in all.

#ifndef SLUICE_SCHEMA_SUBSUMPTION_H_
#define SLUICE_SCHEMA_SUBSUMPTION_H_

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "schema/content.h"
#include "schema/criterion_key.h"

namespace sluice {

class Subsumption {
 public:
  // The wider ones stand beside the narrower, in the same record or group.
  explicit Subsumption(const Content& content);
  // The wider ones are of these criteria, wherever the narrower stands.
  Subsumption(const Content& content, std::span<const uint32_t> wide);

  // True when the content has no condition that could be the wider one.
  bool empty() const { return empty_; }

  // A criterion that matches whatever criterion `index` (of instance `instance`) matches; kNone
  // when there is none. Criteria that test the same are no answer, and neither is a wider one
  // beside it that comes later, when the narrower has a rule name of its own to report. Operands of
  // fewer than `kGram` bytes are not looked at. Asked for one instance after another.
  uint32_t WiderThan(uint32_t instance, uint32_t index);

  // True when the budget ran out, so that some answers may be missing.
  bool exhausted() const { return exhausted_; }

  static constexpr size_t kGram = 4;

 private:
  static constexpr size_t kMaySlots = size_t{1} << 14;  // at most: small enough for a cache
  static constexpr size_t kSlotsPerCriterion = 32;
  // Whether a wider operand may stand where the hash leads to this slot.
  enum : uint8_t { kNever, kMay, kMayTwice };  // by one `contains`; by anything else

  // The letters that a beginning begins with, or an end ends with, and with it all that are longer.
  static constexpr size_t kRoot = 8;

  // Where the wider operand has to stand in the narrower one.
  enum class Where : uint8_t { kAnywhere, kStart, kEnd };

  // A place in the narrower operand where a wider one may stand.
  struct Spot {
    uint64_t field;   // FieldKey
    uint32_t narrow;  // criterion
    Where where;
    std::string_view text;  // of the narrower operand: what the wider one has to be or to begin
  };

  // The wider conditions there are for one field of a group or record.
  struct Kinds {
    bool anywhere = false;
    // Bit N: one with an operand of N letters, for those of fewer than `kRoot`.
    uint64_t start_lengths = 0;
    uint64_t end_lengths = 0;
    // Of those that are longer, and have the same root as this criterion: bit 63 stands for all
    // that are longer than that.
    uint64_t long_lengths = 0;
  };

  size_t NextSpot(uint64_t field, std::string_view operand, size_t from) const;
  uint32_t FindAnywhere(uint64_t field, uint32_t index);
  // Looks at the beginning or the end of the operand, in each of the lengths (`short_lengths`: of
  // those of fewer letters than `kRoot`).
  uint32_t FindAt(Where where, uint64_t short_lengths, uint64_t field, uint32_t index);
  bool CanBeWide(const Criterion& criterion) const;
  void Enter(uint32_t instance);
  void AddWide(uint32_t instance, uint32_t index);
  void SetBudget();
  void MakeTables(size_t criteria);
  size_t Slot(uint64_t hash) const;
  // What a criterion's alternatives have in common: the field, and where they stand.
  uint64_t FieldKey(uint32_t instance, const Criterion& criterion) const;
  uint32_t Ask(const Spot& spot);
  bool Widens(uint32_t wide, const Spot& spot) const;
  // Takes `bytes` from the budget; false when it is spent.
  bool Spend(size_t bytes);
  static uint64_t Key(uint64_t field, Where where, std::string_view text);
  static uint64_t RootKey(uint64_t field, Where where, std::string_view operand);

  const Content& content_;
  const bool beside_;
  bool empty_ = true;
  bool exhausted_ = false;
  uint64_t budget_ = 0;       // in bytes compared
  uint32_t entered_ = kNone;  // beside: the instance that the tables are about
  uint32_t base_ = 0;         // its first criterion
  KeyTable table_;
  // By criterion, from `base_` on.
  std::vector<Kinds> kinds_;    // filled where one is the first of its field
  std::vector<uint32_t> next_;  // the next one with the same key
  size_t may_count_ = 0;        // criteria that have set slots
  std::vector<uint8_t> may_;    // a power of two
  int may_shift_ = 0;           // of a hash, to a slot
};

}  // namespace sluice

#endif  // SLUICE_SCHEMA_SUBSUMPTION_H_
