// SL105 duplicate-instance
//
// Two instances share an id: in one channel file, or in the Sigma rules of a release.
//
// Which of them a sensor keeps depends on the sensor: the first, the last, or both. Duplicate rows
// also push a file past the room that its consumer has.
//
//   instance { id: "1001" ... }
//   instance { id: "1001" ... }
//
// A Sigma rule's id is what its alerts, its exceptions and `related` refer to. Tools that keep
// rules by id keep the last one and drop the other without a word. The case of letters does not
// count.
//
// Fix: give each instance an id of its own, or remove the copy.
//
// Source: Cloudflare, 18 November 2025 (duplicate rows passed a preallocated limit of 200);
// Sigma specification, "id" ("globally unique").

#include <string>
#include <unordered_set>
#include <utility>

#include "schema/instance_summary.h"
#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma.h"

namespace sluice {

extern const Rule kSL105;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  if (in.content.dialect() == Dialect::kSysmon || IsSigmaFile(in.content)) return;
  // Of Sigma's ids the case of letters does not count.
  const bool sigma = in.content.dialect() == Dialect::kSigma;
  std::unordered_set<std::string> ids;
  for (const Instance& instance : in.content.instances()) {
    std::string id = sigma ? Lowercase(instance.id) : std::string(instance.id);
    if (id.empty() || ids.insert(std::move(id)).second) continue;
    if (Finding* f = out.Report(kSL105, instance.place, &instance)) {
      Say(*f, "keeps one of them",
          Cat("an earlier instance has the id ", Quoted(instance.id), " too"),
          "give each instance an id of its own");
    }
  }
}

void CheckRelease(std::span<const InstanceSummary> instances, ReleaseReporter& out) {
  ForEachRepeated(
      instances, [](const InstanceSummary& one) { return AnyCase{one.id}; },
      [&](const InstanceSummary& first, const InstanceSummary& later) {
        if (Finding* f = out.Report(kSL105, later, later.id_at, later.id)) {
          Say(*f, "names two rules",
              Cat("the id ", Quoted(later.id), " is also that of the rule ", Quoted(first.title),
                  " (", out.Where(later, first, first.id_at), ")"),
              "give each rule an id of its own: a new random UUID");
        }
      });
}

}  // namespace

const Rule kSL105 = {{"SL105", "duplicate-instance", Severity::kError, Category::kInvalid,
                      "two instances share an id", kChannelContent | kSigmaContent},
                     Check,
                     CheckRelease};

}  // namespace sluice
