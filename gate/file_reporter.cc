#include "gate/file_reporter.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "schema/limits.h"
#include "schema/text.h"

namespace sluice {
namespace {

// The identity of a finding inside one file.
auto Key(const Finding& f) {
  return std::tie(f.place.offset, f.place.length, f.rule->id, f.effect, f.field);
}

void Count(Totals& totals, Severity severity, uint64_t count) {
  switch (severity) {
    case Severity::kError:
      totals.errors += count;
      break;
    case Severity::kWarning:
      totals.warnings += count;
      break;
    case Severity::kNote:
      totals.notes += count;
      break;
  }
}

// The text at the place, as far as it helps to tell findings apart.
std::string_view TextAt(std::string_view text, Place place) {
  constexpr size_t kEnough = 128;
  if (place.offset >= text.size()) return {};
  return text.substr(place.offset, std::min<size_t>(place.length, kEnough));
}

// What compiled content says of where it came from.
std::optional<Source> SourceOf(const Content& content, const Instance& instance,
                               const Criterion* criterion) {
  const Origin* origin =
      criterion == nullptr ? content.origin(instance) : content.origin(*criterion);
  if (origin == nullptr || origin->source == kNone) return std::nullopt;
  const SourceFile& file = content.sources()[origin->source];
  return Source{std::string(file.path), origin->line, origin->column, std::string(file.sha256)};
}

// The order of findings in the result.
bool Before(const Finding& a, const Finding& b) { return Key(a) < Key(b); }

}  // namespace

bool Suppress(Finding& finding, FileResults& file) {
  if (file.suppressions == nullptr) return false;
  const Suppression* by = file.suppressions->Take(*finding.rule, finding.line);
  if (by == nullptr) return false;
  file.suppressed.push_back({std::move(finding), by->reason, by->comment_line});
  ++file.totals.suppressed;
  return true;
}

void SettleSuppressions(FileResults& file) {
  if (file.suppressions == nullptr || file.checked.rules == nullptr) return;
  std::ranges::stable_sort(file.suppressed, Before, &SuppressedFinding::finding);
  const RuleInfo& rule = FindRule("SL630")->info;
  if (!std::ranges::binary_search(*file.checked.rules, rule.id)) return;
  auto next = file.unused.begin();
  for (const Suppression* suppression : file.suppressions->Unused(*file.checked.rules)) {
    if (suppression->rule->check_release != nullptr && !file.compared) continue;
    Count(file.totals, rule.severity, 1);
    // Those that are in use since then are passed over.
    while (next != file.unused.end() && next->place.offset < suppression->place.offset) ++next;
    if (next == file.unused.end()) {
      ++file.findings_left_out;
    } else {
      file.findings.push_back(std::move(*next++));
    }
  }
  file.unused.clear();
  std::ranges::stable_sort(file.findings, Before);
}

Finding* FileReporter::Report(const Rule& rule, Place place, const Instance* instance,
                              const Criterion* criterion) {
  if (Yields(rule.info, place)) return nullptr;
  // Rules report one after another.
  if (counted_ != &rule) {
    counted_ = &rule;
    count_ = &counts_[&rule];
  }
  if (++*count_ > max_per_rule_) {
    if (!SuppressedUnseen(rule.info, place)) ++left_out_[static_cast<size_t>(rule.info.severity)];
    return nullptr;
  }
  if (rule.info.category == Category::kInvalid) {
    invalid_.emplace(Abseil(rule.info.id), place.offset, place.length);
  }
  Finding& finding = reported_.emplace_back();
  finding.rule = &rule.info;
  finding.severity = rule.info.severity;
  finding.place = place;
  if (content_ != nullptr && instance != nullptr) {
    finding.instance = InstanceName(*content_, *instance, criterion);
    finding.source = SourceOf(*content_, *instance, criterion);
  }
  return &finding;
}

bool FileReporter::SuppressedUnseen(const RuleInfo& rule, Place place) {
  if (suppressions_ == nullptr) return false;
  const bool suppressed = suppressions_->Take(rule, lines_->Locate(place.offset).line) != nullptr;
  suppressed_unseen_ += suppressed ? 1 : 0;
  return suppressed;
}

bool FileReporter::Yields(const RuleInfo& rule, Place place) const {
  if (rule.yields_to.empty() || invalid_.empty()) return false;
  return invalid_.contains({Abseil(rule.yields_to), place.offset, place.length});
}

void FileReporter::NotChecked(std::string_view what, std::string_view why, bool requested) {
  not_checked_.Add(what, why, requested);
}

// Sorts, and merges findings that differ in their sensors only. The order is found on pointers: a
// finding is large to move.
void FileReporter::Order() {
  std::vector<Finding*> order;
  order.reserve(reported_.size());
  for (Finding& finding : reported_) order.push_back(&finding);
  std::ranges::stable_sort(order,
                           [](const Finding* a, const Finding* b) { return Key(*a) < Key(*b); });
  findings_.reserve(order.size());
  for (Finding* finding : order) {
    if (!findings_.empty() && Key(findings_.back()) == Key(*finding)) {
      findings_.back().sensors |= finding->sensors;
    } else {
      findings_.push_back(std::move(*finding));
    }
  }
  reported_.clear();
}

void FileReporter::Locate(bool binary, const LineTable& lines) {
  for (Finding& finding : findings_) {
    finding.binary = binary;
    if (binary) continue;
    const LineColumn at = lines.Locate(finding.place.offset);
    finding.line = at.line;
    finding.column = at.column;
  }
}

void FileReporter::TakeOutSuppressed(FileResults& out) {
  out.totals.suppressed += suppressed_unseen_;
  if (suppressions_ == nullptr) return;
  std::erase_if(findings_, [&](Finding& finding) { return Suppress(finding, out); });
}

void FileReporter::Finish(std::string_view text, bool binary, const LineTable& lines,
                          FileResults& out) {
  Order();
  Locate(binary, lines);
  absl::flat_hash_map<uint64_t, uint32_t> seen;
  for (Finding& finding : findings_) {
    const std::string_view at = TextAt(text, finding.place);
    const uint64_t first = Fingerprint(finding, out.input.path, at, 0);
    const uint32_t occurrence = seen[first]++;
    finding.fingerprint =
        occurrence == 0 ? first : Fingerprint(finding, out.input.path, at, occurrence);
  }
  TakeOutSuppressed(out);
  for (const Finding& finding : findings_) Count(out.totals, finding.severity, 1);
  for (const Severity severity : {Severity::kNote, Severity::kWarning, Severity::kError}) {
    const uint64_t left_out = left_out_[static_cast<size_t>(severity)];
    Count(out.totals, severity, left_out);
    out.findings_left_out += left_out;
  }
  not_checked_.MoveTo(out.input.path, out.not_checked);
  out.findings = std::move(findings_);
}

}  // namespace sluice
