// SL505 duplicate-criterion
//
// A condition repeats an earlier one of the same record or group: same field, operator and operand,
// letters in any case.
//
// The second one is never the one that decides. It costs room in the blob and time for every event,
// and is often a copy that was meant to be changed.
//
//   <Image condition="image">cmd.exe</Image>
//   <Image condition="image">CMD.EXE</Image>
//
// Fix: remove the copy, or change it to what was meant.
//
// Source: Sysmon rule blob, sections 6.3 and 7.

#include "schema/criterion_key.h"
#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sysmon.h"

namespace sluice {

extern const Rule kSL505;

namespace {

// In an AND group every condition is evaluated, and the name of the last one is reported.
bool NamesMatter(const Content& content, const Criterion& a, const Criterion& b) {
  return b.group != kNone && content.groups()[b.group].combine == Combine::kAnd && a.name != b.name;
}

void Check(const RuleInput& in, Reporter& out) {
  const Content& content = in.content;
  if (content.dialect() != Dialect::kSysmon || content.criteria().size() < 2) return;
  KeyTable table(LargestInstance(content));
  for (const Instance& instance : content.instances()) {
    table.Clear(instance.criteria.size());
    for (uint32_t i = instance.criteria.begin; i < instance.criteria.end; ++i) {
      const Criterion& criterion = content.criteria()[i];
      const uint64_t key = MixHash(TestHash(content, criterion), criterion.group);
      const uint32_t first = table.FindOrAdd(key, i);
      if (first == kNone) continue;
      const Criterion& earlier = content.criteria()[first];
      if (earlier.group != criterion.group || !SameTest(content, earlier, criterion) ||
          NamesMatter(content, earlier, criterion)) {
        continue;
      }
      Finding* f = out.Report(kSL505, criterion.place, &instance, &criterion);
      if (f == nullptr) continue;
      f->field = FieldLabel(content, in.self, criterion);
      Say(*f, "never decides",
          Cat("an earlier condition of ", TypeLabel(content, instance.type), " says ", f->field,
              " ", OperatorLabel(criterion), " ", Quoted(content.operand_text(criterion)), " too"),
          "remove it, or change it to what was meant");
    }
  }
}

}  // namespace

const Rule kSL505 = {{"SL505", "duplicate-criterion", Severity::kWarning, Category::kHygiene,
                      "a condition repeats an earlier one", kSysmonContent},
                     Check};

}  // namespace sluice
