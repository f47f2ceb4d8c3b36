// Tests of which one must hold for an instance to match.

#ifndef SLUICE_ENGINE_INSTANCE_COVER_H_
#define SLUICE_ENGINE_INSTANCE_COVER_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "engine/condition_code.h"
#include "schema/content.h"

namespace sluice {

// What a condition, or a part of one, cannot do without.
struct Cover {
  bool known = false;           // otherwise nothing follows
  double cost = 0;              // about how often one of the tests holds
  std::vector<uint32_t> tests;  // none: it can never hold
};

// A cover of an instance: unless one of its tests holds, the instance does not match. nullopt when
// there is none. `cost_of` says about how often a test holds, or nothing where it cannot be part of
// a cover. Without recursion, in time linear in the condition but for sorting.
std::optional<std::vector<uint32_t>> CoverOf(
    const Content& content, const Instance& instance,
    const std::function<ConditionTest(uint32_t criterion)>& test_of,
    const std::function<std::optional<double>(uint32_t test)>& cost_of);

}  // namespace sluice

#endif  // SLUICE_ENGINE_INSTANCE_COVER_H_
