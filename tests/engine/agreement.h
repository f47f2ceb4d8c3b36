#ifndef SLUICE_TESTS_ENGINE_AGREEMENT_H_
#define SLUICE_TESTS_ENGINE_AGREEMENT_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "tests/engine/naive_sigma.h"
#include "tests/parser/channel/naive_channel.h"

// Sigma rules as the naive evaluators decide on them, and as the engine does: from the source and
// from a channel file, with and without what finds literals first.

namespace sluice::naive {

struct SourceRule {
  std::string id;    // in no other rule
  std::string yaml;  // one document
};

class Agreement {
 public:
  Agreement(const std::vector<SourceRule>& rules, const Placeholders& placeholders);

  // Decides on every rule that both sides take.
  void Run(const Event& event);

  // Rules that both sides take.
  size_t rules() const { return rules_.size(); }
  // Their log sources, each once.
  std::vector<std::string> types() const;
  // How many of them the channel file has.
  size_t compiled() const { return channel_ ? channel_->instances.size() : 0; }
  uint64_t pairs() const { return pairs_; }
  uint64_t matches() const { return matches_; }
  // The first of them, in words; also rules that one side takes and the other does not.
  const std::vector<std::string>& differences() const { return differences_; }

 private:
  struct TakenRule {
    SourceRule source;
    Rule naive;
    // In the channel file, where that has it and the naive evaluator can run it.
    const NaiveType* type = nullptr;
    const NaiveInstance* instance = nullptr;
  };
  struct Side {
    std::string name;
    std::unique_ptr<Engine> engine;
    std::unique_ptr<Scratch> scratch;
    std::vector<uint32_t> rule_of;  // by content for the source, by instance for a channel file
    bool channel = false;
  };

  void AddSource(bool prefilter, const Placeholders& placeholders);
  void AddChannel(const std::string& bytes, bool prefilter);
  std::string Compile(const Placeholders& placeholders);
  std::vector<bool> Decide(Side& side, const sluice::Event& event, Outcome& outcome);
  void Differ(const TakenRule& rule, const Event& event, const std::string& who, bool naive);

  std::vector<TakenRule> rules_;
  std::vector<Side> sides_;
  std::optional<NaiveChannel> channel_;
  std::vector<std::string> differences_;
  uint64_t pairs_ = 0;
  uint64_t matches_ = 0;
  Outcome outcome_;
};

// The same event as engines take it; views `event`.
sluice::Event ForEngine(const Event& event);

}  // namespace sluice::naive

#endif  // SLUICE_TESTS_ENGINE_AGREEMENT_H_
