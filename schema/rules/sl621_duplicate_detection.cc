// SL621 duplicate-detection
//
// Two rules over the same log source have the same detection. The order of values, fields and
// selections does not count, nor do names of selections, or the case of letters where Sigma has
// none.
//
// Each event that one matches raises two alerts, and a correction of one leaves the other wrong.
//
//   a.yml:  detection: { selection: { Image|endswith: ['\a.exe', '\b.exe'] }, condition: selection
//   } b.yml:  detection: { tools: { Image|endswith: ['\b.exe', '\a.exe'] }, condition: tools }
//
// Fix: remove one of them, or correct the one that was copied and not finished.
//
// Source: Sigma specification, "detection"; rules that were copied as a template.

#include <cstdint>
#include <utility>

#include "schema/criterion_key.h"
#include "schema/instance_summary.h"
#include "schema/rule.h"
#include "schema/rule_text.h"

namespace sluice {

extern const Rule kSL621;

namespace {

// Retired rules stand beside what replaced them.
// What is compared; empty where there is nothing to compare.
struct Key {
  uint64_t log_source = 0;
  uint64_t detection = 0;
  bool known = false;

  bool empty() const { return !known; }
  friend bool operator==(const Key&, const Key&) = default;
  template <typename H>
  friend H AbslHashValue(H h, const Key& key) {
    return H::combine(std::move(h), key.log_source, key.detection);
  }
};

Key KeyOf(const InstanceSummary& one) {
  if (one.detection.empty() || one.retired) return {};
  return {one.log_source, one.detection.hash(), true};
}

void CheckRelease(std::span<const InstanceSummary> instances, ReleaseReporter& out) {
  ForEachRepeated(instances, KeyOf,
                  [&](const InstanceSummary& first, const InstanceSummary& later) {
                    if (Finding* f = out.Report(kSL621, later, later.detection_at, "detection")) {
                      Say(*f, "raises every alert twice",
                          Cat("the rule ", Quoted(first.title), " (",
                              out.Where(later, first, first.detection_at),
                              ") has the same detection over the same log source"),
                          "remove one of the two, or correct the one that is an unfinished copy");
                    }
                  });
}

}  // namespace

const Rule kSL621 = {{"SL621", "duplicate-detection", Severity::kWarning, Category::kHygiene,
                      "two rules of a release have the same log source and detection", kSigmaFiles},
                     nullptr,
                     CheckRelease};

}  // namespace sluice
