#include "gate/run_content.h"

#include <memory>
#include <set>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gate/excerpt.h"
#include "gate/file.h"
#include "gate/found_file.h"
#include "gate/lint.h"
#include "parser/format.h"
#include "schema/rule.h"
#include "schema/text.h"
#include "schema/verified_content.h"

namespace sluice {
namespace {

using Bytes = std::shared_ptr<const std::string>;

class Loader {
 public:
  explicit Loader(const RunOptions& options)
      : options_(options),
        verifier_(*options.contracts, {.contract = options.contract,
                                       .skip_failing = options.skip_failing,
                                       .assume_loaded = options.assume_loaded}) {
    if (options.contract != nullptr) results_.fleet = FleetOf({options.contract});
  }

  absl::StatusOr<RunContent> Load(const std::vector<std::string>& paths) {
    if (!options_.kind.empty() && FindFormat(options_.kind) == nullptr) {
      return absl::InvalidArgumentError(
          absl::StrCat("no reader is called \"", Printable(options_.kind), "\""));
    }
    std::vector<InputPath> inputs = ExpandPaths(paths, results_.not_checked);
    if (options_.found_settings) {
      TakeOutOtherSettings(*options_.found_settings, inputs, results_.not_checked);
    }
    for (const InputPath& input : inputs) LoadFile(input);
    SayEmptyFolders(paths, inputs);
    RunContent out;
    if (absl::Status status = MakeEngines(out.groups); !status.ok()) return status;
    results_.totals.not_checked = results_.not_checked.size();
    out.results = std::move(results_);
    return out;
  }

 private:
  // Contents that may run together.
  struct Batch {
    std::vector<VerifiedContent> contents;
    std::vector<uint32_t> inputs;
  };

  ReadOptions read_options() const {
    ReadOptions read{.self_contracts = &verifier_.self_contracts(), .placeholders = nullptr};
    if (options_.placeholders != nullptr) read.placeholders = options_.placeholders->AsFunction();
    return read;
  }

  void NotChecked(std::string_view path, std::string what, std::string why, bool requested) {
    results_.not_checked.push_back({std::string(path), std::move(what), std::move(why), requested});
  }

  void LoadFile(const InputPath& input) {
    const std::string& path = input.path == "-" ? options_.stdin_filename : input.path;
    absl::StatusOr<Bytes> bytes = ReadFile(input.path);
    if (!bytes.ok()) {
      return NotChecked(path, "file", std::string(Standard(bytes.status().message())), true);
    }
    const bool named = input.folder.empty();
    if (!named && IsOwnFile(input.path, **bytes)) return;
    const Format* format = FormatOf(**bytes, named, path);
    if (format == nullptr) {
      const char* why =
          (*bytes)->empty() ? "it is empty" : "no reader knows these bytes; see --kind";
      return NotChecked(path, "file", why, named);
    }
    for (const std::string& folder : input.asked_by) answered_.push_back(folder);
    ReadResult read = format->read(*bytes, read_options());
    if (!read.ok()) return AddMalformed(path, *format, *std::move(bytes));
    AddInput(path, *format);
    Verify(*format, *bytes, std::move(read).TakeContent());
  }

  const Format* FormatOf(std::string_view bytes, bool named, const std::string& path) const {
    if (!options_.kind.empty()) return FindFormat(options_.kind);
    return named ? RecogniseFormat(bytes) : RecogniseFoundFormat(path, bytes);
  }

  void AddInput(const std::string& path, const Format& format) {
    results_.inputs.push_back(
        {.path = path, .kind = std::string(format.kind), .sha256 = "", .bytes = nullptr});
    results_.totals.files += 1;
  }

  // SL001, or not checked, as `lint` says it.
  void AddMalformed(const std::string& path, const Format& format, Bytes bytes) {
    LintOptions lint;
    lint.contracts = options_.contracts;
    lint.kind = format.kind;
    lint.placeholders = options_.placeholders;
    lint.excerpts = true;
    absl::StatusOr<Results> said = LintBytes(path, std::move(bytes), lint);
    if (!said.ok()) return NotChecked(path, "file", std::string(said.status().message()), true);
    AddInput(path, format);
    for (Finding& finding : said->findings) AddFinding(std::move(finding));
    for (sluice::NotChecked& entry : said->not_checked) {
      if (!entry.path.empty()) results_.not_checked.push_back(std::move(entry));
    }
  }

