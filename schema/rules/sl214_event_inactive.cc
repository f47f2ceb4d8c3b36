// SL214 event-inactive
//
// The sensor keeps this event where nothing reads it.
//
// Sysmon puts records whose event id has a bit of 0xF000 into a second table, which no decision
// looks at: the file loads and the record has no effect.
//
// Fix: remove the record, or use an event that the sensor decides about.
//
// Source: Sysmon rule blob, section 6.1.

#include "schema/rule.h"
#include "schema/rule_text.h"

namespace sluice {

extern const Rule kSL214;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  if (in.fleet == nullptr) return;
  for (const Instance& instance : in.content.instances()) {
    const SensorSet& inactive = in.fleet->type(instance.type).inactive;
    if (inactive.none()) continue;
    if (Finding* f = out.Report(kSL214, instance.place, &instance)) {
      f->sensors = inactive;
      Say(*f, kIgnoresRecord,
          Cat("the sensor never decides about ", TypeLabel(in.content, instance.type)),
          "remove the record, or use an event that the sensor decides about");
    }
  }
}

}  // namespace

const Rule kSL214 = {{"SL214", "event-inactive", Severity::kWarning, Category::kIncompatible,
                      "the sensor keeps this event where nothing reads it"},
                     Check};

}  // namespace sluice
