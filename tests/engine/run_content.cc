#include "tests/engine/run_content.h"

#include <gtest/gtest.h>

#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "parser/channel/channel_writer.h"
#include "parser/format.h"
#include "schema/text.h"

namespace sluice {
namespace {

constexpr std::string_view kType = "windows/process_creation";

const SelfContracts& Known() {
  static const auto& known = *new SelfContracts(ContractSet::BuiltIn(), nullptr);
  return known;
}

Outcome RunOne(Content content, const Event& event, const EngineOptions& options) {
  const Engine engine = MakeEngine(std::move(content), options);
  EXPECT_TRUE(engine.not_run().empty());
  Scratch scratch(engine);
  Outcome outcome;
  engine.Run(event, scratch, outcome);
  EXPECT_FALSE(outcome.exhausted);
  return outcome;
}

// As a copy: a content is used up by its engine.
Content Again(const Content& content) { return ReadContent(content.kind(), content.bytes()); }

}  // namespace

Content ReadContent(std::string_view kind, std::string_view text) {
  const Format* format = FindFormat(kind);
  ReadResult read =
      format->read(std::make_shared<const std::string>(text), {.self_contracts = &Known()});
  EXPECT_TRUE(read.ok()) << read.malformed().structure << ": " << read.malformed().message << "\n"
                         << text;
  return std::move(read).TakeContent();
}

VerifiedContent Verified(Content content) {
  const std::string text(content.bytes());
  Verification verified = Verify(std::move(content), ContractSet::BuiltIn());
  for (const Finding& error : verified.errors) ADD_FAILURE() << error.message << "\n" << text;
  return *std::move(verified.content);
}

Engine MakeEngine(Content content, const EngineOptions& options) {
  absl::StatusOr<Engine> engine = Engine::Make(Verified(std::move(content)), options);
  EXPECT_TRUE(engine.ok()) << engine.status();
  return *std::move(engine);
}

std::string RuleOf(std::string_view detection) {
  std::string rule =
      "title: A\nid: 6e4d1c6a-0f0b-4a4c-9b39-5a0f7e3b5b11\nstatus: test\n"
      "logsource:\n  product: windows\n  category: process_creation\ndetection:\n";
  while (!detection.empty()) {
    const size_t end = std::min(detection.find('\n'), detection.size());
    absl::StrAppend(&rule, "  ", Abseil(detection.substr(0, end)), "\n");
    detection.remove_prefix(std::min(end + 1, detection.size()));
  }
  return rule;
}

bool Matches(const Content& content, const Event& event) {
  const bool fast = !RunOne(Again(content), event, {}).matches.empty();
  const bool plain = !RunOne(Again(content), event, {.prefilter = false}).matches.empty();
  const bool traced = !RunOne(Again(content), event, {.trace = true}).matches.empty();
  EXPECT_EQ(fast, plain) << content.bytes();
  EXPECT_EQ(traced, plain) << content.bytes();
  const absl::StatusOr<std::string> channel = WriteChannel(content);
  // What is true or false in itself has no form in a channel file.
  if (channel.ok()) {
    const Outcome compiled = RunOne(ReadContent("channel", *channel), event, {});
    EXPECT_EQ(!compiled.matches.empty(), plain) << "compiled: " << content.bytes();
  }
  return plain;
}

bool RuleMatches(std::string_view detection, const std::vector<EventField>& fields) {
  Event event{.types = {kType}, .fields = fields};
  return Matches(ReadContent("sigma", RuleOf(detection)), event);
}

bool KeyMatches(std::string_view key_and_value, const std::vector<EventField>& fields) {
  std::string detection = "s:\n";
  for (const std::string_view line : {key_and_value})
    absl::StrAppend(&detection, "  ", Abseil(line), "\n");
  absl::StrAppend(&detection, "condition: s");
  return RuleMatches(detection, fields);
}

std::string ChannelText(std::string_view instance) {
  return absl::StrCat(
      "# proto-message: sluice.v1.Content\n"
      "template_type { name: \"T\" field { name: \"a\" type: \"string\" }\n"
      "  field { name: \"b\" type: \"string\" } field { name: \"c\" type: \"uint32\" } }\n"
      "instance { id: \"1\" template_type: \"T\"\n",
      Abseil(instance), "}\n");
}

bool ChannelMatches(std::string_view instance, const std::vector<EventField>& fields) {
  Event event{.types = {"T"}, .fields = fields};
  return Matches(ReadContent("content-text", ChannelText(instance)), event);
}

}  // namespace sluice
