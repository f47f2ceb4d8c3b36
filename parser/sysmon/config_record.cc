#include "parser/sysmon/config_record.h"

#include <optional>
#include <vector>

#include "schema/text.h"

namespace sluice {
namespace {

bool IsRuleGroup(pugi::xml_node node) { return EqualsIgnoreCase(node.name(), "RuleGroup"); }

// A slot for `text`: similar words mostly get different ones.
size_t Slot(std::string_view text, size_t slots) {
  return text.empty() ? 0 : (text.size() * 5 + static_cast<unsigned char>(text.back())) % slots;
}

}  // namespace

void RecordReader::ReadFiltering(pugi::xml_node filtering) {
  context_.Attributes(filtering, {});
  // The RuleGroups around `node`, the outermost first; depth is bounded by the document's.
  std::vector<RuleGroup> open = {{.combine = default_combine_}};
  pugi::xml_node node = filtering.first_child();
  while (node) {
    if (IsText(node)) {
      context_.IgnoreText(node);
    } else if (!IsRuleGroup(node)) {
      ReadRecord(node, open.back());
    } else {
      const RuleGroup group = ReadRuleGroup(node);
      if (pugi::xml_node child = node.first_child()) {
        open.push_back(group);
        node = child;
        continue;
      }
    }
    while (!node.next_sibling()) {
      node = node.parent();
      if (node == filtering) return;
      open.pop_back();
    }
    node = node.next_sibling();
  }
}

RecordReader::RuleGroup RecordReader::ReadRuleGroup(pugi::xml_node element) const {
  const auto [name, relation] = context_.Attributes(element, {"name", "groupRelation"});
  RuleGroup group{.combine = default_combine_, .name = Name(name)};
  if (const std::optional<bool> is_or = context_.RelationIsOr(relation)) {
    group.combine = *is_or ? Combine::kOr : Combine::kAnd;
  }
  return group;
}

void RecordReader::ReadRecord(pugi::xml_node record, const RuleGroup& group) {
  context_.instance = static_cast<uint32_t>(context_.builder.instance_count());
  const uint32_t type = context_.builder.Type(
      {.name = record.name(), .place = context_.document.NamePlace(record)});
  Instance instance;
  instance.type = type;
  instance.name = group.name.text;
  instance.record_default = ReadDefault(record);
  instance.combine = group.combine;
  instance.place = context_.document.StartTagPlace(record);
  instance.name_place = group.name.place;
  context_.builder.BeginInstance(instance);
  for (const pugi::xml_node& child : record.children()) {
    if (IsText(child)) {
      context_.IgnoreText(child);
    } else if (EqualsIgnoreCase(child.name(), "Rule")) {
      ReadRule(child, type, group.name);
    } else {
      ReadCriterion(child, type, group.name);
    }
  }
  context_.builder.EndInstance();
  context_.instance = kNone;
}

RecordDefault RecordReader::ReadDefault(pugi::xml_node record) const {
  const auto [on_match, other] = context_.Attributes(record, {"onmatch", "default"});
  if (!on_match && !other) {
    context_.Add(IrregularityKind::kOnMatchMissing, context_.document.NamePlace(record));
    return RecordDefault::kTypeDefault;
  }
  if (on_match && other) {
    context_.Add(IrregularityKind::kOnMatchTwice, context_.document.NamePlace(other));
  }
  const XmlValue value = context_.Value(on_match ? on_match : other);
  const bool include = EqualsIgnoreCase(value.text, "include");
  if (!include && !EqualsIgnoreCase(value.text, "exclude")) {
    context_.Add(IrregularityKind::kOnMatchUnknown, value.place, value.text);
    return RecordDefault::kTypeDefault;
  }
  // `onmatch` says what a match does, `default` what happens without one.
  return include == static_cast<bool>(on_match) ? RecordDefault::kExclude
                                                : RecordDefault::kInclude;
}

void RecordReader::ReadRule(pugi::xml_node rule, uint32_t type, const RuleName& inherited) {
  const auto [name, relation] = context_.Attributes(rule, {"name", "groupRelation"});
  const RuleName own = Name(name);
  Group group;
  group.combine = context_.RelationIsOr(relation).value_or(true) ? Combine::kOr : Combine::kAnd;
  group.name = own.text;
  group.name_place = own.place;
  group.place = context_.document.StartTagPlace(rule);
  context_.builder.BeginGroup(group);
  bool empty = true;
  for (const pugi::xml_node& child : rule.children()) {
    if (IsText(child)) {
      context_.IgnoreText(child);
    } else {
      empty = false;
      ReadCriterion(child, type, own.text.empty() ? inherited : own);
    }
  }
  context_.builder.EndGroup();
  if (empty) context_.Add(IrregularityKind::kEmptyGroup, group.place);
}

void RecordReader::ReadCriterion(pugi::xml_node element, uint32_t type, const RuleName& inherited) {
  const XmlDocument& document = context_.document;
  Criterion criterion;
  criterion.place = document.ElementPlace(element);
  criterion.field_place = document.NamePlace(element);
  criterion.field = FindField(type, element.name());
  const auto [name, condition] = context_.Attributes(element, {"name", "condition"});
  const RuleName own = Name(name);
  const RuleName& reported = own.text.empty() ? inherited : own;
  criterion.name = reported.text;
  criterion.name_place = reported.place;
  SetOperator(condition, &criterion);
  const XmlValue value = context_.ElementValue(element);
  const Operand operand{.text = value.text, .place = value.place};
  context_.builder.AddCriterion(criterion, {&operand, 1});
}

RuleName RecordReader::Name(pugi::xml_attribute attribute) const {
  if (!attribute) return {};
  const XmlValue value = context_.Value(attribute);
  if (value.text.empty()) return {};
  return {value.text, value.place};
}

void RecordReader::SetOperator(pugi::xml_attribute condition, Criterion* criterion) {
  criterion->op = Operator::kSysmonIs;
  criterion->operator_place = {criterion->field_place.offset, 0};
  if (!condition) return;
  const XmlValue value = context_.Value(condition);
  if (value.text.empty()) return;
  criterion->operator_text = value.text;
  criterion->operator_place = value.place;
  criterion->op = FindOperator(value.text);
}

Operator RecordReader::FindOperator(std::string_view condition) {
  OperatorSlot& slot = operators_[Slot(condition, operators_.size())];
  if (slot.text != condition) {
    slot = {condition, SysmonOperator(condition).value_or(Operator::kUnknown)};
  }
  return slot.op;
}

uint32_t RecordReader::FindField(uint32_t type, std::string_view name) {
  FieldSlot& slot = fields_[Slot(name, fields_.size())];
  if (slot.type != type || slot.name != name) {
    slot = {name, type,
            context_.builder.Field({.type = type, .kind = FieldKind::kName, .name = name})};
  }
  return slot.field;
}

}  // namespace sluice
