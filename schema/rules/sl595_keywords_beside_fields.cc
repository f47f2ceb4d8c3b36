// SL595 keywords-beside-fields
//
// One map of a selection asks for keywords as well as for fields.
//
// A keyword is looked for in the whole event, and a field in one place. Several backends cannot
// combine the two in one query and refuse the rule, or drop the keywords.
//
//   selection:
//     EventID: 4688
//     '|all': [mimikatz, sekurlsa]
//
// Fix: make two selections, and combine them in the condition.
//
// Source: Sigma specification 2.1.0, "Search identifiers".

#include <algorithm>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_values.h"

namespace sluice {

extern const Rule kSL595;

namespace {

// Keywords that stand under a key have one; those of a list have none, and are another matter.
bool HasKey(const Criterion& criterion) { return criterion.operator_place.length > 0; }

void CheckSelection(const RuleInput& in, Reporter& out, const Instance& instance,
                    const SigmaSelection& selection) {
  const std::span<const Criterion> criteria = in.content.criteria(selection);
  const auto keyword = std::ranges::find_if(criteria, [&](const Criterion& criterion) {
    return IsKeyword(in.content, criterion) && HasKey(criterion);
  });
  const bool fields = std::ranges::any_of(
      criteria, [&](const Criterion& criterion) { return !IsKeyword(in.content, criterion); });
  if (keyword == criteria.end() || !fields) return;
  Finding* f = out.Report(kSL595, keyword->operator_place, &instance, &*keyword);
  if (f == nullptr) return;
  SayValue(in, *keyword, *f, kRefusedByTools,
           Cat("the selection ", Quoted(selection.name), " has keywords beside fields"),
           "make a selection of the keywords, and combine both in the condition");
}

void Check(const RuleInput& in, Reporter& out) {
  ForEachCompleteRule(in.content, [&](const Instance& instance) {
    for (const SigmaSelection& selection : in.content.selections(instance)) {
      if (selection.keywords) CheckSelection(in, out, instance, selection);
    }
  });
}

}  // namespace

const Rule kSL595 = {{"SL595", "keywords-beside-fields", Severity::kWarning, Category::kHygiene,
                      "a selection has keywords beside fields", kSigmaFiles},
                     Check};

}  // namespace sluice
