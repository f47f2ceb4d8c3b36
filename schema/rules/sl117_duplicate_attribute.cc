// SL117 duplicate-attribute
//
// An element has the same attribute twice. The first one counts.
//
//   <Image condition="is" condition="contains">a</Image>     <!-- is -->
//
// Strict XML readers refuse such a file, so other tools and Sysmon disagree about it.
//
// Fix: remove one of them.
//
// Source: Sysmon rule blob, section 5.1.

#include "schema/rule.h"
#include "schema/rule_text.h"

namespace sluice {

extern const Rule kSL117;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportIrregularities(in, out, kSL117, IrregularityKind::kDuplicateAttribute,
                       [](Finding& f, const Irregularity& irregularity) {
                         Say(f, "uses the first one",
                             Cat("the attribute ", Quoted(irregularity.detail), " is there twice"),
                             "remove one of them");
                       });
}

}  // namespace

const Rule kSL117 = {{"SL117", "duplicate-attribute", Severity::kError, Category::kInvalid,
                      "the same attribute twice; the first one counts", kConfigurationFiles},
                     Check};

}  // namespace sluice
