// SL206 template-type-unsupported
//
// This sensor has no such template type.
//
// Sysmon ignores events of a configuration that it does not know, without a word: the detection is
// simply not there. In a blob it ignores a record whose event it has not, and refuses the whole
// file when the id is above the highest it has on its platform. Ids that it never evaluates are
// SL214.
//
//   <FileDeleteDetected onmatch="include"> ... </FileDeleteDetected>     (sysmon@4.60 and newer)
//
// An event that a sensor has, but whose fields no contract describes, is not checked.
//
// Fix: keep the content from these sensors, or update them.
//
// Source: Sysmon rule blob, sections 5.2 (step 2) and 6.1.

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sysmon.h"

namespace sluice {

extern const Rule kSL206;

namespace {

// A Sigma rule as a whole is not the place: what it says under `logsource` is.
Place TypePlace(const Content& content, const Instance& instance) {
  const Attribute* source = content.attribute(instance, "logsource");
  return source == nullptr ? instance.place : source->key_place;
}

void ReportType(const RuleInput& in, Reporter& out, const Instance& instance,
                std::string_view effect, const SensorSet& sensors) {
  if (sensors.none()) return;
  Finding* f = out.Report(kSL206, TypePlace(in.content, instance), &instance);
  if (f == nullptr) return;
  f->sensors = sensors;
  const bool elsewhere = (sensors & in.fleet->type(instance.type).wrong_platform).any();
  Say(*f, effect,
      Cat("the sensor has no ", TypeLabel(in.content, instance.type),
          elsewhere ? " on this platform" : ""),
      "keep this from sensors without the template type, or update them");
}

void CheckUndescribed(const RuleInput& in, Reporter& out) {
  for (uint32_t type = 0; type < in.content.types().size(); ++type) {
    const SensorSet& undescribed = in.fleet->type(type).undescribed;
    if (undescribed.none()) continue;
    std::string sensors;
    for (const std::string& name : in.fleet->fleet().Names(undescribed)) {
      sensors += Cat(sensors.empty() ? "" : ", ", name);
    }
    out.NotChecked(Cat(TypeLabel(in.content, type), " on ", sensors),
                   "the sensor has this event, but no contract describes its fields",
                   /*requested=*/false);
  }
}

void Check(const RuleInput& in, Reporter& out) {
  if (in.fleet == nullptr) return;
  for (const Instance& instance : in.content.instances()) {
    const TypeBinding& type = in.fleet->type(instance.type);
    if (type.unsupported.none() || instance.incomplete || instance.role != InstanceRole::kRule) {
      continue;
    }
    const SensorSet refusing = IsBlob(in.content) ? type.above_highest : SensorSet();
    ReportType(in, out, instance, kRefusesFile, refusing);
    const bool sigma = in.content.dialect() == Dialect::kSigma;
    ReportType(in, out, instance, sigma ? kNeverMatches : kIgnoresRecord,
               type.unsupported & ~refusing);
  }
  CheckUndescribed(in, out);
}

}  // namespace

const Rule kSL206 = {
    {"SL206", "template-type-unsupported", Severity::kError, Category::kIncompatible,
     "this sensor has no such template type", WithFleet(kAnyContent), "SL104"},
    Check};

}  // namespace sluice
