#include "gate/compile.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gate/compile_blob.h"
#include "gate/compile_channel.h"
#include "gate/compile_source.h"
#include "gate/file.h"
#include "parser/sysmon/blob_writer.h"
#include "schema/digest.h"
#include "schema/rule.h"
#include "schema/self_contract.h"
#include "schema/text.h"

namespace sluice {
namespace {

bool OnlyStdin(const std::vector<std::string>& paths) {
  return paths.size() == 1 && paths.front() == "-";
}

absl::Status CheckBlobTarget(const CompileOptions& options) {
  if (options.blob_target == nullptr) {
    return absl::InvalidArgumentError("a blob is for one sensor version; name it");
  }
  if (BlobLayoutOf(*options.blob_target) != BlobLayout::kUnknown) return absl::OkStatus();
  return absl::UnimplementedError(
      absl::StrCat("the layout of blobs for ", Printable(options.blob_target->Name()),
                   " is not known; those of sysmon@4.60, 4.70, 4.80, 4.81 and 4.90 are"));
}

absl::Status Check(const std::vector<std::string>& paths, const CompileOptions& options) {
  if (std::ranges::find(paths, "-") != paths.end() && !OnlyStdin(paths)) {
    return absl::InvalidArgumentError("standard input is compiled alone; name files otherwise");
  }
  const bool blob = options.to == CompileTarget::kSysmonBlob;
  if (blob && (options.skip_incompatible || options.content_version != 0)) {
    return absl::InvalidArgumentError("a blob holds all of a configuration, and has no version");
  }
  if (!blob && options.compatible) {
    return absl::InvalidArgumentError("only a blob can be compatible with Sysmon's own compiler");
  }
  return blob ? CheckBlobTarget(options) : absl::OkStatus();
}

LintOptions LintOptionsOf(const CompileOptions& options) {
  LintOptions lint = options.lint;
  lint.select.clear();
  lint.max_findings = 0;
  lint.keep_fixable = false;
  if (options.to == CompileTarget::kSysmonBlob) {
    lint.fleet = FleetOf({options.blob_target});
    lint.fleet_requested = true;
  }
  return lint;
}

// Whether the content may be compiled in spite of the finding.
bool IsTolerated(const Finding& finding, const CompileOptions& options) {
  const Category category = finding.rule->category;
  if (options.compatible) return category != Category::kMalformed;
  return options.skip_incompatible && category == Category::kIncompatible;
}

// Findings that are only counted are not known, so they are not tolerated.
bool HasErrors(const Results& results, const CompileOptions& options) {
  const auto tolerated = std::ranges::count_if(results.findings, [&](const Finding& finding) {
    return finding.severity == Severity::kError && IsTolerated(finding, options);
  });
  return results.totals.errors > static_cast<uint64_t>(tolerated);
}

// What a rule says of the compiled file, at the place that it was compiled from.
CompileNote NoteOf(const Finding& finding) {
  CompileNote note{.path = "",
                   .binary = true,
                   .place = finding.place,
                   .instance = finding.instance,
                   .why = finding.message,
                   .rule = finding.rule->id};
  if (!finding.source) return note;
  note.path = finding.source->path;
  note.binary = finding.source->line == 0;
  note.place = {finding.source->column, 0};
  note.line = finding.source->line;
  note.column = finding.source->column;
  return note;
}

bool LacksWhatWasRequested(const Results& results) {
  return std::ranges::any_of(results.not_checked, &NotChecked::requested);
}

// A channel file can be over a limit that none of its sources is over, or hold an id twice. What
// was suppressed there is not asked again.
absl::Status CheckWhole(const CompileOptions& options, Compiled& out) {
  LintOptions lint = options.lint;
  lint.kind = "channel";
  lint.select = {"SL001"};
  for (const char* rule : {"SL105", "SL207"}) {
    const bool suppressed = std::ranges::any_of(
        out.results.suppressed,
        [&](const SuppressedFinding& one) { return one.finding.rule->id == rule; });
    if (!suppressed && (lint.fleet_requested || !FindRule(rule)->info.scope.needs_fleet())) {
      lint.select.emplace_back(rule);
    }
  }
  const absl::StatusOr<Results> whole =
      LintBytes("", std::make_shared<const std::string>(out.bytes), lint);
  if (!whole.ok()) return whole.status();
  for (const Finding& finding : whole->findings) {
    if (finding.severity != Severity::kError) continue;
    if (finding.rule->category == Category::kMalformed) {
      return absl::InternalError(absl::StrCat("what was compiled is broken: ", finding.message));
    }
    out.refused.push_back(NoteOf(finding));
  }
  if (!out.refused.empty()) out.bytes.clear();
  return absl::OkStatus();
}

absl::StatusOr<std::vector<CompileSource>> SourcesOf(const std::vector<std::string>& paths,
                                                     const Bytes& standard_input,
                                                     const Results& results) {
  if (standard_input == nullptr) return CompileSources(paths, results);
  return StandardInputSource(results, standard_input);
}

absl::Status CompileSourcesTo(const std::vector<CompileSource>& sources,
                              const CompileOptions& options, Compiled& out) {
  if (sources.empty()) return absl::InvalidArgumentError("there is nothing to compile");
  const SelfContracts self_contracts(*options.lint.contracts, options.lint.as);
  if (options.to == CompileTarget::kChannel) {
    absl::Status status = CompileChannel(sources, options, self_contracts, out);
    if (!status.ok() || out.bytes.empty()) return status;
    return CheckWhole(options, out);
  }
  if (sources.size() > 1) {
    return absl::InvalidArgumentError(
        absl::StrCat("a blob is made of one configuration, and there are ", sources.size(), ": ",
                     Printable(sources[0].path, 4096), ", ", Printable(sources[1].path, 4096),
                     sources.size() > 2 ? ", ..." : ""));
  }
  return CompileBlob(sources.front(), options, {.self_contracts = &self_contracts}, out);
}

}  // namespace

int ExitCode(const Compiled& compiled, bool require_checked) {
  const Results& results = compiled.results;
  if (!compiled.ok()) return results.totals.errors > 0 || !compiled.refused.empty() ? 1 : 2;
  // What is left out since a rule has found something was checked.
  const bool unchecked = !results.not_checked.empty() ||
                         std::ranges::any_of(compiled.left_out, [](const CompileNote& note) {
                           return note.rule.empty();
                         });
  return require_checked && unchecked ? 2 : 0;
}

absl::StatusOr<Compiled> Compile(const std::vector<std::string>& paths,
                                 const CompileOptions& options) {
  if (absl::Status status = Check(paths, options); !status.ok()) return status;
  absl::StatusOr<std::unique_ptr<Linter>> linter = Linter::Make(LintOptionsOf(options));
  if (!linter.ok()) return linter.status();
  Compiled compiled;
  Bytes standard_input;
  if (OnlyStdin(paths)) {
    absl::StatusOr<Bytes> read = ReadFile("-");
    if (!read.ok()) return read.status();
    standard_input = *std::move(read);
    compiled.results = (*linter)->LintBytes(options.lint.stdin_filename, standard_input);
  } else {
    compiled.results = (*linter)->Lint(paths);
  }
  if (HasErrors(compiled.results, options) || LacksWhatWasRequested(compiled.results)) {
    return compiled;
  }
  const absl::StatusOr<std::vector<CompileSource>> sources =
      SourcesOf(paths, standard_input, compiled.results);
  if (!sources.ok()) return sources.status();
  absl::Status status = CompileSourcesTo(*sources, options, compiled);
  if (!status.ok()) return status;
  return compiled;
}

}  // namespace sluice
