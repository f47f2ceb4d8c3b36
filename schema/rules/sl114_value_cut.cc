// SL114 value-cut
//
// A text that stops early on the sensor: at a NUL, or at a byte that is not UTF-8.
//
// The rest is lost without a word. A path that ends early matches more, a name matches nothing.
//
//   <Image condition="begin with">C:\Users\J\xf6rg\</Image>     (a byte of ISO-8859-1 in a UTF-8
//   file)
//
// Fix: save the file as UTF-8 without NUL characters.
//
// Source: Sysmon rule blob, section 5.1.

#include "schema/rule.h"
#include "schema/rule_text.h"

namespace sluice {

extern const Rule kSL114;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportIrregularities(
      in, out, kSL114, IrregularityKind::kValueCut, [](Finding& f, const Irregularity&) {
        Say(f, "reads the first part only", "the text ends at a NUL or at a byte that is not UTF-8",
            "save the file as UTF-8, without NUL characters");
      });
}

}  // namespace

const Rule kSL114 = {{"SL114", "value-cut", Severity::kError, Category::kInvalid,
                      "a text that stops early on the sensor", kConfigurationFiles},
                     Check};

}  // namespace sluice
