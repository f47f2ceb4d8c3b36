// SL211 platform-only
//
// This sensor has the template type on one platform only, and the fleet does not say which platform
// the sensors run on.
//
//   sensor { name: "sysmon" version: "4.90" }     (eBPFEvent exists on Linux only)
//
// A configuration's record is ignored on the other platforms; so is a blob's, unless its id is
// above the highest one there: then the whole file is refused.
//
// Where the platform is stated and is another one, the finding is SL206.
//
// Fix: state the platform in the fleet: platform: "linux".
//
// Source: Sysmon rule blob, sections 6.1 and 9.

#include "schema/rule.h"
#include "schema/rule_text.h"

namespace sluice {

extern const Rule kSL211;

namespace {

void ReportType(const RuleInput& in, Reporter& out, uint32_t type, std::string_view effect,
                const SensorSet& sensors) {
  if (sensors.none()) return;
  Finding* f = out.Report(kSL211, in.content.types()[type].place);
  if (f == nullptr) return;
  f->sensors = sensors;
  Say(*f, Cat(effect, " on other platforms"),
      Cat("the sensor has ", TypeLabel(in.content, type),
          " on one platform only, and the fleet does not state the platform"),
      "state the platform of the sensors in the fleet");
}

void Check(const RuleInput& in, Reporter& out) {
  if (in.fleet == nullptr) return;
  for (uint32_t type = 0; type < in.content.types().size(); ++type) {
    const TypeBinding& on = in.fleet->type(type);
    ReportType(in, out, type, kRefusesFile, on.platform_unstated & on.above_elsewhere);
    ReportType(in, out, type, kIgnoresRecord, on.platform_unstated & ~on.above_elsewhere);
  }
}

}  // namespace

const Rule kSL211 = {
    {"SL211", "platform-only", Severity::kWarning, Category::kIncompatible,
     "the sensor has the template type on one platform only", WithFleet(kLoadedContent)},
    Check};

}  // namespace sluice
