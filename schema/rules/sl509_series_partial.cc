// SL509 series-partial
//
// A condition that never matches some of the events that its element stands for.
//
// RegistryEvent stands for three events, PipeEvent for two, WmiEvent for three. A record is
// compiled for one of them, and its field indices are used for all: where another event of the
// series has the field at another index, the sensor sees that the names differ and the condition
// does not match. From 4.80 on, RegistryEvent/User is compiled for event 12 and never matches 13
// and 14; WmiEvent/Name is compiled for event 19 and never matches 20.
//
//   <RegistryEvent onmatch="include"><User condition="contains">admin</User></RegistryEvent>
//
// Fix: add a field to the record that only the event in question has, and write one record an
// event.
//
// Source: Sysmon rule blob, sections 5.2 (step 6) and 6.4.

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sysmon.h"

namespace sluice {

extern const Rule kSL509;

namespace {

// Sensors by the events that a criterion loses on them: "events 13, 14".
using LostEvents = std::map<std::string, SensorSet>;

// The events of the sensor that a condition on `field` never matches when its record is compiled
// for event `n` of the series.
std::string EventsLost(const Content& content, const Bound& bound, const Contract& contract,
                       const FieldRef& field, size_t n) {
  const std::vector<const ContractType*> events = SeriesOf(content, bound, contract, field.type);
  if (n >= events.size()) return "";
  const bool by_index = field.kind == FieldKind::kIndex;
  const uint32_t index = by_index ? field.index : FieldIndex(*events[n], field.name);
  if (index >= events[n]->fields.size()) return "";
  std::string lost;
  size_t count = 0;
  for (const ContractType* event : events) {
    const uint32_t there = FieldIndex(*event, events[n]->fields[index].name);
    if (there == kNone || there == index) continue;
    lost += Cat(count++ == 0 ? "" : ", ", event->id);
  }
  return count == 0 ? "" : Cat(count == 1 ? "event " : "events ", lost);
}

// Knows what each split field loses; worked out once for a field and an event.
class Losses {
 public:
  Losses(const Content& content, const Bound& bound, const SeriesBinding& series)
      : content_(content), bound_(bound), series_(series) {}

  LostEvents Of(const Criterion& criterion, const SeriesBinding::EventSets& compiled,
                const SensorSet& asked) {
    LostEvents lost;
    for (size_t n = 0; n < compiled.size(); ++n) {
      if ((compiled[n] & asked).none()) continue;
      for (const auto& [events, sensors] : ForEvent(criterion.field, n)) {
        const SensorSet here = sensors & compiled[n] & asked;
        if (here.any()) lost[events] |= here;
      }
    }
    return lost;
  }

 private:
  const LostEvents& ForEvent(uint32_t field, size_t n) {
    const auto [at, added] = known_.try_emplace({field, n});
    if (!added) return at->second;
    const SensorSet split = series_.Split(field);
    for (size_t s = 0; s < bound_.fleet().sensors().size(); ++s) {
      if (!split[s]) continue;
      const Contract& contract = *bound_.fleet().sensors()[s].contract;
      std::string lost = EventsLost(content_, bound_, contract, content_.fields()[field], n);
      if (!lost.empty()) at->second[std::move(lost)].set(s);
    }
    return at->second;
  }

  const Content& content_;
  const Bound& bound_;
  const SeriesBinding& series_;
  std::map<std::pair<uint32_t, size_t>, LostEvents> known_;
};

void ReportCriterion(const RuleInput& in, Reporter& out, const Instance& instance,
                     const Criterion& criterion, const std::string& lost,
                     const SensorSet& sensors) {
  Finding* f = out.Report(kSL509, criterion.field_place, &instance, &criterion);
  if (f == nullptr) return;
  f->field = FieldLabel(in.content, in.self, criterion);
  f->sensors = sensors;
  const std::string type = TypeLabel(in.content, instance.type);
  Say(*f, Cat("never matches ", lost),
      Cat(f->field, " of ", type, " stands at another place in ", lost,
          " than in the one that this record is compiled for"),
      "write one record for each event, with a field that only that event has");
}

// The sensors to ask: the fleet, otherwise the newest sensor that the content itself is judged by.
SensorSet Asked(const RuleInput& in, const Bound& bound) {
  if (&bound != &in.self) return bound.checked();
  SensorSet newest;
  for (size_t s = bound.fleet().sensors().size(); s > 0 && newest.none(); --s) {
    newest[s - 1] = bound.checked()[s - 1];
  }
  return newest;
}

void Check(const RuleInput& in, Reporter& out) {
  const Content& content = in.content;
  if (content.dialect() != Dialect::kSysmon) return;
  const Bound& bound = in.fleet == nullptr ? in.self : *in.fleet;
  const SensorSet asked = Asked(in, bound);
  const SeriesBinding series(content, bound);
  if (series.empty()) return;
  Losses losses(content, bound, series);
  for (const Instance& instance : content.instances()) {
    if (!series.IsSeries(instance.type)) continue;
    std::optional<SeriesBinding::EventSets> compiled;
    for (const Criterion& criterion : content.criteria(instance)) {
      if ((series.Split(criterion.field) & asked).none()) continue;
      if (!compiled) compiled = series.CompiledFor(instance);
      for (const auto& [lost, sensors] : losses.Of(criterion, *compiled, asked)) {
        ReportCriterion(in, out, instance, criterion, lost,
                        in.fleet == nullptr ? SensorSet() : sensors);
      }
    }
  }
}

}  // namespace

const Rule kSL509 = {
    {"SL509", "series-partial", Severity::kWarning, Category::kHygiene,
     "a condition never matches some of the events its element stands for", kSysmonContent},
    Check};

}  // namespace sluice
