#include "gate/lint.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_set>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "gate/excerpt.h"
#include "gate/file.h"
#include "gate/file_reporter.h"
#include "gate/found_file.h"
#include "gate/release.h"
#include "gate/selection.h"
#include "gate/unchecked.h"
#include "parser/format.h"
#include "parser/text/proto_text.h"
#include "schema/digest.h"
#include "schema/self_contract.h"
#include "schema/sigma.h"
#include "schema/text.h"

namespace sluice {
namespace {

void Add(Totals& sum, const Totals& more) {
  sum.files += more.files;
  sum.instances += more.instances;
  sum.criteria += more.criteria;
  sum.errors += more.errors;
  sum.warnings += more.warnings;
  sum.notes += more.notes;
  sum.suppressed += more.suppressed;
  sum.fixable += more.fixable;
}

// The paths, as named, of which something was checked: a folder in which nothing was is no pass. A
// file that was named speaks for itself.
std::unordered_set<std::string_view> Answered(const std::vector<InputPath>& inputs,
                                              const std::vector<FileResults>& files) {
  std::unordered_set<std::string_view> answered;
  for (size_t i = 0; i < inputs.size(); ++i) {
    if (!inputs[i].folder.empty() && !files[i].was_checked) continue;
    answered.insert(inputs[i].asked_by.begin(), inputs[i].asked_by.end());
  }
  return answered;
}

// Runs `work(i)` for every i below `count` on `jobs` threads. `progress` is called on this thread.
void RunParallel(size_t count, int jobs, const std::function<void(size_t)>& work,
                 const std::function<void(size_t, size_t)>& progress) {
  const size_t threads = std::min<size_t>(count, static_cast<size_t>(std::max(jobs, 1)));
  if (threads <= 1) {
    for (size_t i = 0; i < count; ++i) {
      if (progress) progress(i, count);
      work(i);
    }
    return;
  }
  std::atomic<size_t> next = 0;
  std::atomic<size_t> done = 0;
  std::mutex mutex;
  std::condition_variable finished;
  std::vector<std::jthread> workers;
  for (size_t t = 0; t < threads; ++t) {
    workers.emplace_back([&] {
      for (size_t i = next++; i < count; i = next++) {
        work(i);
        if (++done == count) {
          const std::lock_guard lock(mutex);
          finished.notify_one();
        }
      }
    });
  }
  std::unique_lock lock(mutex);
  while (done < count) {
    finished.wait_for(lock, std::chrono::milliseconds(100));
    if (progress) progress(done, count);
  }
}

// What SL630 says of the suppressions that have taken nothing.
void FindUnused(const Content& content, const LineTable& lines, FileResults& out) {
  FileReporter reporter(&content);
  ReportUnused(out.suppressions->Unused(*out.checked.rules), reporter);
  FileResults unused;
  unused.input.path = out.input.path;
  reporter.Finish(content.text(), /*binary=*/false, lines, unused);
  out.unused = std::move(unused.findings);
}

// Whether values in the text stand for several: what is right for one of them may not be for
// others.
bool HasAliases(const Content& content) {
  return std::ranges::any_of(content.irregularities(), [](const Irregularity& one) {
    return one.kind == IrregularityKind::kSigmaAlias ||
           one.kind == IrregularityKind::kSigmaMergeKey;
  });
}

// Fixes can be applied where the text that they count in is the bytes of the file, and each part of
// it stands for itself.
void KeepFixes(const Content& content, FileResults& out) {
  const auto fixable = [](const Finding& finding) { return !finding.fix.empty(); };
  const auto count = std::ranges::count_if(out.findings, fixable);
  if (count == 0) return;
  if (!content.binary() && !HasAliases(content) &&
      WithoutByteOrderMark(content.bytes()) == content.text()) {
    out.totals.fixable = static_cast<uint64_t>(count);
  } else {
    for (Finding& finding : out.findings) finding.fix.clear();
  }
}

// Where reading ended: "XML, line 3 column 7"; "header, offset 0x4"; a limit of the whole file has
// no place.
std::string Where(const Malformed& malformed, bool binary, std::string_view text) {
  if (malformed.place.offset == 0) return malformed.structure;
  if (binary) {
    return absl::StrCat(malformed.structure, ", offset ", HexOffset(malformed.place.offset));
  }
  const LineColumn at = LineTable(text).Locate(malformed.place.offset);
  return absl::StrCat(malformed.structure, ", line ", at.line, " column ", at.column);
}

}  // namespace

struct Linter::State {
  State(LintOptions o, Selection s)
      : options(std::move(o)),
        selection(std::move(s)),
        across_files(LooksAcrossFiles(selection.rules())),
        self_contracts(*options.contracts, options.as) {}

