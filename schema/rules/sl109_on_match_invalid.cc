// SL109 on-match-invalid
//
// The record does not say whether its matches are logged or dropped.
//
// Exactly one of `onmatch` and `default` must be there. With neither or both Sysmon prints a
// message, skips the record and accepts the rest of the file. With a word other than include and
// exclude it uses the event's own default: a typing error in onmatch="exclude" can turn the record
// around.
//
//   <ProcessCreate onmatch="exlude">
//
// Fix: write onmatch="include" or onmatch="exclude".
//
// Source: Sysmon rule blob, section 5.2 (step 4).

#include "schema/rule.h"
#include "schema/rule_text.h"

namespace sluice {

extern const Rule kSL109;

namespace {

constexpr std::string_view kHelp = "write onmatch=\"include\" or onmatch=\"exclude\"";

void Check(const RuleInput& in, Reporter& out) {
  ReportIrregularities(
      in, out, kSL109, IrregularityKind::kOnMatchMissing, [](Finding& f, const Irregularity&) {
        Say(f, kIgnoresRecord, "the record has neither onmatch nor default", kHelp);
      });
  ReportIrregularities(in, out, kSL109, IrregularityKind::kOnMatchTwice,
                       [](Finding& f, const Irregularity&) {
                         Say(f, kIgnoresRecord, "the record has both onmatch and default", kHelp);
                       });
  ReportIrregularities(in, out, kSL109, IrregularityKind::kOnMatchUnknown,
                       [](Finding& f, const Irregularity& irregularity) {
                         Say(f, "uses the event's own default",
                             Cat(Quoted(irregularity.detail), " is neither include nor exclude"),
                             kHelp);
                       });
}

}  // namespace

const Rule kSL109 = {
    {"SL109", "on-match-invalid", Severity::kError, Category::kInvalid,
     "a record does not say whether its matches are included or excluded", kConfigurationFiles},
    Check};

}  // namespace sluice
