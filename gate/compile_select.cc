#include "gate/compile_select.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "schema/binding.h"
#include "schema/rule.h"
#include "schema/text.h"
#include "schema/unchecked.h"

namespace sluice {
namespace {

// Runs rules again to learn which instances the findings of a run are about: a finding knows its
// instance by name only, and names need not be unique.
class InstancesOf : public Reporter {
 public:
  InstancesOf(const Content& content, std::span<const Finding* const> errors)
      : content_(content), error_of_(content.instances().size()) {
    for (const Finding* error : errors) found_.emplace(Key(*error->rule, error->place), error);
  }

  Finding* Report(const Rule& rule, Place place, const Instance* instance,
                  const Criterion* /*criterion*/) override {
    const auto found = found_.find(Key(rule.info, place));
    if (found == found_.end() || instance == nullptr) return nullptr;
    explained_.insert(found->second);
    const Finding*& error = error_of_[static_cast<size_t>(instance - content_.instances().data())];
    if (error == nullptr) error = found->second;
    return nullptr;
  }
  void NotChecked(std::string_view, std::string_view, bool) override {}

  // The first error of each instance; nullptr where it has none.
  const std::vector<const Finding*>& error_of() const { return error_of_; }
  // Whether the error is about an instance.
  bool Explains(const Finding* error) const {
    return explained_.contains(found_.at(Key(*error->rule, error->place)));
  }

 private:
  using PlaceKey = std::tuple<absl::string_view, uint32_t, uint32_t>;
  static PlaceKey Key(const RuleInfo& rule, Place place) {
    return {Abseil(rule.id), place.offset, place.length};
  }

  const Content& content_;
  absl::flat_hash_map<PlaceKey, const Finding*> found_;
  absl::flat_hash_set<const Finding*> explained_;
  std::vector<const Finding*> error_of_;
};

std::vector<const Rule*> RulesOf(std::span<const Finding* const> errors) {
  std::vector<const Rule*> rules;
  for (const Finding* error : errors) {
    const Rule* rule = FindRule(error->rule->id);
    if (std::ranges::find(rules, rule) == rules.end()) rules.push_back(rule);
  }
  return rules;
}

}  // namespace

absl::StatusOr<CompileSelection> SelectInstances(const Content& content,
                                                 const SelfContract& self_contract,
                                                 std::span<const Finding* const> errors,
                                                 const CompileOptions& options,
                                                 CompileNotes& notes) {
  const Bound self(content, self_contract.fleet, self_contract.reference, {.assume_loaded = true});
  std::optional<Bound> own_fleet;
  const Bound* asked = &self;
  const BindOptions bind{.assume_loaded = options.lint.assume_loaded};
  if (options.lint.fleet_requested && !self.HoldsFor(options.lint.fleet, bind)) {
    asked = &own_fleet.emplace(content, options.lint.fleet, self_contract.reference, bind);
  }
  InstancesOf instances(content, errors);
  if (!errors.empty()) RunRules(RulesOf(errors), {content, self, asked}, instances);
  for (const Finding* error : errors) {
    if (instances.Explains(error)) continue;
    return absl::InvalidArgumentError(absl::StrCat(
        Abseil(error->rule->id), " is about no instance that could be left out: ", error->message));
  }
  const std::vector<std::string_view> unchecked = WhyUnchecked(content, asked);
  CompileSelection selection;
  selection.take.resize(content.instances().size(), true);
  for (uint32_t i = 0; i < selection.take.size(); ++i) {
    const Instance& instance = content.instances()[i];
    if (!unchecked.empty() && !unchecked[i].empty()) {
      selection.left_out.push_back(notes.Make(instance.place, i, unchecked[i]));
    } else if (const Finding* error = instances.error_of()[i]; error != nullptr) {
      selection.left_out.push_back(notes.Make(error->place, i, error->message, error->rule->id));
    } else {
      continue;
    }
    selection.take[i] = false;
  }
  return selection;
}

}  // namespace sluice
