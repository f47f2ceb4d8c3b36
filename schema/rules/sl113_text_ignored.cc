// SL113 text-ignored
//
// Text that Sysmon does not read.
//
// The value of a condition is its first piece of text only: a comment, an element or a processing
// instruction inside it ends the value, and the rest is lost. Text between elements is never read.
//
//   <Image condition="is">C:\Temp\<!-- any user -->a.exe</Image>     <!-- compares with "C:\Temp\"
//   -->
//
// Fix: move comments out of values, and text into the conditions it belongs to.
//
// Source: Sysmon rule blob, section 5.1.

#include "schema/rule.h"
#include "schema/rule_text.h"

namespace sluice {

extern const Rule kSL113;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportIrregularities(in, out, kSL113, IrregularityKind::kValueSplit,
                       [](Finding& f, const Irregularity&) {
                         Say(f, "reads the first part only",
                             "the value is in several pieces, of which only the first is read",
                             "keep comments and other markup out of values");
                       });
  ReportIrregularities(in, out, kSL113, IrregularityKind::kIgnoredText,
                       [](Finding& f, const Irregularity&) {
                         f.severity = Severity::kWarning;
                         Say(f, "ignores the text", "nothing reads the text here",
                             "remove it, or make it a comment");
                       });
}

}  // namespace

const Rule kSL113 = {
    {"SL113", "text-ignored", Severity::kError, Category::kInvalid,
     "text of which the sensor reads only a part, or nothing", kConfigurationFiles},
    Check};

}  // namespace sluice
