// SL620 duplicate-title
//
// Two rules have the same title, in any case.
//
// The title is what an analyst sees of an alert. When two rules have one, nobody can tell from the
// alert which of them fired, and backends that name searches after titles overwrite one with the
// other.
//
//   a.yml:  title: Shell Started By An Office Program
//   b.yml:  title: Shell Started by an Office Program
//
// Fix: say in the title what sets this rule apart, or remove the rule that is a copy.
//
// Source: Sigma specification, "title"; sigma-cli, validator duplicate_title.

#include "schema/instance_summary.h"
#include "schema/rule.h"
#include "schema/rule_text.h"

namespace sluice {

extern const Rule kSL620;

namespace {

void CheckRelease(std::span<const InstanceSummary> instances, ReleaseReporter& out) {
  ForEachRepeated(
      instances, [](const InstanceSummary& one) { return AnyCase{one.title}; },
      [&](const InstanceSummary& first, const InstanceSummary& later) {
        if (Finding* f = out.Report(kSL620, later, later.title_at, later.title)) {
          Say(*f, "cannot be told apart by its title",
              Cat("the title ", Quoted(later.title), " stands at ",
                  out.Where(later, first, first.title_at), " too"),
              "say in the title what sets this rule apart");
        }
      });
}

}  // namespace

const Rule kSL620 = {{"SL620", "duplicate-title", Severity::kWarning, Category::kHygiene,
                      "two rules of a release have the same title", kSigmaFiles},
                     nullptr,
                     CheckRelease};

}  // namespace sluice
