#include "parser/sysmon/config_print_traces.h"

#include <algorithm>
#include <cstddef>
#include <span>

#include "absl/strings/str_cat.h"
#include "parser/sysmon/blob_layout.h"
#include "schema/contract.h"

namespace sluice {
namespace {

constexpr uint32_t kMaxSeries = 64;

class Finder {
 public:
  Finder(const Content& content, const EventSeries& series, const ListOptions& options,
         Refusals& out)
      : content_(content), series_(series), options_(options), out_(out) {}

  std::vector<RecordTrace> Find() &&;

 private:
  using Types = std::span<const ContractType* const>;

  void FindSkipped(const Instance& instance, const EventSeries::Event& event, Types types,
                   RecordTrace& trace);
  void FindDropped(const EventSeries::Event& event, uint32_t ids, RecordTrace& trace);
  uint64_t HoldersOf(const Criterion& criterion, Types types);
  std::vector<uint32_t> GroupsTried(const Instance& instance, Types earlier);
  static uint32_t IdsUsed(std::span<const uint32_t> tried, uint32_t skipped_behind);
  Place IdPlace(const Instance& instance) const;

  const Content& content_;
  const EventSeries& series_;
  const ListOptions& options_;
  Refusals& out_;
  // For each of Content::fields(), which events of its series have a field of this name; 0: not
  // asked yet.
  std::vector<uint64_t> holders_;
  uint32_t next_series_ = 0;  // the first of which a record may stand before the next one
  uint32_t ids_ = 0;          // given to groups so far
};

std::vector<RecordTrace> Finder::Find() && {
  std::vector<RecordTrace> traces(content_.instances().size());
  holders_.assign(content_.fields().size(), 0);
  for (uint32_t i = 0; i < options_.records; ++i) {
    const Instance& instance = content_.instances()[i];
    const EventSeries::Event& event = *series_.Find(content_.type(instance).id);
    std::vector<const ContractType*> types;
    if (event.position > 0) types = series_.OfSeries(event.series);
    FindSkipped(instance, event, types, traces[i]);
    const std::span<const Group> groups = content_.groups(instance);
    const uint32_t position = std::min(event.position, kMaxSeries);
    const std::vector<uint32_t> tried =
        GroupsTried(instance, Types(types).first(types.empty() ? 0 : position));
    const uint32_t first_id = groups.empty() ? 0 : groups[0].id;
    if (first_id > ids_) {
      const uint32_t used = first_id - ids_ - 1;
      // The more groups stand before what was skipped, the more ids were used.
      if (!traces[i].skipped_field.empty()) {
        uint32_t& behind = traces[i].skipped_behind;
        while (behind < groups.size() && IdsUsed(tried, behind) < used) ++behind;
      }
      const uint32_t own =
          IdsUsed(tried, traces[i].skipped_field.empty() ? static_cast<uint32_t>(groups.size())
                                                         : traces[i].skipped_behind);
      if (own < used) FindDropped(event, used - own, traces[i]);
      ids_ = groups.back().id;
    } else {
      ids_ += static_cast<uint32_t>(groups.size());
    }
    next_series_ = event.series;
  }
  return traces;
}

// Which events of the series have a field named as this one's, a bit each.
uint64_t Finder::HoldersOf(const Criterion& criterion, Types types) {
  uint64_t& holders = holders_[criterion.field];
  if (holders != 0) return holders;
  const EventSeries::Event& event =
      *series_.Find(content_.types()[content_.field(criterion).type].id);
  const std::string_view name = event.type->fields[content_.field(criterion).index].name;
  for (uint32_t i = 0; i < std::min<size_t>(types.size(), kMaxSeries); ++i) {
    if (FieldIndex(*types[i], name) != kNone) holders |= uint64_t{1} << i;
  }
  return holders;
}

Place Finder::IdPlace(const Instance& instance) const {
  if (!content_.binary()) return instance.place;
  return {instance.place.offset + blob::event::kId.offset, blob::event::kId.size};
}

// The compiler takes the first event of the series that has all fields. One before this that has
// all those that are there lacks one that was skipped.
void Finder::FindSkipped(const Instance& instance, const EventSeries::Event& event, Types types,
                         RecordTrace& trace) {
  if (event.position == 0) return;
  uint64_t fitting = ~uint64_t{0};
  for (const Criterion& criterion : content_.criteria(instance)) {
    fitting &= HoldersOf(criterion, types);
  }
  std::vector<const ContractType*> earlier;
  for (uint32_t i = 0; i < std::min(event.position, kMaxSeries); ++i) {
    if (((fitting >> i) & 1) != 0) earlier.push_back(types[i]);
  }
  if (earlier.empty()) return;
  for (const ContractField& field : event.type->fields) {
    const bool elsewhere = std::ranges::any_of(
        earlier, [&](const ContractType* type) { return FieldIndex(*type, field.name) != kNone; });
    if (elsewhere) continue;
    trace.skipped_field = field.name;
    return;
  }
  out_.Add(static_cast<uint32_t>(&instance - content_.instances().data()), IdPlace(instance),
           absl::StrCat("a compiler makes event ", earlier[0]->id,
                        " of such a record, and this is ", event.type->id));
}

// How many groups of the record each event of the series before its own gave an id to, until the
// field came that it does not have.
std::vector<uint32_t> Finder::GroupsTried(const Instance& instance, Types earlier) {
  const std::span<const Group> groups = content_.groups(instance);
  std::vector<uint32_t> tried(earlier.size(), static_cast<uint32_t>(groups.size()));
  uint64_t open = earlier.size() < kMaxSeries ? (uint64_t{1} << earlier.size()) - 1 : ~uint64_t{0};
  uint32_t begun = 0;
  for (uint32_t at = instance.criteria.begin; at < instance.criteria.end && open != 0; ++at) {
    while (begun < groups.size() && groups[begun].criteria.begin <= at) ++begun;
    const uint64_t holders = holders_[content_.criteria()[at].field];
    for (uint32_t i = 0; i < earlier.size(); ++i) {
      const uint64_t bit = uint64_t{1} << i;
      if ((open & bit) == 0 || (holders & bit) != 0) continue;
      tried[i] = begun;
      open &= ~bit;
    }
  }
  return tried;
}

uint32_t Finder::IdsUsed(std::span<const uint32_t> tried, uint32_t skipped_behind) {
  uint32_t used = 0;
  for (const uint32_t groups : tried) used += std::min(groups, skipped_behind);
  return used;
}

// Records with a group each that used up `ids`, where a record could stand and be the last of its
// name.
void Finder::FindDropped(const EventSeries::Event& event, uint32_t ids, RecordTrace& trace) {
  for (uint32_t series = next_series_; series < event.series && ids > 0; ++series) {
    const std::vector<const ContractType*> types = series_.OfSeries(series);
    if (types.size() > ids || options_.IsOption(types[0]->name)) continue;
    ids -= static_cast<uint32_t>(types.size());
    trace.dropped.push_back(types[0]->name);
  }
}

}  // namespace

std::vector<RecordTrace> FindTraces(const Content& content, const EventSeries& series,
                                    const ListOptions& options, Refusals& out) {
  return Finder(content, series, options, out).Find();
}

}  // namespace sluice
