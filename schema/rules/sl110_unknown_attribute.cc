// SL110 unknown-attribute
//
// An attribute that Sysmon does not read.
//
// It is ignored without a word. A misspelt `condition` leaves the condition `is`, which compares
// the whole value; a misspelt `groupRelation` or `name` leaves the default.
//
//   <CommandLine contition="contains">whoami</CommandLine>
//
// Fix: spell the attribute as Sysmon does, or remove it.
//
// Source: Sysmon rule blob, section 5.2.

#include "schema/rule.h"
#include "schema/rule_text.h"

namespace sluice {

extern const Rule kSL110;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportIrregularities(
      in, out, kSL110, IrregularityKind::kUnknownAttribute,
      [](Finding& f, const Irregularity& irregularity) {
        Say(f, "ignores the attribute",
            Cat("nothing reads the attribute ", Quoted(irregularity.detail), " here"),
            "spell the attribute as Sysmon does, or remove it");
      });
}

}  // namespace

const Rule kSL110 = {{"SL110", "unknown-attribute", Severity::kError, Category::kInvalid,
                      "an attribute that the sensor ignores", kConfigurationFiles},
                     Check};

}  // namespace sluice
