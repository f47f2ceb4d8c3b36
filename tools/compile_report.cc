#include "tools/compile_report.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gate/excerpt.h"
#include "report/json_report.h"
#include "report/text_parts.h"
#include "report/text_report.h"
#include "schema/digest.h"
#include "schema/rule.h"
#include "schema/text.h"
#include "tools/output.h"

namespace sluice {
namespace {

using Json = nlohmann::ordered_json;

std::string PlaceOf(const CompileNote& note) {
  if (note.path.empty()) return "the compiled file";
  const std::string path = Printable(note.path, 4096);
  if (!note.binary) return absl::StrCat(path, ":", note.line, ":", note.column);
  return absl::StrCat(path, ":", HexOffset(note.place.offset));
}

// "rules.yml:1:1: rule 1234: left out: why [SL101 field-undeclared]".
std::string Line(const CompileNote& note, std::string_view what) {
  std::string line = absl::StrCat(PlaceOf(note), ": ", note.instance,
                                  note.instance.empty() ? "" : ": ", Abseil(what), ": ", note.why);
  if (const Rule* rule = FindRule(note.rule); rule != nullptr) {
    absl::StrAppend(&line, " [", Abseil(rule->info.id), " ", Abseil(rule->info.name), "]");
  }
  return line + "\n";
}

std::string Lines(const std::vector<CompileNote>& notes, std::string_view what) {
  std::string lines;
  for (const CompileNote& note : notes) lines += Line(note, what);
  return lines;
}

std::string Errors(const Results& results, const CompileReportOptions& options) {
  if (!options.errors || results.totals.errors == 0) return "";
  Results errors = results;
  std::erase_if(errors.findings,
                [](const Finding& finding) { return finding.severity != Severity::kError; });
  return TextReport(errors, {.color = options.color, .quiet = options.quiet, .summary = false});
}

std::string NotCheckedLines(const Results& results, bool all) {
  std::string lines;
  for (const NotChecked& entry : results.not_checked) {
    if (entry.requested || all) absl::StrAppend(&lines, NotCheckedLine(entry), "\n");
  }
  return lines;
}

Json NoteJson(const CompileNote& note) {
  Json json;
  if (!note.path.empty()) json["path"] = note.path;
  if (note.binary) {
    json["offset"] = note.place.offset;
    json["length"] = note.place.length;
  } else {
    json["line"] = note.line;
    json["column"] = note.column;
  }
  if (!note.instance.empty()) json["instance"] = note.instance;
  if (!note.rule.empty()) json["rule"] = note.rule;
  json["why"] = note.why;
  return json;
}

Json NotesJson(const std::vector<CompileNote>& notes) {
  Json json = Json::array();
  for (const CompileNote& note : notes) json.push_back(NoteJson(note));
  return json;
}

}  // namespace

std::string CompileReport(const Compiled& compiled, const CompileReportOptions& options) {
  std::string report = Errors(compiled.results, options);
  absl::StrAppend(&report, Lines(compiled.refused, "refused"));
  if (!options.quiet || options.require_checked) {
    absl::StrAppend(&report, Lines(compiled.left_out, "left out"));
  }
  if (!options.quiet) {
    absl::StrAppend(&report, Lines(compiled.tolerated, "compiled as Sysmon does"));
    if (compiled.notes_left_out > 0) {
      absl::StrAppend(&report, WithCommas(compiled.notes_left_out), " more\n");
    }
  }
  absl::StrAppend(&report, NotCheckedLines(compiled.results, options.require_checked));
  return report;
}

std::string CompileSummary(const Compiled& compiled) {
  const size_t left_out = compiled.left_out.size();
  const std::string without =
      left_out == 0 ? "" : absl::StrCat("; ", WithCommas(left_out), " left out");
  if (compiled.ok()) {
    return absl::StrCat(
        Counted(compiled.instances, "instance"), ", ", WithCommas(compiled.criteria),
        compiled.criteria == 1 ? " criterion" : " criteria", " of ",
        Counted(compiled.files, "file"), " in ", Counted(compiled.bytes.size(), "byte"), without);
  }
  const Results& results = compiled.results;
  const uint64_t errors = results.totals.errors;
  const size_t refused = compiled.refused.size();
  // Instances are left out only where no error has refused all.
  if (refused == 0 && (errors == 0 || left_out > 0)) {
    const bool lacks = std::ranges::any_of(results.not_checked, &NotChecked::requested);
    return (lacks && results.totals.files > 0 ? "not all that was requested could be checked"
                                              : "there is nothing to compile") +
           without;
  }
  return absl::StrCat(Counted(errors, "error"), ", ", WithCommas(refused), " refused", without);
}

std::string CompileJson(const Compiled& compiled, std::string_view version) {
  Json json = Json::parse(JsonReport(compiled.results, version));
  if (compiled.ok()) {
    json["compiled"] = {{"bytes", compiled.bytes.size()},
                        {"sha256", Sha256Hex(compiled.bytes)},
                        {"files", compiled.files},
                        {"instances", compiled.instances},
                        {"criteria", compiled.criteria}};
  }
  json["refused"] = NotesJson(compiled.refused);
  json["left_out"] = NotesJson(compiled.left_out);
  json["tolerated"] = NotesJson(compiled.tolerated);
  return json.dump(2, ' ', /*ensure_ascii=*/false, Json::error_handler_t::replace) + "\n";
}

}  // namespace sluice
