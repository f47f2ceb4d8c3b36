#include "bench/channel_rows.h"

#include <benchmark/benchmark.h>
#include <google/protobuf/stubs/logging.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bench/files.h"
#include "bench/flatbuffers_peer.h"
#include "bench/generate_channel.h"
#include "bench/protobuf_peer.h"
#include "gate/compile.h"
#include "gate/file.h"
#include "gate/lint.h"
#include "parser/channel/channel_crc32c.h"
#include "parser/channel/channel_view.h"
#include "schema/contracts/built_in_fleets.h"
#include "schema/digest.h"

namespace sluice {
namespace {

using Shared = std::shared_ptr<const std::string>;
using Paths = std::vector<std::string>;

constexpr size_t kAdversaryBytes = 2 << 20;
constexpr uint32_t kFileInstances = 155;  // about 40 KB
constexpr uint32_t kFiles = 50;

void Check(bool worked, const std::string& what) {
  if (worked) return;
  std::fprintf(stderr, "bench: %s did not do its work\n", what.c_str());
  std::exit(2);
}

const uint8_t* Data(std::string_view bytes) {
  return reinterpret_cast<const uint8_t*>(bytes.data());
}

uint32_t Crc32c(std::string_view bytes) { return channel::Crc32c(Data(bytes), bytes.size()); }

bool Opens(std::string_view bytes) {
  ChannelView view;
  return OpenChannel(Data(bytes), bytes.size(), &view).ok();
}

// Things that no reader that does the work may take.
std::vector<Sample> BrokenSamples() {
  std::vector<Sample> broken(5, OrdinarySample(100));
  const auto criterion = [&broken](size_t i) -> SampleCriterion& {
    return broken[i].types.back().instances.back().criteria.back();
  };
  criterion(0).field = 5;
  criterion(1).op = static_cast<channel::Operator>(21);
  criterion(2).operands[0] = "\xC3\xC3 of twenty bytes";
  criterion(3).flags = channel::criterion::kDotAll;
  broken[4].types.back().instances.back().condition = {0, channel::token::Make({}, 9), 0x10000000};
  return broken;
}

// That every contender tells good from bad, so that none is quick because it does not look.
void ProveReaders() {
  const Sample good = OrdinarySample(100);
  const std::string flat = FlatBuffersBytes(good), message = ProtobufBytes(good);
  Check(Opens(ChannelBytes(good)), "OpenChannel");
  Check(FlatBuffersVerifies(flat) && FlatBuffersChecks(flat, Crc32c(flat)), "FlatBuffers");
  Check(ProtobufChecks(message, Crc32c(message)), "protobuf");
  Check(!FlatBuffersVerifies(flat.substr(0, flat.size() / 2)), "FlatBuffers' Verifier");
  Check(!FlatBuffersChecks(flat, 0) && !ProtobufChecks(message, 0), "a peer's checksum");
  const google::protobuf::LogSilencer silence;  // what is not UTF-8, it says and writes
  for (const Sample& sample : BrokenSamples()) {
    const std::string broken_flat = FlatBuffersBytes(sample);
    Check(!Opens(ChannelBytes(sample)), "OpenChannel");
    Check(!FlatBuffersChecks(broken_flat, Crc32c(broken_flat)), "FlatBuffers");
    const std::string broken_message = ProtobufBytes(sample);
    Check(!ProtobufChecks(broken_message, Crc32c(broken_message)), "protobuf");
  }
}

// Contenders are compared by the time that the same instances take, whatever their bytes.
class Verification {
 public:
  Verification(Ratios& ratios, uint32_t instances)
      : ratios_(ratios), instances_(instances), of_(", " + std::to_string(instances)) {}

  void Add(const Sample& sample) {
    const auto file = Take(ChannelBytes(sample));
    const auto flat = Take(FlatBuffersBytes(sample));
    const auto message = Take(ProtobufBytes(sample));
    Measure("channel", [=] { return Opens(*file); });
    Measure("FlatBuffers' Verifier", [=] { return FlatBuffersVerifies(*flat); });
    Measure("FlatBuffers", [=, crc = Crc32c(*flat)] { return FlatBuffersChecks(*flat, crc); });
    Measure("protobuf", [=, crc = Crc32c(*message)] { return ProtobufChecks(*message, crc); });
    Measure("CRC-32C", [=, crc = Crc32c(*file)] { return Crc32c(*file) == crc; });
    // In a small file what is done once for it counts, too.
    const double same_work = instances_ < 4'000 ? 0.5 : 0.25;
    Compare("FlatBuffers' Verifier alone", "FlatBuffers' Verifier", 1.0);
    Compare("FlatBuffers doing the same work", "FlatBuffers", same_work);
    Compare("protobuf's arena parse doing the same work", "protobuf", 0.1);
    Compare("a CRC-32C of the same bytes", "CRC-32C", 5.0);
  }

