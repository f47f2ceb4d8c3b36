// SL116 name-too-long
//
// A rule name of more than 255 bytes of UTF-8.
//
// Sysmon for Windows rejects the file. The Linux build skips each condition that has the name,
// inside a <Rule> also the rest of it, and accepts the file. A name counts where a condition has or
// inherits it, and is reported once, where it is written.
//
// Fix: shorten the name.
//
// Source: Sysmon rule blob, section 5.2 (step 7).

#include <algorithm>
#include <set>
#include <utility>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sysmon.h"

namespace sluice {

extern const Rule kSL116;

namespace {

// The longest name that any of the sensors takes, in bytes; 0 when none states a limit.
uint32_t Longest(const Bound& bound) {
  uint32_t longest = 0;
  for (const Sensor& sensor : bound.fleet().sensors()) {
    if (sensor.contract != nullptr)
      longest = std::max(longest, sensor.contract->limits.max_name_bytes);
  }
  return longest;
}

void Check(const RuleInput& in, Reporter& out) {
  const uint32_t longest = Longest(in.self);
  if (!IsConfiguration(in.content) || longest == 0) return;
  std::set<std::pair<uint32_t, uint32_t>> reported;
  ForEachCriterion(in.content, [&](const Instance& instance, const Criterion& criterion) {
    if (criterion.name.size() <= longest) return;
    const Place place = criterion.name_place;
    if (!reported.insert({place.offset, place.length}).second) return;
    if (Finding* f = out.Report(kSL116, place, &instance)) {
      Say(*f, kRefusesFile,
          Cat("the rule name has ", criterion.name.size(), " bytes of UTF-8, and at most ", longest,
              " are allowed"),
          "shorten the name");
    }
  });
}

}  // namespace

const Rule kSL116 = {{"SL116", "name-too-long", Severity::kError, Category::kInvalid,
                      "a rule name longer than any sensor takes", kConfigurations},
                     Check};

}  // namespace sluice
