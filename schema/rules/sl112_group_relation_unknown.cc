// SL112 group-relation-unknown
//
// A groupRelation that is neither "and" nor "or".
//
// Sysmon takes every text but "or" for "and": a typing error makes a rule that asks for all its
// conditions where one was to be enough.
//
//   <RuleGroup groupRelation="any">     <!-- or -->
//
// Fix: write groupRelation="or" or groupRelation="and".
//
// Source: Sysmon rule blob, section 5.2 (steps 3 and 5).

#include "schema/rule.h"
#include "schema/rule_text.h"

namespace sluice {

extern const Rule kSL112;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportIrregularities(
      in, out, kSL112, IrregularityKind::kGroupRelationUnknown,
      [](Finding& f, const Irregularity& irregularity) {
        Say(f, "reads it as and",
            Cat("groupRelation ", Quoted(irregularity.detail), " is neither and nor or"),
            "write groupRelation=\"or\" or groupRelation=\"and\"");
      });
}

}  // namespace

const Rule kSL112 = {{"SL112", "group-relation-unknown", Severity::kError, Category::kInvalid,
                      "a groupRelation that is neither and nor or", kConfigurationFiles},
                     Check};

}  // namespace sluice
