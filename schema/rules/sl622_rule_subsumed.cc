// SL622 rule-subsumed
//
// Whatever this rule matches, another rule over the same log source matches too.
//
// Where the other one has the same level or a higher one, this rule adds nothing but a second
// alert: a warning. Where it has a lower one, the narrower rule says that some of those events are
// worse; that may be meant, so it is a note. A detection is narrower when it asks for more than
// another, or allows fewer values: the same fields, operators and values are compared, not that one
// text contains another.
//
//   a.yml:  selection: { Image|endswith: '\a.exe', CommandLine|contains: ' -x' }
//   b.yml:  selection: { Image|endswith: ['\a.exe', '\b.exe'] }
//
// Fix: remove the narrower rule, give it a higher level than the wider one, or take what it matches
// out of the wider one with a filter.
//
// Source: Sigma specification, "detection", "level".

#include "schema/instance_summary.h"
#include "schema/release_subsumption.h"
#include "schema/rule.h"
#include "schema/rule_text.h"

namespace sluice {

extern const Rule kSL622;

namespace {

// A rule without a level is taken for a lower one.
bool AddsNothing(const InstanceSummary& narrow, const InstanceSummary& wide) {
  return wide.level >= narrow.level && narrow.level != Level::kUnsaid;
}

void ReportOne(const InstanceSummary& narrow, const InstanceSummary& wide, ReleaseReporter& out) {
  Finding* f = out.Report(kSL622, narrow, narrow.detection_at, "detection");
  if (f == nullptr) return;
  const bool nothing = AddsNothing(narrow, wide);
  if (!nothing) f->severity = Severity::kNote;
  Say(*f, nothing ? "adds nothing but a second alert" : "raises a second alert",
      Cat("whatever it matches, the rule ", Quoted(wide.title), " (",
          out.Where(narrow, wide, wide.detection_at), ") matches too"),
      nothing
          ? "remove this rule, give it a higher level, or filter what it matches out of the other"
          : "filter what it matches out of the other rule, unless two alerts are meant");
}

// The first that makes it useless, otherwise the first.
const InstanceSummary* WorstOf(const InstanceSummary& narrow,
                               std::span<const InstanceSummary> instances,
                               std::span<const uint32_t> wider) {
  const InstanceSummary* worst = nullptr;
  for (const uint32_t i : wider) {
    const InstanceSummary& wide = instances[i];
    if (AddsNothing(narrow, wide)) return &wide;
    if (worst == nullptr) worst = &wide;
  }
  return worst;
}

void CheckRelease(std::span<const InstanceSummary> instances, ReleaseReporter& out) {
  if (instances.size() < 2) return;
  ReleaseSubsumption subsumption(instances);
  for (uint32_t i = 0; i < instances.size(); ++i) {
    const InstanceSummary& narrow = instances[i];
    if (narrow.detection.cut()) {
      out.NotChecked(narrow, Cat("rule ", InstanceName(narrow)),
                     "it has too many values to compare it with other rules", /*requested=*/true);
    }
    if (subsumption.IsLeftOut(i)) continue;
    const ReleaseSubsumption::Answer answer = subsumption.WiderThan(i);
    if (answer.exhausted) {
      out.NotChecked(narrow, Cat("rule ", InstanceName(narrow)),
                     "too many other rules are like it to compare it with all of them",
                     /*requested=*/true);
    }
    if (const InstanceSummary* wide = WorstOf(narrow, instances, answer.wider)) {
      ReportOne(narrow, *wide, out);
    }
  }
}

}  // namespace

const Rule kSL622 = {{"SL622", "rule-subsumed", Severity::kWarning, Category::kHygiene,
                      "another rule of the release matches whatever this one matches", kSigmaFiles},
                     nullptr,
                     CheckRelease};

}  // namespace sluice
