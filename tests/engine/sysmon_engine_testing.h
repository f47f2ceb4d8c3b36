// What the tests of the Sysmon evaluator share: contents of every form, events, outcomes.

#ifndef SLUICE_TESTS_ENGINE_SYSMON_ENGINE_TESTING_H_
#define SLUICE_TESTS_ENGINE_SYSMON_ENGINE_TESTING_H_

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "engine/engine.h"
#include "parser/channel/channel_reader.h"
#include "parser/channel/channel_writer.h"
#include "parser/sysmon/blob_reader.h"
#include "parser/sysmon/config_reader.h"
#include "parser/text/content_text.h"
#include "schema/contract.h"
#include "schema/self_contract.h"
#include "schema/verified_content.h"
#include "tests/engine/naive_sysmon.h"

namespace sluice {

inline const SelfContracts& AllContracts() {
  static const SelfContracts* const contracts = new SelfContracts(ContractSet::BuiltIn(), nullptr);
  return *contracts;
}

inline const Contract& SysmonContract(std::string_view version) {
  const Contract* const contract = ContractSet::BuiltIn().Find("sysmon", version);
  EXPECT_NE(contract, nullptr) << version;
  return *contract;
}

// `read` is one of the readers.
template <typename Read>
Content ContentOf(Read read, std::string bytes) {
  ReadResult result =
      read(std::make_shared<const std::string>(std::move(bytes)), ReadOptions{&AllContracts(), {}});
  EXPECT_TRUE(result.ok()) << result.malformed().structure << ": " << result.malformed().message;
  if (!result.ok()) return ContentOf(ReadSysmonConfig, "<Sysmon/>");
  return std::move(result).TakeContent();
}

inline Content ContentOfXml(std::string xml) { return ContentOf(ReadSysmonConfig, std::move(xml)); }
inline Content ContentOfBlob(std::string blob) {
  return ContentOf(ReadSysmonBlob, std::move(blob));
}

inline Content ThroughText(const Content& content) {
  return ContentOf(ReadContentText, PrintContentText(content));
}

inline Content ThroughChannel(const Content& content) {
  absl::StatusOr<std::string> bytes = WriteChannel(content, AllContracts().Of(content).reference);
  EXPECT_TRUE(bytes.ok()) << bytes.status();
  return ContentOf(ReadChannel, bytes.ok() ? *std::move(bytes) : "");
}

// An engine and its scratch. The outcome lasts until the next run.
class SysmonEngine {
 public:
  explicit SysmonEngine(VerifiedContent content, const EngineOptions& options = {})
      : engine_(*Engine::Make(std::move(content), options)), scratch_(engine_) {}

  const Outcome& Run(const Event& event) {
    engine_.Run(event, scratch_, outcome_);
    return outcome_;
  }
  std::vector<CriterionOutcome> Explain(const Event& event, uint32_t instance) {
    std::vector<CriterionOutcome> out;
    engine_.Explain(event, {.content = 0, .instance = instance}, scratch_, out);
    return out;
  }
  const Engine& engine() const { return engine_; }

 private:
  Engine engine_;
  Scratch scratch_;
  Outcome outcome_;
};

// Fails the test when the content does not verify.
inline SysmonEngine EngineOf(Content content, const VerifyOptions& options = {},
                             const EngineOptions& engine = {}) {
  Verification verified = Verify(std::move(content), ContractSet::BuiltIn(), options);
  EXPECT_TRUE(verified.ok()) << (verified.errors.empty() ? "" : verified.errors[0].message);
  if (!verified.ok()) {
    verified = Verify(ContentOfXml("<Sysmon schemaversion=\"4.90\"/>"), ContractSet::BuiltIn());
  }
  return SysmonEngine(*std::move(verified.content), engine);
}

// Views `event`.
inline Event EventOf(const naive::SysmonEvent& event) {
  Event out{.id = event.id, .types = {}, .fields = {}};
  for (const auto& [name, value] : event.values) {
    out.fields.push_back({.name = name, .text = value});
  }
  return out;
}

}  // namespace sluice

#endif  // SLUICE_TESTS_ENGINE_SYSMON_ENGINE_TESTING_H_
