#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "engine/engine.h"
#include "parser/channel/channel_reader.h"
#include "schema/verified_content.h"
#include "tests/engine/agreement.h"
#include "tests/engine/generate_channel.h"
#include "tests/engine/naive_channel_events.h"
#include "tests/parser/channel/naive_channel_writer.h"

// The engine decides on channel files as the naive evaluator of docs/channel-format.md does.

namespace sluice::naive {
namespace {

#if defined(__SANITIZE_ADDRESS__)
constexpr uint32_t kFiles = 1'000;
#else
constexpr uint32_t kFiles = 6'000;
#endif
constexpr uint32_t kEventsOfInstance = 20;

struct Counts {
  uint64_t pairs = 0;
  uint64_t matches = 0;
  uint64_t instances = 0;
  uint64_t taken = 0;
};

std::string Describe(const NaiveType& type, const NaiveInstance& instance) {
  std::stringstream out;
  for (const NaiveCriterion& criterion : instance.criteria) {
    const bool any = criterion.field == kNaiveNone;
    out << (any ? "any field" : type.fields[criterion.field].name) << " operator "
        << int{criterion.op} << " flags " << int{criterion.flags} << " time part "
        << int{criterion.time_part} << ":";
    for (const std::string& operand : criterion.operands) out << " [" << operand << "]";
    out << "\n";
  }
  for (const uint32_t token : instance.condition) {
    out << " " << (token >> 28) << ":" << (token & 0xFFFFFFF);
  }
  out << "\n";
  return out.str();
}

std::unique_ptr<Engine> EngineOf(const NaiveChannel& channel, bool prefilter) {
  ReadResult read = ReadChannel(std::make_shared<const std::string>(WriteNaive(channel)), {});
  EXPECT_TRUE(read.ok()) << read.malformed().message;
  if (!read.ok()) return nullptr;
  static const Verifier verifier(ContractSet::BuiltIn(), {.skip_failing = true});
  Verification verified = verifier.Verify(std::move(read).TakeContent());
  if (!verified.ok()) return nullptr;
  auto engine = Engine::Make(*std::move(verified.content), {.prefilter = prefilter});
  EXPECT_TRUE(engine.ok()) << engine.status();
  return engine.ok() ? std::make_unique<Engine>(*std::move(engine)) : nullptr;
}

bool Runs(const Engine& engine, uint32_t instance) {
  const bool not_run = std::ranges::any_of(
      engine.not_run(), [&](const NotRun& one) { return one.instance.instance == instance; });
  return engine.contents()[0].takes(instance) && !not_run;
}

void Compare(NaiveRandom& random, const GeneratedChannel& made, bool prefilter, Counts* counts) {
  counts->instances += made.channel.instances.size();
  const auto engine = EngineOf(made.channel, prefilter);
  if (engine == nullptr) return;
  Scratch scratch(*engine);
  Outcome outcome;
  for (const NaiveType& type : made.channel.types) {
    for (uint32_t i = type.first_instance; i < type.instances_end; ++i) {
      if (!Runs(*engine, i)) continue;
      ++counts->taken;
      const NaiveInstance& instance = made.channel.instances[i];
      for (uint32_t n = 0; n < kEventsOfInstance; ++n) {
        Event event = EventNear(random, type.name, made.hints[i]);
        if (!random.OneIn(20)) event.types = {type.name};
        const auto naive = Matches(type, instance, made.channel.dialect == 2, event);
        ASSERT_TRUE(naive.has_value()) << Describe(type, instance);
        engine->Run(ForEngine(event), scratch, outcome);
        ++counts->pairs;
        if (*naive) ++counts->matches;
        const bool matched = std::ranges::count(outcome.matches, InstanceRef{0, i}) == 1;
        ASSERT_EQ(matched, *naive) << Describe(type, instance) << Describe(event);
      }
    }
  }
}

TEST(ChannelAgreement, OnGeneratedFilesAndEvents) {
  NaiveRandom random(291);
  Counts counts;
  for (uint32_t file = 0; file < kFiles && !HasFailure(); ++file) {
    const GeneratedChannel made = RandomChannel(random);
    Compare(random, made, true, &counts);
    Compare(random, made, false, &counts);
  }
  if (HasFailure()) return;
  EXPECT_GT(counts.taken, counts.instances * 8 / 10);
  EXPECT_GT(counts.matches, counts.pairs / 5);
  EXPECT_LT(counts.matches, counts.pairs * 4 / 5);
  RecordProperty("pairs", std::to_string(counts.pairs));
  RecordProperty("matches", std::to_string(counts.matches));
}

}  // namespace
}  // namespace sluice::naive
