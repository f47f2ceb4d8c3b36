// SL212 schema-version-newer
//
// The configuration states a schema version that is newer than every sensor of the fleet.
//
// Sysmon accepts anything above its own newest schema without a word, so nothing says that events,
// fields and conditions of that version are missing.
//
//   <Sysmon schemaversion="4.90">     (every sensor is sysmon@4.50)
//
// Fix: state the version that the oldest sensor has, or update the sensors.
//
// Source: Sysmon rule blob, section 5.1.

#include <algorithm>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sysmon.h"

namespace sluice {

extern const Rule kSL212;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  if (in.fleet == nullptr || !IsConfiguration(in.content)) return;
  const Metadata& metadata = in.content.metadata();
  const SensorSet& checked = in.fleet->checked();
  uint32_t newest = 0;
  for (size_t s = 0; s < in.fleet->fleet().sensors().size(); ++s) {
    if (checked[s]) newest = std::max(newest, in.fleet->fleet().sensors()[s].contract->rank);
  }
  if (!metadata.has_schema_version || checked.none() || metadata.schema_rank <= newest) return;
  if (Finding* f = out.Report(kSL212, metadata.schema_version_place)) {
    f->sensors = checked;
    Say(*f, "loads it as its own version",
        Cat("schema version ", Printable(metadata.schema_version),
            " is newer than every sensor of the fleet"),
        "state the version of the oldest sensor, or update the sensors");
  }
}

}  // namespace

const Rule kSL212 = {
    {"SL212", "schema-version-newer", Severity::kWarning, Category::kIncompatible,
     "the schema version is newer than every sensor of the fleet", WithFleet(kConfigurations)},
    Check};

}  // namespace sluice
