// Drafts a contract of dialect "sigma" from events: which log sources a sensor has, and with which
// fields.

#ifndef SLUICE_PARSER_EVENTS_CONTRACT_DRAFT_H_
#define SLUICE_PARSER_EVENTS_CONTRACT_DRAFT_H_

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "absl/status/status.h"
#include "parser/events/value_types.h"
#include "parser/events/windows_event.h"
#include "schema/contract.h"
#include "schema/proto/contract.pb.h"

namespace sluice {

struct DraftIdentity {
  std::string sensor;
  std::string version;
  uint32_t rank = 1;
  std::string product = "windows";  // of the log sources
};

class ContractDraft {
 public:
  using Counts = std::map<std::string, uint64_t, std::less<>>;

  // Events of Sysmon belong to the log sources of `sysmon` (schema/contract.h), and to the service
  // "sysmon"; all others to the service of their channel and the category of their id. `sysmon`
  // must outlive the draft.
  ContractDraft(DraftIdentity identity, std::span<const LogSource> sysmon)
      : identity_(std::move(identity)), sysmon_(sysmon) {}

  // Errors, without a place: a name longer than `kMaxEventNameBytes`; more fields of one log source
  // than `kMaxContractFields`.
  absl::Status Add(const WindowsEvent& event);

  // The template types by name. The fields of each in the order in which they were first seen, then
  // those of the header, which every event of the product has.
  v1::Contract Contract() const;

  // What the draft is made of, for the top of its file: how many events of each type.
  std::string Comment() const;

  uint64_t events() const { return events_; }
  bool empty() const { return types_.empty(); }
  // Events of channels that Sigma has no name for: how many of each channel ("" for none), at most
  // `kMaxUnknownChannels` of them.
  const Counts& unknown() const { return unknown_; }
  uint64_t unknown_events() const { return unknown_events_; }

 private:
  struct Field {
    std::string name;
    ValueTypes types;
  };
  struct Type {
    uint64_t events = 0;
    std::vector<Field> fields;
    std::unordered_map<std::string, size_t> positions;  // in `fields`, by name
  };

  // The names of the log sources that the event is of.
  std::vector<std::string> LogSourcesOf(const WindowsEvent& event) const;
  std::span<const std::string_view> Header() const;
  absl::Status AddTo(Type& type, const WindowsEvent& event);

  DraftIdentity identity_;
  std::span<const LogSource> sysmon_;
  uint64_t events_ = 0;
  uint64_t unknown_events_ = 0;
  std::map<std::string, Type> types_;
  Counts unknown_;
  Counts left_out_;
};

}  // namespace sluice

#endif  // SLUICE_PARSER_EVENTS_CONTRACT_DRAFT_H_
