#include "gate/run.h"

#include <algorithm>
#include <deque>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "engine/engine.h"
#include "gate/run_content.h"
#include "gate/run_explain.h"
#include "parser/events/event_reader.h"
#include "schema/place.h"
#include "schema/text.h"

namespace sluice {
namespace {

// What rows say of an instance.
struct InstanceLabel {
  std::string id;
  uint32_t line = 0;
  uint64_t offset = 0;
  std::optional<Source> source;
  bool shown = true;
};

// A content with what it takes to write rows about it.
struct Labels {
  std::vector<InstanceLabel> instances;  // by instance
  LineTable lines;

  Labels(const VerifiedContent& verified, const std::set<std::string_view>& only)
      : lines(verified.content().text()) {
    const Content& content = verified.content();
    for (const Instance& instance : content.instances()) {
      InstanceLabel& label = instances.emplace_back();
      label.id = InstanceName(content, instance);
      label.shown = only.empty() || only.contains(label.id) || only.contains(instance.name);
      if (content.binary()) {
        label.offset = instance.place.offset;
      } else {
        label.line = lines.Locate(instance.place.offset).line;
      }
      const Origin* origin = content.origin(instance);
      if (origin == nullptr || origin->source == kNone) continue;
      const SourceFile& file = content.sources()[origin->source];
      label.source =
          Source{std::string(file.path), origin->line, origin->column, std::string(file.sha256)};
    }
  }
};

const Contract* SysmonOf(const RunOptions& options) {
  const Contract* contract = options.contract;
  if (contract != nullptr && contract->dialect == Dialect::kSysmon) return contract;
  const std::vector<const Contract*> known = options.contracts->OfDialect(Dialect::kSysmon);
  return known.empty() ? nullptr : known.back();
}

// A group with what changes while it runs.
class GroupRunner {
 public:
  GroupRunner(const RunGroup& group, const Results& results, const std::set<std::string_view>& only,
              bool explain)
      : group_(group), results_(results), explain_(explain), scratch_(group.engine) {
    for (const VerifiedContent& content : group.engine.contents()) {
      labels_.emplace_back(content, only);
    }
  }

  bool sysmon() const { return group_.dialect() == Dialect::kSysmon; }

  bool ShowsAny() const {
    return std::ranges::any_of(labels_, [](const Labels& labels) {
      return std::ranges::any_of(labels.instances, &InstanceLabel::shown);
    });
  }

  // False when the budget of the event ran out.
  bool Run(const Event& event, uint64_t number, RunSink& sink, RunTotals& totals) {
    group_.engine.Run(event, scratch_, outcome_);
    if (outcome_.exhausted) return false;
    if (sysmon()) {
      Decide(number, sink, totals);
    } else {
      totals.matches += outcome_.matches.size();
    }
    if (explain_) {
      Explain(event, number, sink);
    } else {
      for (const InstanceRef& match : outcome_.matches) {
        if (!LabelOf(match).shown) continue;
        RunRow row = RowOf(match, number);
        row.matched = true;
        sink.Row(row);
      }
    }
    return true;
  }

 private:
  const InstanceLabel& LabelOf(const InstanceRef& ref) const {
    return labels_[ref.content].instances[ref.instance];
  }
  const std::string& PathOf(uint32_t content) const {
    return results_.inputs[group_.inputs[content]].path;
  }

  RunRow RowOf(const InstanceRef& ref, uint64_t number) const {
    const InstanceLabel& label = LabelOf(ref);
    return {.event = number,
            .path = PathOf(ref.content),
            .instance = label.id,
            .name = group_.engine.instance(ref).name,
            .binary = group_.engine.content(ref.content).binary(),
            .line = label.line,
            .offset = label.offset,
            .source = label.source ? &*label.source : nullptr};
  }

  void Decide(uint64_t number, RunSink& sink, RunTotals& totals) {
    const SysmonDecision& decision = outcome_.sysmon;
    ++(decision.include ? totals.included : totals.excluded);
    RunRow row{.event = number, .path = PathOf(0)};
    if (decision.instance != kNone) row = RowOf({0, decision.instance}, number);
    row.kind = RunRowKind::kDecision;
    row.matched = decision.include;
    row.rule_name = decision.rule_name;
    sink.Row(row);
  }

  // A row for every instance that the event is asked about.
  void Explain(const Event& event, uint64_t number, RunSink& sink) {
    for (uint32_t c = 0; c < labels_.size(); ++c) {
      const VerifiedContent& verified = group_.engine.contents()[c];
      for (uint32_t i = 0; i < labels_[c].instances.size(); ++i) {
        const Instance& instance = verified.content().instances()[i];
        if (!labels_[c].instances[i].shown || !IsAsked(verified, instance, event)) continue;
        ExplainOne(event, {c, i}, number, sink);
      }
    }
  }

