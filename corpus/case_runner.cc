#include "corpus/case_runner.h"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "corpus/case_builder.h"
#include "gate/lint.h"
#include "parser/config/config_file.h"
#include "parser/config/contract_reader.h"
#include "parser/config/fleet_reader.h"
#include "schema/text.h"

namespace sluice {
namespace {

// Options of a run, with what they point to.
struct Prepared {
  ContractSet contracts = ContractSet::BuiltIn();
  std::vector<OwnedContracts> owned;
  LintOptions options;
};

std::string Beside(const std::string& path, const std::string& relative) {
  return (std::filesystem::path(path).parent_path() / relative).string();
}

absl::Status AddFleet(const corpus::Lint& lint, const std::string& path, Prepared& prepared) {
  if (!lint.fleet().empty()) {
    const std::string file = Beside(path, lint.fleet());
    const absl::StatusOr<std::string> text = ReadConfigFile(file);
    if (!text.ok()) return text.status();
    absl::StatusOr<Fleet> fleet = ReadFleet(*text, file, prepared.contracts);
    if (!fleet.ok()) return fleet.status();
    prepared.options.fleet = *std::move(fleet);
  }
  for (const std::string& name : lint.sensor()) {
    absl::StatusOr<Sensor> sensor = ParseSensor(name, prepared.contracts);
    if (!sensor.ok()) return sensor.status();
    prepared.options.fleet.Add(*std::move(sensor));
  }
  prepared.options.fleet_requested = !lint.fleet().empty() || !lint.sensor().empty();
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<Prepared>> Prepare(const corpus::Case& description,
                                                  const std::string& path) {
  const corpus::Lint& lint = description.lint();
  auto prepared = std::make_unique<Prepared>();
  for (const std::string& folder : lint.contracts()) {
    absl::StatusOr<OwnedContracts> owned =
        LoadContracts(Beside(path, folder), &prepared->contracts);
    if (!owned.ok()) return owned.status();
    prepared->owned.push_back(*std::move(owned));
  }
  if (absl::Status status = AddFleet(lint, path, *prepared); !status.ok()) return status;
  LintOptions& options = prepared->options;
  options.contracts = &prepared->contracts;
  options.kind = description.kind();
  options.assume_loaded = lint.assume_loaded();
  options.ignore.assign(lint.ignore().begin(), lint.ignore().end());
  if (lint.as().empty()) return prepared;
  options.as = prepared->contracts.Find(lint.as());
  if (options.as == nullptr) return absl::NotFoundError(absl::StrCat(path, ": no ", lint.as()));
  return prepared;
}

bool Matches(const corpus::Finding& wanted, const Finding& found, const Fleet& fleet) {
  const std::vector<std::string> sensors(wanted.sensors().begin(), wanted.sensors().end());
  return Standard(wanted.rule()) == found.rule->id &&
         (!wanted.has_line() || (!found.binary && wanted.line() == found.line)) &&
         (!wanted.has_column() || (!found.binary && wanted.column() == found.column)) &&
         (!wanted.has_offset() || (found.binary && wanted.offset() == found.place.offset)) &&
         (!wanted.has_length() || wanted.length() == found.place.length) &&
         (!wanted.has_instance() || wanted.instance() == found.instance) &&
         (!wanted.has_field() || wanted.field() == found.field) &&
         (!wanted.has_effect() || wanted.effect() == found.effect) &&
         (!wanted.has_severity() || Standard(wanted.severity()) == Name(found.severity)) &&
         (sensors.empty() || sensors == fleet.Names(found.sensors));
}

std::string Describe(const Finding& f, const Fleet& fleet) {
  std::string text = absl::StrCat("  ", Abseil(f.rule->id), " ", Abseil(Name(f.severity)));
  if (f.binary) {
    absl::StrAppend(&text, " offset: ", f.place.offset);
  } else {
    absl::StrAppend(&text, " line: ", f.line, " column: ", f.column);
  }
  absl::StrAppend(&text, " length: ", f.place.length, " instance: \"", f.instance, "\" field: \"",
                  f.field, "\" effect: \"", f.effect, "\" sensors: [",
                  absl::StrJoin(fleet.Names(f.sensors), ", "), "]: ", f.message);
  return text;
}

std::string Describe(const NotChecked& n) {
  return absl::StrCat("  not checked: ", n.what, ": ", n.why);
}

// Pairs every wanted finding with one that was found: `taken` marks the latter. Wanted findings
// that nothing matches go to `problems`.
void Pair(const corpus::Expect& expect, const Results& results, std::vector<bool>& taken,
          std::string* problems) {
  for (const corpus::Finding& wanted : expect.finding()) {
    size_t i = 0;
    const auto& findings = results.findings;
    while (i < findings.size() && (taken[i] || !Matches(wanted, findings[i], results.fleet))) ++i;
    if (i < findings.size()) {
      taken[i] = true;
    } else {
      absl::StrAppend(problems, "missing: ", wanted.ShortDebugString(), "\n");
    }
  }
}

}  // namespace

absl::Status Compare(const corpus::Expect& expect, const Results& results) {
  std::string problems;
  std::vector<bool> taken(results.findings.size());
  Pair(expect, results, taken, &problems);
  bool errors = false;
  for (size_t i = 0; i < results.findings.size(); ++i) {
    const Finding& found = results.findings[i];
    errors |= found.severity == Severity::kError;
    if (std::ranges::count(expect.absent(), std::string(found.rule->id)) > 0) {
      absl::StrAppend(&problems, "must be absent: ", Abseil(found.rule->id), "\n");
    } else if (!taken[i] && !expect.others() && found.severity != Severity::kNote) {
      absl::StrAppend(&problems, "not expected: ", Abseil(found.rule->id), "\n");
    }
  }
  const int exit = ExitCode(results, FailOn::kError, false);
  const int wanted = expect.has_exit() ? static_cast<int>(expect.exit()) : errors ? 1 : 0;
  if (exit != wanted) absl::StrAppend(&problems, "exit ", exit, ", not ", wanted, "\n");
  if (problems.empty()) return absl::OkStatus();
  absl::StrAppend(&problems, "found:\n");
  for (const Finding& f : results.findings) {
    absl::StrAppend(&problems, Describe(f, results.fleet), "\n");
  }
  for (const NotChecked& n : results.not_checked) absl::StrAppend(&problems, Describe(n), "\n");
  return absl::FailedPreconditionError(problems);
}

absl::Status RunCase(const std::string& path) {
  const absl::StatusOr<corpus::Case> description = ReadCase(path);
  if (!description.ok()) return description.status();
  absl::StatusOr<std::string> bytes = BuildCase(*description, path);
  if (!bytes.ok()) return bytes.status();
  const auto prepared = Prepare(*description, path);
  if (!prepared.ok()) return prepared.status();
  const absl::StatusOr<Results> results =
      LintBytes(path, std::make_shared<const std::string>(*std::move(bytes)), (*prepared)->options);
  if (!results.ok()) return results.status();
  return Compare(description->expect(), *results);
}

}  // namespace sluice
