// SL214 event-inactive
//
// The sensor takes the record and never evaluates it.
//
// Sysmon puts records whose event id has a bit of 0xF000 into a second table, which no decision
// looks at, and ignores those whose id is negative. Events 4, 16 and 255 (state, configuration and
// error of the service) are reported without asking a record. The file loads, and the record has no
// effect.
//
//   sysmon-blob: an event record of id 4097
//
// Fix: remove the record, or use an event that the sensor decides about.
//
// Source: Sysmon rule blob, sections 6.1 and 6.2 (step 5).

#include "schema/rule.h"
#include "schema/rule_text.h"

namespace sluice {

extern const Rule kSL214;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  const Bound& bound = in.fleet == nullptr ? in.self : *in.fleet;
  for (const Instance& instance : in.content.instances()) {
    const TypeBinding& type = bound.type(instance.type);
    if (type.inactive.none()) continue;
    // Without a fleet, it has to be so wherever the event is.
    const SensorSet active = (type.supported | type.undescribed) & ~type.inactive;
    if (in.fleet == nullptr && active.any()) continue;
    if (Finding* f = out.Report(kSL214, instance.place, &instance)) {
      if (in.fleet != nullptr) f->sensors = type.inactive;
      Say(*f, kNeverEvaluates,
          Cat("the sensor never decides about ", TypeLabel(in.content, instance.type)),
          "remove the record, or use an event that the sensor decides about");
    }
  }
}

}  // namespace

const Rule kSL214 = {{"SL214", "event-inactive", Severity::kWarning, Category::kIncompatible,
                      "the sensor never evaluates records of this event", kSysmonContent},
                     Check};

}  // namespace sluice