  // The selected rules that say something about content of one class.
  struct Speaking {
    std::vector<const Rule*> rules;
    std::shared_ptr<const std::vector<std::string>> ids;
  };
  Speaking RulesFor(ContentClass content, bool fleet) const;
  const Speaking& RulesFor(const Content& content, bool fleet) const {
    const ContentClass kind = ClassOf(content);
    const size_t i = static_cast<size_t>(kind) * 2 + (fleet ? 1 : 0);
    std::call_once(gathered[i], [&] { rules_for[i] = RulesFor(kind, fleet); });
    return rules_for[i];
  }

  void LintFile(const InputPath& input, FileResults& out) const;
  std::vector<FileResults> LintFiles(const std::vector<InputPath>& inputs,
                                     const std::vector<InputPath>& done_inputs,
                                     std::vector<FileResults> done) const;
  void LintMemory(Bytes bytes, bool named, FileResults& out) const;
  const Format* FormatOf(std::string_view bytes, bool named, const std::string& path) const;
  bool CheckSelectionApplies(const Content& content, bool named, FileResults& out) const;
  void LintContent(const Format& format, const Content& content, FileResults& out) const;
  void ReportMalformed(const Format& format, const ReadResult& read, std::string_view bytes,
                       FileResults& out) const;
  void CheckFleetApplies(const Content& content, const Bound& bound, FileResults& out) const;
  Results Assemble(std::vector<FileResults> files, std::vector<NotChecked> not_checked) const;
  void ReportMissingContracts(Results& results) const;
  ReadOptions read_options() const {
    ReadOptions read{.self_contracts = &self_contracts, .placeholders = nullptr};
    if (options.placeholders != nullptr) read.placeholders = options.placeholders->AsFunction();
    return read;
  }

