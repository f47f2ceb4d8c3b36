// SL604 criteria-contradict
//
// Two keys of one map, or two values under `all`, that no value of the field can satisfy together.
//
// The keys of a map are AND, so the map never matches. Mostly a list of values, or a list of maps,
// was meant: these are OR.
//
//   selection:
//     Image|endswith: '\cmd.exe'
//     Image|startswith: 'D:\'
//     Image: 'C:\Windows\System32\cmd.exe'    # not on D:
//
// Fix: write alternatives as a list, or remove one of the two.
//
// Source: Sigma specification 2.1.0, detection (lists and maps), `all`, `exists`, null.

#include <algorithm>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma.h"
#include "schema/sigma_logic.h"
#include "schema/sigma_values.h"

namespace sluice {

extern const Rule kSL604;

namespace {

// Whether a selection has two keys of one field, or several values under `all`.
bool MayContradict(const Content& content, const SigmaSelection& selection) {
  uint64_t seen = 0;
  uint32_t last = kNone;
  for (const Criterion& criterion : content.criteria(selection)) {
    const uint32_t item = content.written(criterion)->item;
    if (item == last) {
      // More than one value: only those of `all` have to hold together.
      if (criterion.operator_text.find("all") != std::string_view::npos) return true;
      continue;
    }
    last = item;
    const uint64_t bit = uint64_t{1} << (criterion.field % 64);
    if ((seen & bit) != 0) return true;
    seen |= bit;
  }
  return false;
}

void Report(const RuleInput& in, Reporter& out, const Instance& instance, const LogicItem& item,
            const LogicItem& other) {
  const Criterion& criterion = in.content.criteria()[item.criteria.begin];
  const Criterion& first = in.content.criteria()[other.criteria.begin];
  const bool itself = &criterion == &first;
  Finding* f =
      out.Report(kSL604, itself ? criterion.field_place : criterion.place, &instance, &criterion);
  if (f == nullptr) return;
  if (!HasOneValue(in, instance)) f->severity = Severity::kWarning;
  f->field = FieldLabel(in.content, in.self, criterion);
  Say(*f, kNeverMatches,
      itself ? Cat("no value of ", f->field, " has all of these at once")
             : Cat("no event has both ", KeyLabel(in.content, first, other.criteria.size() > 1),
                   " and ", KeyLabel(in.content, criterion, item.criteria.size() > 1)),
      "write alternatives as a list, or remove one of the two");
}

void CheckMap(const RuleInput& in, Reporter& out, const Instance& instance,
              std::span<const LogicItem> items, LogicBudget& budget) {
  for (size_t j = 0; j < items.size(); ++j) {
    if (ExcludesItself(in.content, items[j], budget)) {
      Report(in, out, instance, items[j], items[j]);
    }
    for (size_t i = 0; i < j; ++i) {
      if (!budget.Take(1)) return;
      if (!Excludes(in.content, items[i], items[j], budget)) continue;
      Report(in, out, instance, items[j], items[i]);
      break;
    }
  }
}

void Check(const RuleInput& in, Reporter& out) {
  LogicBudget budget(in.content);
  ForEachCompleteRule(in.content, [&](const Instance& instance) {
    for (const SigmaSelection& selection : in.content.selections(instance)) {
      if (!MayContradict(in.content, selection)) continue;
      const SelectionShape shape(in.content, selection);
      for (const Range map : shape.maps()) {
        CheckMap(in, out, instance, shape.items(map), budget);
      }
    }
  });
  ReportExhausted(budget, kSL604, out);
}

}  // namespace

const Rule kSL604 = {{"SL604", "criteria-contradict", Severity::kError, Category::kHygiene,
                      "keys or values of one map that exclude one another", kSigmaFiles},
                     Check};

}  // namespace sluice
