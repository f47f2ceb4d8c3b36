#include "schema/verified_content.h"

#include <algorithm>
#include <deque>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "schema/limits.h"
#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/text.h"
#include "schema/unchecked.h"

namespace sluice {
namespace {

bool FindsErrors(const Rule& rule) {
  return rule.check != nullptr && rule.info.severity == Severity::kError &&
         (rule.info.category == Category::kInvalid ||
          rule.info.category == Category::kIncompatible);
}

// By instance, why it is not to be run, whatever the rules say of it; "" where it is.
std::vector<std::string_view> WhyNotTaken(const Content& content, const Bound* bound) {
  std::vector<std::string_view> why = WhyUnchecked(content, bound);
  why.resize(content.instances().size());
  for (size_t i = 0; i < why.size(); ++i) {
    const Instance& instance = content.instances()[i];
    if (!why[i].empty()) continue;
    if (instance.incomplete) why[i] = "something in it has no meaning, see its findings";
    if (bound == nullptr || instance.type == kNone) continue;
    const TypeBinding& type = bound->type(instance.type);
    if (type.undescribed.any()) why[i] = "nobody knows the fields that the sensor has for its type";
    if (type.elsewhere.any()) why[i] = "the sensor is not asked about its log source";
  }
  return why;
}

}  // namespace

// Keeps the errors that rules find, and which instances they are about.
class Verifier::Errors : public Reporter {
 public:
  explicit Errors(const Content& content)
      : content_(content),
        max_per_rule_(MaxFindingsPerRule(content.bytes().size())),
        first_error_(content.instances().size()) {}

  Finding* Report(const Rule& rule, Place place, const Instance* instance,
                  const Criterion* criterion) override {
    Settle();
    if (Yields(rule.info, place)) return nullptr;
    pending_ = true;
    pending_instance_ =
        instance == nullptr ? kNone : static_cast<uint32_t>(instance - content_.instances().data());
    finding_ = Finding{.rule = &rule.info, .severity = rule.info.severity, .place = place};
    if (instance != nullptr) {
      finding_.instance = InstanceName(content_, *instance, criterion);
      finding_.source = SourceOf(*instance, criterion);
    }
    return &finding_;
  }

  void NotChecked(std::string_view what, std::string_view why, bool requested) override {
    not_checked.push_back({"", std::string(what), std::string(why), requested});
  }

  // Takes the last finding for what its rule has made of it.
  void Settle() {
    if (!std::exchange(pending_, false) || finding_.severity != Severity::kError) return;
    if (finding_.rule->category == Category::kInvalid) {
      invalid_.emplace(Abseil(finding_.rule->id), finding_.place.offset, finding_.place.length);
    }
    const bool keep = ++counts_[finding_.rule] <= max_per_rule_;
    if (pending_instance_ == kNone) {
      about_all_ = true;
    } else if (const RuleInfo*& first = first_error_[pending_instance_]; first == nullptr) {
      first = finding_.rule;
      if (keep) message_of_.emplace(pending_instance_, finding_.message);
    }
    if (keep) found_.push_back(std::move(finding_));
  }

  // The findings in their order, each once.
  std::vector<Finding> Take() {
    Settle();
    const auto key = [](const Finding& f) {
      return std::tie(f.place.offset, f.place.length, f.rule->id, f.effect, f.field);
    };
    std::ranges::stable_sort(found_,
                             [&](const Finding& a, const Finding& b) { return key(a) < key(b); });
    const auto same = [&](const Finding& a, const Finding& b) { return key(a) == key(b); };
    found_.erase(std::unique(found_.begin(), found_.end(), same), found_.end());
    const LineTable lines(found_.empty() ? std::string_view() : content_.text());
    for (Finding& finding : found_) {
      finding.binary = content_.binary();
      if (finding.binary) continue;
      const LineColumn at = lines.Locate(finding.place.offset);
      finding.line = at.line;
      finding.column = at.column;
    }
    return std::move(found_);
  }

  bool about_all() const { return about_all_; }
  // The rule of the first error of an instance; nullptr where it has none.
  const RuleInfo* first_error(size_t instance) const { return first_error_[instance]; }
  std::string MessageOf(uint32_t instance) const {
    const auto found = message_of_.find(instance);
    return found == message_of_.end() ? std::string(first_error_[instance]->name) : found->second;
  }

  std::vector<sluice::NotChecked> not_checked;

