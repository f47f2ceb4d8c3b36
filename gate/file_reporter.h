// Collects what the rules find in one file.

#ifndef SLUICE_GATE_FILE_REPORTER_H_
#define SLUICE_GATE_FILE_REPORTER_H_

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "gate/not_checked_list.h"
#include "gate/suppression.h"
#include "schema/instance_summary.h"
#include "schema/limits.h"
#include "schema/results.h"
#include "schema/rule.h"

namespace sluice {

// The results of one file, before they are put together with those of others.
struct FileResults {
  InputResult input;
  std::vector<Finding> findings;  // `Finding::input` is not set yet
  std::vector<NotChecked> not_checked;
  Checked checked;
  bool was_checked = false;  // a reader took it: it is content, or malformed
  bool is_own = false;       // found in a folder, and no content but of Sluice itself
  bool is_folder = false;    // no file at all
  Totals totals;
  uint64_t findings_left_out = 0;
  // Those of the file's comments; nullptr where it has none.
  std::unique_ptr<Suppressions> suppressions;
  std::vector<SuppressedFinding> suppressed;
  // What SL630 says of suppressions that took nothing when the file had been checked by itself.
  std::vector<Finding> unused;
  // What rules that look across files compare; `CheckRelease` uses it up.
  std::vector<InstanceSummary> instances;
  bool compared = false;  // several files of the run had such
  // The file, where it cannot be read again; nullptr otherwise.
  std::shared_ptr<const std::string> bytes;
};

// Takes a finding out of the result where a comment of its file suppresses it: true then. Its line
// is set. For findings of several files together, before `SettleSuppressions`.
bool Suppress(Finding& finding, FileResults& file);

// Adds what SL630 says of the suppressions that took nothing after all. Of rules that look across
// files it is said only where several files were compared: an editor checks one at a time.
void SettleSuppressions(FileResults& file);

class FileReporter : public Reporter {
 public:
  // `content` names the instances; nullptr for a file that is malformed.
  explicit FileReporter(const Content* content)
      : content_(content),
        max_per_rule_(MaxFindingsPerRule(content == nullptr ? 0 : content->bytes().size())) {}

  // From here on what the suppressions hold for is left out; both must outlive `Finish`.
  void Honour(Suppressions* suppressions, const LineTable* lines) {
    suppressions_ = suppressions;
    lines_ = lines;
  }

  Finding* Report(const Rule& rule, Place place, const Instance* instance,
                  const Criterion* criterion) override;
  void NotChecked(std::string_view what, std::string_view why, bool requested) override;

  bool empty() const { return reported_.empty(); }

  // Moves everything to `out`: one finding per rule, place and effect, in order, with fingerprints
  // and totals. `text` is what text places count in, or the bytes of a binary.
  void Finish(std::string_view text, bool binary, const LineTable& lines, FileResults& out);

 private:
  // Whether the rule that `rule` yields to has reported the place.
  bool Yields(const RuleInfo& rule, Place place) const;
  // Whether a comment holds for a finding that is only counted.
  bool SuppressedUnseen(const RuleInfo& rule, Place place);
  void Order();
  void TakeOutSuppressed(FileResults& out);
  void Locate(bool binary, const LineTable& lines);

  const Content* content_;
  uint64_t max_per_rule_;
  Suppressions* suppressions_ = nullptr;
  const LineTable* lines_ = nullptr;
  uint64_t suppressed_unseen_ = 0;
  std::deque<Finding> reported_;  // a deque: rules hold a pointer while they fill one in
  std::vector<Finding> findings_;
  NotCheckedList not_checked_;
  std::unordered_map<const Rule*, uint32_t> counts_;
  const Rule* counted_ = nullptr;  // the rule that reported last, and its place in `counts_`
  uint32_t* count_ = nullptr;
  // What SL1xx rules have reported: id, offset and length of the place.
  absl::flat_hash_set<std::tuple<absl::string_view, uint32_t, uint32_t>> invalid_;
  uint64_t left_out_[3] = {};  // by Severity
};

}  // namespace sluice

#endif  // SLUICE_GATE_FILE_REPORTER_H_
