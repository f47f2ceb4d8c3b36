// Any bytes, linted as every kind and against every built-in sensor version, give a verdict: exit 0
// or 1 and either something that was checked or SL001. Bytes that no reader recognises are said to
// be unchecked.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "fuzz/property.h"
#include "gate/lint.h"
#include "schema/contracts/built_in_fleets.h"
#include "schema/results.h"

namespace sluice {
namespace {

bool SaysMalformed(const Results& results) {
  for (const Finding& finding : results.findings) {
    if (finding.rule->id == "SL001") return true;
  }
  return false;
}

void RequireFindingsMakeSense(const Results& results) {
  for (const Finding& finding : results.findings) {
    Require(finding.rule != nullptr, "a finding has a rule");
    Require(finding.input < results.inputs.size(), "a finding has an input");
    Require(!finding.message.empty(), "a finding has a message");
    Require(finding.binary || (finding.line > 0 && finding.column > 0), "a place in a text");
  }
}

// Whether the reader of this kind says that reading would cost more than the limits allow.
bool OverLimit(std::string_view kind, const Bytes& bytes) {
  const ReadResult read = FindFormat(kind)->read(bytes, BuiltInReadOptions());
  return !read.ok() && read.malformed().over_limit;
}

// `kind` is what the reader was, empty when none recognised the bytes.
void RequireVerdict(const Results& results, std::string_view kind, const Bytes& bytes) {
  const int exit = ExitCode(results, FailOn::kError, /*require_checked=*/false);
  const bool malformed = SaysMalformed(results);
  if (malformed) {
    Require(exit == 1, "a malformed file is exit 1");
    Require(results.findings.size() == 1, "nothing further is said of a malformed file");
  } else if (results.checked.empty()) {
    Require(kind.empty() || OverLimit(kind, bytes), "what a reader takes is checked");
    Require(exit == 2 && !results.not_checked.empty(), "what is not read is exit 2");
  } else {
    // No Sysmon sensor takes channel content, and then the fleet that was asked for went unchecked.
    Require(exit != 2 || results.checked[0].sensors.none(), "content gives a verdict");
  }
  ++(malformed || results.checked.empty() ? Inputs().refused : Inputs().accepted);
}

LintOptions Options(std::string_view kind, bool assume_loaded) {
  LintOptions options;
  options.fleet = *BuiltInFleet("sysmon-all");
  options.fleet_requested = true;
  options.kind = std::string(kind);
  options.assume_loaded = assume_loaded;
  options.excerpts = assume_loaded;
  return options;
}

void LintAs(std::string_view kind, const Bytes& bytes) {
  for (const bool assume_loaded : {false, true}) {
    const absl::StatusOr<Results> results = LintBytes("input", bytes, Options(kind, assume_loaded));
    Require(results.ok(), "linting bytes never fails by itself");
    Require(results->inputs.size() == 1, "one input");
    RequireFindingsMakeSense(*results);
    RequireVerdict(*results, results->inputs[0].kind, bytes);
  }
}

}  // namespace
}  // namespace sluice

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const sluice::Bytes bytes = sluice::ToBytes(data, size);
  sluice::LintAs("", bytes);
  for (const sluice::Format& format : sluice::Formats()) sluice::LintAs(format.kind, bytes);
  return 0;
}
