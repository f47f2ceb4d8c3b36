// SL508 criterion-excluded
//
// A condition of an include record stands in an exclude record of the same event too.
//
// Sysmon evaluates exclude records first, wherever they stand. An event that meets the condition is
// dropped before the include record is asked, so this condition never decides.
//
//   <ProcessCreate onmatch="exclude"><Image condition="image">cmd.exe</Image></ProcessCreate>
//   <ProcessCreate onmatch="include"><Image condition="image">cmd.exe</Image></ProcessCreate>
//
// Fix: remove one of the two.
//
// Source: Sysmon rule blob, section 6.2.

#include "schema/criterion_key.h"
#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sysmon.h"

namespace sluice {

extern const Rule kSL508;

namespace {

// Calls `visit(index)` for each plain condition of OR records of one kind: each decides on its own.
template <typename Visit>
void ForEachDeciding(const RuleInput& in, bool includes, Visit visit) {
  for (const Instance& instance : in.content.instances()) {
    if (instance.combine != Combine::kOr) continue;
    if (DefaultIncludes(in.content, in.self, instance) != includes) continue;
    for (uint32_t i = instance.criteria.begin; i < instance.criteria.end; ++i) {
      if (in.content.criteria()[i].group == kNone) visit(instance, i);
    }
  }
}

void Check(const RuleInput& in, Reporter& out) {
  const Content& content = in.content;
  if (content.dialect() != Dialect::kSysmon) return;
  size_t excluding = 0;
  ForEachDeciding(in, true, [&](const Instance&, uint32_t) { ++excluding; });
  if (excluding == 0 || excluding == content.criteria().size()) return;
  KeyTable table(excluding);
  ForEachDeciding(in, true, [&](const Instance&, uint32_t i) {
    table.FindOrAdd(TestHash(content, content.criteria()[i]), i);
  });
  ForEachDeciding(in, false, [&](const Instance& instance, uint32_t i) {
    const Criterion& criterion = content.criteria()[i];
    const uint32_t other = table.Find(TestHash(content, criterion));
    if (other == kNone || !SameTest(content, content.criteria()[other], criterion)) return;
    Finding* f = out.Report(kSL508, criterion.place, &instance, &criterion);
    if (f == nullptr) return;
    f->field = FieldLabel(content, in.self, criterion);
    Say(*f, "never decides",
        Cat("a record of ", TypeLabel(content, instance.type), " with onmatch=\"exclude\" says ",
            f->field, " ", OperatorLabel(criterion), " ", Quoted(content.operand_text(criterion)),
            " too, and is asked first"),
        "remove one of the two");
  });
}

}  // namespace

const Rule kSL508 = {{"SL508", "criterion-excluded", Severity::kWarning, Category::kHygiene,
                      "an exclude record of the same event has the same condition"},
                     Check};

}  // namespace sluice
