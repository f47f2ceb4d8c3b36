// SL210 option-unsupported
//
// This sensor does not know a setting of the configuration.
//
// Sysmon stops reading options at the first one that it does not know, without a word: this setting
// and every one after it are lost. An archive folder or a list of hash algorithms then has its
// default.
//
// Fix: put the option behind those that every sensor knows, or keep it from the others.
//
// Source: Sysmon rule blob, section 5.2 (step 8).

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sysmon.h"

namespace sluice {

extern const Rule kSL210;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  if (in.fleet == nullptr || !IsConfiguration(in.content)) return;
  for (const Setting& setting : in.content.settings()) {
    const SensorSet without = WithoutOption(*in.fleet, setting.name);
    if (without.none()) continue;
    if (Finding* f = out.Report(kSL210, setting.place)) {
      f->field = Printable(setting.name);
      f->sensors = without;
      Say(*f, "ignores it and every later option",
          Cat("the sensor does not know the option ", f->field),
          "put it behind the options that every sensor knows, or keep it from the others");
    }
  }
}

}  // namespace

const Rule kSL210 = {{"SL210", "option-unsupported", Severity::kError, Category::kIncompatible,
                      "this sensor does not know a setting", WithFleet(kConfigurations), "SL119"},
                     Check};

}  // namespace sluice
