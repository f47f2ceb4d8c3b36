#include "bench/sigma_rows.h"

#include <yaml.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "bench/files.h"
#include "gate/file.h"
#include "gate/lint.h"
#include "schema/contracts/built_in_fleets.h"

namespace sluice {
namespace {

constexpr uint64_t kMostMemory = uint64_t{100} << 20;

[[noreturn]] void Fail(const char* what) {
  std::fprintf(stderr, "bench: %s did not do its work\n", what);
  std::exit(2);
}

using Texts = std::vector<std::shared_ptr<const std::string>>;

Texts ReadTexts(const std::vector<std::string>& paths) {
  Texts texts;
  for (const std::string& path : paths) {
    auto text = ReadFile(path);
    if (!text.ok()) Fail("reading");
    texts.push_back(*std::move(text));
  }
  return texts;
}

// The least that a YAML reader can do: every event of every text, and nothing kept. The texts are
// in memory already.
void GiveEvents(const Texts& texts) {
  for (const auto& text : texts) {
    yaml_parser_t parser;
    if (yaml_parser_initialize(&parser) == 0) Fail("libyaml");
    yaml_parser_set_input_string(&parser, reinterpret_cast<const unsigned char*>(text->data()),
                                 text->size());
    for (bool more = true; more;) {
      yaml_event_t event;
      if (yaml_parser_parse(&parser, &event) == 0) break;
      more = event.type != YAML_STREAM_END_EVENT;
      yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
  }
}

void LintRules(const std::vector<std::string>& paths, int jobs) {
  LintOptions options;
  options.fleet = *BuiltInFleet("sysmon-all");
  options.fleet_requested = true;
  options.jobs = jobs;
  const absl::StatusOr<Results> results = Lint(paths, options);
  if (!results.ok() || results->checked.size() != paths.size()) Fail("lint");
}

double WallSecondsOf(const std::vector<std::string>& paths, int jobs) {
  const auto begin = std::chrono::steady_clock::now();
  LintRules(paths, jobs);
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

}  // namespace

void AddSigmaRows(Ratios& ratios) {
  const std::vector<std::string> paths = SharedRules();
  if (paths.empty()) {
    std::fprintf(stderr, "bench: no shared data, so nothing is measured on real Sigma rules\n");
    return;
  }
  const uint64_t bytes = SizeOf(paths);
  const std::string peer = "the real Sigma rules: libyaml's events, from memory";
  const std::string one = "the real Sigma rules, 21 versions";
  ratios.Measure(peer, bytes, [texts = ReadTexts(paths)] { GiveEvents(texts); });
  ratios.Measure(one, bytes, [=] { LintRules(paths, 1); });
  ratios.Compare(one, one, peer, 4.0);
  const std::string wall_one = "rules, one thread";
  const std::string wall_two = "rules, two threads";
  ratios.MeasureProcess(wall_one, [=] { return WallSecondsOf(paths, 1); });
  ratios.MeasureProcess(wall_two, [=] { return WallSecondsOf(paths, 2); });
  ratios.Compare("the same on two threads, against one", wall_two, wall_one, 1 / 1.7);
  std::vector<std::string> command = {SLUICE_COMMAND, "lint", "--fleet", "sysmon-all",
                                      "--jobs",       "2",    "--quiet"};
  command.insert(command.end(), paths.begin(), paths.end());
  ratios.Bound("the same, most memory of the process", PeakMemoryOf(command, 1), kMostMemory);
}

}  // namespace sluice