 private:
  static Shared Take(std::string bytes) {
    return std::make_shared<const std::string>(std::move(bytes));
  }

  void Measure(const std::string& what, std::function<bool()> work) {
    const std::string name = what + of_;
    ratios_.Measure(name, instances_, [name, work = std::move(work)] { Check(work(), name); });
  }

  void Compare(const std::string& what, const std::string& peer, double limit) {
    ratios_.Compare("channel file of " + std::to_string(instances_) + " instances, against " + what,
                    "channel" + of_, peer + of_, limit);
  }

  Ratios& ratios_;
  const uint32_t instances_;
  const std::string of_;
};

void AddVerification(Ratios& ratios) {
  ProveReaders();
  for (const uint32_t instances : {100u, 4'000u, 100'000u}) {
    Verification(ratios, instances).Add(OrdinarySample(instances));
  }
  ratios.Compare("channel file of 100000 instances, each, against one of 4000", "channel, 100000",
                 "channel, 4000", 1.6);
}

void AddAdversaries(Ratios& ratios) {
  const auto measure = [&ratios](const std::string& name, std::string bytes) {
    const Shared file = std::make_shared<const std::string>(std::move(bytes));
    ratios.Measure(name, file->size(), [=] { Check(Opens(*file), name); });
  };
  const std::string ordinary = "channel, ordinary";
  measure(ordinary, ChannelBytes(OrdinarySample(kAdversaryBytes / 300)));
  for (ChannelAdversary& adversary : ChannelAdversaries(kAdversaryBytes)) {
    const std::string name = "channel, " + adversary.name;
    measure(name, std::move(adversary.bytes));
    ratios.Compare(name + ", each byte", name, ordinary, 2.0);
  }
}

// Files that live as long as what is measured on them.
struct Scratch {
  std::vector<std::unique_ptr<ScratchFile>> files;
  Paths paths;
};

std::shared_ptr<const Scratch> ScratchFiles() {
  auto scratch = std::make_shared<Scratch>();
  for (uint32_t i = 0; i < kFiles; ++i) {
    const std::string bytes = ChannelBytes(OrdinarySample(kFileInstances, i));
    scratch->files.push_back(std::make_unique<ScratchFile>("channel-" + std::to_string(i), bytes));
    scratch->paths.push_back(scratch->files.back()->path());
  }
  return scratch;
}

void AddLinting(Ratios& ratios) {
  const std::shared_ptr<const Scratch> scratch = ScratchFiles();
  ratios.MeasureProcess("true, beside channel", [] { return CpuSecondsOf({"true"}, 0); });
  ratios.MeasureProcess("sluice lint channel", [=] {
    return CpuSecondsOf({SLUICE_COMMAND, "lint", "--fleet", "sysmon-all", scratch->paths[0]}, 0);
  });
  ratios.Compare("process: lint a channel file of 40 KB, 21 versions, against `true`",
                 "sluice lint channel", "true, beside channel", 2.5);
  LintOptions options;
  options.fleet = *BuiltInFleet("sysmon-all");
  options.fleet_requested = true;
  const std::string name = "channel files of 40 KB, 21 versions";
  const std::string peer = "channel files of 40 KB: read, SHA-256";
  const uint64_t bytes = SizeOf(scratch->paths);
  ratios.Measure(name, bytes, [=] {
    const auto results = Lint(scratch->paths, options);
    Check(results.ok() && results->checked.size() == kFiles, name);
  });
  ratios.Measure(peer, bytes, [=] {
    for (const std::string& path : scratch->paths) {
      const auto read = ReadFile(path);
      Check(read.ok(), peer);
      benchmark::DoNotOptimize(Sha256Hex(**read));
    }
  });
  ratios.Compare(name, name, peer, 4.0);
}

void AddCompiling(Ratios& ratios) {
  const Paths paths = SharedRules();
  if (paths.empty()) return;  // the rows of Sigma say so
  const std::string lint = "the real Sigma rules: lint";
  const std::string compile = "the real Sigma rules: compile";
  const uint64_t bytes = SizeOf(paths);
  ratios.Measure(lint, bytes, [=] {
    const auto results = Lint(paths, {});
    Check(results.ok() && results->inputs.size() == paths.size(), lint);
  });
  ratios.Measure(compile, bytes, [=] {
    const auto compiled = Compile(paths, {});
    Check(compiled.ok() && compiled->ok(), compile);
  });
  ratios.Compare("compile the real Sigma rules, against linting them", compile, lint, 2.0);
}

}  // namespace

void AddChannelRows(Ratios& ratios) {
  AddVerification(ratios);
  AddAdversaries(ratios);
  AddLinting(ratios);
  AddCompiling(ratios);
}

}  // namespace sluice
