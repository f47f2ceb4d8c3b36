// The content interpreter: verified content on events.
//
//   absl::StatusOr<Engine> engine = Engine::Make(std::move(verified));
//   Scratch scratch(*engine);
//   Outcome outcome;
//   for (const Event& event : events) {
//     engine->Run(event, scratch, outcome);
//     for (const InstanceRef& match : outcome.matches) ...
//   }
//
// It takes `VerifiedContent` and nothing else. Every event has a budget of work, and running out of
// it is an outcome. Nothing is allocated for an event once others like it have been run, but what
// RE2 keeps of its states. An engine may be used from several threads, each with a scratch of its
// own.
//
// What fields exist: those of the event that the bound contract supplies for the instance's type,
// and the header of the event; without a contract, all that the event has.

#ifndef SLUICE_ENGINE_ENGINE_H_
#define SLUICE_ENGINE_ENGINE_H_

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/evaluator.h"
#include "engine/outcome.h"
#include "schema/event.h"
#include "schema/verified_content.h"

namespace sluice {

class Engine {
 public:
  // Sysmon takes one content at a time. Of the dialects channel and sigma, contents of one dialect
  // may be run together, faster than one by one. Errors (kInvalidArgument): no content, contents of
  // several dialects, several of Sysmon.
  static absl::StatusOr<Engine> Make(std::vector<VerifiedContent> contents,
                                     const EngineOptions& options = {});
  static absl::StatusOr<Engine> Make(VerifiedContent content, const EngineOptions& options = {});

  Engine(Engine&&) = default;
  Engine& operator=(Engine&&) = default;

  std::span<const VerifiedContent> contents() const { return contents_; }
  const Content& content(uint32_t index = 0) const { return contents_[index].content(); }
  const Instance& instance(const InstanceRef& ref) const {
    return content(ref.content).instances()[ref.instance];
  }
  // What was verified and cannot be run: it matches nothing, and is to be told as not checked.
  std::span<const NotRun> not_run() const { return not_run_; }

  // Runs one event, any bytes at all, by the budget of the options.
  void Run(const Event& event, class Scratch& scratch, Outcome& outcome) const;

  // Says of every criterion of an instance whether it holds, all by the budget of one event. What
  // is not run has none.
  void Explain(const Event& event, InstanceRef instance, Scratch& scratch,
               std::vector<CriterionOutcome>& out) const;

 private:
  friend class Scratch;
  Engine() = default;

  std::vector<VerifiedContent> contents_;
  std::vector<NotRun> not_run_;
  std::unique_ptr<const Evaluator> evaluator_;
};

// What one thread needs to run events on one engine, which it must not outlive.
class Scratch {
 public:
  explicit Scratch(const Engine& engine) : state_(engine.evaluator_->MakeState()) {}

 private:
  friend class Engine;
  std::unique_ptr<Evaluator::State> state_;
};

}  // namespace sluice

#endif  // SLUICE_ENGINE_ENGINE_H_
