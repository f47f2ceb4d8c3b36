#include "schema/sysmon.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>

#include "schema/text.h"

namespace sluice {

std::vector<std::string_view> ListItems(std::string_view operand, size_t limit) {
  std::vector<std::string_view> items;
  while (items.size() + 1 < limit) {
    const size_t end = operand.find(';');
    if (end == std::string_view::npos) break;
    items.push_back(operand.substr(0, end));
    operand.remove_prefix(end + 1);
  }
  items.push_back(operand);
  return items;
}

EmptyItem FindEmptyItem(std::string_view operand) {
  if (operand.empty() || operand.back() == ';') return EmptyItem::kTrailing;
  const bool inside = operand.front() == ';' || operand.find(";;") != std::string_view::npos;
  return inside ? EmptyItem::kInside : EmptyItem::kAbsent;
}

bool TakesList(Operator op) { return IsSysmon(op) && Info(op).operand == OperandShape::kTextList; }

bool IsNegative(Operator op) {
  switch (op) {
    case Operator::kSysmonIsNot:
    case Operator::kSysmonExcludes:
    case Operator::kSysmonExcludesAny:
    case Operator::kSysmonExcludesAll:
    case Operator::kSysmonNotBeginWith:
    case Operator::kSysmonNotEndWith:
      return true;
    default:
      return false;
  }
}

Verdict ConditionVerdict(Operator op, std::string_view operand) {
  const bool empty = operand.empty();
  const bool trailing = empty || operand.back() == ';';
  switch (op) {
    case Operator::kSysmonIs:
    case Operator::kSysmonLessThan:
      return empty ? Verdict::kNever : Verdict::kDepends;
    case Operator::kSysmonImage:
      // With a backslash the whole value is compared; without, its part after the last one, which
      // is empty for a folder.
      return Verdict::kDepends;
    case Operator::kSysmonIsNot:
    case Operator::kSysmonContains:
    case Operator::kSysmonBeginWith:
    case Operator::kSysmonEndWith:
    case Operator::kSysmonMoreThan:
      return empty ? Verdict::kAlways : Verdict::kDepends;
    case Operator::kSysmonContainsAny:
      return trailing ? Verdict::kAlways : Verdict::kDepends;
    case Operator::kSysmonExcludesAny:
      return trailing ? Verdict::kNever : Verdict::kDepends;
    case Operator::kSysmonIsAny: {
      const bool only_empty = std::ranges::all_of(operand, [](char c) { return c == ';'; });
      return only_empty ? Verdict::kNever : Verdict::kDepends;
    }
    case Operator::kSysmonContainsAll:
      return empty ? Verdict::kAlways : Verdict::kDepends;
    case Operator::kSysmonExcludesAll:
    case Operator::kSysmonExcludes:
    case Operator::kSysmonNotBeginWith:
    case Operator::kSysmonNotEndWith:
      return empty ? Verdict::kNever : Verdict::kDepends;
    default:
      return Verdict::kDepends;
  }
}

namespace {

bool StartsWith(std::string_view text, std::string_view start) {
  return text.size() >= start.size() && EqualsIgnoreCase(text.substr(0, start.size()), start);
}

bool EndsWith(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && EqualsIgnoreCase(text.substr(text.size() - end.size()), end);
}

// What the conditions on one field demand of its value: ANDed ones to hold together, ORed ones to
// fail together.
struct Demands {
  bool has_value = false;
  std::string_view value;
  uint32_t value_from = kNone;  // the criterion
  std::string_view start;       // the longest
  std::string_view end;
  bool settled = false;

  // Adds a demand. False when no value meets everything any more. A text is looked at again only
  // when it is new or longer, so the time is linear.
  bool Add(Operator op, std::string_view operand, uint32_t criterion) {
    switch (op) {
      case Operator::kSysmonIs:
        if (has_value) return EqualsIgnoreCase(value, operand);
        has_value = true;
        value = operand;
        value_from = criterion;
        return StartsWith(value, start) && EndsWith(value, end);
      case Operator::kSysmonBeginWith:
        if (!StartsWith(start, operand) && !StartsWith(operand, start)) return false;
        if (operand.size() > start.size()) start = operand;
        return !has_value || StartsWith(value, operand);
      case Operator::kSysmonEndWith:
        if (!EndsWith(end, operand) && !EndsWith(operand, end)) return false;
        if (operand.size() > end.size()) end = operand;
        return !has_value || EndsWith(value, operand);
      default:
        return true;
    }
  }

