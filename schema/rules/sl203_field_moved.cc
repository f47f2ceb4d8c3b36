// SL203 field-moved
//
// On this sensor another field stands at the index that the criterion reads.
//
// Sensors that bind by index do not compare names: fields that were inserted in the middle of a
// list move all that follow, and a condition on the command line then reads the description. A
// field that only changed its spelling is a warning.
//
// Fix: compile the content for this sensor version.
//
// Source: Sysmon rule blob, sections 1.3 and 9.

#include "schema/rule.h"
#include "schema/rule_text.h"

namespace sluice {

extern const Rule kSL203;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  if (in.fleet == nullptr) return;
  ForEachCriterion(in.content, [&](const Instance& instance, const Criterion& criterion) {
    if (criterion.op == Operator::kWildcard) return;
    // Without a name nobody knows what the content means: SL101 or SL104.
    if (in.fleet->field(criterion).name.empty()) return;
    for (const MovedField& moved : in.fleet->field(criterion).moved) {
      Finding* f = out.Report(kSL203, criterion.field_place, &instance, &criterion);
      if (f == nullptr) continue;
      if (moved.only_renamed) f->severity = Severity::kWarning;
      f->field = FieldLabel(in.content, *in.fleet, criterion);
      f->sensors = moved.sensors;
      const std::string reads = Printable(moved.reads);
      Say(*f, Cat("reads ", reads, " instead of ", f->field),
          Cat("index ", in.content.field(criterion).index, " of ",
              TypeLabel(in.content, instance.type), " is ", reads,
              " on the sensor, where the content means ", f->field),
          "compile the content for this sensor version");
    }
  });
}

}  // namespace

const Rule kSL203 = {
    {"SL203", "field-moved", Severity::kError, Category::kIncompatible,
     "another field stands at the index on this sensor", WithFleet(kBlobs | kChannelByIndex)},
    Check};

}  // namespace sluice
