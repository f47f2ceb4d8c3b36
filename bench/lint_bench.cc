// What linting costs, against what cannot be had for less: reading the file, its SHA-256, the XML
// parser's own work, a process that does nothing. docs/performance.md keeps the results.
//
// Real files come from the shared data; without it their rows are left out, and the run says so.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "bench/channel_rows.h"
#include "bench/files.h"
#include "bench/generate.h"
#include "bench/ratios.h"
#include "bench/sigma_rows.h"
#include "gate/file.h"
#include "gate/lint.h"
#include "gate/memory.h"
#include "schema/contract.h"
#include "schema/contracts/built_in_fleets.h"
#include "schema/digest.h"

namespace sluice {
namespace {

using Paths = std::vector<std::string>;

constexpr size_t kAdversaryBytes = 2 << 20;
// A regular expression costs RE2's work, which kMaxSigmaRegexCost bounds for a file.
constexpr double kRuleAdversaryLimit = 10.0;

LintOptions AllVersions(bool assume_loaded) {
  LintOptions options;
  options.fleet = *BuiltInFleet("sysmon-all");
  options.fleet_requested = true;
  options.assume_loaded = assume_loaded;
  return options;
}

// A contender that did not do its work would look fast, so each checks that it did.
void Check(bool worked, const char* what) {
  if (worked) return;
  std::fprintf(stderr, "bench: %s did not do its work\n", what);
  std::exit(2);
}

void LintFiles(const Paths& paths, const LintOptions& options) {
  const absl::StatusOr<Results> results = Lint(paths, options);
  Check(results.ok() && results->inputs.size() == paths.size(), "lint");
}

void ReadAndDigest(const Paths& paths, bool parse) {
  for (const std::string& path : paths) {
    const auto bytes = ReadFile(path);
    Check(bytes.ok(), "reading");
    benchmark::DoNotOptimize(Sha256Hex(**bytes));
    if (!parse) continue;
    pugi::xml_document document;
    benchmark::DoNotOptimize(document.load_buffer((*bytes)->data(), (*bytes)->size()));
  }
}

void AddReal(Ratios& ratios, const std::string& what, const Paths& paths, bool xml, double limit) {
  const uint64_t bytes = SizeOf(paths);
  const std::string peer = what + ": read, SHA-256" + (xml ? ", pugixml" : "");
  ratios.Measure(peer, bytes, [=] { ReadAndDigest(paths, xml); });
  for (const bool assume_loaded : {false, true}) {
    if (xml && assume_loaded) continue;
    const std::string name = what + ", 21 versions" + (assume_loaded ? ", assumed loaded" : "");
    ratios.Measure(name, bytes,
                   [=, options = AllVersions(assume_loaded)] { LintFiles(paths, options); });
    ratios.Compare(name, name, peer, limit);
  }
}

// All files; of blobs the largest by itself, and all others.
void AddRealFiles(Ratios& ratios, std::string_view ending, const std::string& kind, double limit) {
  const Paths all = SharedFiles(ending);
  if (all.empty()) {
    std::fprintf(stderr, "bench: no shared data, so nothing is measured on real %ss\n",
                 kind.c_str());
    return;
  }
  if (ending == ".xml") {
    AddReal(ratios, "the real " + kind + "s", all, /*xml=*/true, limit);
    return;
  }
  const std::string largest =
      *std::ranges::max_element(all, {}, [](const std::string& path) { return SizeOf({path}); });
  Paths others = all;
  std::erase(others, largest);
  AddReal(ratios, "largest real " + kind, {largest}, /*xml=*/false, limit);
  AddReal(ratios, "the other real " + kind + "s", others, /*xml=*/false, limit);
}

// A sensor that takes the channel content which the benchmarks make.
const Contract& ChannelContract() {
  static const std::array<std::string, 20> names = [] {
    std::array<std::string, 20> made;
    for (size_t i = 0; i < made.size(); ++i) {
      made[i] = (i < 10 ? "field_000000" : "field_00000") + std::to_string(i);
    }
    return made;
  }();
  static const std::array<ContractField, 20> fields = [] {
    std::array<ContractField, 20> made;
    for (size_t i = 0; i < made.size(); ++i) made[i] = {names[i], ValueType::kString, ""};
    return made;
  }();
  static const ContractType type = {.name = "T", .id = 1, .fields = fields};
  static const Contract contract = {.sensor = "bench",
                                    .version = "1",
                                    .rank = 1,
                                    .types = {&type, 1},
                                    .operator_mask = ~uint64_t{0}};
  return contract;
}

LintOptions OptionsFor(const std::string& kind) {
  LintOptions options = AllVersions(/*assume_loaded=*/false);
  options.kind = kind;
  if (kind == "content-text") {
    options.fleet = {};
    options.fleet.Add({.name = "bench", .version = "1", .contract = &ChannelContract()});
  }
  return options;
}

// False for what is malformed, and for what is over a limit.
bool WasRead(const Results& results) {
  const bool malformed = !results.findings.empty() && results.findings[0].rule->id == "SL001";
  return !results.checked.empty() && !malformed;
}

// Lints from memory, with the set-up done once: what is compared is the cost of a byte.
void AddGenerated(Ratios& ratios, const std::string& name, const std::string& kind,
                  std::string text, bool refused = false) {
  absl::StatusOr<std::unique_ptr<Linter>> made = Linter::Make(OptionsFor(kind));
  Check(made.ok(), "set-up");
  const std::shared_ptr<const Linter> linter = *std::move(made);
  const auto bytes = std::make_shared<const std::string>(std::move(text));
  Check(WasRead(linter->LintBytes("generated", bytes)) == !refused, name.c_str());
  ratios.Measure(name, bytes->size(),
                 [=] { Check(linter->LintBytes("generated", bytes).inputs.size() == 1, "lint"); });
}

struct Generator {
  std::string kind;
  std::string (*make)(size_t bytes);
  size_t most;  // what its limits let through
};
const Generator kGenerators[] = {{"sysmon-blob", &OrdinaryBlob, 40'000'000},
                                 {"sysmon-xml", &OrdinaryConfig, 40'000'000},
                                 {"content-text", &OrdinaryText, 40'000'000},
                                 {"sigma", &OrdinaryRules, 10'000'000}};

// Time for each byte, from 10 KB to 40 MB, against that of the smallest.
void AddGrowth(Ratios& ratios) {
  for (const Generator& generator : kGenerators) {
    const std::string smallest = generator.kind + " of 10 KB";
    for (const size_t bytes :
         {size_t{10'000}, size_t{100'000}, size_t{1'000'000}, generator.most}) {
      const std::string name = generator.kind + " of " + std::to_string(bytes / 1000) + " KB";
      AddGenerated(ratios, name, generator.kind, generator.make(bytes));
      if (name == smallest) continue;
      ratios.Compare(name + ", each byte", name, smallest, 1.3);
    }
  }
}

void AddAdversaries(Ratios& ratios) {
  for (const Generator& generator : kGenerators) {
    AddGenerated(ratios, generator.kind + ", ordinary", generator.kind,
                 generator.make(kAdversaryBytes));
  }
  for (Adversary& adversary : Adversaries(kAdversaryBytes)) {
    const std::string name = adversary.kind + ", " + adversary.name;
    AddGenerated(ratios, name, adversary.kind, std::move(adversary.bytes), adversary.refused);
    const double limit = adversary.kind == "sigma" ? kRuleAdversaryLimit : 2.0;
    ratios.Compare(name + ", each byte", name, adversary.kind + ", ordinary", limit);
  }
}

// A small blob linted by the command as a whole process, against `true`: alone, and against every
// version, most of which refuse it.
void AddProcess(Ratios& ratios, const std::string& blob) {
  ratios.MeasureProcess("true", [] { return CpuSecondsOf({"true"}, 0); });
  ratios.MeasureProcess("sluice lint", [=] {
    return CpuSecondsOf({SLUICE_COMMAND, "lint", blob}, 0);
  });
  ratios.MeasureProcess("sluice lint --fleet", [=] {
    return CpuSecondsOf({SLUICE_COMMAND, "lint", "--fleet", "sysmon-all", blob}, 1);
  });
  ratios.Compare("process: lint a small blob, against `true`", "sluice lint", "true", 2.5);
  ratios.Compare("process: the same, 21 versions", "sluice lint --fleet", "true", 2.5);
}

int Main(int argc, char** argv) {
  KeepFreedMemory();
  Ratios ratios;
  const ScratchFile blob("small.bin", OrdinaryBlob(2'000));
  AddRealFiles(ratios, ".bin", "blob", 4.0);
  AddRealFiles(ratios, ".xml", "configuration", 3.0);
  AddSigmaRows(ratios);
  AddProcess(ratios, blob.path());
  AddGrowth(ratios);
  AddAdversaries(ratios);
  AddChannelRows(ratios);
  return ratios.Run(argc, argv);
}

}  // namespace
}  // namespace sluice

int main(int argc, char** argv) { return sluice::Main(argc, argv); }
