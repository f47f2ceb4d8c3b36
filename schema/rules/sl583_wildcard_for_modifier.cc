// SL583 wildcard-for-modifier
//
// Values with `*` at an end and none inside, without a modifier: `startswith`, `endswith` or
// `contains` says the same.
//
//   Image: '*\cmd.exe'            # Image|endswith: '\cmd.exe'
//
// A modifier is read more easily, and a backslash before the last `*` cannot turn it into text.
// Reported only where all values of the key are of the same shape.
//
// Fix: write the modifier and remove the `*`. `lint --fix` does.
//
// Source: Sigma specification 2.1.0, "Modifiers"; SigmaHQ's rule conventions.

#include <algorithm>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_values.h"

namespace sluice {

extern const Rule kSL583;

namespace {

std::string_view ModifierOf(Operator op) {
  if (op == Operator::kStartsWith) return "startswith";
  return op == Operator::kEndsWith ? "endswith" : "contains";
}

// Without a modifier that says what kind of value it is, or where it stands.
bool IsBare(std::string_view modifiers) {
  return modifiers.empty() || modifiers == "all" || modifiers == "cased" || modifiers == "neq";
}

void AddFix(const Content& content, std::span<const Criterion> criteria, Finding& finding) {
  const Criterion& first = criteria.front();
  const std::string_view name = content.field(first).name;
  const Place key = first.field_place;
  const std::string_view text = content.text();
  if (key.end() > text.size() || text.substr(key.offset, key.length) != name) return;
  for (const Criterion& criterion : criteria) {
    if (!InQuotes(content, content.written(criterion)->value)) return;
  }
  finding.fix.push_back({{key.end(), 0}, Cat("|", ModifierOf(first.op))});
  for (const Criterion& criterion : criteria) {
    const std::string_view value = content.written(criterion)->value;
    const size_t before = LeadingStars(value);
    const size_t behind = TrailingStars(value);
    if (before > 0) {
      finding.fix.push_back({PartPlace(content, criterion, value.substr(0, before)), ""});
    }
    if (behind > 0) {
      finding.fix.push_back(
          {PartPlace(content, criterion, value.substr(value.size() - behind)), ""});
    }
  }
}

void Check(const RuleInput& in, Reporter& out) {
  ForEachKey(in.content, [&](const Instance& instance, std::span<const Criterion> criteria) {
    const Criterion& first = criteria.front();
    const bool open = first.op == Operator::kStartsWith || first.op == Operator::kEndsWith ||
                      first.op == Operator::kContains;
    if (!open || !IsBare(first.operator_text) || IsKeyword(in.content, first)) return;
    const bool alike = std::ranges::all_of(
        criteria, [&first](const Criterion& criterion) { return criterion.op == first.op; });
    if (!alike) return;
    Finding* f = out.Report(kSL583, ValuePlace(in.content, first), &instance, &first);
    if (f == nullptr) return;
    SayValue(in, first, *f, "can be written with a modifier",
             Cat(ValueLabel(in.content, first), " says with wildcards what the modifier ",
                 Quoted(ModifierOf(first.op)), " says"),
             "write the modifier, and remove the wildcards");
    AddFix(in.content, criteria, *f);
  });
}

}  // namespace

const Rule kSL583 = {{"SL583", "wildcard-for-modifier", Severity::kNote, Category::kHygiene,
                      "wildcards stand in place of a modifier", kSigmaFiles},
                     Check};

}  // namespace sluice
