// SL625 replaced-rule-kept
//
// This rule says that it replaces another (`related` with the type `obsolete` or `renamed`), and
// the other is in the release as well, and neither deprecated nor unsupported.
//
// Both fire, and the one that is out of date is still maintained as if it were not.
//
//   related:
//     - id: 9e2f6d55-1c0b-4a3d-8f77-2b6c1d0e9a41
//       type: obsolete
//
// Fix: remove the other rule, or set its `status` to `deprecated`; where both are needed, the type
// is `derived` or `similar`.
//
// Source: Sigma specification, "related" and "status".

#include "absl/container/flat_hash_map.h"
#include "schema/instance_summary.h"
#include "schema/rule.h"
#include "schema/rule_text.h"

namespace sluice {

extern const Rule kSL625;

namespace {

using ById = absl::flat_hash_map<AnyCase, const InstanceSummary*>;

bool Replaces(const Reference& reference) {
  return reference.kind == Reference::Kind::kObsolete ||
         reference.kind == Reference::Kind::kRenamed;
}

void CheckOne(const InstanceSummary& one, const ById& by_id, ReleaseReporter& out) {
  for (const Reference& reference : one.references) {
    if (!Replaces(reference)) continue;
    const auto found = by_id.find({reference.text});
    if (found == by_id.end() || found->second == &one || found->second->retired) continue;
    const InstanceSummary& other = *found->second;
    if (Finding* f = out.Report(kSL625, one, reference.at, reference.text)) {
      Say(*f, "both rules fire",
          Cat("the rule ", Quoted(other.title), " that this one replaces is still there (",
              out.Where(one, other, other.id_at), ")"),
          "remove the other rule, or give it the status \"deprecated\"");
    }
  }
}

void CheckRelease(std::span<const InstanceSummary> instances, ReleaseReporter& out) {
  if (instances.size() < 2) return;
  ById by_id;
  by_id.reserve(instances.size());
  for (const InstanceSummary& one : instances) {
    if (!one.id.empty()) by_id.try_emplace({one.id}, &one);
  }
  for (const InstanceSummary& one : instances) {
    if (!one.retired) CheckOne(one, by_id, out);
  }
}

}  // namespace

const Rule kSL625 = {{"SL625", "replaced-rule-kept", Severity::kWarning, Category::kHygiene,
                      "a rule that another one replaces is still in the release", kSigmaFiles},
                     nullptr,
                     CheckRelease};

}  // namespace sluice
