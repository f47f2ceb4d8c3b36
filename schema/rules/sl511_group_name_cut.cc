// SL511 group-name-cut
//
// The name of a <Rule> is longer than the 127 UTF-16 units that the compiled group keeps.
//
// The rest is cut off. Names that differ only after that look the same on sensors that report the
// group's name.
//
// Fix: shorten the name.
//
// Source: Sysmon rule blob, section 1.4.

#include <algorithm>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sysmon.h"
#include "schema/utf.h"

namespace sluice {

extern const Rule kSL511;

namespace {

// The longest group name that any of the sensors keeps, in UTF-16 units; 0 when none states a
// limit.
uint32_t Longest(const Bound& bound) {
  uint32_t longest = 0;
  for (const Sensor& sensor : bound.fleet().sensors()) {
    if (sensor.contract == nullptr) continue;
    longest = std::max(longest, sensor.contract->limits.max_group_name_units);
  }
  return longest;
}

void Check(const RuleInput& in, Reporter& out) {
  if (!IsConfiguration(in.content) || in.content.groups().empty()) return;
  const uint32_t longest = Longest(in.self);
  if (longest == 0) return;
  for (const Instance& instance : in.content.instances()) {
    for (const Group& group : in.content.groups(instance)) {
      // A UTF-16 unit takes at least one byte of UTF-8.
      if (group.name.size() <= longest || Utf16Units(group.name) <= longest) continue;
      if (Finding* f = out.Report(kSL511, group.name_place, &instance)) {
        Say(*f, "cuts the name",
            Cat("the name of this <Rule> has ", Utf16Units(group.name), " UTF-16 units, and ",
                longest, " are kept"),
            "shorten the name");
      }
    }
  }
}

}  // namespace

const Rule kSL511 = {{"SL511", "group-name-cut", Severity::kWarning, Category::kHygiene,
                      "the name of a <Rule> is longer than the sensor keeps", kConfigurations},
                     Check};

}  // namespace sluice
