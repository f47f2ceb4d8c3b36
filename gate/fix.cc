#include "gate/fix.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <system_error>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gate/edited_text.h"
#include "parser/text/proto_text.h"
#include "schema/limits.h"
#include "schema/rule.h"
#include "schema/text.h"

namespace sluice {
namespace {

using Bytes = std::shared_ptr<const std::string>;

// Edits that are to be applied together. Two overlap where they share a byte, or where one that
// only inserts touches another: which comes first would be a guess.
class EditSet {
 public:
  // All of a finding's edits, or none.
  bool Add(const std::vector<Edit>& edits, size_t size) {
    size_t added = 0;
    while (added < edits.size() && AddOne(edits[added], size)) ++added;
    if (added == edits.size()) return true;
    while (added > 0) by_offset_.erase(edits[--added].place.offset);
    return false;
  }

  std::vector<const Edit*> InOrder() const {
    std::vector<const Edit*> edits;
    for (const auto& [offset, edit] : by_offset_) edits.push_back(edit);
    return edits;
  }

 private:
  static bool Overlap(Place a, Place b) {
    if (a.length == 0 || b.length == 0) return a.offset <= b.end() && b.offset <= a.end();
    return a.offset < b.end() && b.offset < a.end();
  }

  bool AddOne(const Edit& edit, size_t size) {
    const Place place = edit.place;
    if (place.offset > size || place.length > size - place.offset) return false;
    const auto next = by_offset_.lower_bound(place.offset);
    if (next != by_offset_.end() && Overlap(next->second->place, place)) return false;
    if (next != by_offset_.begin() && Overlap(std::prev(next)->second->place, place)) return false;
    by_offset_.emplace_hint(next, place.offset, &edit);
    return true;
  }

  std::map<uint32_t, const Edit*> by_offset_;
};

bool Changes(const std::vector<Edit>& edits, std::string_view text) {
  return std::ranges::any_of(edits, [&](const Edit& edit) {
    return edit.place.offset > text.size() ||
           text.substr(edit.place.offset, edit.place.length) != edit.replacement;
  });
}

// Errors by rule.
std::unordered_map<const RuleInfo*, uint64_t> Errors(const Results& results) {
  std::unordered_map<const RuleInfo*, uint64_t> errors;
  for (const Finding& finding : results.findings) {
    if (finding.severity == Severity::kError) ++errors[finding.rule];
  }
  return errors;
}

// Fixes one file in memory.
class FileFixer {
 public:
  FileFixer(const Linter& linter, const InputResult& input)
      : linter_(linter),
        path_(input.path),
        mark_(input.bytes->substr(0, MarkSize(*input.bytes))),
        text_(input.bytes->substr(mark_.size())) {}

  // Why the file is left alone; empty when it need not be.
  std::string Run() {
    Results now = linter_.LintBytes(path_, WithMark());
    for (int round = 0; round < kMaxFixRounds; ++round) {
      uint64_t used = 0;
      const std::vector<const Edit*> edits = ChooseEdits(now.findings, text_.text(), used);
      if (edits.empty()) break;
      text_.Apply(edits);
      Results next = linter_.LintBytes(path_, WithMark());
      if (std::string why = WhyNotFix(now, next); !why.empty()) return why;
      fixed_ += used;
      now = std::move(next);
    }
    return {};
  }

  FixedFile Take(Bytes before) && {
    return {path_, std::move(before), *WithMark(), text_.origins(), fixed_};
  }
  uint64_t fixed() const { return fixed_; }

 private:
  static size_t MarkSize(std::string_view bytes) {
    return bytes.size() - WithoutByteOrderMark(bytes).size();
  }

  Bytes WithMark() const {
    return std::make_shared<const std::string>(absl::StrCat(mark_, text_.text()));
  }

  const Linter& linter_;
  const std::string& path_;
  std::string mark_;  // of the byte order, where there is one
  EditedText text_;
  uint64_t fixed_ = 0;
};

// The file that a path leads to, through links; the path itself where there is none.
std::string Target(const std::string& path) {
  std::error_code error;
  const std::filesystem::path target = std::filesystem::canonical(path, error);
  return error ? path : target.string();
}

// The linters of single files, one for each kind: a file keeps the kind that it was found to be.
class Linters {
 public:
  explicit Linters(const LintOptions& options) : options_(options) {
    options_.excerpts = false;
    options_.max_findings = 0;
    options_.progress = nullptr;
  }

  absl::StatusOr<const Linter*> Of(const std::string& kind) {
    std::unique_ptr<Linter>& linter = by_kind_[kind];
    if (linter == nullptr) {
      options_.kind = kind;
      absl::StatusOr<std::unique_ptr<Linter>> made = Linter::Make(options_);
      if (!made.ok()) return made.status();
      linter = *std::move(made);
    }
    return linter.get();
  }

 private:
  LintOptions options_;
  std::map<std::string, std::unique_ptr<Linter>> by_kind_;
};

}  // namespace

std::string WhyNotFix(const Results& before, const Results& after) {
  if (after.checked.size() != before.checked.size()) return "the file could no longer be checked";
  std::unordered_map<const RuleInfo*, uint64_t> errors = Errors(before);
  for (const Finding& finding : after.findings) {
    if (finding.severity != Severity::kError) continue;
    if (errors[finding.rule]-- > 0) continue;
    return absl::StrCat("line ", finding.line, " would have an error, ",
                        std::string(finding.rule->id), ": ", finding.message);
  }
  if (after.totals.instances != before.totals.instances) return "a rule in the file would be lost";
  if (after.totals.errors > before.totals.errors) return "the file would have more errors";
  return {};
}

std::vector<const Edit*> ChooseEdits(std::span<const Finding> findings, std::string_view text,
                                     uint64_t& used) {
  EditSet edits;
  used = 0;
  for (const Finding& finding : findings) {
    if (finding.fix.empty() || !Changes(finding.fix, text)) continue;
    if (edits.Add(finding.fix, text.size())) ++used;
  }
  return edits.InOrder();
}

absl::StatusOr<FixPlan> PlanFixes(const Results& results, const LintOptions& options) {
  Linters linters(options);
  FixPlan plan;
  std::unordered_set<std::string> seen;
  for (const InputResult& input : results.inputs) {
    if (input.bytes == nullptr || !seen.insert(Target(input.path)).second) continue;
    const absl::StatusOr<const Linter*> linter = linters.Of(input.kind);
    if (!linter.ok()) return linter.status();
    FileFixer fixer(**linter, input);
    if (std::string why = fixer.Run(); !why.empty()) {
      plan.refused.push_back({input.path, "fixes", std::move(why), true});
    } else if (fixer.fixed() > 0) {
      plan.files.push_back(std::move(fixer).Take(input.bytes));
    }
  }
  return plan;
}

}  // namespace sluice
