// SL623 related-missing
//
// `related` names a rule, as one that this rule is derived from or similar to, that is not in the
// release.
//
// Whoever follows the id finds nothing: the rule was removed, or has another id by now. It is said
// only where the release has more than one rule; and not of rules that this one has replaced, which
// are gone for good.
//
//   related:
//     - id: 9e2f6d55-1c0b-4a3d-8f77-2b6c1d0e9a41
//       type: similar
//
// Fix: correct the id, or remove the reference.
//
// Source: Sigma specification, "related".

#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "schema/instance_summary.h"
#include "schema/rule.h"
#include "schema/rule_text.h"

namespace sluice {

extern const Rule kSL623;

namespace {

void CheckRelease(std::span<const InstanceSummary> instances, ReleaseReporter& out) {
  const auto is_rule = [](const InstanceSummary& one) { return one.role == InstanceRole::kRule; };
  if (std::ranges::count_if(instances, is_rule) < 2) return;
  absl::flat_hash_set<AnyCase> ids;
  ids.reserve(instances.size());
  for (const InstanceSummary& one : instances) ids.insert({one.id});
  for (const InstanceSummary& one : instances) {
    for (const Reference& reference : one.references) {
      const bool stays = reference.kind == Reference::Kind::kDerived ||
                         reference.kind == Reference::Kind::kSimilar;
      if (!stays || ids.contains({reference.text})) continue;
      if (Finding* f = out.Report(kSL623, one, reference.at, reference.text)) {
        Say(*f, "leads nowhere", Cat("no rule of this release has the id ", Quoted(reference.text)),
            "correct the id, or remove the reference where the rule is gone");
      }
    }
  }
}

}  // namespace

const Rule kSL623 = {{"SL623", "related-missing", Severity::kNote, Category::kHygiene,
                      "`related` names a rule that is not in the release", kSigmaFiles},
                     nullptr,
                     CheckRelease};

}  // namespace sluice