  void ExplainOne(const Event& event, const InstanceRef& ref, uint64_t number, RunSink& sink) {
    const VerifiedContent& verified = group_.engine.contents()[ref.content];
    const Instance& instance = group_.engine.instance(ref);
    group_.engine.Explain(event, ref, scratch_, criteria_);
    const std::vector<RunCriterion> criteria =
        Explained(verified, instance, labels_[ref.content].lines, criteria_);
    RunRow row = RowOf(ref, number);
    if (sysmon()) {
      row.kind = RunRowKind::kRecord;
      row.matched = outcome_.sysmon.instance == ref.instance;
    } else {
      row.matched = std::ranges::binary_search(outcome_.matches, ref);
    }
    row.criteria = &criteria;
    const Attribute* condition = verified.content().attribute(instance, "detection.condition");
    if (condition != nullptr) row.condition = condition->value;
    sink.Row(row);
  }

  const RunGroup& group_;
  const Results& results_;
  const bool explain_;
  Scratch scratch_;
  Outcome outcome_;
  std::vector<CriterionOutcome> criteria_;
  std::deque<Labels> labels_;  // by content
};

}  // namespace

struct ContentRunner::State {
  explicit State(RunContent loaded) : content(std::move(loaded)) {}

  void RunEvent(const EventReader& reader, const std::string& path, RunSink& sink);

  RunContent content;
  EventTypeOptions types;
  std::deque<GroupRunner> groups;
  RunTotals totals;
  uint64_t instances = 0;
  bool has_sysmon = false;
  bool has_criteria = false;
};

int ExitCode(const Results& results, const RunTotals& totals) {
  if (results.totals.errors > 0) return 1;
  const bool requested = std::ranges::any_of(results.not_checked, &NotChecked::requested);
  const bool unchecked = totals.broken > 0 || totals.unplaced > 0 || totals.exhausted > 0 ||
                         totals.cut_off || totals.asked == 0;
  return requested || unchecked ? 2 : 0;
}

absl::StatusOr<std::unique_ptr<ContentRunner>> ContentRunner::Load(
    const std::vector<std::string>& paths, const RunOptions& options) {
  absl::StatusOr<RunContent> content = LoadRunContent(paths, options);
  if (!content.ok()) return content.status();
  auto state = std::make_unique<State>(*std::move(content));
  state->types = {.sysmon = SysmonOf(options), .log_source = options.log_source};
  const std::set<std::string_view> only(options.only.begin(), options.only.end());
  bool shows_any = false;
  for (const RunGroup& group : state->content.groups) {
    GroupRunner& runner =
        state->groups.emplace_back(group, state->content.results, only, options.explain);
    shows_any = shows_any || runner.ShowsAny();
    (group.dialect() == Dialect::kSysmon ? state->has_sysmon : state->has_criteria) = true;
    for (const VerifiedContent& one : group.engine.contents()) {
      for (const Instance& instance : one.content().instances()) {
        state->instances += one.takes(instance) ? 1 : 0;
      }
    }
  }
  if (!only.empty() && !shows_any && !state->groups.empty()) {
    return absl::InvalidArgumentError("no instance of the content has such an id or name");
  }
  return std::unique_ptr<ContentRunner>(new ContentRunner(std::move(state)));
}

ContentRunner::ContentRunner(std::unique_ptr<State> state) : state_(std::move(state)) {}
ContentRunner::~ContentRunner() = default;

const Results& ContentRunner::results() const { return state_->content.results; }
const RunTotals& ContentRunner::totals() const { return state_->totals; }
uint64_t ContentRunner::instances() const { return state_->instances; }

void ContentRunner::State::RunEvent(const EventReader& reader, const std::string& path,
                                    RunSink& sink) {
  const Event& event = reader.event();
  const auto problem = [&](std::string_view why) {
    const LineColumn at = reader.at();
    sink.Problem(absl::StrCat(path, ":", at.line, ":", at.column, ": event ", reader.number(), ": ",
                              Abseil(why)));
  };
  const bool unplaced = has_criteria && event.types.empty();
  const bool not_sysmon = has_sysmon && event.id == kNone;
  totals.not_sysmon += not_sysmon ? 1 : 0;
  if (unplaced) {
    ++totals.unplaced;
    problem("it says no channel, so it is of no log source; name one with --log-source");
  }
  bool asked = false;
  bool exhausted = false;
  for (GroupRunner& group : groups) {
    if (group.sysmon() ? not_sysmon : unplaced) continue;
    asked = true;
    exhausted = !group.Run(event, reader.number(), sink, totals) || exhausted;
  }
  totals.asked += asked ? 1 : 0;
  if (!exhausted) return;
  ++totals.exhausted;
  problem("it takes more work than there is for one event, and was not checked to the end");
}

void ContentRunner::Run(std::istream& in, const std::string& path, RunSink& sink) {
  EventReader reader(in, path, EventTypes(state_->types));
  while (reader.Next()) {
    ++state_->totals.events;
    if (reader.status().ok()) {
      state_->RunEvent(reader, path, sink);
    } else {
      ++state_->totals.broken;
      sink.Problem(Standard(reader.status().message()));
    }
  }
  if (reader.end().ok()) return;
  state_->totals.cut_off = true;
  sink.Problem(Standard(reader.end().message()));
}

}  // namespace sluice
