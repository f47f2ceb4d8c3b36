#include "parser/sigma/sigma_detection.h"

#include <optional>

#include "parser/yaml/yaml_scalar.h"
#include "schema/limits.h"

namespace sluice {
namespace {

using Kind = IrregularityKind;
using Token = ConditionToken::Kind;

}  // namespace

void SigmaDetection::AddNothing(Place place) {
  context_.builder.AddConditionToken({.kind = Token::kAtLeast, .value = 0, .n = 1, .place = place});
}

void SigmaDetection::Combine(ConditionToken::Kind kind, uint32_t count, Place place) {
  if (count == 0) return AddNothing(place);
  if (count > 1) context_.builder.AddConditionToken({.kind = kind, .value = count, .place = place});
}

void SigmaDetection::Read(uint32_t type, Place key_place, uint32_t value) {
  type_ = type;
  names_.clear();
  conditions_.clear();
  has_condition_ = false;
  const auto first = static_cast<uint32_t>(context_.builder.selection_count());
  selections_ = {first, first};
  const uint32_t map = attributes_.AddOne("detection", key_place, value);
  const YamlNode& node = context_.yaml.node(map);
  if (node.kind != YamlKind::kMapping) {
    return context_.AddFatal(Kind::kSigmaDetectionNotAMap,
                             IsNothing(node) ? key_place : node.place);
  }
  attributes_.AddRepeatedKeys(map, true);
  for (const YamlEntry entry : context_.yaml.Entries(map)) {
    if (context_.over_limit) return;
    const std::optional<std::string_view> key = context_.Key(entry.key);
    if (!key) continue;
    if (*key == "condition" || *key == "timeframe") {
      AddConditionAttributes(*key, entry.key, entry.value);
    } else {
      ReadSelection(entry.key, *key, entry.value);
    }
  }
  ReadConditions(key_place);
}

void SigmaDetection::ReadSelection(uint32_t key, std::string_view name, uint32_t value) {
  const uint32_t found = context_.Follow(value);
  const Place place = context_.yaml.node(found).place;
  const Place name_place = context_.yaml.node(key).place;
  const uint32_t index =
      context_.builder.BeginSelection({.name = name, .name_place = name_place, .place = place});
  names_.try_emplace(name, index);
  selections_.end = index + 1;
  ReadSelectionValue(name, found, IsNothing(context_.yaml.node(found)) ? name_place : place);
  context_.builder.EndSelection();
}

void SigmaDetection::ReadSelectionValue(std::string_view name, uint32_t node, Place place) {
  const YamlNode& value = context_.yaml.node(node);
  const bool scalar = value.kind == YamlKind::kScalar;
  const bool empty = scalar ? IsNothing(value) : value.end == node + 1;
  if (empty) {
    context_.AddFatal(Kind::kSigmaSelectionEmpty, place, name);
    return AddNothing(place);
  }
  if (scalar) {
    context_.Add(Kind::kSigmaSelectionScalar, place, name);
    return items_.Read(type_, kNoYamlNode, {}, {&node, 1}, false);
  }
  if (value.kind == YamlKind::kMapping) return ReadMap(node);
  ReadList(name, node);
}

void SigmaDetection::ReadMap(uint32_t map) {
  attributes_.AddRepeatedKeys(map, true);
  uint32_t count = 0;
  for (const YamlEntry entry : context_.yaml.Entries(map)) {
    if (context_.over_limit) return;
    ReadEntry(entry.key, entry.value);
    ++count;
  }
  Combine(Token::kAnd, count, context_.yaml.node(map).place);
}

void SigmaDetection::ReadEntry(uint32_t key, uint32_t value) {
  const std::optional<std::string_view> text = context_.Key(key);
  const uint32_t node = context_.Follow(value);
  const YamlNode& found = context_.yaml.node(node);
  if (!text) return AddNothing(found.place);
  const uint32_t key_node = context_.yaml.Resolve(key);
  if (found.kind == YamlKind::kMapping) {
    context_.AddFatal(Kind::kSigmaNestedMap, found.place, *text);
    return AddNothing(found.place);
  }
  if (found.kind == YamlKind::kScalar) {
    return items_.Read(type_, key_node, *text, {&node, 1}, false);
  }
  CollectValues(node, *text);
  if (values_.empty()) return AddNothing(found.place);
  items_.Read(type_, key_node, *text, values_, true);
}

// The scalars of a list of values.
void SigmaDetection::CollectValues(uint32_t list, std::string_view key_text) {
  values_.clear();
  const YamlNode& node = context_.yaml.node(list);
  if (node.end == list + 1) context_.AddFatal(Kind::kSigmaEmptyList, node.place, key_text);
  for (const uint32_t item : context_.yaml.Items(list)) {
    if (context_.over_limit) return;
    const uint32_t found = context_.Follow(item);
    const YamlNode& value = context_.yaml.node(found);
    if (value.kind == YamlKind::kScalar) {
      values_.push_back(found);
    } else {
      const bool map = value.kind == YamlKind::kMapping;
      context_.AddFatal(map ? Kind::kSigmaNestedMap : Kind::kSigmaNestedList, value.place,
                        key_text);
    }
  }
}

// The plain values of a list that stand together are one item. True when there were any.
bool SigmaDetection::FlushKeywords() {
  if (values_.empty()) return false;
  items_.Read(type_, kNoYamlNode, {}, values_, true);
  values_.clear();
  return true;
}

void SigmaDetection::ReadList(std::string_view name, uint32_t list) {
  values_.clear();
  uint32_t count = 0;
  bool maps = false;
  bool keywords = false;
  for (const uint32_t item : context_.yaml.Items(list)) {
    if (context_.over_limit) return;
    const uint32_t found = context_.Follow(item);
    const YamlNode& value = context_.yaml.node(found);
    if (value.kind == YamlKind::kScalar) {
      values_.push_back(found);
      keywords = true;
      continue;
    }
    count += FlushKeywords() ? 1 : 0;
    ++count;
    if (value.kind == YamlKind::kSequence) {
      context_.AddFatal(Kind::kSigmaNestedList, value.place, name);
      AddNothing(value.place);
    } else if (value.end == found + 1) {
      context_.AddFatal(Kind::kSigmaEmptyMap, value.place, name);
      AddNothing(value.place);
    } else {
      ReadMap(found);
      values_.clear();
      maps = true;
    }
  }
  count += FlushKeywords() ? 1 : 0;
  const Place place = context_.yaml.node(list).place;
  if (maps && keywords) context_.Add(Kind::kSigmaMixedList, place, name);
  Combine(Token::kOr, count, place);
}

}  // namespace sluice
