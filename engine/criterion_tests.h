// What criteria of the dialects channel and sigma test, prepared.

#ifndef SLUICE_ENGINE_CRITERION_TESTS_H_
#define SLUICE_ENGINE_CRITERION_TESTS_H_

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "engine/decimal.h"
#include "engine/field_supply.h"
#include "engine/field_values.h"
#include "engine/glob.h"
#include "engine/ip_network.h"
#include "engine/outcome.h"
#include "engine/work.h"
#include "schema/compared_field.h"
#include "schema/content.h"
#include "schema/place.h"

namespace re2 {
class RE2;
}

namespace sluice {

// One distinct test of a field, or of any. Negation is not part of it.
struct CriterionTest {
  Operator op = Operator::kUnknown;
  uint8_t flags = 0;
  TimePart part = TimePart::kWhole;
  bool present = true;    // kExists: what is to be
  bool numeric = false;   // the operands are numbers
  uint32_t slot = kNone;  // kNone: any field; kNoSlot: one that no event has
  uint32_t any = 0;       // of which fields any is: in `CriterionTests`
  // Prepared, where the operator has its kind: texts, numbers, networks, globs, patterns, slots.
  Range operands;
  Range reads;  // what a trace says of it
};

class CriterionTests {
 public:
  CriterionTests();
  ~CriterionTests();

  // Prepares what follows for a content. Tests that are the same are one, in all contents; `trace`
  // keeps them apart.
  void Begin(const VerifiedContent& content, uint32_t index, bool trace);
  // The test of a criterion of that content. nullopt where it cannot be evaluated: `why`, empty
  // before, says it.
  std::optional<uint32_t> Add(const Criterion& criterion, std::string* why);

  const FieldPlan& fields() const { return plan_; }
  size_t size() const { return tests_.size(); }
  const CriterionTest& test(uint32_t index) const { return tests_[index]; }

  // The texts of a test that compares or finds text: folded unless it is cased.
  std::span<const std::string_view> texts(const CriterionTest& test) const {
    return Slice(texts_, test.operands);
  }
  std::span<const Glob> globs(const CriterionTest& test) const {
    return Slice(globs_, test.operands);
  }
  std::span<const std::string_view> patterns(const CriterionTest& test) const {
    return Slice(pattern_texts_, test.operands);
  }
  std::span<const FieldRead> reads(const CriterionTest& test) const {
    return Slice(reads_, test.reads);
  }

  // Whether the test holds for the event of `values`. False, too, when the work is exhausted. When
  // it holds for a value, `*field` is where that stands in the event.
  bool Holds(const CriterionTest& test, FieldValues& values, Work& work,
             uint32_t* field = nullptr) const;

 private:
  template <typename T>
  static std::span<const T> Slice(const std::vector<T>& all, Range range) {
    return std::span<const T>(all).subspan(range.begin, range.size());
  }

  size_t Prepared(const Criterion& criterion, const CriterionTest& test) const;
  bool Prepare(const Criterion& criterion, CriterionTest& test, std::string* why);
  bool PreparePattern(const Criterion& criterion, std::string_view pattern, std::string* why);
  bool PrepareOperand(const Criterion& criterion, CriterionTest& test, std::string_view text,
                      std::string* why);
  void AddText(std::string_view text, bool cased);
  uint32_t AnyOf(uint32_t type);
  void Trace(const Criterion& criterion, CriterionTest& test);
  std::string KeyOf(const Criterion& criterion, const CriterionTest& test) const;

  bool IsAmong(uint32_t any, const FieldValues& values, uint32_t field) const;
  bool HoldsForValue(const CriterionTest& test, uint32_t field, FieldValues& values,
                     Work& work) const;
  bool TextHolds(const CriterionTest& test, std::string_view text, Work& work) const;
  bool NumberHolds(const CriterionTest& test, const EventField& value, Work& work) const;
  bool AddressHolds(const CriterionTest& test, std::string_view text, Work& work) const;
  bool PatternHolds(const CriterionTest& test, std::string_view text, Work& work) const;
  bool FieldHolds(const CriterionTest& test, uint32_t field, FieldValues& values, Work& work) const;

  FieldPlan plan_;
  std::vector<CriterionTest> tests_;
  absl::flat_hash_map<std::string, uint32_t> known_;  // by key
  std::deque<std::string> arena_;
  std::vector<std::string_view> texts_;
  std::vector<Decimal> numbers_;
  std::vector<IpNetwork> networks_;
  std::vector<Glob> globs_;
  std::vector<std::unique_ptr<re2::RE2>> patterns_;
  std::vector<std::string_view> pattern_texts_;
  std::vector<uint32_t> slots_;
  std::vector<FieldRead> reads_;
  // Sets of slots that "any field" is; 0: every field there is.
  std::vector<std::vector<bool>> any_of_;
  absl::flat_hash_map<std::string, uint32_t> any_known_;

  // Of the content that is being added.
  const VerifiedContent* content_ = nullptr;
  uint32_t index_ = 0;
  bool trace_ = false;
  std::optional<FieldSupply> supply_;
  std::optional<ComparedFields> compared_;
  int64_t pattern_cost_ = 0;
};

}  // namespace sluice

#endif  // SLUICE_ENGINE_CRITERION_TESTS_H_
