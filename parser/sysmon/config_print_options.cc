#include "parser/sysmon/config_print_options.h"

#include <algorithm>

#include "schema/utf.h"

namespace sluice {
namespace {

constexpr std::string_view kListOptions[] = {"NetworkConnect", "ImageLoad"};
constexpr std::string_view kListField = "Image";

// The data of an option is taken for as many units as its text has bytes.
bool HasListData(const Content& content, const Criterion& criterion) {
  if (!content.binary()) return true;
  const Operand& operand = content.operands(criterion)[0];
  return operand.place.length == 2 * (operand.text.size() + 1);
}

bool IsFromList(const Content& content, const Criterion& criterion, const ContractType& type) {
  const FieldRef& field = content.field(criterion);
  return criterion.op == Operator::kSysmonImage && criterion.flags == 0 && criterion.name.empty() &&
         criterion.group == kNone && content.operands(criterion).size() == 1 &&
         !content.operand_text(criterion).empty() && field.kind == FieldKind::kIndex &&
         field.index < type.fields.size() && type.fields[field.index].name == kListField &&
         HasListData(content, criterion);
}

// Texts with ',' between them, and ",," for one in a text.
std::string ListOf(const Content& content, std::span<const Criterion> criteria) {
  std::string list;
  for (const Criterion& criterion : criteria) {
    if (&criterion != criteria.data()) list += ',';
    for (const char c : content.operand_text(criterion)) list.append(c == ',' ? 2 : 1, c);
  }
  return list;
}

class Finder {
 public:
  Finder(const Content& content, const EventSeries& series) : content_(content), series_(series) {}

  ListOptions Find() && {
    found_.records = static_cast<uint32_t>(content_.instances().size());
    FindLastRecords();
    for (const std::string_view name : kListOptions) FindLeading(name);
    return std::move(found_);
  }

 private:
  const EventSeries::Event* EventOf(const Instance& instance) const {
    return series_.Find(content_.type(instance).id);
  }
  bool IsNamed(const Instance& instance, std::string_view name) const {
    const EventSeries::Event* event = EventOf(instance);
    return event != nullptr && event->type->name == name;
  }
  std::span<const Instance> Records() const {
    return content_.instances().subspan(0, found_.records);
  }

  void FindLastRecords();
  bool IsListRecord(const Instance& last) const;
  void FindLeading(std::string_view name);
  bool BeginsWith(const Instance& instance, std::span<const Criterion> list) const;

  const Content& content_;
  const EventSeries& series_;
  ListOptions found_;
};

// Lists that no record took stand behind all others, whatever the order of events.
void Finder::FindLastRecords() {
  for (size_t i = 0; i < std::size(kListOptions) && found_.records > 1; ++i) {
    const Instance& last = Records().back();
    if (!IsListRecord(last)) return;
    --found_.records;
    const std::span<const Criterion> criteria = content_.criteria(last);
    found_.options.insert(found_.options.begin(),
                          {.name = EventOf(last)->type->name, .value = ListOf(content_, criteria)});
  }
}

bool Finder::IsListRecord(const Instance& last) const {
  const EventSeries::Event* event = EventOf(last);
  if (event == nullptr ||
      std::ranges::find(kListOptions, event->type->name) == std::end(kListOptions)) {
    return false;
  }
  bool out_of_order = false;
  for (const Instance& other : Records().first(Records().size() - 1)) {
    const EventSeries::Event* before = EventOf(other);
    if (before == nullptr || before->series == event->series) return false;
    out_of_order |= before->series > event->series;
  }
  const std::span<const Criterion> criteria = content_.criteria(last);
  return out_of_order && last.record_default == RecordDefault::kExclude &&
         last.combine == Combine::kOr && last.groups.empty() && !criteria.empty() &&
         std::ranges::all_of(criteria, [&](const Criterion& criterion) {
           return IsFromList(content_, criterion, *event->type);
         });
}

// Whether the record is one that takes a list, and has taken this one.
bool Finder::BeginsWith(const Instance& instance, std::span<const Criterion> list) const {
  const std::span<const Criterion> criteria = content_.criteria(instance);
  const ContractType& type = *EventOf(instance)->type;
  if (instance.record_default != RecordDefault::kExclude || criteria.size() < list.size()) {
    return false;
  }
  for (size_t i = 0; i < list.size(); ++i) {
    if (!IsFromList(content_, criteria[i], type) ||
        content_.operand_text(criteria[i]) != content_.operand_text(list[i])) {
      return false;
    }
  }
  return true;
}

void Finder::FindLeading(std::string_view name) {
  std::span<const Criterion> list;
  for (const Instance& instance : Records()) {
    if (!IsNamed(instance, name)) continue;
    const std::span<const Criterion> criteria = content_.criteria(instance);
    for (size_t n = criteria.size(); n > list.size(); --n) {
      if (!HasOrdinaryData(content_, criteria[n - 1])) list = criteria.first(n);
    }
  }
  if (list.empty()) return;
  for (const Instance& instance : Records()) {
    if (IsNamed(instance, name) && !BeginsWith(instance, list)) return;
  }
  found_.options.push_back({.name = name,
                            .value = ListOf(content_, list),
                            .conditions = static_cast<uint32_t>(list.size())});
}

}  // namespace

EventSeries::EventSeries(const Contract& contract) {
  for (const ContractType& type : contract.types) {
    if (type.name.empty()) continue;
    const bool next = !events_.empty() && events_.back().type->name == type.name;
    const uint32_t series =
        events_.empty() ? 0 : events_.back().series + (next ? uint32_t{0} : uint32_t{1});
    events_.push_back({&type, series, next ? events_.back().position + 1 : 0});
  }
  for (uint32_t i = 0; i < events_.size(); ++i) by_id_.push_back(i);
  std::ranges::stable_sort(by_id_, {}, [this](uint32_t i) { return events_[i].type->id; });
}

const EventSeries::Event* EventSeries::Find(uint32_t id) const {
  const auto id_of = [this](uint32_t i) { return events_[i].type->id; };
  const auto found = std::ranges::lower_bound(by_id_, id, {}, id_of);
  return found != by_id_.end() && id_of(*found) == id ? &events_[*found] : nullptr;
}

std::vector<const ContractType*> EventSeries::OfSeries(uint32_t series) const {
  std::vector<const ContractType*> types;
  for (const Event& event : events_) {
    if (event.series == series) types.push_back(event.type);
  }
  return types;
}

ListOptions FindListOptions(const Content& content, const EventSeries& series) {
  return Finder(content, series).Find();
}

uint32_t ListOptions::Leading(std::string_view event) const {
  for (const ListOption& option : options) {
    if (option.name == event) return option.conditions;
  }
  return 0;
}

bool ListOptions::IsOption(std::string_view event) const {
  return std::ranges::any_of(options,
                             [&](const ListOption& option) { return option.name == event; });
}

bool HasOrdinaryData(const Content& content, const Criterion& criterion) {
  if (!content.binary()) return true;
  const Operand& operand = content.operands(criterion)[0];
  return operand.place.length == 2 * (Utf16Units(operand.text) + 1);
}

}  // namespace sluice
