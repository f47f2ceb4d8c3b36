// SL211 platform-only
//
// This sensor has the template type on one platform only, and the fleet does not say which platform
// the sensors run on.
//
//   sensor { name: "sysmon" version: "4.90" }     (eBPFEvent exists on Linux only)
//
// Where the platform is stated and is another one, the finding is SL206.
//
// Fix: state the platform in the fleet: platform: "linux".
//
// Source: Sysmon rule blob, section 9.

#include "schema/rule.h"
#include "schema/rule_text.h"

namespace sluice {

extern const Rule kSL211;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  if (in.fleet == nullptr) return;
  for (uint32_t type = 0; type < in.content.types().size(); ++type) {
    const SensorSet& unstated = in.fleet->type(type).platform_unstated;
    if (unstated.none()) continue;
    if (Finding* f = out.Report(kSL211, in.content.types()[type].place)) {
      f->sensors = unstated;
      Say(*f, "ignores the record on other platforms",
          Cat("the sensor has ", TypeLabel(in.content, type),
              " on one platform only, and the fleet does not state the platform"),
          "state the platform of the sensors in the fleet");
    }
  }
}

}  // namespace

const Rule kSL211 = {{"SL211", "platform-only", Severity::kWarning, Category::kIncompatible,
                      "the sensor has the template type on one platform only"},
                     Check};

}  // namespace sluice
