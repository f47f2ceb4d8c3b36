// A channel file is linted as what it was compiled from: the same rules find the same, and each
// finding says where it came from.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "gate/lint.h"
#include "parser/channel/channel_writer.h"
#include "parser/format.h"
#include "schema/contracts/built_in_fleets.h"
#include "schema/digest.h"
#include "schema/self_contract.h"
#include "schema/text.h"
#include "tests/schema/rules/lint_case.h"
#include "tests/support/shared_data.h"

namespace sluice {
namespace {

namespace fs = std::filesystem;

using Said = std::tuple<std::string, std::string, std::string, std::string, std::string, bool>;

// What is found by the rules that speak of `other`, too.
std::set<Said> Findings(const Results& results, ContentClass other, bool fleet) {
  std::set<Said> said;
  for (const Finding& f : results.findings) {
    if (!f.rule->scope.SpeaksOf(other, fleet) || f.rule->category == Category::kMalformed) continue;
    // The number of bytes is that of another file.
    if (std::string_view(f.rule->id) == "SL207" && f.instance.empty()) continue;
    std::string sensors;
    for (const std::string& name : results.fleet.Names(f.sensors)) sensors += name + " ";
    // In the rules of a release two of one id are two rules, and in a file two instances.
    const bool twice = std::string_view(f.rule->id) == "SL105";
    said.emplace(f.rule->id, Lowercase(f.instance), f.field, twice ? "" : f.effect, sensors,
                 f.severity == Severity::kError);
  }
  return said;
}

struct Compiled {
  std::shared_ptr<const std::string> bytes;  // nullptr: it cannot be compiled
  ContentClass from;
  ContentClass to;
};

// All of a file that can be compiled, when that is all of it.
Compiled Compile(const std::shared_ptr<const std::string>& bytes, const ContractSet& contracts) {
  const Format* format = RecogniseFormat(*bytes);
  if (format == nullptr || format->kind == "channel") return {};
  const SelfContracts self(contracts, nullptr);
  const ReadOptions options{.self_contracts = &self};
  const ReadResult read = format->read(bytes, options);
  if (!read.ok()) return {};
  ChannelAssembler assembler(ChannelOptionsOf(read.content()));
  const std::string digest = Sha256Hex(*bytes);
  const ChannelSource source{
      .path = "case", .sha256 = digest, .reference = self.Of(read.content()).reference};
  // A channel file names the events that a blob may only number.
  const auto nameless = [](const TemplateType& type) { return type.name.empty(); };
  if (std::ranges::any_of(read.content().types(), nameless)) return {};
  if (!assembler.Add(read.content(), source).empty()) return {};
  auto channel = std::make_shared<const std::string>(std::move(assembler).Finish().value());
  const ReadResult back = FindFormat("channel")->read(channel, options);
  EXPECT_TRUE(back.ok()) << back.malformed().structure << ": " << back.malformed().message;
  if (!back.ok()) return {};
  return {channel, ClassOf(read.content()), ClassOf(back.content())};
}

void ExpectSources(const Results& results, const std::string& what) {
  for (const Finding& f : results.findings) {
    if (f.instance.empty()) continue;
    EXPECT_TRUE(f.binary);
    ASSERT_TRUE(f.source.has_value()) << what << " " << f.rule->id;
    EXPECT_EQ(f.source->path, "case");
    EXPECT_EQ(f.source->sha256.size(), 64u);
  }
}

TEST(ChannelLint, FindsWhatItsSourceHas) {
  size_t compiled = 0;
  size_t found = 0;
  for (const RuleCase& one : AllCases()) {
    // What no date has is known of a value as it is written.
    if (one.shows == "an hour that no day has") continue;
    const auto bytes = std::make_shared<const std::string>(one.text);
    const Compiled channel = Compile(bytes, Contracts());
    if (channel.bytes == nullptr) continue;
    LintOptions options;
    options.contracts = &Contracts();
    options.fleet_requested = !one.fleet.empty();
    options.assume_loaded = one.assume_loaded;
    for (const std::string& name : one.fleet) options.fleet.Add(SensorNamed(name));
    const auto before = LintBytes("case", bytes, options);
    const auto after = LintBytes("case", channel.bytes, options);
    ASSERT_TRUE(before.ok() && after.ok());
    const bool fleet = options.fleet_requested;
    EXPECT_EQ(Findings(*before, channel.to, fleet), Findings(*after, channel.from, fleet))
        << one.rule << ": " << one.shows;
    ExpectSources(*after, one.rule + ": " + one.shows);
    ++compiled;
    found += Findings(*after, channel.from, fleet).size();
  }
  EXPECT_GT(compiled, 300u);
  EXPECT_GT(found, 100u);
}

// Every shared Sigma rule that can be compiled, against every version of Sysmon.
TEST(ChannelLint, RealSigmaRules) {
  std::vector<fs::path> files;
  std::error_code error;
  for (const auto& entry : fs::recursive_directory_iterator(SharedData() / "sigma", error)) {
    if (entry.path().extension() == ".yml") files.push_back(entry.path());
  }
  SLUICE_NEED_SHARED(files);
  LintOptions options;
  options.fleet = *BuiltInFleet("sysmon-all");
  options.fleet_requested = true;
  const auto linter = Linter::Make(options);
  ASSERT_TRUE(linter.ok());
  size_t compiled = 0;
  size_t found = 0;
  for (const fs::path& path : files) {
    const auto bytes = Slurp(path);
    const Compiled channel = Compile(bytes, ContractSet::BuiltIn());
    if (channel.bytes == nullptr) continue;
    const Results before = (*linter)->LintBytes("case", bytes);
    const Results after = (*linter)->LintBytes("case", channel.bytes);
    EXPECT_EQ(Findings(before, channel.to, true), Findings(after, channel.from, true)) << path;
    ExpectSources(after, path.string());
    ++compiled;
    found += Findings(after, channel.from, true).size();
  }
  EXPECT_GT(compiled, 1000u);
  EXPECT_GT(found, 100u);
  RecordProperty("compiled", static_cast<int>(compiled));
  RecordProperty("found", static_cast<int>(found));
}

}  // namespace
}  // namespace sluice