 private:
  bool Yields(const RuleInfo& rule, Place place) const {
    return !rule.yields_to.empty() &&
           invalid_.contains({Abseil(rule.yields_to), place.offset, place.length});
  }

  std::optional<Source> SourceOf(const Instance& instance, const Criterion* criterion) const {
    const Origin* origin =
        criterion == nullptr ? content_.origin(instance) : content_.origin(*criterion);
    if (origin == nullptr || origin->source == kNone) return std::nullopt;
    const SourceFile& file = content_.sources()[origin->source];
    return Source{std::string(file.path), origin->line, origin->column, std::string(file.sha256)};
  }

  const Content& content_;
  const uint64_t max_per_rule_;
  bool pending_ = false;  // `finding_` is being filled in
  uint32_t pending_instance_ = kNone;
  Finding finding_;
  bool about_all_ = false;
  std::vector<Finding> found_;
  std::vector<const RuleInfo*> first_error_;  // by instance
  absl::flat_hash_map<uint32_t, std::string> message_of_;
  absl::flat_hash_map<const RuleInfo*, uint64_t> counts_;
  // Rule, offset and length of what is invalid.
  absl::flat_hash_set<std::tuple<absl::string_view, uint32_t, uint32_t>> invalid_;
};

Verifier::Verifier(const ContractSet& contracts, const VerifyOptions& options)
    : options_(options), self_contracts_(contracts, nullptr) {
  for (const Rule* rule : Rules()) {
    if (FindsErrors(*rule)) rules_.push_back(rule);
  }
}

std::string_view Verifier::Bind(const SelfContract& self_contract,
                                VerifiedContent::State& state) const {
  const bool sysmon = state.content.dialect() == Dialect::kSysmon;
  state.contract = options_.contract;
  if (state.contract == nullptr && sysmon) state.contract = self_contract.reference;
  if (state.contract == nullptr) return sysmon ? "no contract of Sysmon is known" : "";
  state.fleet.Add({.name = std::string(state.contract->sensor),
                   .version = std::string(state.contract->version),
                   .platform = options_.platform,
                   .contract = state.contract});
  state.bound.emplace(state.content, state.fleet, self_contract.reference,
                      BindOptions{.assume_loaded = options_.assume_loaded});
  const bool takes = (state.bound->checked() | state.bound->refusing()).any();
  return takes ? "" : "the sensor takes no content of this dialect";
}

bool Verifier::Decide(const Errors& errors, VerifiedContent::State& state,
                      Verification& out) const {
  const Bound* bound = state.bound ? &*state.bound : nullptr;
  const std::vector<std::string_view> why = WhyNotTaken(state.content, bound);
  bool refused = errors.about_all();
  state.takes.resize(why.size());
  for (uint32_t i = 0; i < why.size(); ++i) {
    const RuleInfo* error = errors.first_error(i);
    const std::string_view rule = error == nullptr ? "" : error->id;
    refused |= error != nullptr && !options_.skip_failing;
    state.takes[i] = error == nullptr && why[i].empty();
    if (!why[i].empty()) {
      out.not_taken.push_back({i, std::string(why[i]), rule});
    } else if (error != nullptr && options_.skip_failing) {
      out.not_taken.push_back({i, errors.MessageOf(i), rule});
    }
  }
  return !refused;
}

Verification Verifier::Verify(Content content) const {
  Verification out;
  std::unique_ptr<VerifiedContent::State> state(new VerifiedContent::State(std::move(content)));
  const SelfContract& self_contract = self_contracts_.Of(state->content);
  const Bound self(state->content, self_contract.fleet, self_contract.reference,
                   {.assume_loaded = true});
  if (const std::string_view why = Bind(self_contract, *state); !why.empty()) {
    out.not_checked.push_back({"", "content", std::string(why), true});
    return out;
  }
  const Bound* bound = state->bound ? &*state->bound : nullptr;
  const ContentClass content_class = ClassOf(state->content);
  Errors errors(state->content);
  for (const Rule* rule : rules_) {
    if (!rule->info.scope.SpeaksOf(content_class, bound != nullptr)) continue;
    rule->check({state->content, self, bound}, errors);
  }
  out.errors = errors.Take();
  out.not_checked = std::move(errors.not_checked);
  if (Decide(errors, *state, out)) out.content = VerifiedContent(std::move(state));
  return out;
}

Verification Verify(Content content, const ContractSet& contracts, const VerifyOptions& options) {
  return Verifier(contracts, options).Verify(std::move(content));
}

}  // namespace sluice
