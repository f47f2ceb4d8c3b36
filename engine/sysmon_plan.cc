#include "engine/sysmon_plan.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "schema/rule_text.h"
#include "schema/sysmon.h"
#include "schema/text.h"

namespace sluice {
namespace {

// The items of "a,b,,c": ',' separates, and ",," is a comma.
std::vector<std::string> SplitPrograms(std::string_view value) {
  std::vector<std::string> programs(1);
  for (size_t i = 0; i < value.size(); ++i) {
    if (value[i] != ',') {
      programs.back() += value[i];
    } else if (i + 1 < value.size() && value[i + 1] == ',') {
      programs.back() += value[i++];
    } else {
      programs.emplace_back();
    }
  }
  return programs;
}

// The name that the field at `index` has in both types, which is all that a record of a series may
// read (section 6.4); empty when they differ or one has none there.
std::string_view SharedField(const ContractType& event, const ContractType& record,
                             uint32_t index) {
  if (index >= event.fields.size() || index >= record.fields.size()) return {};
  const std::string_view name = event.fields[index].name;
  return record.fields[index].name == name ? name : std::string_view();
}

// Of the service itself: reported without asking a record (section 6.2, step 5).
bool IsFiltered(uint32_t id) {
  constexpr std::array<uint32_t, 3> kNeverFiltered = {4, 16, 255};
  return std::ranges::find(kNeverFiltered, id) == kNeverFiltered.end();
}

}  // namespace

SysmonPlan::SysmonPlan(const VerifiedContent& content, std::vector<NotRun>& not_run)
    : verified_(content), content_(content.content()), contract_(*content.contract()) {
  for (const ContractType& type : contract_.types) {
    field_count_ = std::max(field_count_, static_cast<uint32_t>(type.fields.size()));
  }
  PrepareOperands(not_run);
  FindOptions();
  FindChains();
  for (const ContractType& type : contract_.types) AddEvent(type);
  chains_.clear();
}

const SysmonEventPlan* SysmonPlan::Find(uint32_t id) const {
  const auto found = events_.find(id);
  return found == events_.end() ? nullptr : &found->second;
}

void SysmonPlan::PrepareOperands(std::vector<NotRun>& not_run) {
  items_.resize(content_.criteria().size());
  for (uint32_t i = 0; i < content_.instances().size(); ++i) {
    if (!verified_.takes(i)) continue;
    const Instance& instance = content_.instances()[i];
    bool known = true;
    for (uint32_t c = instance.criteria.begin; c < instance.criteria.end; ++c) {
      const Criterion& criterion = content_.criteria()[c];
      if (IsSysmon(criterion.op)) {
        items_[c] = operands_.Add(criterion.op, content_.operand_text(criterion));
      } else if (known && criterion.op != Operator::kWildcard) {
        known = false;
        not_run.push_back(
            {{.content = 0, .instance = i},
             Cat("it is not known what the condition ", Quoted(criterion.operator_text), " does")});
      }
    }
  }
}

// Those of a configuration that are lists (section 5.2, step 8).
void SysmonPlan::FindOptions() {
  if (!IsConfiguration(content_)) return;
  for (const Setting& setting : content_.settings()) {
    const auto same = [&](std::string_view name) { return EqualsIgnoreCase(name, setting.name); };
    if (same("ImageLoad") || same("NetworkConnect")) AddOption(setting);
  }
}

void SysmonPlan::AddOption(const Setting& setting) {
  const auto type = std::ranges::find_if(contract_.types, [&](const ContractType& candidate) {
    return EqualsIgnoreCase(candidate.name, setting.name);
  });
  if (type == contract_.types.end() || OptionOf(*type) != nullptr) return;
  ListOption& option = options_.emplace_back(ListOption{.type = &*type, .programs = {}});
  for (const std::string& program : SplitPrograms(setting.value)) {
    option.programs.push_back(operands_.Add(Operator::kSysmonImage, program));
  }
}

SysmonPlan::ListOption* SysmonPlan::OptionOf(const ContractType& type) {
  const auto found = std::ranges::find(options_, &type, &ListOption::type);
  return found == options_.end() ? nullptr : &*found;
}

// nullptr when the sensor does not decide by the record at all.
const ContractType* SysmonPlan::EventOf(const Instance& instance) const {
  const Bound& bound = *verified_.bound();
  if (bound.type(instance.type).inactive.any()) return nullptr;
  if (IsConfiguration(content_)) return ResolveEvent(content_, bound, contract_, instance);
  const auto types = bound.TypesOn(size_t{0}, instance.type);
  return types.empty() ? nullptr : types.front();
}

std::vector<SysmonPlan::Link>& SysmonPlan::ChainOf(const ContractType& type) {
  return chains_[type.name.empty() ? Cat(type.id) : std::string(type.name)];
}

void SysmonPlan::FindChains() {
  for (uint32_t i = 0; i < content_.instances().size(); ++i) {
    if (!verified_.takes(i)) continue;
    const Instance& instance = content_.instances()[i];
    const ContractType* type = EventOf(instance);
    if (type == nullptr) continue;
    const bool include = DefaultIncludes(content_, *verified_.bound(), instance);
    // The sensor refuses those that exclude: SL122.
    if (ListOption* option = OptionOf(*type)) option->consumed = true;
    ChainOf(*type).push_back({i, type, include});
  }
  for (const ListOption& option : options_) {
    if (option.consumed) continue;
    ChainOf(*option.type).push_back({kNone, option.type, option.type->default_include});
  }
}

void SysmonPlan::AddEvent(const ContractType& type) {
  SysmonEventPlan event{
      .id = type.id, .default_include = type.default_include, .is_filtered = IsFiltered(type.id)};
  const std::vector<Link>& chain = ChainOf(type);
  event.records.begin = static_cast<uint32_t>(records_.size());
  // Those that exclude come first, and each kind from its end (section 6.1).
  for (const bool include : {true, false}) {
    for (size_t i = chain.size(); event.is_filtered && i > 0; --i) {
      if (chain[i - 1].default_include == include) AddRecord(type, chain[i - 1]);
    }
  }
  event.records.end = static_cast<uint32_t>(records_.size());
  events_.emplace(type.id, event);
}

void SysmonPlan::AddRecord(const ContractType& type, const Link& link) {
  SysmonRecord record{.instance = link.instance, .default_include = link.default_include};
  record.steps.begin = static_cast<uint32_t>(steps_.size());
  if (const ListOption* option = OptionOf(*link.type)) {
    const uint32_t image = FieldIndex(*link.type, "Image");
    for (const SysmonItems& program : option->programs) {
      AddCondition(type, link,
                   {.op = Operator::kSysmonImage, .items = program, .field = image, .name = {}},
                   false);
    }
  }
  if (link.instance == kNone) {
    record.combine = Combine::kOr;
  } else {
    record.combine = content_.instances()[link.instance].combine;
    AddCriteria(type, link);
  }
  record.steps.end = static_cast<uint32_t>(steps_.size());
  MarkLaterConditions(record);
  records_.push_back(record);
}

void SysmonPlan::AddCriteria(const ContractType& type, const Link& link) {
  const Instance& instance = content_.instances()[link.instance];
  uint32_t open = kNone;  // the group of the criterion before
  for (uint32_t c = instance.criteria.begin; c < instance.criteria.end; ++c) {
    const Criterion& criterion = content_.criteria()[c];
    const bool continues = criterion.group != kNone && criterion.group == open;
    AddCondition(type, link,
                 {.criterion = c,
                  .op = criterion.op,
                  .items = items_[c],
                  .field = PositionOf(criterion, *link.type),
                  .name = criterion.name},
                 continues);
    open = criterion.group;
    if (open == kNone || continues) continue;
    steps_.back().is_group = true;
    steps_.back().combine = content_.groups()[open].combine;
  }
}

uint32_t SysmonPlan::PositionOf(const Criterion& criterion, const ContractType& type) const {
  if (criterion.op == Operator::kWildcard) return kNone;
  const FieldRef& field = content_.field(criterion);
  if (field.kind != FieldKind::kIndex) return FieldIndex(type, field.name);
  return field.index < type.fields.size() ? field.index : kNone;
}

void SysmonPlan::AddCondition(const ContractType& type, const Link& link, SysmonCondition condition,
                              bool is_group_member) {
  const std::string_view name = SharedField(type, *link.type, condition.field);
  if (!name.empty()) condition.slot = fields_.Add(name);
  const auto at = static_cast<uint32_t>(conditions_.size());
  if (!is_group_member) steps_.push_back({.conditions = {at, at}});
  steps_.back().conditions.end = at + 1;
  conditions_.push_back(condition);
}

void SysmonPlan::MarkLaterConditions(const SysmonRecord& record) {
  std::vector<bool> seen(field_count_);
  for (uint32_t s = record.steps.end; s > record.steps.begin; --s) {
    const SysmonStep& step = steps_[s - 1];
    SysmonCondition& condition = conditions_[step.conditions.begin];
    if (step.is_group || condition.field == kNone) continue;
    condition.has_later = seen[condition.field];
    seen[condition.field] = true;
  }
}

}  // namespace sluice
