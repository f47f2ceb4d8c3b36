#include "tests/engine/agreement.h"

#include <gtest/gtest.h>

#include <set>
#include <utility>

#include "parser/channel/channel_reader.h"
#include "parser/channel/channel_writer.h"
#include "parser/sigma/sigma_reader.h"
#include "schema/verified_content.h"
#include "tests/engine/generate_sigma.h"
#include "tests/engine/naive_channel_events.h"

namespace sluice::naive {
namespace {

constexpr size_t kShown = 5;

ReadOptions OptionsOf(const Placeholders& placeholders) {
  ReadOptions options;
  options.placeholders = [&placeholders](std::string_view name) {
    const auto found = placeholders.find(std::string(name));
    return found == placeholders.end() ? nullptr : &found->second;
  };
  return options;
}

Bytes Shared(const std::string& text) { return std::make_shared<const std::string>(text); }

const Verifier& AnyVerifier() {
  static const Verifier verifier(ContractSet::BuiltIn(), {.skip_failing = true});
  return verifier;
}

// A content of one rule that the engine may run, otherwise why it may not.
std::optional<VerifiedContent> Take(const std::string& yaml, const Placeholders& placeholders,
                                    std::string* why) {
  ReadResult read = ReadSigma(Shared(yaml), OptionsOf(placeholders));
  if (!read.ok()) return *why = read.malformed().message, std::nullopt;
  if (read.content().instances().size() != 1) return *why = "not one rule", std::nullopt;
  Verification verified = AnyVerifier().Verify(std::move(read).TakeContent());
  for (const NotTaken& not_taken : verified.not_taken) *why = not_taken.why;
  for (const Finding& error : verified.errors) *why = error.message;
  if (!verified.ok() || !verified.content->takes(0)) return std::nullopt;
  return std::move(verified.content);
}

EventValueKind KindOf(EventField::Kind kind) {
  switch (kind) {
    case EventField::kNumber:
      return EventValueKind::kNumber;
    case EventField::kBoolean:
      return EventValueKind::kBoolean;
    case EventField::kNull:
      return EventValueKind::kNull;
    case EventField::kText:
      break;
  }
  return EventValueKind::kText;
}

}  // namespace

sluice::Event ForEngine(const Event& event) {
  sluice::Event out;
  out.types.assign(event.types.begin(), event.types.end());
  for (const EventField& field : event.fields) {
    out.fields.push_back({field.name, field.text, KindOf(field.kind)});
  }
  return out;
}

Agreement::Agreement(const std::vector<SourceRule>& rules, const Placeholders& placeholders) {
  for (const SourceRule& source : rules) {
    std::string naive_why;
    std::string engine_why;
    auto naive = ReadRule(source.yaml, placeholders, &naive_why, true);
    auto content = Take(source.yaml, placeholders, &engine_why);
    if (content) {
      const auto engine = Engine::Make(*std::move(content));
      if (!engine.ok()) engine_why = std::string(engine.status().message());
      for (const NotRun& not_run : engine->not_run()) engine_why = "not run: " + not_run.why;
    }
    if (naive && engine_why.empty()) {
      rules_.push_back({source, *std::move(naive)});
    } else if (naive || engine_why.empty()) {
      differences_.push_back(
          "only " +
          (naive ? "naive takes, engine: " + engine_why : "the engine takes, naive: " + naive_why) +
          "\n" + source.yaml);
    }
  }
  if (rules_.empty()) return;
  AddSource(true, placeholders);
  AddSource(false, placeholders);
  const std::string bytes = Compile(placeholders);
  if (bytes.empty()) return;
  AddChannel(bytes, true);
  AddChannel(bytes, false);
}

std::vector<std::string> Agreement::types() const {
  std::set<std::string> types;
  for (const TakenRule& rule : rules_) types.insert(rule.naive.type);
  return {types.begin(), types.end()};
}

void Agreement::AddSource(bool prefilter, const Placeholders& placeholders) {
  Side& side = sides_.emplace_back();
  side.name = prefilter ? "source" : "source, plain";
  std::vector<VerifiedContent> contents;
  std::string why;
  for (const TakenRule& rule : rules_) {
    side.rule_of.push_back(static_cast<uint32_t>(contents.size()));
    contents.push_back(*Take(rule.source.yaml, placeholders, &why));
  }
  auto engine = Engine::Make(std::move(contents), {.prefilter = prefilter});
  ASSERT_TRUE(engine.ok()) << engine.status();
  side.engine = std::make_unique<Engine>(*std::move(engine));
  side.scratch = std::make_unique<Scratch>(*side.engine);
}

std::string Agreement::Compile(const Placeholders& placeholders) {
  ChannelOptions options;
  options.dialect = Dialect::kSigma;
  ChannelAssembler assembler(options);
  for (const TakenRule& rule : rules_) {
    ReadResult read = ReadSigma(Shared(rule.source.yaml), OptionsOf(placeholders));
    // Refusals are conditions that are true or false in themselves, and such.
    assembler.Add(read.content());
  }
  absl::StatusOr<std::string> bytes = std::move(assembler).Finish();
  if (!bytes.ok()) ADD_FAILURE() << bytes.status();
  if (!bytes.ok()) return "";
  std::string why;
  channel_ = ReadNaive(*bytes, &why);
  EXPECT_TRUE(channel_.has_value()) << why;
  if (!channel_) return "";
  for (const NaiveType& type : channel_->types) {
    for (uint32_t i = type.first_instance; i < type.instances_end; ++i) {
      for (TakenRule& rule : rules_) {
        if (rule.source.id != channel_->instances[i].id) continue;
        rule.type = &type;
        rule.instance = &channel_->instances[i];
      }
    }
  }
  return *std::move(bytes);
}

void Agreement::AddChannel(const std::string& bytes, bool prefilter) {
  ReadResult read = ReadChannel(Shared(bytes), {});
  ASSERT_TRUE(read.ok()) << read.malformed().message;
  Verification verified = AnyVerifier().Verify(std::move(read).TakeContent());
  ASSERT_TRUE(verified.ok()) << verified.errors.size();
  for (const NotTaken& not_taken : verified.not_taken) {
    ADD_FAILURE() << "compiled, and not taken: " << not_taken.why;
  }
  auto engine = Engine::Make(*std::move(verified.content), {.prefilter = prefilter});
  ASSERT_TRUE(engine.ok()) << engine.status();
  Side& side = sides_.emplace_back();
  side.name = prefilter ? "channel file" : "channel file, plain";
  side.channel = true;
  side.engine = std::make_unique<Engine>(*std::move(engine));
  side.scratch = std::make_unique<Scratch>(*side.engine);
  EXPECT_TRUE(side.engine->not_run().empty());
  for (const Instance& instance : side.engine->content().instances()) {
    uint32_t found = kNone;
    for (uint32_t i = 0; i < rules_.size(); ++i) {
      if (rules_[i].instance != nullptr && rules_[i].instance->id == instance.id) found = i;
    }
    ASSERT_NE(found, kNone) << instance.id;
    side.rule_of.push_back(found);
  }
}

std::vector<bool> Agreement::Decide(Side& side, const sluice::Event& event, Outcome& outcome) {
  side.engine->Run(event, *side.scratch, outcome);
  EXPECT_FALSE(outcome.exhausted);
  std::vector<bool> matched(rules_.size());
  for (const InstanceRef& ref : outcome.matches) {
    matched[side.rule_of[side.channel ? ref.instance : ref.content]] = true;
  }
  return matched;
}

void Agreement::Run(const Event& event) {
  const sluice::Event view = ForEngine(event);
  std::vector<bool> naive;
  for (const TakenRule& rule : rules_) {
    naive.push_back(Matches(rule.naive, event));
    ++pairs_;
    if (naive.back()) ++matches_;
    if (rule.instance == nullptr) continue;
    const auto compiled = Matches(*rule.type, *rule.instance, true, event);
    if (compiled && *compiled != naive.back()) Differ(rule, event, "naive channel", naive.back());
  }
  for (Side& side : sides_) {
    const std::vector<bool> matched = Decide(side, view, outcome_);
    for (size_t i = 0; i < rules_.size(); ++i) {
      if (side.channel && rules_[i].instance == nullptr) continue;
      if (matched[i] != naive[i]) Differ(rules_[i], event, side.name, naive[i]);
    }
  }
}

void Agreement::Differ(const TakenRule& rule, const Event& event, const std::string& who,
                       bool naive) {
  if (differences_.size() >= kShown) return;
  differences_.push_back(who + " says " + (naive ? "no" : "yes") + ", naive says " +
                         (naive ? "yes" : "no") + "\n" + rule.source.yaml + "\n" + Describe(event));
}

}  // namespace sluice::naive
