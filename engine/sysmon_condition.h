// Sysmon's sixteen conditions (Sysmon rule blob, section 7).

#ifndef SLUICE_ENGINE_SYSMON_CONDITION_H_
#define SLUICE_ENGINE_SYSMON_CONDITION_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/sysmon_text.h"
#include "engine/work.h"
#include "schema/content.h"
#include "schema/operators.h"

namespace sluice {

// An operand as a condition takes it: the items of a list, otherwise itself alone.
struct SysmonItems {
  bool wide = false;  // compared in UTF-16
  Range items;        // of `SysmonOperands`, narrow or wide ones
};

// The operands of a content, letters folded.
class SysmonOperands {
 public:
  SysmonItems Add(Operator op, std::string_view operand);

  std::span<const std::string_view> narrow(Range items) const {
    return std::span(narrow_).subspan(items.begin, items.size());
  }
  std::span<const std::u16string_view> wide(Range items) const {
    return std::span(wide_).subspan(items.begin, items.size());
  }

 private:
  std::deque<std::string> texts_;
  std::deque<std::u16string> wide_texts_;
  std::vector<std::string_view> narrow_;
  std::vector<std::u16string_view> wide_;
};

// Whether a condition holds for a value. `op` is one of Sysmon's. Takes a unit for each byte or
// UTF-16 unit that is compared; when there is no more, the answer is false and `work` is exhausted.
bool SysmonHolds(Operator op, const SysmonItems& items, const SysmonOperands& operands,
                 uint32_t slot, SysmonValues& values, Work& work);

}  // namespace sluice

#endif  // SLUICE_ENGINE_SYSMON_CONDITION_H_
