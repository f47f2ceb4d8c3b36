// sluice contract infer: events to a draft of a contract.

#include <fstream>
#include <iostream>
#include <memory>

#include "absl/strings/str_cat.h"
#include "parser/config/contract_reader.h"
#include "parser/config/contract_writer.h"
#include "parser/config/fleet_reader.h"
#include "parser/events/contract_draft.h"
#include "parser/events/read_events.h"
#include "schema/text.h"
#include "tools/command.h"
#include "tools/contract_verbs.h"
#include "tools/output.h"
#include "tools/sensors.h"

namespace sluice {
namespace {

struct InferFlags {
  std::vector<std::string> events;
  std::string sensor;
  DraftIdentity identity;
  std::vector<std::string> contracts;
  std::string output;
};

absl::Status ParseIdentity(InferFlags& flags) {
  const absl::StatusOr<Sensor> sensor = ParseSensor(flags.sensor, ContractSet());
  if (!sensor.ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat("sluice: contract infer: --sensor: ", sensor.status().message()));
  }
  flags.identity.sensor = sensor->name;
  flags.identity.version = sensor->version;
  return absl::OkStatus();
}

// The log sources of the newest Sysmon that is known.
std::span<const LogSource> SysmonLogSources(const ContractSet& contracts) {
  std::span<const LogSource> found;
  for (const Contract* contract : contracts.all()) {
    if (contract->sensor == "sysmon" && !contract->log_sources.empty()) {
      found = contract->log_sources;
    }
  }
  return found;
}

absl::Status ReadFrom(const std::string& path, ContractDraft& draft) {
  if (path == "-") return ReadEvents(std::cin, path, draft);
  std::ifstream in(path, std::ios::binary);
  // Opening a folder succeeds; reading from it does not.
  if (!in || (in.peek(), in.bad())) {
    return absl::NotFoundError(
        absl::StrCat(Printable(path, 4096), ": cannot be read; name a file of events, or -"));
  }
  return ReadEvents(in, path, draft);
}

// What did not become a part of the draft is said, channel by channel.
void SayUnknown(const ContractDraft& draft) {
  for (const auto& [channel, events] : draft.unknown()) {
    FailAt(absl::StrCat("warning: left out: ", events, events == 1 ? " event" : " events",
                        channel.empty() ? " that say no channel of Windows"
                                        : absl::StrCat(" of channel \"", Printable(channel, 256),
                                                       "\", for which Sigma has no log source")));
  }
}

int Infer(InferFlags& flags) {
  if (absl::Status status = ParseIdentity(flags); !status.ok()) {
    return FailAt(Standard(status.message()));
  }
  KnownContracts known;
  absl::Status status = known.Load(flags.contracts);
  if (status.ok()) status = CheckOutput(flags.output, flags.events);
  if (!status.ok()) return FailAt(Standard(status.message()));
  ContractDraft draft(flags.identity, SysmonLogSources(known.set()));
  for (const std::string& path : flags.events) {
    if (status = ReadFrom(path, draft); !status.ok()) return FailAt(Standard(status.message()));
  }
  SayUnknown(draft);
  if (draft.empty()) {
    return Fail("contract infer: no event of a known log source, so there is nothing to draft");
  }
  const std::string text = WriteContract(draft.Contract(), draft.Comment());
  // What cannot be read back is no contract: a draft over a limit.
  if (const auto back = ReadContract(text, "the draft"); !back.ok()) {
    return FailAt(Standard(back.status().message()));
  }
  return FinishOutput(flags.output, text, kExitOk);
}

}  // namespace

std::function<int()> SetUpContractInfer(CLI::App& app) {
  const auto flags = std::make_shared<InferFlags>();
  app.add_option("EVENTS", flags->events,
                 "Files of JSON objects, an event each; - is standard input")
      ->required()
      ->option_text("FILE...");
  app.add_option("--sensor", flags->sensor, "The contract's name: acme@1.0")
      ->required()
      ->option_text("NAME@VERSION");
  app.add_option("--rank", flags->identity.rank, "Orders the versions of the sensor; 1 by default")
      ->check(CLI::Range(1, 2'000'000'000))
      ->option_text("N");
  app.add_option("--product", flags->identity.product,
                 "The product of the log sources; windows by default")
      ->option_text("NAME");
  DeclareContractFolders(app, flags->contracts);
  app.add_option("-o,--output", flags->output, "Write the draft to this file")->option_text("FILE");
  return [flags] { return Infer(*flags); };
}

}  // namespace sluice
