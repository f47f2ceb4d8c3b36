// SL213 record-dropped
//
// This sensor supplies every field of the record, but no single event of it has them all.
//
// Sysmon compiles a record for the first event of the series that has all of its fields. When there
// is none it drops the record and every later record of that name, and accepts the rest of the
// file.
//
// A record that no version can compile is SL107; one with a field that the sensor does not have at
// all is SL201.
//
// Fix: write one record for each event.
//
// Source: Sysmon rule blob, section 5.2 (step 6).

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sysmon.h"

namespace sluice {

extern const Rule kSL213;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  if (in.fleet == nullptr || !IsConfiguration(in.content)) return;
  const SeriesBinding series(in.content, *in.fleet);
  if (series.empty()) return;
  for (const Instance& instance : in.content.instances()) {
    if (!series.IsSeries(instance.type)) continue;
    SensorSet dropping = in.fleet->type(instance.type).supported;
    for (const Criterion& criterion : in.content.criteria(instance)) {
      dropping &= in.fleet->field(criterion).supplied;
    }
    dropping &= ~series.Resolving(instance);
    if (dropping.none()) continue;
    if (Finding* f = out.Report(kSL213, instance.place, &instance)) {
      f->sensors = dropping;
      const std::string type = TypeLabel(in.content, instance.type);
      Say(*f, Cat("drops the record and every later ", type, " record"),
          Cat("no event of ", type, " has all the fields of this record on the sensor"),
          "write one record for each event, with the fields that it has");
    }
  }
}

}  // namespace

const Rule kSL213 = {{"SL213", "record-dropped", Severity::kError, Category::kIncompatible,
                      "no single event of this sensor has all the fields of a record",
                      WithFleet(kConfigurations), "SL107"},
                     Check};

}  // namespace sluice
