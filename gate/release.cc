#include "gate/release.h"

#include <algorithm>
#include <deque>
#include <optional>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "gate/excerpt.h"
#include "gate/file.h"
#include "gate/not_checked_list.h"
#include "parser/format.h"
#include "schema/digest.h"
#include "schema/instance_summary.h"
#include "schema/limits.h"
#include "schema/text.h"

namespace sluice {
namespace {

void Count(Totals& totals, Severity severity) {
  uint64_t* const counts[] = {&totals.notes, &totals.warnings, &totals.errors};
  ++*counts[static_cast<size_t>(severity)];
}

// The order of findings in one file; those of one rule stay as they are.
auto Key(const Finding& f) { return std::tie(f.place.offset, f.place.length, f.rule->id); }

class Collector : public ReleaseReporter {
 public:
  explicit Collector(std::vector<FileResults>& files) : files_(files) {}

  Finding* Report(const Rule& rule, const InstanceSummary& instance, const Located& at,
                  std::string_view text) override;
  std::string Where(const InstanceSummary& seen_from, const InstanceSummary& instance,
                    const Located& at) const override;
  void NotChecked(const InstanceSummary& instance, std::string_view what, std::string_view why,
                  bool requested) override;

  // Moves everything to its file, and says which files have findings, in order.
  std::vector<uint32_t> Finish();

 private:
  void CountOnly(const RuleInfo& rule, uint32_t line, FileResults& file);
  void Add(Finding finding, std::string_view text, FileResults& file);

  std::vector<FileResults>& files_;
  std::deque<Finding> reported_;    // a deque: rules hold a pointer while they fill one in
  std::vector<std::string> texts_;  // what stands at the place of each
  absl::flat_hash_map<std::pair<uint32_t, const RuleInfo*>, uint32_t> counts_;
  absl::flat_hash_map<uint64_t, uint32_t> seen_;               // fingerprints
  absl::flat_hash_map<uint32_t, NotCheckedList> not_checked_;  // by input
};

Finding* Collector::Report(const Rule& rule, const InstanceSummary& instance, const Located& at,
                           std::string_view text) {
  if (++counts_[{instance.input, &rule.info}] > kMinFindingsPerRule) {
    CountOnly(rule.info, at.line, files_[instance.input]);
    return nullptr;
  }
  Finding& finding = reported_.emplace_back();
  finding.rule = &rule.info;
  finding.severity = rule.info.severity;
  finding.input = instance.input;
  finding.place = at.place;
  finding.line = at.line;
  finding.column = at.column;
  finding.instance = InstanceName(instance);
  texts_.emplace_back(text);
  return &finding;
}

// A finding that there is no room for.
void Collector::CountOnly(const RuleInfo& rule, uint32_t line, FileResults& file) {
  if (file.suppressions != nullptr && file.suppressions->Take(rule, line) != nullptr) {
    ++file.totals.suppressed;
  } else {
    Count(file.totals, rule.severity);
    ++file.findings_left_out;
  }
}

std::string Collector::Where(const InstanceSummary& seen_from, const InstanceSummary& instance,
                             const Located& at) const {
  const std::string line = absl::StrCat("line ", at.line);
  if (seen_from.input == instance.input) return line;
  constexpr size_t kPathLimit = 400;
  return absl::StrCat(Printable(files_[instance.input].input.path, kPathLimit), ", ", line);
}

void Collector::NotChecked(const InstanceSummary& instance, std::string_view what,
                           std::string_view why, bool requested) {
  not_checked_[instance.input].Add(what, why, requested);
}

void Collector::Add(Finding finding, std::string_view text, FileResults& file) {
  const uint64_t first = Fingerprint(finding, file.input.path, text, 0);
  const uint32_t occurrence = seen_[first]++;
  finding.fingerprint =
      occurrence == 0 ? first : Fingerprint(finding, file.input.path, text, occurrence);
  if (Suppress(finding, file)) return;
  Count(file.totals, finding.severity);
  file.findings.push_back(std::move(finding));
}

std::vector<uint32_t> Collector::Finish() {
  for (auto& [input, list] : not_checked_) {
    list.MoveTo(files_[input].input.path, files_[input].not_checked);
  }
  std::vector<uint32_t> touched;
  for (size_t i = 0; i < reported_.size(); ++i) {
    touched.push_back(reported_[i].input);
    Add(std::move(reported_[i]), texts_[i], files_[touched.back()]);
  }
  std::ranges::sort(touched);
  touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
  for (const uint32_t input : touched) {
    std::ranges::stable_sort(files_[input].findings,
                             [](const Finding& a, const Finding& b) { return Key(a) < Key(b); });
  }
  return touched;
}

// A file read once more, as far as it is still what was checked.
std::optional<ReadResult> ReadAgain(const FileResults& file) {
  std::shared_ptr<const std::string> bytes = file.bytes;
  if (bytes == nullptr) {
    absl::StatusOr<std::shared_ptr<const std::string>> again = ReadFile(file.input.path);
    if (!again.ok() || Sha256Hex(**again) != file.input.sha256) return std::nullopt;
    bytes = *std::move(again);
  }
  const Format* format = FindFormat(file.input.kind);
  if (format == nullptr) return std::nullopt;
  return format->read(std::move(bytes), {});
}

void AddExcerpts(FileResults& file) {
  const auto without = [](const Finding& f) { return f.excerpt.empty(); };
  if (std::ranges::none_of(file.findings, without)) return;
  const std::optional<ReadResult> read = ReadAgain(file);
  if (!read || !read->ok()) return;
  const std::string_view text = read->content().text();
  const LineTable lines(text);
  for (Finding& f : file.findings) {
    if (without(f)) f.excerpt = TextExcerpt(text, lines, f.place);
  }
}

std::vector<InstanceSummary> TakeInstances(std::vector<FileResults>& files) {
  std::vector<InstanceSummary> all;
  size_t count = 0;
  for (const FileResults& file : files) count += file.instances.size();
  all.reserve(count);
  for (uint32_t input = 0; input < files.size(); ++input) {
    for (InstanceSummary& instance : files[input].instances) {
      instance.input = input;
      all.push_back(std::move(instance));
    }
    files[input].instances = {};
  }
  return all;
}

}  // namespace

bool LooksAcrossFiles(std::span<const Rule* const> rules) {
  return std::ranges::any_of(rules, [](const Rule* r) { return r->check_release != nullptr; });
}

void CheckRelease(std::span<const Rule* const> rules, bool excerpts,
                  std::vector<FileResults>& files) {
  const std::vector<InstanceSummary> instances = TakeInstances(files);
  if (instances.empty()) return;
  if (instances.front().input != instances.back().input) {
    for (FileResults& file : files) file.compared = true;
  }
  Collector collector(files);
  for (const Rule* rule : rules) {
    if (rule->check_release != nullptr) rule->check_release(instances, collector);
  }
  const std::vector<uint32_t> touched = collector.Finish();
  if (!excerpts) return;
  for (const uint32_t input : touched) AddExcerpts(files[input]);
}

}  // namespace sluice
