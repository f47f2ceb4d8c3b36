// SL119 option-unknown
//
// A setting beside the rules that no sensor version knows.
//
// Sysmon reads the options of a configuration one after another and stops without a word at the
// first element that it does not know: that one and every option after it are lost.
//
//   <Sysmon schemaversion="4.50">
//     <HashAlgorithm>sha256</HashAlgorithm>     <!-- HashAlgorithms -->
//     <CheckRevocation/>                        <!-- never read -->
//
// Fix: spell the option as the sensor does: `sluice contract show sysmon@4.90`.
//
// Source: Sysmon rule blob, section 5.2 (step 8).

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sysmon.h"

namespace sluice {

extern const Rule kSL119;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  if (!IsConfiguration(in.content) || in.content.settings().empty()) return;
  const SensorSet lists = ListsOptions(in.self);
  if (lists.none()) return;
  for (const Setting& setting : in.content.settings()) {
    if ((lists & ~WithoutOption(in.self, setting.name)).any()) continue;
    if (Finding* f = out.Report(kSL119, setting.place)) {
      f->field = Printable(setting.name);
      Say(*f, "ignores it and every later option",
          Cat("no sensor version knows the option ", f->field),
          "use an option that the sensor knows");
    }
  }
}

}  // namespace

const Rule kSL119 = {{"SL119", "option-unknown", Severity::kError, Category::kInvalid,
                      "a setting that no sensor version knows", kConfigurations},
                     Check};

}  // namespace sluice
