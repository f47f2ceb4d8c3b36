// SL626 duplicate-name
//
// Two rules have the same `name`.
//
// The name is what correlations and filters call a rule by. When two have one, a correlation counts
// the events of whichever was read last.
//
//   a.yml:  name: failed_logon
//   b.yml:  name: failed_logon
//
// Fix: give each rule a name of its own, and correct the correlations that use it.
//
// Source: Sigma specification, "name"; Sigma correlation rules specification, "rules".

#include "schema/instance_summary.h"
#include "schema/rule.h"
#include "schema/rule_text.h"

namespace sluice {

extern const Rule kSL626;

namespace {

void CheckRelease(std::span<const InstanceSummary> instances, ReleaseReporter& out) {
  ForEachRepeated(
      instances, [](const InstanceSummary& one) { return std::string_view(one.name); },
      [&](const InstanceSummary& first, const InstanceSummary& later) {
        if (Finding* f = out.Report(kSL626, later, later.name_at, later.name)) {
          Say(*f, "correlations find one of them",
              Cat("the name ", Quoted(later.name), " stands at ",
                  out.Where(later, first, first.name_at), " too"),
              "give each rule a name of its own");
        }
      });
}

}  // namespace

const Rule kSL626 = {{"SL626", "duplicate-name", Severity::kWarning, Category::kHygiene,
                      "two rules of a release have the same name", kSigmaFiles},
                     nullptr,
                     CheckRelease};

}  // namespace sluice
