// SL601 selection-duplicate
//
// Two selections of a rule test the same.
//
// One of them says nothing, or was copied and meant to become something else.
//
//   selection_img:
//     Image|endswith: '\cmd.exe'
//   selection_parent:                 # meant: ParentImage
//     Image|endswith: '\cmd.exe'
//
// Fix: remove one of the two, or write what was meant.
//
// Source: Sigma specification 2.1.0, condition.

#include <algorithm>
#include <utility>

#include "schema/criterion_key.h"
#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma.h"
#include "schema/sigma_logic.h"

namespace sluice {

extern const Rule kSL601;

namespace {

using Hashed = absl::InlinedVector<std::pair<uint64_t, uint32_t>, 8>;

// Equal for selections that test the same in any order, up to the letters' case.
uint64_t SelectionHash(const Content& content, const SigmaSelection& selection) {
  uint64_t sum = selection.criteria.size();
  for (const Criterion& criterion : content.criteria(selection)) {
    sum += TestHash(content, criterion);
  }
  return sum;
}

void Compare(const RuleInput& in, Reporter& out, const Instance& instance, uint32_t first,
             uint32_t second, LogicBudget& budget) {
  const SigmaSelection& a = in.content.selections()[first];
  const SigmaSelection& b = in.content.selections()[second];
  const SelectionShape left(in.content, a);
  const SelectionShape right(in.content, b);
  const bool same =
      Implies(in.content, left, right, budget) && Implies(in.content, right, left, budget);
  if (!same) return;
  Finding* f = out.Report(kSL601, b.name_place, &instance);
  if (f == nullptr) return;
  Say(*f, "tests the same again",
      Cat("the selections ", Quoted(a.name), " and ", Quoted(b.name), " test the same"),
      "remove one of the two, or write what was meant");
}

void Check(const RuleInput& in, Reporter& out) {
  LogicBudget budget(in.content);
  ForEachCompleteRule(in.content, [&](const Instance& instance) {
    if (instance.selections.size() < 2) return;
    Hashed hashed;
    for (uint32_t i = instance.selections.begin; i < instance.selections.end; ++i) {
      hashed.emplace_back(SelectionHash(in.content, in.content.selections()[i]), i);
    }
    std::ranges::sort(hashed);
    for (size_t i = 1; i < hashed.size(); ++i) {
      if (hashed[i].first != hashed[i - 1].first) continue;
      Compare(in, out, instance, hashed[i - 1].second, hashed[i].second, budget);
    }
  });
  ReportExhausted(budget, kSL601, out);
}

}  // namespace

const Rule kSL601 = {{"SL601", "selection-duplicate", Severity::kWarning, Category::kHygiene,
                      "two selections of a rule test the same", kSigmaFiles},
                     Check};

}  // namespace sluice
