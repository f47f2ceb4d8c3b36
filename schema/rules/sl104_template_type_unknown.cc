// SL104 template-type-unknown
//
// No sensor version has this template type, or the content does not declare it.
//
// Sysmon takes the elements that it knows by name out of the file and ignores all others without a
// word: a misspelt event is a record that never runs. Names are case-sensitive. Ids of a blob
// that no sensor evaluates are SL214.
//
//   <ProcessCreated onmatch="include"> ... </ProcessCreated>     <!-- ProcessCreate -->
//
// Fix: spell the event as the sensor does: `sluice contract show sysmon@4.90`.
//
// Source: Sysmon rule blob, sections 5.2 (step 2) and 6.1.

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sysmon.h"

namespace sluice {

extern const Rule kSL104;

namespace {

bool Unknown(const RuleInput& in, const Instance& instance, const SensorSet& judges) {
  const TemplateType& type = in.content.type(instance);
  if (in.content.dialect() == Dialect::kChannel) return !type.declared && !type.open;
  const TypeBinding& on = in.self.type(instance.type);
  const SensorSet lacking = on.unsupported & ~on.wrong_platform;
  return judges.any() && (judges & ~lacking).none();
}

// "no sensor version has the event X", or the only version that is asked.
std::string Message(const RuleInput& in, const Instance& instance) {
  const std::string label = TypeLabel(in.content, instance.type);
  if (in.content.dialect() == Dialect::kChannel) {
    return Cat("the content declares no template type ", label);
  }
  const std::string_view event = in.content.type(instance).name.empty() ? "" : "event ";
  const std::vector<Sensor>& sensors = in.self.fleet().sensors();
  if (sensors.size() == 1) return Cat(sensors.front().Name(), " has no ", event, label);
  return Cat("no sensor version has ", event, label);
}

// A blob with an event above the sensor's highest is refused whole (section 6.1).
std::string_view Effect(const RuleInput& in, const Instance& instance) {
  return in.self.type(instance.type).above_highest.any() ? kRefusesFile : kIgnoresRecord;
}

void Check(const RuleInput& in, Reporter& out) {
  if (in.content.dialect() == Dialect::kSigma) return;
  const SensorSet judges = Judges(in.content, in.self);
  for (const Instance& instance : in.content.instances()) {
    if (!Unknown(in, instance, judges)) continue;
    Finding* f = out.Report(kSL104, instance.place, &instance);
    if (f == nullptr) continue;
    const bool channel = in.content.dialect() == Dialect::kChannel;
    Say(*f, Effect(in, instance), Message(in, instance),
        channel ? "declare the template type with its fields"
                : "use the name of an event, spelt exactly as the sensor does");
  }
}

}  // namespace

const Rule kSL104 = {{"SL104", "template-type-unknown", Severity::kError, Category::kInvalid,
                      "no such template type anywhere", kLoadedContent},
                     Check};

}  // namespace sluice
