// SL614 matches-every-value
//
// A value that every event with the field has.
//
// Every path has a `\` in it, and every one of a file a `:\`. Such a key only asks whether the
// field is there, which is what `exists` says; mostly a part of the value was lost.
//
//   Image|contains: '\'
//   TargetObject|startswith: 'HK'
//   DestinationPort|gte: 0
//
// Fix: write the rest of the value, or `exists: true`.
//
// Source: Sysmon's events; Windows naming of files, paths and namespaces; RFC 9293, section 3.1.

#include <optional>
#include <vector>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma.h"
#include "schema/sigma_fields.h"
#include "schema/sigma_logic.h"
#include "schema/sigma_values.h"
#include "schema/text.h"

namespace sluice {

extern const Rule kSL614;

namespace {

bool EveryPathHas(Operator op, std::string_view text) {
  return op == Operator::kContains && (text == "\\" || text == ":" || text == ":\\");
}

bool EveryKeyHas(Operator op, std::string_view text) {
  if (op == Operator::kContains) return text == "\\";
  return op == Operator::kStartsWith &&
         (EqualsIgnoreCase(text, "H") || EqualsIgnoreCase(text, "HK"));
}

bool AsksForFieldOnly(std::string_view field, Operator op, std::string_view text) {
  if (text.size() > 2) return false;
  if (HoldsPath(field)) return EveryPathHas(op, text);
  if (field == "TargetObject") return EveryKeyHas(op, text);
  return field == "PipeName" && text == "\\" &&
         (op == Operator::kContains || op == Operator::kStartsWith);
}

// Whether every number that the field can have is in this relation to `text`.
bool EveryNumberIs(std::string_view field, Operator op, std::string_view text) {
  const std::optional<NumberRange> range = RangeOf(field);
  const std::optional<int64_t> number = range ? Integer(text) : std::nullopt;
  if (!number) return false;
  switch (op) {
    case Operator::kLess:
      return *number > range->most;
    case Operator::kLessOrEqual:
      return *number >= range->most;
    case Operator::kGreater:
      return *number < range->least;
    case Operator::kGreaterOrEqual:
      return *number <= range->least;
    default:
      return false;
  }
}

bool IsCompare(const Criterion& criterion) {
  return criterion.op >= Operator::kLess && criterion.op <= Operator::kGreaterOrEqual &&
         (criterion.flags & kNegated) == 0 && criterion.time_part == TimePart::kWhole;
}

// The selections that the condition of a rule asks for, without a `not`. Found when first needed.
class Asked {
 public:
  Asked(const Content& content, const Instance& instance)
      : content_(content), instance_(instance) {}

  bool For(const Criterion& criterion) {
    if (asked_.empty()) Find();
    const auto index = static_cast<uint32_t>(&criterion - content_.criteria().data());
    const uint32_t selection = SelectionOf(content_, instance_, index);
    return selection != kNone && asked_[selection - instance_.selections.begin];
  }

 private:
  void Find() {
    asked_.resize(instance_.selections.size());
    const RuleLogic logic(content_, instance_);
    for (const LogicClause& clause : logic.clauses()) {
      for (const LogicLiteral& literal : clause.literals) {
        if (!literal.negated) asked_[literal.selection - instance_.selections.begin] = true;
      }
    }
  }

  const Content& content_;
  const Instance& instance_;
  std::vector<bool> asked_;
};

void Check(const RuleInput& in, Reporter& out) {
  ForEachCompleteRule(in.content, [&](const Instance& instance) {
    if (!IsWindowsSensorRule(in, instance)) return;
    Asked asked(in.content, instance);
    for (const Criterion& criterion : in.content.criteria(instance)) {
      const bool compares = IsCompare(criterion);
      if ((!compares && !IsPathText(criterion)) || criterion.operands.size() != 1) continue;
      const std::string_view text = in.content.operand_text(criterion);
      const std::string_view field = in.content.field(criterion).name;
      const bool every = compares ? EveryNumberIs(field, criterion.op, text)
                                  : AsksForFieldOnly(field, criterion.op, text);
      if (!every) continue;
      // One of several values says nothing of the others, and neither does a filter.
      if (in.content.written(criterion)->in_list || !asked.For(criterion)) continue;
      Finding* f =
          out.Report(kSL614, in.content.operands(criterion)[0].place, &instance, &criterion);
      if (f == nullptr) continue;
      f->field = Printable(field);
      Say(*f, kAlwaysMatches,
          compares ? Cat("every number that it can be satisfies ", KeyLabel(in.content, criterion))
                   : Cat("nearly every ", field, " has ", Quoted(text)),
          "write the rest of the value, or ask for the field with exists");
    }
  });
}

}  // namespace

const Rule kSL614 = {{"SL614", "matches-every-value", Severity::kWarning, Category::kHygiene,
                      "a value that every event with the field has", kSigmaFiles},
                     Check};

}  // namespace sluice
