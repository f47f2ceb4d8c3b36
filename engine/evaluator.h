// One dialect's evaluator, behind `Engine`.

#ifndef SLUICE_ENGINE_EVALUATOR_H_
#define SLUICE_ENGINE_EVALUATOR_H_

#include <memory>
#include <vector>

#include "engine/outcome.h"
#include "schema/event.h"

namespace sluice {

class Evaluator {
 public:
  // What one thread needs to evaluate events: it keeps its memory from event to event.
  class State {
   public:
    virtual ~State() = default;
  };

  virtual ~Evaluator() = default;
  virtual std::unique_ptr<State> MakeState() const = 0;

  // `outcome` is empty, with its memory kept. Sets everything in it that the dialect has.
  virtual void Run(const Event& event, State& state, Outcome& outcome) const = 0;

  // Every criterion of one instance by itself, in their order, all by the budget of one event.
  virtual void Explain(const Event& event, InstanceRef instance, State& state,
                       std::vector<CriterionOutcome>& out) const = 0;
};

}  // namespace sluice

#endif  // SLUICE_ENGINE_EVALUATOR_H_
