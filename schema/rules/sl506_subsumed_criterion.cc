// SL506 subsumed-criterion
//
// A condition that matches nothing that another one of the same record or group does not match.
//
// Conditions of an OR record or group, and those on one field of an AND record, are alternatives:
// with `contains` "temp" there, `contains` "\temp\" adds nothing. It costs room in the blob and
// time for every event.
//
//   <Image condition="begin with">C:\Windows\</Image>
//   <Image condition="begin with">C:\Windows\System32\</Image>     <!-- adds nothing -->
//
// Not reported when the narrower one comes first and has a rule name of its own, since that name is
// then what the event is logged with. Operands with '%' are left out, since the sensor replaces
// variables, and so are those of fewer than four letters.
//
// Fix: remove the narrower condition, or the wider one if that was not meant.
//
// Source: Sysmon rule blob, sections 6.2, 6.3 and 7.

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/subsumption.h"
#include "schema/sysmon.h"

namespace sluice {

extern const Rule kSL506;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  const Content& content = in.content;
  if (content.dialect() != Dialect::kSysmon) return;
  Subsumption subsumption(content);
  if (subsumption.empty()) return;
  for (uint32_t n = 0; n < content.instances().size(); ++n) {
    const Instance& instance = content.instances()[n];
    for (uint32_t i = instance.criteria.begin; i < instance.criteria.end; ++i) {
      const uint32_t wider = subsumption.WiderThan(n, i);
      if (wider == kNone) continue;
      const Criterion& criterion = content.criteria()[i];
      const Criterion& other = content.criteria()[wider];
      Finding* f = out.Report(kSL506, criterion.place, &instance, &criterion);
      if (f == nullptr) continue;
      f->field = FieldLabel(content, in.self, criterion);
      Say(*f, "adds nothing",
          Cat(OperatorLabel(criterion), " ", Quoted(content.operand_text(criterion)), " on ",
              f->field, " of ", TypeLabel(content, instance.type), " adds nothing to ",
              OperatorLabel(other), " ", Quoted(content.operand_text(other))),
          "remove the narrower condition");
    }
  }
  if (subsumption.exhausted()) {
    out.NotChecked("conditions that add nothing (SL506)",
                   "too many conditions begin alike to compare them all",
                   /*requested=*/false);
  }
}

}  // namespace

const Rule kSL506 = {{"SL506", "subsumed-criterion", Severity::kNote, Category::kHygiene,
                      "a condition adds nothing to a wider one beside it", kSysmonContent},
                     Check};

}  // namespace sluice
