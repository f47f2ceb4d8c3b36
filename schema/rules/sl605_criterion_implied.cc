// SL605 criterion-implied
//
// A key of a map that another key of the same map makes true.
//
// It costs the sensor a comparison and says nothing. Often one of the two was meant to be about
// another field.
//
//   selection:
//     Image|endswith: '\cmd.exe'
//     Image|contains: 'cmd'
//
// Fix: remove the key that says less, or write what was meant.
//
// Source: Sigma specification 2.1.0, detection (maps).

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma.h"
#include "schema/sigma_logic.h"
#include "schema/sigma_values.h"

namespace sluice {

extern const Rule kSL605;

namespace {

// Whether a selection has two keys of one field.
bool HasFieldTwice(const Content& content, const SigmaSelection& selection) {
  uint64_t seen = 0;
  uint32_t last = kNone;
  for (const Criterion& criterion : content.criteria(selection)) {
    const uint32_t item = content.written(criterion)->item;
    if (item == last) continue;
    last = item;
    const uint64_t bit = uint64_t{1} << (criterion.field % 64);
    if ((seen & bit) != 0) return true;
    seen |= bit;
  }
  return false;
}

void Report(const RuleInput& in, Reporter& out, const Instance& instance, const LogicItem& needless,
            const LogicItem& by) {
  const Criterion& criterion = in.content.criteria()[needless.criteria.begin];
  const Criterion& other = in.content.criteria()[by.criteria.begin];
  Finding* f = out.Report(kSL605, criterion.field_place, &instance, &criterion);
  if (f == nullptr) return;
  f->field = FieldLabel(in.content, in.self, criterion);
  Say(*f, "changes nothing",
      Cat("whatever has ", KeyLabel(in.content, other, by.criteria.size() > 1), " has ",
          KeyLabel(in.content, criterion, needless.criteria.size() > 1), " too"),
      "remove the key that says less, or write what was meant");
}

void CheckMap(const RuleInput& in, Reporter& out, const Instance& instance,
              std::span<const LogicItem> items, LogicBudget& budget) {
  for (size_t j = 1; j < items.size(); ++j) {
    for (size_t i = 0; i < j; ++i) {
      if (!budget.Take(1)) return;
      if (Implies(in.content, items[i], items[j], budget)) {
        Report(in, out, instance, items[j], items[i]);
        break;
      }
      if (Implies(in.content, items[j], items[i], budget)) {
        Report(in, out, instance, items[i], items[j]);
      }
    }
  }
}

void Check(const RuleInput& in, Reporter& out) {
  LogicBudget budget(in.content);
  ForEachCompleteRule(in.content, [&](const Instance& instance) {
    for (const SigmaSelection& selection : in.content.selections(instance)) {
      if (!HasFieldTwice(in.content, selection)) continue;
      if (HasNegated(in.content, selection) && !HasOneValue(in, instance)) continue;
      const SelectionShape shape(in.content, selection);
      for (const Range map : shape.maps()) {
        CheckMap(in, out, instance, shape.items(map), budget);
      }
    }
  });
  ReportExhausted(budget, kSL605, out);
}

}  // namespace

const Rule kSL605 = {{"SL605", "criterion-implied", Severity::kNote, Category::kHygiene,
                      "a key that another key of the same map makes true", kSigmaFiles},
                     Check};

}  // namespace sluice
