// Content that was checked against one contract: all that the engine takes.
//
//   const Verifier verifier(ContractSet::BuiltIn(), {.contract = contract});
//   Verification verified = verifier.Verify(std::move(content));
//   if (!verified.ok()) return Show(verified.errors);
//   Engine::Make(*std::move(verified.content));
//
// Nobody but a `Verifier` makes a `VerifiedContent`, and nothing turns it back into a `Content`:
// what runs is what was checked.

#ifndef SLUICE_SCHEMA_VERIFIED_CONTENT_H_
#define SLUICE_SCHEMA_VERIFIED_CONTENT_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/binding.h"
#include "schema/content.h"
#include "schema/contract.h"
#include "schema/finding.h"
#include "schema/results.h"
#include "schema/rule.h"
#include "schema/self_contract.h"

namespace sluice {

struct VerifyOptions {
  // The one contract to bind to. nullptr: the content's own word. Sigma rules may then use any log
  // source and field, channel content what it declares; Sysmon content is bound to the newest
  // contract that takes it.
  const Contract* contract = nullptr;
  Platform platform = Platform::kAny;  // of that sensor; kAny: not stated
  // Leave out the instances that fail, in place of refusing the file.
  bool skip_failing = false;
  // As if the sensor's check of the file's version did not exist.
  bool assume_loaded = false;
};

// An instance that is not to be run, and why.
struct NotTaken {
  uint32_t instance = kNone;  // in Content::instances()
  std::string why;            // one clause, safe to print
  std::string_view rule;      // that an error of it broke, "SL201"; empty where there is none
};

class VerifiedContent {
 public:
  VerifiedContent(VerifiedContent&&) = default;
  VerifiedContent& operator=(VerifiedContent&&) = default;

  const Content& content() const { return state_->content; }
  // What it was checked against; nullptr: its own word.
  const Contract* contract() const { return state_->contract; }
  // The content on the one sensor that has `contract()`, at position 0; nullptr without one.
  const Bound* bound() const { return state_->bound ? &*state_->bound : nullptr; }
  // Whether the instance was checked and passed. Nothing else may be run.
  bool takes(uint32_t instance) const { return state_->takes[instance]; }
  bool takes(const Instance& instance) const {
    return takes(static_cast<uint32_t>(&instance - content().instances().data()));
  }

 private:
  friend class Verifier;
  // Behind a pointer: `Bound` refers to its neighbours.
  struct State {
    explicit State(Content checked) : content(std::move(checked)) {}
    const Content content;
    const Contract* contract = nullptr;
    Fleet fleet;
    std::optional<Bound> bound;
    std::vector<bool> takes;  // by instance
  };
  explicit VerifiedContent(std::unique_ptr<State> state) : state_(std::move(state)) {}

  std::unique_ptr<State> state_;
};

struct Verification {
  bool ok() const { return content.has_value(); }

  // Nothing when it was refused.
  std::optional<VerifiedContent> content;
  // What SL1xx and SL2xx have found that are errors, in the order of their places. With line and
  // column where the content is a text.
  std::vector<Finding> errors;
  // In the order of the instances: those that fail (`skip_failing`), and those that no sensor can
  // be asked about. When the content was refused, the latter only.
  std::vector<NotTaken> not_taken;
  // What the rules could not check. The paths are empty.
  std::vector<NotChecked> not_checked;
};

// Checks contents against one contract, or each against its own word. Safe to use from several
// threads once made.
class Verifier {
 public:
  class Errors;

  // `contracts` say what Sysmon content may use by its own word. They, and `options.contract`, must
  // outlive what is verified.
  explicit Verifier(const ContractSet& contracts, const VerifyOptions& options = {});

  // Runs every rule of SL1xx and SL2xx that can find an error. One error refuses the content; with
  // `skip_failing`, only one that is about no instance. Rules that are incomplete, documents that
  // are no rules, and what the contract does not describe are not taken, and refuse nothing.
  Verification Verify(Content content) const;

  // What the contents that are verified may be read with.
  const SelfContracts& self_contracts() const { return self_contracts_; }

 private:
  // Binds the content to its one contract; why not, where that cannot be.
  std::string_view Bind(const SelfContract& self_contract, VerifiedContent::State& state) const;
  // Fills in `takes` and `not_taken`. False when the content is refused.
  bool Decide(const Errors& errors, VerifiedContent::State& state, Verification& out) const;

  const VerifyOptions options_;
  const SelfContracts self_contracts_;
  std::vector<const Rule*> rules_;
};

// The same for one content.
Verification Verify(Content content, const ContractSet& contracts,
                    const VerifyOptions& options = {});

}  // namespace sluice

#endif  // SLUICE_SCHEMA_VERIFIED_CONTENT_H_
