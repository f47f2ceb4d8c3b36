// SL609 number-out-of-range
//
// A number that the field never has: a port past 65535, a negative process id.
//
//   DestinationPort: 84443
//   DestinationPort|gt: 65535
//
// Fix: correct the number.
//
// Source: RFC 9293, section 3.1 (ports have 16 bits); Windows process ids are unsigned.

#include <optional>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma.h"
#include "schema/sigma_fields.h"

namespace sluice {

extern const Rule kSL609;

namespace {

// Whether no number of the range is in this relation to `number`.
bool Never(Operator op, int64_t number, NumberRange range) {
  switch (op) {
    case Operator::kEquals:
      return number < range.least || number > range.most;
    case Operator::kLess:
      return number <= range.least;
    case Operator::kLessOrEqual:
      return number < range.least;
    case Operator::kGreater:
      return number >= range.most;
    case Operator::kGreaterOrEqual:
      return number > range.most;
    default:
      return false;
  }
}

void Check(const RuleInput& in, Reporter& out) {
  ForEachCompleteRule(in.content, [&](const Instance& instance) {
    if (instance.type == kNone || !in.self.type(instance.type).supported.any()) return;
    for (const Criterion& criterion : in.content.criteria(instance)) {
      const auto range = RangeOf(in.content.field(criterion).name);
      if (!range || (criterion.flags & kNegated) != 0 || criterion.operands.size() != 1) continue;
      const Operand& operand = in.content.operands(criterion)[0];
      const auto number = Integer(operand.text);
      if (!number || !Never(criterion.op, *number, *range)) continue;
      Finding* f = out.Report(kSL609, operand.place, &instance, &criterion);
      if (f == nullptr) continue;
      f->field = FieldLabel(in.content, in.self, criterion);
      Say(*f, kNeverMatches,
          Cat(f->field, " is a number from ", range->least, " to ", range->most,
              ", which rules out ", Quoted(in.content.written(criterion)->value)),
          "correct the number");
    }
  });
}

}  // namespace

const Rule kSL609 = {{"SL609", "number-out-of-range", Severity::kWarning, Category::kHygiene,
                      "a number that the field never has", kSigmaFiles},
                     Check};

}  // namespace sluice