  // Whether a demand for another value than `operand` cannot be met.
  bool Excludes(std::string_view operand) const {
    return has_value && EqualsIgnoreCase(value, operand);
  }
};

// The condition that holds when `op` fails, of those that `Demands` knows; otherwise kUnknown.
Operator Opposite(Operator op) {
  switch (op) {
    case Operator::kSysmonIs:
      return Operator::kSysmonIsNot;
    case Operator::kSysmonIsNot:
      return Operator::kSysmonIs;
    case Operator::kSysmonNotBeginWith:
      return Operator::kSysmonBeginWith;
    case Operator::kSysmonNotEndWith:
      return Operator::kSysmonEndWith;
    default:
      return Operator::kUnknown;
  }
}

bool IsOred(const Content& content, const Criterion& criterion) {
  return criterion.group == kNone || content.groups()[criterion.group].combine == Combine::kOr;
}

// What the criterion demands. Variables are replaced on the sensor, so nothing is known of an
// operand that has one.
Operator DemandOf(const Content& content, const Criterion& criterion) {
  const Operator op = IsOred(content, criterion) ? Opposite(criterion.op) : criterion.op;
  const bool counts = op == Operator::kSysmonIs || op == Operator::kSysmonIsNot ||
                      op == Operator::kSysmonBeginWith || op == Operator::kSysmonEndWith;
  if (!counts) return Operator::kUnknown;
  const bool variable = content.operand_text(criterion).find('%') != std::string_view::npos;
  return variable ? Operator::kUnknown : op;
}

// Two demands, at least one of them for something rather than against a value.
bool MayBeSettled(const Content& content, const Instance& instance) {
  size_t demands = 0;
  size_t against = 0;
  for (const Criterion& criterion : content.criteria(instance)) {
    const Operator op = DemandOf(content, criterion);
    if (op != Operator::kUnknown) ++demands;
    if (op == Operator::kSysmonIsNot) ++against;
  }
  return demands >= 2 && against < demands;
}

}  // namespace

std::vector<Settled> FindSettled(const Content& content, const Instance& instance) {
  std::vector<Settled> found;
  if (!MayBeSettled(content, instance)) return found;
  std::unordered_map<uint64_t, Demands> by_field;
  const auto settle = [&](Demands& demands, uint32_t criterion) {
    demands.settled = true;
    found.push_back({criterion, IsOred(content, content.criteria()[criterion])});
  };
  const auto key = [](const Criterion& criterion) {
    return uint64_t{criterion.group} << 32 | criterion.field;
  };
  for (uint32_t i = instance.criteria.begin; i < instance.criteria.end; ++i) {
    const Criterion& criterion = content.criteria()[i];
    const Operator op = DemandOf(content, criterion);
    if (op == Operator::kUnknown || op == Operator::kSysmonIsNot) continue;
    Demands& demands = by_field[key(criterion)];
    if (demands.settled) continue;
    if (!demands.Add(op, content.operand_text(criterion), i)) settle(demands, i);
  }
  for (uint32_t i = instance.criteria.begin; i < instance.criteria.end; ++i) {
    const Criterion& criterion = content.criteria()[i];
    if (DemandOf(content, criterion) != Operator::kSysmonIsNot) continue;
    const auto at = by_field.find(key(criterion));
    if (at == by_field.end() || at->second.settled) continue;
    if (at->second.Excludes(content.operand_text(criterion))) {
      settle(at->second, std::max(i, at->second.value_from));
    }
  }
  std::ranges::sort(found, {}, &Settled::criterion);
  return found;
}

const ContractType* ResolveEvent(const Content& content, const Bound& bound,
                                 const Contract& contract, const Instance& instance) {
  for (const ContractType* type : bound.TypesOn(contract, instance.type)) {
    const bool has_all =
        std::ranges::all_of(content.criteria(instance), [&](const Criterion& criterion) {
          const FieldRef& field = content.field(criterion);
          return field.kind == FieldKind::kIndex ? field.index < type->fields.size()
                                                 : FieldIndex(*type, field.name) != kNone;
        });
    if (has_all) return type;
  }
  return nullptr;
}

namespace {

// The newest of these sensors that is checked; kNone when none is.
uint32_t NewestChecked(const Bound& bound) {
  for (size_t s = bound.fleet().sensors().size(); s > 0; --s) {
    if (bound.checked()[s - 1]) return static_cast<uint32_t>(s - 1);
  }
  return kNone;
}

// Whether the sensor has several events of the type's name. They stand next to one another (section
// 5.2, step 1).
bool HasSiblings(const Bound& bound, size_t sensor, uint32_t type) {
  const std::span<const ContractType* const> found = bound.TypesOn(sensor, type);
  if (found.empty() || found.front()->name.empty()) return false;
  if (found.size() > 1) return true;
  const std::span<const ContractType> all = bound.fleet().sensors()[sensor].contract->types;
  const size_t at = static_cast<size_t>(found.front() - all.data());
  return (at > 0 && all[at - 1].name == all[at].name) ||
         (at + 1 < all.size() && all[at + 1].name == all[at].name);
}

// Whether the types of the sensor stand where those of the sensor before do, on the same platform.
bool LikeBefore(const Bound& bound, size_t sensor) {
  const std::vector<Sensor>& sensors = bound.fleet().sensors();
  return sensor > 0 && bound.fleet().same_types()[sensor] && bound.checked()[sensor - 1] &&
         sensors[sensor].platform == sensors[sensor - 1].platform;
}

}  // namespace

bool DefaultIncludes(const Content& content, const Bound& bound, const Instance& instance) {
  if (instance.record_default != RecordDefault::kTypeDefault) {
    return instance.record_default == RecordDefault::kInclude;
  }
  const uint32_t newest = NewestChecked(bound);
  if (newest == kNone || content.dialect() != Dialect::kSysmon) return false;
  const std::vector<const ContractType*> types =
      bound.TypesOn(*bound.fleet().sensors()[newest].contract, instance.type);
  return !types.empty() && types.front()->default_include;
}

SensorSet Judges(const Content& content, const Bound& self) {
  if (IsConfiguration(content)) return self.checked();
  SensorSet judges;
  const uint32_t newest = NewestChecked(self);
  if (IsBlob(content) && newest != kNone && self.Accepting().none()) judges.set(newest);
  return judges;
}

SensorSet ListsOptions(const Bound& bound) {
  SensorSet lists;
  for (size_t s = 0; s < bound.fleet().sensors().size(); ++s) {
    lists[s] = bound.checked()[s] && !bound.fleet().sensors()[s].contract->options.empty();
  }
  return lists;
}

SensorSet WithoutOption(const Bound& bound, std::string_view option) {
  SensorSet without = ListsOptions(bound);
  for (size_t s = 0; s < bound.fleet().sensors().size(); ++s) {
    if (!without[s]) continue;
    const auto& options = bound.fleet().sensors()[s].contract->options;
    without[s] = std::ranges::none_of(
        options, [&](std::string_view known) { return EqualsIgnoreCase(known, option); });
  }
  return without;
}

std::vector<uint32_t> RecordClasses(const Content& content) {
  std::vector<uint32_t> classes(content.types().size());
  std::unordered_map<std::string_view, uint32_t> by_name;
  for (uint32_t i = 0; i < classes.size(); ++i) {
    const std::string_view name = content.types()[i].name;
    classes[i] = name.empty() ? i : by_name.try_emplace(name, i).first->second;
  }
  return classes;
}

std::vector<const ContractType*> SeriesOf(const Content& content, const Bound& bound,
                                          const Contract& contract, uint32_t type) {
  std::vector<const ContractType*> events = bound.TypesOn(contract, type);
  if (content.types()[type].id == kNone || events.empty() || events.front()->name.empty()) {
    return events;
  }
  events.resize(1);
  for (const ContractType& candidate : contract.types) {
    const bool sibling = candidate.name == events.front()->name && &candidate != events.front();
    if (sibling) events.push_back(&candidate);
  }
  return events;
}

SeriesBinding::SeriesBinding(const Content& content, const Bound& bound)
    : content_(&content), bound_(&bound) {
  if (content.dialect() != Dialect::kSysmon) return;
  FindSeries();
  if (empty()) return;
  entry_of_.assign(content.fields().size(), kNone);
  for (uint32_t field = 0; field < entry_of_.size(); ++field) {
    const uint32_t type = content.fields()[field].type;
    const SensorSet has_it = bound.type(type).supported & ~bound.field(field).missing;
    if (is_series_[type] && has_it.any()) BindField(field);
  }
}

void SeriesBinding::FindSeries() {
  const auto types = static_cast<uint32_t>(content_->types().size());
  for (uint32_t type = 0; type < types; ++type) {
    for (size_t s = 0; s < bound_->fleet().sensors().size(); ++s) {
      if (LikeBefore(*bound_, s) || !HasSiblings(*bound_, s, type)) continue;
      is_series_.resize(types);
      is_series_[type] = true;
      break;
    }
  }
}

void SeriesBinding::BindField(uint32_t field) {
  entry_of_[field] = static_cast<uint32_t>(entries_.size());
  Entry& entry = entries_.emplace_back();
  const FieldRef& ref = content_->fields()[field];
  for (size_t s = 0; s < bound_->fleet().sensors().size(); ++s) {
    if (!bound_->type(ref.type).supported[s]) continue;
    if (ref.kind == FieldKind::kName && bound_->type(ref.type).same_as_before[s]) {
      for (SensorSet& having : entry.having) having[s] = having[s - 1];
      entry.split[s] = entry.split[s - 1];
      continue;
    }
    const Contract& contract = *bound_->fleet().sensors()[s].contract;
    std::string_view name = ref.name;
    if (ref.kind == FieldKind::kIndex) {
      const ContractType* own = bound_->TypesOn(s, ref.type).front();
      if (ref.index >= own->fields.size()) continue;
      name = own->fields[ref.index].name;
    }
    uint32_t first = kNone;
    std::vector<const ContractType*> siblings;
    std::span<const ContractType* const> events = bound_->TypesOn(s, ref.type);
    if (content_->types()[ref.type].id != kNone) {
      siblings = SeriesOf(*content_, *bound_, contract, ref.type);
      events = siblings;
    }
    for (size_t n = 0; n < std::min(events.size(), kMaxEvents); ++n) {
      const uint32_t at = FieldIndex(*events[n], name);
      if (at == kNone) continue;
      entry.having[n].set(s);
      if (first == kNone) first = at;
      if (at != first) entry.split.set(s);
    }
  }
}

SeriesBinding::EventSets SeriesBinding::CompiledFor(const Instance& instance) const {
  EventSets compiled;
  SensorSet done;
  for (size_t n = 0; n < kMaxEvents; ++n) {
    SensorSet all = bound_->type(instance.type).supported;
    uint32_t before = kNone;
    for (const Criterion& criterion : content_->criteria(instance)) {
      if (criterion.field == before) continue;
      before = criterion.field;
      const Entry* entry = Find(criterion.field);
      all = entry == nullptr ? SensorSet() : all & entry->having[n];
    }
    compiled[n] = all & ~done;
    done |= all;
  }
  return compiled;
}

SensorSet SeriesBinding::Resolving(const Instance& instance) const {
  SensorSet resolving;
  for (const SensorSet& sensors : CompiledFor(instance)) resolving |= sensors;
  return resolving;
}

SensorSet SeriesBinding::Split(uint32_t field) const {
  const Entry* entry = Find(field);
  return entry == nullptr ? SensorSet() : entry->split;
}

}  // namespace sluice
