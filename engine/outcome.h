// What comes of one event.

#ifndef SLUICE_ENGINE_OUTCOME_H_
#define SLUICE_ENGINE_OUTCOME_H_

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "schema/content.h"
#include "schema/event.h"

namespace sluice {

// The budget of one event when none is given, in units of work: a byte that is compared or scanned,
// or one step of an evaluator.
inline constexpr uint64_t kDefaultEventBudget = 1'000'000'000;

struct EngineOptions {
  uint64_t budget = kDefaultEventBudget;
  // Channel and Sigma: find literals first, and evaluate only instances that one was found for. The
  // outcome is the same without; the work is another.
  bool prefilter = true;
  // Keep which fields were read (`Outcome::reads`). Nothing is found beforehand then, either.
  bool trace = false;
};

// An instance of the engine's contents.
struct InstanceRef {
  uint32_t content = 0;       // in the order in which they were given
  uint32_t instance = kNone;  // in Content::instances()
  friend auto operator<=>(const InstanceRef&, const InstanceRef&) = default;
};

// A field of the engine's contents.
struct FieldRead {
  uint32_t content = 0;
  uint32_t field = kNone;  // in Content::fields()
  friend auto operator<=>(const FieldRead&, const FieldRead&) = default;
};

// An instance that was verified and is not run, since part of it cannot be: a regular expression
// that RE2 does not take.
struct NotRun {
  InstanceRef instance;
  std::string why;  // one clause, safe to print
};

// What Sysmon does with an event.
struct SysmonDecision {
  bool include = false;
  std::string_view rule_name;  // as reported; views the content
  // The event record that decided; kNone: none did, the type's default holds.
  uint32_t instance = kNone;
};

// Reused from event to event: `Run` overwrites it.
struct Outcome {
  // Channel and Sigma: what matches, in ascending order, each once.
  std::vector<InstanceRef> matches;
  // Sysmon.
  SysmonDecision sysmon;
  // Sysmon: records that the sensor gives up on this event (a type without the field, a series).
  std::vector<uint32_t> failed;
  // The budget was gone before all was evaluated: what is above is not all.
  bool exhausted = false;
  uint64_t work = 0;  // units that it took
  // With `EngineOptions::trace`, in ascending order, each once: the fields of the content that were
  // asked for, whether or not the event has them.
  std::vector<FieldRead> reads;
};

// What one criterion says of an event.
struct CriterionOutcome {
  uint32_t criterion = kNone;  // in Content::criteria()
  bool holds = false;
  bool exhausted = false;  // the budget was gone before it was known
  // The field that it read; nullptr when the event has none, or, of any field, when none has the
  // value. Points into the event.
  const EventField* field = nullptr;
};

}  // namespace sluice

#endif  // SLUICE_ENGINE_OUTCOME_H_
