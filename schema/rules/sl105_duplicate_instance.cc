// SL105 duplicate-instance
//
// Two instances share an id.
//
// Which of them a sensor keeps depends on the sensor: the first, the last, or both. Duplicate rows
// also push a file past the room that its consumer has.
//
//   instance { id: "1001" ... }
//   instance { id: "1001" ... }
//
// Fix: give each instance an id of its own, or remove the copy.
//
// Source: Cloudflare, 18 November 2025 (duplicate rows passed a preallocated limit of 200).

#include <string_view>
#include <unordered_set>

#include "schema/rule.h"
#include "schema/rule_text.h"

namespace sluice {

extern const Rule kSL105;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  if (in.content.dialect() == Dialect::kSysmon) return;
  std::unordered_set<std::string_view> ids;
  for (const Instance& instance : in.content.instances()) {
    if (instance.id.empty() || ids.insert(instance.id).second) continue;
    if (Finding* f = out.Report(kSL105, instance.place, &instance)) {
      Say(*f, "keeps one of them",
          Cat("an earlier instance has the id ", Quoted(instance.id), " too"),
          "give each instance an id of its own");
    }
  }
}

}  // namespace

const Rule kSL105 = {{"SL105", "duplicate-instance", Severity::kError, Category::kInvalid,
                      "two instances share an id", kChannelContent},
                     Check};

}  // namespace sluice
