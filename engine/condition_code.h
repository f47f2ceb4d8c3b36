// Conditions as straight code with jumps forward: evaluating one stops as soon as it is decided.

#ifndef SLUICE_ENGINE_CONDITION_CODE_H_
#define SLUICE_ENGINE_CONDITION_CODE_H_

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "schema/content.h"

namespace sluice {

// One instruction. There is one result, which tests set and jumps look at, and a stack of counts
// for "at least n of k".
struct ConditionStep {
  enum class Kind : uint8_t {
    kTest,         // the result is that of test `value`
    kNot,          // it is turned
    kConstant,     // it is `value`
    kJumpIfFalse,  // to step `value`, which stands further on
    kJumpIfTrue,
    kCountBegin,  // a count of 0
    kCountAdd,    // the result counts
    kCountEnd,    // the result is whether the count is at least `value`; it is done with
  };
  Kind kind = Kind::kTest;
  uint32_t value = 0;
};

// A criterion of a condition: its test, and whether that must fail.
struct ConditionTest {
  uint32_t test = 0;
  bool negated = false;
};

// Appends the steps of an instance's condition to `code`. `test_of` says what a criterion, by its
// position in Content::criteria(), tests. `conditions` have been proved by the reader: every token
// finds what it takes, and one result is left. Without recursion, in linear time. The steps' jumps
// count from the beginning of `code`. Returns how deep the counts are nested.
uint32_t CompileCondition(const Content& content, const Instance& instance,
                          const std::function<ConditionTest(uint32_t criterion)>& test_of,
                          std::vector<ConditionStep>& code);

}  // namespace sluice

#endif  // SLUICE_ENGINE_CONDITION_CODE_H_
