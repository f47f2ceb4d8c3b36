// SL638 time-part-elsewhere
//
// A part of a date is asked of a field that never holds one.
//
// `hour` and its kin take the value for a date. Paths, numbers, addresses and truth values are
// none, and what a backend makes of them is not what was meant.
//
//   ProcessId|hour: 3                 # UtcTime|hour: 3
//
// Fix: ask the field that has the time.
//
// Source: Sigma specification 2.1.0, "Value modifiers".

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma.h"
#include "schema/sigma_fields.h"

namespace sluice {

extern const Rule kSL638;

namespace {

// Whether the field's type in the contracts, or what it is for, rules out a date. Times are text in
// most contracts.
bool IsNoTime(const RuleInput& in, const Criterion& criterion) {
  switch (in.self.field(criterion).type) {
    case ValueType::kUnknown:
    case ValueType::kTime:
      return false;
    case ValueType::kString:
      return HoldsPath(in.content.field(criterion).name);
    default:
      return true;
  }
}

void Check(const RuleInput& in, Reporter& out) {
  ForEachCompleteRule(in.content, [&](const Instance& instance) {
    for (const Criterion& criterion : in.content.criteria(instance)) {
      if (criterion.time_part == TimePart::kWhole || !IsNoTime(in, criterion)) continue;
      Finding* f = out.Report(kSL638, criterion.field_place, &instance, &criterion);
      if (f == nullptr) continue;
      f->field = FieldLabel(in.content, in.self, criterion);
      Say(*f, kNeverMatches,
          Cat("no value of ", f->field, " is a date, of which ", Quoted(criterion.operator_text),
              " takes a part"),
          "ask the field that has the time");
    }
  });
}

}  // namespace

const Rule kSL638 = {{"SL638", "time-part-elsewhere", Severity::kWarning, Category::kHygiene,
                      "a part of a date is asked of a field that holds none", kSigmaFiles},
                     Check};

}  // namespace sluice
