#include "parser/channel/channel_write_instance.h"

#include "absl/strings/str_cat.h"
#include "parser/channel/channel_format.h"
#include "parser/channel/channel_limits.h"
#include "parser/channel/channel_write_criterion.h"
#include "schema/text.h"

namespace sluice {
namespace {

using Problem = std::optional<ChannelProblem>;

uint32_t Size(const auto& array) { return static_cast<uint32_t>(array.size()); }

ChannelProblem TooMany(Place place, uint32_t count, std::string_view what, uint32_t limit) {
  return {place,
          absl::StrCat("the instance has ", count, " ", Abseil(what), ", the limit is ", limit)};
}

ChannelProblem TooLarge(Place place) {
  return {place, absl::StrCat("the file would have more than ", channel::kMaxFileSize, " bytes")};
}

}  // namespace

ChannelInstanceWriter::ChannelInstanceWriter(const Content& content, const Contract* reference,
                                             std::vector<uint32_t> sources, uint32_t source,
                                             ChannelTypeTable& types,
                                             ChannelConditionWriter& condition, ChannelDraft& draft)
    : content_(content),
      reference_(reference),
      sources_(std::move(sources)),
      source_(source),
      types_(types),
      condition_(condition),
      draft_(draft),
      type_positions_(content.types().size(), kNone) {
  if (source_ != kNone && !content.binary()) lines_.emplace(content.text());
}

template <typename Item>
Origin ChannelInstanceWriter::OriginOf(const Item& item) {
  if (const Origin* own = content_.origin(item); own != nullptr) {
    return {.source = sources_[own->source], .line = own->line, .column = own->column};
  }
  Origin origin{.source = source_, .column = item.place.offset};
  if (lines_) {
    const LineColumn at = lines_->Locate(item.place.offset);
    origin.line = at.line;
    origin.column = at.column;
  }
  return origin;
}

ChannelInstanceWriter::Mark ChannelInstanceWriter::MarkNow() const {
  return {.types = draft_.types.size(),
          .fields = 0,
          .instances = draft_.instances.size(),
          .criteria = draft_.criteria.size(),
          .operands = draft_.operands.size(),
          .condition = draft_.condition.size(),
          .groups = draft_.groups.size(),
          .pool = draft_.pool.size()};
}

void ChannelInstanceWriter::ShrinkTo(const Mark& mark, uint32_t type) {
  const bool new_type = draft_.types.size() > mark.types;
  types_.Shrink(mark.types, type_positions_[type], mark.fields);
  if (new_type) type_positions_[type] = kNone;
  draft_.instances.resize(mark.instances);
  draft_.criteria.resize(mark.criteria);
  draft_.operands.resize(mark.operands);
  draft_.condition.resize(mark.condition);
  draft_.groups.resize(mark.groups);
  draft_.pool.resize(mark.pool);
}

Problem ChannelInstanceWriter::AddText(std::string_view text, Place place, std::string_view what,
                                       Range* out) {
  if (Problem problem = CheckChannelText(text, place, what)) return problem;
  if (text.size() > channel::kMaxFileSize - draft_.pool.size()) return TooLarge(place);
  out->begin = Size(draft_.pool);
  draft_.pool.append(text);
  out->end = Size(draft_.pool);
  return std::nullopt;
}

Problem ChannelInstanceWriter::Check(const Instance& instance) const {
  const bool sysmon = content_.dialect() == Dialect::kSysmon;
  if (instance.role != InstanceRole::kRule) {
    return ChannelProblem{instance.place,
                          absl::StrCat("it is no rule, but a ", Abseil(Name(instance.role)))};
  }
  if (instance.incomplete) {
    return ChannelProblem{instance.place, "something in it has no meaning"};
  }
  if (instance.criteria.empty() && !sysmon) {
    return ChannelProblem{instance.place, "it has no criteria"};
  }
  if (sysmon && !instance.condition.empty()) {
    return ChannelProblem{instance.place, "a Sysmon record has no condition"};
  }
  if (draft_.instances.size() >= channel::kMaxInstances) {
    return ChannelProblem{instance.place,
                          absl::StrCat("more than ", channel::kMaxInstances, " instances")};
  }
  if (instance.groups.size() > channel::kMaxGroupsOfInstance) {
    return TooMany(instance.place, instance.groups.size(), "groups", channel::kMaxGroupsOfInstance);
  }
  return std::nullopt;
}

Problem ChannelInstanceWriter::FindType(uint32_t type) {
  if (type_positions_[type] != kNone) return std::nullopt;
  return types_.Find(content_, content_.types()[type], reference_, &type_positions_[type]);
}

Problem ChannelInstanceWriter::FindField(const Criterion& criterion, uint32_t type,
                                         uint32_t* position) {
  const FieldRef& field = content_.field(criterion);
  const Place place = criterion.field_place.length > 0 ? criterion.field_place : criterion.place;
  *position = kNone;
  if (field.kind != FieldKind::kAny) return types_.FindField(field, place, type, position);
  if (content_.dialect() == Dialect::kSysmon || criterion.op == Operator::kWildcard) {
    return ChannelProblem{place, "\"any field\" cannot stand here"};
  }
  return std::nullopt;
}

Problem ChannelInstanceWriter::AddCriterion(const Criterion& criterion, uint32_t type) {
  ChannelDraft::Criterion out{.op = ChannelOperator(criterion.op),
                              .time_part = criterion.time_part};
  if (Problem problem = CheckChannelCriterion(content_, criterion, &out.flags)) return problem;
  if (Problem problem = FindField(criterion, type, &out.field)) return problem;
  out.operands.begin = Size(draft_.operands);
  for (const Operand& operand : content_.operands(criterion)) {
    Range text;
    if (Problem problem = AddText(operand.text, operand.place, "the operand", &text)) {
      return problem;
    }
    draft_.operands.push_back(text);
  }
  out.operands.end = Size(draft_.operands);
  if (content_.dialect() == Dialect::kSysmon) {
    Problem problem = AddText(criterion.name, criterion.name_place, "the rule's name", &out.name);
    if (problem) return problem;
  }
  out.origin = OriginOf(criterion);
  draft_.criteria.push_back(out);
  return CheckSize(criterion.place);
}

// The criteria that the condition uses, in its order; without one, all of them.
Problem ChannelInstanceWriter::AddCriteria(const Instance& instance, uint32_t type) {
  const std::span<const Criterion> criteria = content_.criteria(instance);
  const bool conditional = !instance.condition.empty();
  if (conditional) {
    Problem problem = condition_.Write(content_.condition(instance), instance.criteria);
    if (problem) return problem;
  }
  const uint32_t count = conditional ? Size(condition_.criteria()) : Size(criteria);
  if (count > channel::kMaxCriteriaOfInstance) {
    return TooMany(instance.place, count, "criteria", channel::kMaxCriteriaOfInstance);
  }
  for (uint32_t i = 0; i < count; ++i) {
    const uint32_t from = conditional ? condition_.criteria()[i] : i;
    if (Problem problem = AddCriterion(criteria[from], type)) return problem;
  }
  if (conditional) {
    draft_.condition.insert(draft_.condition.end(), condition_.tokens().begin(),
                            condition_.tokens().end());
  }
  return std::nullopt;
}

Problem ChannelInstanceWriter::AddGroups(const Instance& instance) {
  for (const Group& group : content_.groups(instance)) {
    if (group.id > channel::kMaxNumber) {
      return ChannelProblem{group.place,
                            absl::StrCat("the group's id ", group.id, " is past 31 bits")};
    }
    ChannelDraft::Group out{.id = group.id,
                            .first_criterion = group.criteria.begin - instance.criteria.begin,
                            .criteria = group.criteria.size(),
                            .combine = group.combine};
    Problem problem = AddText(group.name, group.name_place, "the group's name", &out.name);
    if (problem) return problem;
    draft_.groups.push_back(out);
  }
  return std::nullopt;
}

// Every item takes at least these bytes in the file.
Problem ChannelInstanceWriter::CheckSize(Place place) const {
  const uint64_t bytes = draft_.pool.size() + uint64_t{16} * draft_.instances.size() +
                         uint64_t{12} * draft_.criteria.size() +
                         uint64_t{4} * (draft_.operands.size() + draft_.condition.size()) +
                         uint64_t{20} * draft_.groups.size();
  if (bytes <= channel::kMaxFileSize) return std::nullopt;
  return TooLarge(place);
}

Problem ChannelInstanceWriter::AddParts(const Instance& instance, uint32_t type) {
  ChannelDraft::Instance out{.criteria = {Size(draft_.criteria), 0},
                             .condition = {Size(draft_.condition), 0},
                             .groups = {Size(draft_.groups), 0},
                             .record_default = instance.record_default,
                             .combine = instance.combine,
                             .origin = OriginOf(instance)};
  if (Problem problem = AddText(instance.id, instance.place, "the id", &out.id)) return problem;
  if (Problem problem = AddText(instance.name, instance.name_place, "the name", &out.name)) {
    return problem;
  }
  if (Problem problem = AddCriteria(instance, type)) return problem;
  if (Problem problem = AddGroups(instance)) return problem;
  if (Problem problem = CheckSize(instance.place)) return problem;
  out.criteria.end = Size(draft_.criteria);
  out.condition.end = Size(draft_.condition);
  out.groups.end = Size(draft_.groups);
  draft_.types[type].instances.push_back(Size(draft_.instances));
  draft_.instances.push_back(out);
  if (out.origin.source == kNone) draft_.some_without_origin = true;
  return std::nullopt;
}

Problem ChannelInstanceWriter::Add(const Instance& instance) {
  if (Problem problem = Check(instance)) return problem;
  Mark mark = MarkNow();
  if (Problem problem = FindType(instance.type)) return problem;
  const uint32_t type = type_positions_[instance.type];
  mark.fields = draft_.types[type].fields.size();
  Problem problem = AddParts(instance, type);
  if (problem) ShrinkTo(mark, instance.type);
  return problem;
}

Problem ChannelInstanceWriter::AddType(uint32_t type) { return FindType(type); }

}  // namespace sluice
