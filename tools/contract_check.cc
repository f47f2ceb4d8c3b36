#include "tools/contract_check.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "absl/status/status.h"
#include "schema/rule.h"

namespace sluice {
namespace {

// What makes a finding the same in both runs. Messages and sensors differ between them.
using Key = std::tuple<const RuleInfo*, Severity, std::string, uint32_t, uint32_t, std::string,
                       std::string, std::string>;

Key KeyOf(const Results& results, const Finding& finding) {
  return {finding.rule,         finding.severity,     results.inputs[finding.input].path,
          finding.place.offset, finding.place.length, finding.instance,
          finding.field,        finding.effect};
}

bool IsMalformed(const Finding& finding) { return finding.rule->category == Category::kMalformed; }

// A multiset: one of two equal findings can go. A malformed file is none of them: nothing of it was
// checked in either run.
std::multiset<Key> Keys(const Results& results) {
  std::multiset<Key> keys;
  for (const Finding& finding : results.findings) {
    if (!IsMalformed(finding)) keys.insert(KeyOf(results, finding));
  }
  return keys;
}

absl::StatusOr<Results> LintFor(const std::vector<std::string>& paths, const Contract& contract,
                                LintOptions options) {
  options.fleet = FleetOf({&contract});
  options.fleet_requested = true;
  options.max_findings = 0;
  return Lint(paths, options);
}

// Findings that a run counted, but did not keep, cannot be compared.
void SayUncompared(const Results& run, const Contract& contract, Results& out) {
  const uint64_t counted = run.totals.errors + run.totals.warnings + run.totals.notes;
  if (counted == run.findings.size()) return;
  out.not_checked.push_back({.path = "",
                             .what = "comparison for " + contract.Name(),
                             .why = "there are more findings than one run keeps",
                             .requested = true});
}

void AddNotChecked(const Results& run, Results& out) {
  for (const NotChecked& entry : run.not_checked) {
    const bool known = std::ranges::any_of(out.not_checked, [&](const NotChecked& has) {
      return has.path == entry.path && has.what == entry.what && has.why == entry.why;
    });
    if (!known) out.not_checked.push_back(entry);
  }
}

void CountAgain(Results& results) {
  Totals& totals = results.totals;
  totals.errors = totals.warnings = totals.notes = 0;
  for (const Finding& finding : results.findings) {
    if (finding.severity == Severity::kError) ++totals.errors;
    if (finding.severity == Severity::kWarning) ++totals.warnings;
    if (finding.severity == Severity::kNote) ++totals.notes;
  }
  totals.not_checked = results.not_checked.size();
}

}  // namespace

absl::StatusOr<SensorChange> CheckSensorChange(const std::vector<std::string>& paths,
                                               const Contract& before, const Contract& after,
                                               const LintOptions& options) {
  if (std::ranges::find(paths, "-") != paths.end()) {
    return absl::InvalidArgumentError(
        "standard input can be read once only, and both sensors need it; name a file");
  }
  const absl::StatusOr<Results> old_run = LintFor(paths, before, options);
  if (!old_run.ok()) return old_run.status();
  absl::StatusOr<Results> new_run = LintFor(paths, after, options);
  if (!new_run.ok()) return new_run.status();

  SensorChange change{.results = *std::move(new_run)};
  SayUncompared(change.results, after, change.results);
  SayUncompared(*old_run, before, change.results);
  AddNotChecked(*old_run, change.results);
  std::multiset<Key> had = Keys(*old_run);
  std::erase_if(change.results.findings, [&](const Finding& finding) {
    const auto same = had.find(KeyOf(change.results, finding));
    if (same == had.end()) return false;
    had.erase(same);
    return true;
  });
  change.gone = had.size();
  change.malformed =
      static_cast<uint64_t>(std::ranges::count_if(change.results.findings, IsMalformed));
  CountAgain(change.results);
  return change;
}

}  // namespace sluice
