#include "parser/sysmon/config_record.h"

#include <algorithm>
#include <cstddef>
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
  filtering_ = filtering;
  holders_found_ = false;
  // The elements around `node`, the outermost first.
  std::vector<Open> open = {{.group = {.combine = default_combine_}}};
  pugi::xml_node node = filtering.first_child();
  while (node && !context_.malformed) {
    if (!IsText(node)) {
      const auto depth = static_cast<uint32_t>(kFilteringDepth + open.size());
      const Open read = ReadElement(node, depth, open.back());
      const pugi::xml_node child = node.first_child();
      if (child && !read.skip) {
        open.push_back(read);
        node = child;
        continue;
      }
    } else if (!open.back().in_record) {
      context_.IgnoreText(node);
    }
    while (!node.next_sibling()) {
      node = node.parent();
      if (node == filtering) return;
      open.pop_back();
    }
    node = node.next_sibling();
  }
}

RecordReader::Open RecordReader::ReadElement(pugi::xml_node element, uint32_t depth, Open& parent) {
  if (parent.in_record) return ReadInsideRecord(element, depth, parent);
  if (IsNamed(element, "RuleGroup")) {
    return {.group = ReadRuleGroup(element, depth), .checked = parent.checked};
  }
  if (IsWrapper(element)) return IgnoreWrapper(element, depth, parent);
  ReadRecord(element, depth, parent);
  return {.group = {.combine = default_combine_},
          .in_record = true,
          .checked = true,
          .skip = !may_nest_};
}

// What encloses the element has been read, and with it all that there is to say of elements that
// are no events.
RecordReader::Open RecordReader::ReadInsideRecord(pugi::xml_node element, uint32_t depth,
                                                  Open& parent) {
  if (IsEvent(element.name())) {
    if (parent.group_unread) parent.group = ReadRuleGroup(element.parent(), depth - 1);
    parent.group_unread = false;
    ReadRecord(element, depth, parent);
  }
  return {.group = {.combine = default_combine_},
          .group_unread = IsNamed(element, "RuleGroup"),
          .in_record = true,
          .checked = true};
}

RecordReader::Open RecordReader::IgnoreWrapper(pugi::xml_node element, uint32_t depth,
                                               const Open& parent) {
  context_.Add(IrregularityKind::kIgnoredElement, context_.document.StartTagPlace(element),
               element.name());
  if (!parent.checked) context_.Refuse(context_.document.CheckSubtree(element, depth));
  return {.group = {.combine = default_combine_}, .checked = true};
}

// Whether an element outside of records is none itself, but has an event below it. Asked for
// elements in the order of the document.
bool RecordReader::IsWrapper(pugi::xml_node element) {
  if (contracts_ == nullptr || element.attribute("onmatch") || element.attribute("default") ||
      IsEvent(element.name())) {
    return false;
  }
  if (!holders_found_) FindHolders();
  const uint32_t name = context_.document.NamePlace(element).offset;
  while (next_holder_ < holders_.size() && holders_[next_holder_] < name) ++next_holder_;
  return next_holder_ < holders_.size() && holders_[next_holder_] == name;
}

void RecordReader::FindHolders() {
  holders_.clear();
  holders_found_ = true;
  next_holder_ = 0;
  std::vector<uint32_t> path;  // the names of the elements around `node`, the outermost first
  size_t held = 0;             // how many of those are in `holders_`
  pugi::xml_node node = filtering_.first_child();
  while (node) {
    if (IsEvent(node.name())) {
      holders_.insert(holders_.end(), path.begin() + static_cast<ptrdiff_t>(held), path.end());
      held = path.size();
    }
    if (const pugi::xml_node child = node.first_child()) {
      path.push_back(context_.document.NamePlace(node).offset);
      node = child;
      continue;
    }
    while (!node.next_sibling()) {
      node = node.parent();
      if (node == filtering_) return;
      path.pop_back();
      held = std::min(held, path.size());
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

void RecordReader::ReadRecord(pugi::xml_node record, uint32_t depth, const Open& parent) {
  const RuleGroup& group = parent.group;
  context_.subtree_checked = parent.checked;
  may_nest_ = false;
  context_.instance = static_cast<uint32_t>(context_.builder.instance_count());
  const StartTag tag = context_.ReadStartTag(record, depth, {"onmatch", "default"});
  const size_t types = context_.builder.type_count();
  const uint32_t type = context_.builder.Type({.name = tag.name, .place = tag.name_place});
  if (context_.builder.type_count() != types) context_.CountName(tag.name_place);
  Instance instance;
  instance.type = type;
  instance.name = group.name.text;
  instance.record_default = ReadDefault(tag);
  instance.combine = group.combine;
  instance.place = tag.place;
  instance.name_place = group.name.place;
  context_.builder.BeginInstance(instance);
  const size_t first = context_.builder.criterion_count();
  for (pugi::xml_node child = record.first_child(); child && !context_.malformed;
       child = child.next_sibling()) {
    if (IsText(child)) {
      context_.IgnoreText(child);
    } else if (IsNamed(child, "Rule")) {
      ReadRule(child, depth + 1, type, group.name);
    } else {
      ReadCriterion(child, depth + 1, type, group.name);
    }
  }
  context_.builder.EndInstance();
  if (context_.builder.criterion_count() == first) context_.CountEmptyRecord(tag.place);
  context_.subtree_checked = false;
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
  if (IsEvent(tag.name)) may_nest_ = true;
  const RuleName own = Name(tag.attributes[0]);
  const bool is_or = context_.RelationIsOr(tag.attributes[1]).value_or(true);
  context_.builder.BeginGroup({.combine = is_or ? Combine::kOr : Combine::kAnd,
                               .name = own.text,
                               .place = tag.place,
                               .name_place = own.place});
  for (pugi::xml_node child = rule.first_child(); child && !context_.malformed;
       child = child.next_sibling()) {
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
  criterion.field = FindField(type, tag.name, tag.name_place);
  criterion.field_place = tag.name_place;
  criterion.name = reported.text;
  criterion.name_place = reported.place;
  SetOperator(tag.attributes[1], &criterion);
  const ConfigLeaf leaf = context_.ReadLeaf(element, depth, tag);
  criterion.place = leaf.place;
  context_.CheckConditions(leaf.place);
  if (leaf.value.text.empty()) context_.CountEmptyCondition(leaf.place);
  if (leaf.has_elements) may_nest_ = true;
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

uint32_t RecordReader::FindField(uint32_t type, std::string_view name, Place place) {
  FieldSlot& slot = fields_[Slot(name, fields_.size())];
  if (slot.type != type || slot.name != name) {
    const size_t fields = context_.builder.field_count();
    slot = {name, type,
            context_.builder.Field({.type = type, .kind = FieldKind::kName, .name = name}),
            IsEvent(name)};
    if (context_.builder.field_count() != fields) context_.CountName(place);
  }
  if (slot.is_event) may_nest_ = true;
  return slot.field;
}

}  // namespace sluice
