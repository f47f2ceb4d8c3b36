// SL502 negations-always-true
//
// A negative condition is ORed with another on the same field, and one of the two always holds.
//
// An AND record ORs its plain conditions on the same field, negative ones too. A value cannot be
// both a and b, so "is not a" or "is not b" is always true, and so is "is a" or "is not a": the
// field is not tested at all. In an OR record or a <Rule groupRelation="or"> that makes all of it
// true.
//
//   <RuleGroup groupRelation="and">
//     <ProcessCreate onmatch="include">
//       <User condition="is not">SYSTEM</User>
//       <User condition="is not">LOCAL SERVICE</User>     <!-- always true -->
//
// `excludes` is not reported on its own: a value can contain two texts.
//
// Fix: put the conditions into a <Rule groupRelation="and">, where each has to hold, or use
// `excludes any`.
//
// Source: Sysmon rule blob, section 6.3.

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sysmon.h"

namespace sluice {

extern const Rule kSL502;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  if (in.content.dialect() != Dialect::kSysmon) return;
  for (const Instance& instance : in.content.instances()) {
    for (const Settled& settled : FindSettled(in.content, instance)) {
      if (!settled.always) continue;
      const Criterion& criterion = in.content.criteria()[settled.criterion];
      Finding* f = out.Report(kSL502, criterion.place, &instance, &criterion);
      if (f == nullptr) continue;
      f->field = FieldLabel(in.content, in.self, criterion);
      Say(*f, kAlwaysMatches,
          Cat(OperatorLabel(criterion), " on ", f->field, " of ",
              TypeLabel(in.content, instance.type),
              " is ORed with an earlier condition on the same field, and one of the two is always "
              "true"),
          "put them into a <Rule groupRelation=\"and\">, or use 'excludes any'");
    }
  }
}

}  // namespace

const Rule kSL502 = {
    {"SL502", "negations-always-true", Severity::kError, Category::kHygiene,
     "a negative condition ORed with another on one field: always true", kSysmonContent},
    Check};

}  // namespace sluice
