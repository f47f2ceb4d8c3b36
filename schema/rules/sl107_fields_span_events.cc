// SL107 fields-span-events
//
// The sensor knows every field of the record, but no single event has them all.
//
// RegistryEvent, PipeEvent and WmiEvent each stand for several events. Sysmon compiles a record for
// the first event of the series that has all of its fields. When there is none it prints "Incorrect
// field", drops the record and every later record of that name, and accepts the rest of the file.
//
//   <RegistryEvent onmatch="include">
//     <Details condition="contains">cmd</Details>     <!-- event 13 only -->
//     <NewName condition="contains">Run</NewName>     <!-- event 14 only -->
//   </RegistryEvent>
//
// Fix: write one record for each event.
//
// Source: Sysmon rule blob, section 5.2 (step 6).

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sysmon.h"

namespace sluice {

extern const Rule kSL107;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  if (!IsConfiguration(in.content)) return;
  const SeriesBinding series(in.content, in.self);
  for (const Instance& instance : in.content.instances()) {
    SensorSet all = in.self.type(instance.type).supported;
    bool each_somewhere = all.any();
    for (const Criterion& criterion : in.content.criteria(instance)) {
      all &= in.self.field(criterion).supplied;
      each_somewhere &= in.self.field(criterion).supplied.any();
    }
    if (!each_somewhere) continue;  // SL101 or SL104
    const bool resolves =
        series.IsSeries(instance.type) ? (series.Resolving(instance) & all).any() : all.any();
    if (resolves) continue;
    Finding* f = out.Report(kSL107, instance.place, &instance);
    if (f == nullptr) continue;
    const std::string type = TypeLabel(in.content, instance.type);
    Say(*f, Cat("drops the record and every later ", type, " record"),
        Cat("no event of ", type, " has all the fields of this record, in any sensor version"),
        "write one record for each event, with the fields that it has");
  }
}

}  // namespace

const Rule kSL107 = {{"SL107", "fields-span-events", Severity::kError, Category::kInvalid,
                      "no single event has all the fields of a record", kConfigurations},
                     Check};

}  // namespace sluice
