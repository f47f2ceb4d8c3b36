#include "parser/sysmon/config_record.h"

#include <optional>
#include <vector>

#include "schema/text.h"

namespace sluice {
namespace {

constexpr uint32_t kFilteringDepth = 2;  // <Sysmon> stands 1 deep

// A slot for `text`: similar words mostly get different ones.
size_t Slot(std::string_view text, size_t slots) {
  return text.empty() ? 0 : (text.size() * 5 + static_cast<unsigned char>(text.back())) % slots;
}

bool IsNamed(pugi::xml_node element, std::string_view name) {
  return EqualsIgnoreCase(element.name(), name);
}

}  // namespace

void RecordReader::ReadFiltering(pugi::xml_node filtering) {
  context_.ReadStartTag(filtering, kFilteringDepth, {});
  // The RuleGroups around `node`, the outermost first, behind what holds outside of them.
  std::vector<RuleGroup> open = {{.combine = default_combine_}};
  pugi::xml_node node = filtering.first_child();
  while (node && !context_.malformed) {
    const auto depth = static_cast<uint32_t>(kFilteringDepth + open.size());
    if (IsText(node)) {
      context_.IgnoreText(node);
    } else if (!IsNamed(node, "RuleGroup")) {
      ReadRecord(node, depth, open.back());
    } else {
      const RuleGroup group = ReadRuleGroup(node, depth);
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

RecordReader::RuleGroup RecordReader::ReadRuleGroup(pugi::xml_node element, uint32_t depth) {
  const StartTag tag = context_.ReadStartTag(element, depth, {"name", "groupRelation"});
  RuleGroup group{.combine = default_combine_, .name = Name(tag.attributes[0])};
  if (const std::optional<bool> is_or = context_.RelationIsOr(tag.attributes[1])) {
    group.combine = *is_or ? Combine::kOr : Combine::kAnd;
  }
  return group;
}

void RecordReader::ReadRecord(pugi::xml_node record, uint32_t depth, const RuleGroup& group) {
  context_.instance = static_cast<uint32_t>(context_.builder.instance_count());
  const StartTag tag = context_.ReadStartTag(record, depth, {"onmatch", "default"});
  const uint32_t type = context_.builder.Type({.name = tag.name, .place = tag.name_place});
  Instance instance;
  instance.type = type;
  instance.name = group.name.text;
  instance.record_default = ReadDefault(tag);
  instance.combine = group.combine;
  instance.place = tag.place;
  instance.name_place = group.name.place;
  context_.builder.BeginInstance(instance);
  for (pugi::xml_node child = record.first_child(); child; child = child.next_sibling()) {
    if (IsText(child)) {
      context_.IgnoreText(child);
    } else if (IsNamed(child, "Rule")) {
      ReadRule(child, depth + 1, type, group.name);
    } else {
      ReadCriterion(child, depth + 1, type, group.name);
    }
  }
  context_.builder.EndInstance();
  context_.instance = kNone;
}

RecordDefault RecordReader::ReadDefault(const StartTag& tag) {
  const auto& [on_match, other] = tag.attributes;
  if (!on_match.present && !other.present) {
    context_.Add(IrregularityKind::kOnMatchMissing, tag.name_place);
    return RecordDefault::kTypeDefault;
  }
  if (on_match.present && other.present) {
    context_.Add(IrregularityKind::kOnMatchTwice, other.name_place);
  }
  const XmlValue value = context_.Checked(on_match.present ? on_match.value : other.value);
  const bool include = EqualsIgnoreCase(value.text, "include");
  if (!include && !EqualsIgnoreCase(value.text, "exclude")) {
    context_.Add(IrregularityKind::kOnMatchUnknown, value.place, value.text);
    return RecordDefault::kTypeDefault;
  }
  // `onmatch` says what a match does, `default` what happens without one.
  return include == on_match.present ? RecordDefault::kExclude : RecordDefault::kInclude;
}

void RecordReader::ReadRule(pugi::xml_node rule, uint32_t depth, uint32_t type,
                            const RuleName& inherited) {
  const StartTag tag = context_.ReadStartTag(rule, depth, {"name", "groupRelation"});
  const RuleName own = Name(tag.attributes[0]);
  const bool is_or = context_.RelationIsOr(tag.attributes[1]).value_or(true);
  context_.builder.BeginGroup({.combine = is_or ? Combine::kOr : Combine::kAnd,
                               .name = own.text,
                               .place = tag.place,
                               .name_place = own.place});
  for (pugi::xml_node child = rule.first_child(); child; child = child.next_sibling()) {
    if (IsText(child)) {
      context_.IgnoreText(child);
    } else {
      ReadCriterion(child, depth + 1, type, own.text.empty() ? inherited : own);
    }
  }
  context_.builder.EndGroup();
}

void RecordReader::ReadCriterion(pugi::xml_node element, uint32_t depth, uint32_t type,
                                 const RuleName& inherited) {
  const StartTag tag = context_.ReadStartTag(element, depth, {"name", "condition"});
  const RuleName own = Name(tag.attributes[0]);
  const RuleName& reported = own.text.empty() ? inherited : own;
  Criterion criterion;
  criterion.field = FindField(type, tag.name);
  criterion.field_place = tag.name_place;
  criterion.name = reported.text;
  criterion.name_place = reported.place;
  SetOperator(tag.attributes[1], &criterion);
  const ConfigLeaf leaf = context_.ReadLeaf(element, depth, tag);
  criterion.place = leaf.place;
  const Operand operand{.text = leaf.value.text, .place = leaf.value.place};
  context_.builder.AddCriterion(criterion, {&operand, 1});
}

RuleName RecordReader::Name(const ConfigAttribute& attribute) {
  if (!attribute.present) return {};
  const XmlValue value = context_.Checked(attribute.value);
  if (value.text.empty()) return {};
  return {value.text, value.place};
}

void RecordReader::SetOperator(const ConfigAttribute& condition, Criterion* criterion) {
  criterion->op = Operator::kSysmonIs;
  criterion->operator_place = {criterion->field_place.offset, 0};
  if (!condition.present) return;
  const XmlValue value = context_.Checked(condition.value);
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