  LintOptions options;
  Selection selection;
  bool across_files;  // a rule was selected that looks across files
  // By ContentClass, and whether a fleet is asked.
  // They are gathered when content of the class is met first.
  mutable std::array<std::once_flag, kContentClasses * 2> gathered;
  mutable std::array<Speaking, kContentClasses * 2> rules_for;
  SelfContracts self_contracts;
};

Linter::State::Speaking Linter::State::RulesFor(ContentClass content, bool fleet) const {
  Speaking speaking;
  std::vector<std::string> ids;
  for (const Rule* rule : selection.rules()) {
    if (!rule->info.scope.SpeaksOf(content, fleet)) continue;
    speaking.rules.push_back(rule);
    ids.emplace_back(rule->info.id);
  }
  speaking.ids = std::make_shared<const std::vector<std::string>>(std::move(ids));
  return speaking;
}

void Linter::State::LintFile(const InputPath& input, FileResults& out) const {
  const bool is_stdin = input.path == "-";
  out.input.path = is_stdin ? options.stdin_filename : input.path;
  absl::StatusOr<Bytes> bytes = ReadFile(input.path);
  if (!bytes.ok()) {
    out.is_folder = !is_stdin && IsFolder(input.path);
    const std::string why(bytes.status().message());
    out.not_checked.push_back({out.input.path, "file", why, true});
    return;
  }
  const bool named = input.folder.empty();
  out.is_own = !named && IsOwnFile(input.path, **bytes);
  if (is_stdin) out.bytes = *bytes;
  if (!out.is_own) LintMemory(*std::move(bytes), named, out);
}

// All of `inputs`. The results of `done_inputs`, in order of their paths, are there already in
// `done`: those of files that were named are taken over.
std::vector<FileResults> Linter::State::LintFiles(const std::vector<InputPath>& inputs,
                                                  const std::vector<InputPath>& done_inputs,
                                                  std::vector<FileResults> done) const {
  std::vector<FileResults> files(inputs.size());
  std::vector<size_t> left;
  for (size_t i = 0; i < inputs.size(); ++i) {
    const auto same = std::ranges::lower_bound(done_inputs, inputs[i].path, {}, &InputPath::path);
    const auto at = static_cast<size_t>(same - done_inputs.begin());
    const bool taken = inputs[i].folder.empty() && same != done_inputs.end() &&
                       same->path == inputs[i].path && !done[at].is_folder;
    taken ? static_cast<void>(files[i] = std::move(done[at])) : left.push_back(i);
  }
  RunParallel(
      left.size(), options.jobs, [&](size_t i) { LintFile(inputs[left[i]], files[left[i]]); },
      options.progress);
  return files;
}

const Format* Linter::State::FormatOf(std::string_view bytes, bool named,
                                      const std::string& path) const {
  if (!options.kind.empty()) return FindFormat(options.kind);
  return named ? RecogniseFormat(bytes) : RecogniseFoundFormat(path, bytes);
}

void Linter::State::LintMemory(Bytes bytes, bool named, FileResults& out) const {
  out.input.sha256 = Sha256Hex(*bytes);
  const Format* format = FormatOf(*bytes, named, out.input.path);
  if (format == nullptr) {
    const char* why = bytes->empty() ? "it is empty" : "no reader knows these bytes; see --kind";
    out.not_checked.push_back({out.input.path, "file", why, named});
    return;
  }
  out.input.kind = format->kind;
  out.was_checked = true;
  out.totals.files = 1;
  const ReadResult read = format->read(bytes, read_options());
  if (read.ok()) {
    if (CheckSelectionApplies(read.content(), named, out)) {
      LintContent(*format, read.content(), out);
      if (options.keep_fixable && out.totals.fixable > 0) out.input.bytes = bytes;
    }
  } else {
    ReportMalformed(*format, read, *bytes, out);
  }
}

void Linter::State::ReportMalformed(const Format& format, const ReadResult& read,
                                    std::string_view bytes, FileResults& out) const {
  const Malformed& malformed = read.malformed();
  const Rule& rule = *FindRule(malformed.over_limit ? "SL002" : "SL001");
  FileReporter reporter(nullptr);
  Finding* finding = reporter.Report(rule, malformed.place, nullptr, nullptr);
  finding->message = absl::StrCat(malformed.structure, ": ", malformed.message);
  if (malformed.over_limit) {
    out.was_checked = false;
    out.totals.files = 0;
    out.not_checked.push_back({out.input.path, Where(malformed, format.binary, read.text()),
                               malformed.message + ", see docs/limits.md", true});
    finding->effect = "is not checked";
    finding->help = "split the file, or remove what makes it so large";
  } else {
    finding->effect = "nothing in the file is believed";
    finding->help =
        format.binary
            ? "build the file again, and compare its size and SHA-256 with what was built"
            : "correct the text at this place; where it stops too early, write the file again";
  }
  const LineTable lines(read.text());
  reporter.Finish(format.binary ? bytes : read.text(), format.binary, lines, out);
  if (options.excerpts) {
    FillExcerpts(format, bytes, read.text(), lines, read_options(), out.findings);
  }
  out.checked.rules =
      std::make_shared<const std::vector<std::string>>(1, std::string(rule.info.id));
}

// Where no rule that was asked for says anything about the content, nothing of it is checked, and
// that is no pass. False then.
bool Linter::State::CheckSelectionApplies(const Content& content, bool named,
                                          FileResults& out) const {
  const size_t before = out.not_checked.size();
  const bool applies = selection.SpeaksOf(content, options.fleet_requested, out.not_checked);
  for (size_t i = before; i < out.not_checked.size(); ++i) {
    out.not_checked[i].path = out.input.path;
    out.not_checked[i].requested &= named;
  }
  if (!applies) {
    out.was_checked = false;
    out.totals.files = 0;
  }
  return applies;
}

// A fleet was asked for, and no sensor of it says anything about this content: that is no pass.
void Linter::State::CheckFleetApplies(const Content& content, const Bound& bound,
                                      FileResults& out) const {
  const SensorSet asked = bound.checked() | bound.refusing();
  if (asked.any()) {
    out.checked.sensors = asked;
    return;
  }
  if (options.fleet.WithoutContract().any()) return;  // said by SL208
  out.not_checked.push_back(
      {out.input.path, "fleet",
       absl::StrCat("no sensor in it takes ", std::string(Name(content.dialect())), " content"),
       true});
}

void Linter::State::LintContent(const Format& format, const Content& content,
                                FileResults& out) const {
  const SelfContract& self_contract = self_contracts.Of(content);
  const Bound self(content, self_contract.fleet, self_contract.reference, {.assume_loaded = true});
  std::optional<Bound> own_fleet;
  const Bound* fleet = nullptr;
  if (options.fleet_requested) {
    const BindOptions bind{.assume_loaded = options.assume_loaded};
    if (self.HoldsFor(options.fleet, bind)) {
      fleet = &self;
    } else {
      fleet = &own_fleet.emplace(content, options.fleet, self_contract.reference, bind);
    }
    CheckFleetApplies(content, *fleet, out);
  }
  FileReporter reporter(&content);
  std::optional<LineTable> lines;
  if (!content.comments().empty()) {
    lines.emplace(content.text());
    out.suppressions = std::make_unique<Suppressions>(content, *lines);
    reporter.Honour(out.suppressions.get(), &*lines);
  }
  if (content.instances().empty() && content.types().empty()) {
    reporter.NotChecked("content", "there is no rule in it", /*requested=*/false);
  }
  ReportUnchecked(content, fleet == nullptr ? self : *fleet, reporter);
  RunRules(RulesFor(content, fleet != nullptr).rules, {content, self, fleet, out.input.path},
           reporter);
  if (out.suppressions) out.suppressions->ReportProblems(selection.rules(), reporter);

  out.checked.rules = RulesFor(content, out.checked.sensors.any()).ids;
  out.checked.instances = static_cast<uint32_t>(content.instances().size());
  out.checked.criteria = static_cast<uint32_t>(content.criteria().size());
  out.totals.instances = out.checked.instances;
  out.totals.criteria = out.checked.criteria;
  // Lines are looked for only where something is said about them.
  const bool summarised = across_files && IsSigmaFile(content);
  if (!lines) {
    lines.emplace(reporter.empty() && !summarised ? std::string_view() : content.text());
  }
  reporter.Finish(content.binary() ? content.bytes() : content.text(), content.binary(), *lines,
                  out);
  if (out.suppressions) FindUnused(content, *lines, out);
  if (summarised) Summarise(content, *lines, out.instances);
  KeepFixes(content, out);
  if (options.excerpts) {
    FillExcerpts(format, content.bytes(), content.text(), *lines, read_options(), out.findings);
    FillExcerpts(format, content.bytes(), content.text(), *lines, read_options(), out.unused);
  }
}

void Linter::State::ReportMissingContracts(Results& results) const {
  const Rule& rule = *FindRule("SL208");
  const SensorSet missing = options.fleet.WithoutContract();
  for (size_t s = 0; s < options.fleet.sensors().size(); ++s) {
    if (!missing[s]) continue;
    const Sensor& sensor = options.fleet.sensors()[s];
    const std::string why = absl::StrCat(
        "there is no contract for ", Printable(sensor.Name()),
        "; import one with `sluice contract import` and name its folder with --contracts");
    results.not_checked.push_back({"", Printable(sensor.Name()), why, true});
    if (std::ranges::find(selection.rules(), &rule) == selection.rules().end()) continue;
    Finding finding;
    finding.rule = &rule.info;
    finding.severity = rule.info.severity;
    finding.input = kNoInput;
    finding.sensors.set(s);
    finding.message = absl::StrCat("no contract says what ", Printable(sensor.Name()), " supplies");
    finding.effect = "not checked";
    finding.help = "import its contract with `sluice contract import`, or correct the version";
    finding.fingerprint = Fingerprint(finding, "", sensor.Name(), 0);
    results.findings.push_back(std::move(finding));
    results.totals.notes += 1;
  }
}

Results Linter::State::Assemble(std::vector<FileResults> files,
                                std::vector<NotChecked> not_checked) const {
  Results results;
  results.fleet = options.fleet;
  results.not_checked = std::move(not_checked);
  if (options.fleet_requested) {
    ReportMissingContracts(results);
  } else if (!files.empty()) {
    results.not_checked.push_back({"", "sensors",
                                   "no fleet was given; name one with --fleet or --sensor",
                                   selection.AsksForFleet()});
  }
  results.inputs.reserve(files.size());
  results.checked.reserve(files.size());
  for (FileResults& file : files) {
    if (file.is_own) continue;
    const uint32_t input = static_cast<uint32_t>(results.inputs.size());
    SettleSuppressions(file);
    results.inputs.push_back(std::move(file.input));
    Add(results.totals, file.totals);
    results.findings_left_out += file.findings_left_out;
    for (Finding& finding : file.findings) finding.input = input;
    for (SuppressedFinding& suppressed : file.suppressed) suppressed.finding.input = input;
    std::ranges::move(file.suppressed, std::back_inserter(results.suppressed));
    if (results.findings.empty()) {
      results.findings = std::move(file.findings);
    } else {
      std::ranges::move(file.findings, std::back_inserter(results.findings));
    }
    std::ranges::move(file.not_checked, std::back_inserter(results.not_checked));
    if (!file.was_checked) continue;
    file.checked.input = input;
    results.checked.push_back(std::move(file.checked));
  }
  results.totals.not_checked = results.not_checked.size();
  if (options.max_findings != 0 && results.findings.size() > options.max_findings) {
    results.findings_left_out += results.findings.size() - options.max_findings;
    results.findings.resize(options.max_findings);
  }
  return results;
}

Linter::Linter(std::unique_ptr<State> state) : state_(std::move(state)) {}
Linter::~Linter() = default;

absl::StatusOr<std::unique_ptr<Linter>> Linter::Make(LintOptions options) {
  if (!options.kind.empty() && FindFormat(options.kind) == nullptr) {
    return absl::InvalidArgumentError(
        absl::StrCat("no reader is called \"", Printable(options.kind), "\""));
  }
  absl::StatusOr<Selection> selection = Selection::Make(options.select, options.ignore);
  if (!selection.ok()) return selection.status();
  return std::unique_ptr<Linter>(
      new Linter(std::make_unique<State>(std::move(options), *std::move(selection))));
}

Results Linter::Lint(const std::vector<std::string>& paths) const {
  std::vector<NotChecked> not_checked;
  // What is a folder shows when it is opened: nearly all that is named in great numbers are files.
  const std::vector<InputPath> inputs = NamedPaths(paths);
  std::vector<FileResults> files = state_->LintFiles(inputs, {}, {});
  if (std::ranges::any_of(files, &FileResults::is_folder)) {
    std::vector<InputPath> all = ExpandPaths(paths, not_checked);
    if (state_->options.found_settings) {
      TakeOutOtherSettings(*state_->options.found_settings, all, not_checked);
    }
    files = state_->LintFiles(all, inputs, std::move(files));
    const std::unordered_set<std::string_view> answered = Answered(all, files);
    for (const std::string& path : paths) {
      if (answered.contains(path)) continue;
      not_checked.push_back({path, "folder", "nothing in it was checked", true});
    }
  }
  CheckRelease(state_->selection.rules(), state_->options.excerpts, files);
  return state_->Assemble(std::move(files), std::move(not_checked));
}

Results Linter::LintBytes(std::string path, std::shared_ptr<const std::string> bytes) const {
  std::vector<FileResults> files(1);
  files[0].input.path = std::move(path);
  files[0].bytes = bytes;
  state_->LintMemory(std::move(bytes), /*named=*/true, files[0]);
  CheckRelease(state_->selection.rules(), state_->options.excerpts, files);
  return state_->Assemble(std::move(files), {});
}

absl::StatusOr<Results> Lint(const std::vector<std::string>& paths, const LintOptions& options) {
  absl::StatusOr<std::unique_ptr<Linter>> linter = Linter::Make(options);
  if (!linter.ok()) return linter.status();
  return (*linter)->Lint(paths);
}

absl::StatusOr<Results> LintBytes(std::string path, std::shared_ptr<const std::string> bytes,
                                  const LintOptions& options) {
  absl::StatusOr<std::unique_ptr<Linter>> linter = Linter::Make(options);
  if (!linter.ok()) return linter.status();
  return (*linter)->LintBytes(std::move(path), std::move(bytes));
}

}  // namespace sluice
