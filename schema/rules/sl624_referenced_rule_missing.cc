// SL624 referenced-rule-missing
//
// A correlation or a filter names a rule that is not in the release.
//
// A correlation counts what other rules match: without one of them it counts nothing, and Sigma
// tools refuse all of it. A filter without its rule filters nothing, and alerts that were meant to
// stop go on. Rules are named by their `id` or their `name`.
//
//   correlation:
//     type: event_count
//     rules: [failed_logon]      # no rule says `name: failed_logon`
//
// Fix: correct the name or id, or check the rule together with this file.
//
// Source: Sigma correlation rules specification, "rules"; Sigma filters specification, "rules".

#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "schema/instance_summary.h"
#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma.h"

namespace sluice {

extern const Rule kSL624;

namespace {

// What may be named: ids in lower case, and names as they are.
absl::flat_hash_set<std::string> Names(std::span<const InstanceSummary> instances) {
  absl::flat_hash_set<std::string> names;
  for (const InstanceSummary& one : instances) {
    if (one.role == InstanceRole::kFilter) continue;
    if (!one.id.empty()) names.insert(Lowercase(one.id));
    if (!one.name.empty()) names.insert(one.name);
  }
  return names;
}

bool IsMissing(const Reference& reference, const absl::flat_hash_set<std::string>& names) {
  return reference.kind == Reference::Kind::kRule && !names.contains(reference.text) &&
         !names.contains(Lowercase(reference.text));
}

void CheckOne(const InstanceSummary& one, const absl::flat_hash_set<std::string>& names,
              ReleaseReporter& out) {
  for (const Reference& reference : one.references) {
    if (!IsMissing(reference, names)) continue;
    if (Finding* f = out.Report(kSL624, one, reference.at, reference.text)) {
      const bool filter = one.role == InstanceRole::kFilter;
      Say(*f, filter ? "filters nothing" : kRefusedByTools,
          Cat("no rule of this release has the id or name ", Quoted(reference.text)),
          "correct it, or check the file together with the one that holds the rule");
    }
  }
}

// A file that is checked by itself, and holds no rule, can only name rules of others.
void SayNotChecked(const InstanceSummary& one, const absl::flat_hash_set<std::string>& names,
                   ReleaseReporter& out) {
  const auto missing = [&](const Reference& reference) { return IsMissing(reference, names); };
  if (std::ranges::none_of(one.references, missing)) return;
  out.NotChecked(one, Cat("the rules that ", Name(one.role), " ", InstanceName(one), " names"),
                 "no file with rules was checked together with it", /*requested=*/false);
}

void CheckRelease(std::span<const InstanceSummary> instances, ReleaseReporter& out) {
  const auto refers = [](const InstanceSummary& one) { return one.role != InstanceRole::kRule; };
  if (std::ranges::none_of(instances, refers)) return;
  const bool alone = std::ranges::all_of(instances, refers);
  const absl::flat_hash_set<std::string> names = Names(instances);
  for (const InstanceSummary& one : instances) {
    if (!refers(one)) continue;
    alone ? SayNotChecked(one, names, out) : CheckOne(one, names, out);
  }
}

}  // namespace

const Rule kSL624 = {
    {"SL624", "referenced-rule-missing", Severity::kWarning, Category::kHygiene,
     "a correlation or filter names a rule that is not in the release", kSigmaFiles},
    nullptr,
    CheckRelease};

}  // namespace sluice