  void AddFinding(Finding finding) {
    finding.input = static_cast<uint32_t>(results_.inputs.size() - 1);
    if (options_.contract == nullptr) finding.sensors.reset();
    if (finding.severity == Severity::kError) results_.totals.errors += 1;
    results_.findings.push_back(std::move(finding));
  }

  void Verify(const Format& format, const Bytes& bytes, Content content) {
    const std::string& path = results_.inputs.back().path;
    std::vector<std::string> names;
    for (const Instance& instance : content.instances()) {
      names.push_back(InstanceName(content, instance));
    }
    if (names.empty()) NotChecked(path, "content", "there is no rule in it", false);
    results_.totals.instances += names.size();
    results_.totals.criteria += content.criteria().size();
    Verification verified = verifier_.Verify(std::move(content));
    for (sluice::NotChecked& entry : verified.not_checked) {
      entry.path = path;
      results_.not_checked.push_back(std::move(entry));
    }
    for (const NotTaken& one : verified.not_taken) {
      if (!verified.ok() && !one.rule.empty()) continue;
      const std::string rule = one.rule.empty() ? "" : absl::StrCat(" [", Abseil(one.rule), "]");
      NotChecked(path, absl::StrCat("rule ", Printable(names[one.instance])), one.why + rule,
                 false);
    }
    if (verified.ok()) return Keep(*std::move(verified.content));
    const ReadResult again = format.read(bytes, read_options());
    const std::string_view text = again.ok() ? again.content().text() : std::string_view();
    FillExcerpts(format, *bytes, text, LineTable(text), read_options(), verified.errors);
    for (Finding& finding : verified.errors) AddFinding(std::move(finding));
  }

  void Keep(VerifiedContent content) {
    const Dialect dialect = content.content().dialect();
    Batch* batch = dialect == Dialect::kSigma ? &sigma_ : &channel_;
    if (dialect == Dialect::kSysmon) batch = &sysmon_.emplace_back();
    batch->contents.push_back(std::move(content));
    batch->inputs.push_back(static_cast<uint32_t>(results_.inputs.size() - 1));
  }

  void SayEmptyFolders(const std::vector<std::string>& paths,
                       const std::vector<InputPath>& inputs) {
    std::set<std::string_view> said(answered_.begin(), answered_.end());
    for (const InputPath& input : inputs) {
      if (input.folder.empty()) said.insert(input.path);
    }
    for (const std::string& path : paths) {
      if (!said.contains(path)) NotChecked(path, "folder", "there is no content in it", true);
    }
  }

  absl::Status MakeEngines(std::vector<RunGroup>& groups) {
    sysmon_.insert(sysmon_.begin(), std::move(channel_));
    sysmon_.insert(sysmon_.begin(), std::move(sigma_));
    for (Batch& batch : sysmon_) {
      if (batch.contents.empty()) continue;
      absl::StatusOr<Engine> engine = Engine::Make(std::move(batch.contents), options_.engine);
      if (!engine.ok()) return engine.status();
      for (const NotRun& one : engine->not_run()) {
        const std::string& path = results_.inputs[batch.inputs[one.instance.content]].path;
        const Content& content = engine->content(one.instance.content);
        NotChecked(
            path,
            absl::StrCat("rule ", Printable(InstanceName(content, engine->instance(one.instance)))),
            one.why, true);
      }
      groups.push_back({*std::move(engine), std::move(batch.inputs)});
    }
    return absl::OkStatus();
  }

  const RunOptions& options_;
  const Verifier verifier_;
  Results results_;
  std::vector<std::string> answered_;  // paths that a file with a reader was asked by
  Batch sigma_;
  Batch channel_;
  std::vector<Batch> sysmon_;
};

}  // namespace

absl::StatusOr<RunContent> LoadRunContent(const std::vector<std::string>& paths,
                                          const RunOptions& options) {
  return Loader(options).Load(paths);
}

}  // namespace sluice
