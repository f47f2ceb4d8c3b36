#include "parser/sigma/sigma_print_selection.h"

#include <string>

namespace sluice {
namespace {

using Token = ConditionToken::Kind;

bool IsCombination(const ConditionToken& token, uint32_t count) {
  return (token.kind == Token::kAnd || token.kind == Token::kOr) && token.value == count;
}

YamlType NumberTypeOf(std::string_view text) {
  return PlainYamlType(text) == YamlType::kFloat ? YamlType::kFloat : YamlType::kInteger;
}

YamlType TypeOf(const Written& written) {
  switch (written.type) {
    case ScalarType::kNumber:
      return NumberTypeOf(written.value);
    case ScalarType::kBoolean:
      return YamlType::kBool;
    case ScalarType::kNull:
      return YamlType::kNull;
    default:
      return YamlType::kText;
  }
}

}  // namespace

// The criteria of one value, and the token that combines them when they are several.
bool SigmaSelectionPrinter::TakeValue(std::span<const ConditionToken>& tokens, uint32_t item,
                                      uint32_t position) {
  uint32_t count = 0;
  while (count < tokens.size() && tokens[count].kind == Token::kCriterion) {
    const Written& written = WrittenOf(tokens[count].value);
    if (written.item != item || written.position != position) break;
    ++count;
  }
  if (count == 0) return false;
  tokens = tokens.subspan(count);
  if (count == 1) return true;
  if (tokens.empty() || !IsCombination(tokens[0], count)) return false;
  tokens = tokens.subspan(1);
  return true;
}

bool SigmaSelectionPrinter::TakeItem(std::span<const ConditionToken>& tokens) {
  const uint32_t first = tokens[0].value;
  const uint32_t item = WrittenOf(first).item;
  uint32_t end = first;
  uint32_t values = 0;
  while (!tokens.empty() && tokens[0].kind == Token::kCriterion &&
         WrittenOf(tokens[0].value).item == item) {
    if (!TakeValue(tokens, item, values)) return false;
    ++values;
  }
  while (end < content_.criteria().size() && WrittenOf(end).item == item) ++end;
  items_.push_back({first, end});
  groups_.push_back(items_.size() - 1);
  if (values == 1) return true;
  if (tokens.empty() || !IsCombination(tokens[0], values)) return false;
  tokens = tokens.subspan(1);
  return true;
}

// The last `count` items, each a group of its own so far, are one map.
bool SigmaSelectionPrinter::TakeMap(uint32_t count) {
  if (count < 2 || count > groups_.size()) return false;
  if (groups_[groups_.size() - count] + count != items_.size()) return false;
  groups_.resize(groups_.size() - count + 1);
  return true;
}

bool SigmaSelectionPrinter::Parse(std::span<const ConditionToken> tokens) {
  items_.clear();
  groups_.clear();
  while (!tokens.empty()) {
    if (tokens[0].kind == Token::kCriterion) {
      if (!TakeItem(tokens)) return false;
      continue;
    }
    const ConditionToken& token = tokens[0];
    tokens = tokens.subspan(1);
    if (token.kind == Token::kAnd) {
      if (!TakeMap(token.value)) return false;
    } else if (!tokens.empty() || token.kind != Token::kOr || token.value != groups_.size()) {
      return false;
    } else {
      return groups_.size() > 1;
    }
  }
  return groups_.size() == 1;
}

std::span<const SigmaSelectionPrinter::Item> SigmaSelectionPrinter::ItemsOf(size_t group) const {
  const size_t end = group + 1 < groups_.size() ? groups_[group + 1] : items_.size();
  return std::span(items_).subspan(groups_[group], end - groups_[group]);
}

// Whether a key says nothing: no field, no modifiers.
bool SigmaSelectionPrinter::IsKeyword(const Item& item) const {
  const Criterion& criterion = content_.criteria()[item.first];
  return content_.field(criterion).kind == FieldKind::kAny && criterion.operator_text.empty();
}

bool SigmaSelectionPrinter::IsPlainList(std::span<const Item> items) const {
  return items.size() == 1 && IsKeyword(items[0]) && WrittenOf(items[0].first).in_list;
}

void SigmaSelectionPrinter::PrintValue(const Written& written) {
  writer_.Scalar(written.value, TypeOf(written));
}

void SigmaSelectionPrinter::PrintValues(const Item& item) {
  for (uint32_t i = item.first; i < item.end; ++i) {
    const Written& written = WrittenOf(i);
    if (i > item.first && WrittenOf(i - 1).position == written.position) continue;
    PrintValue(written);
  }
}

void SigmaSelectionPrinter::PrintMap(std::span<const Item> items) {
  writer_.BeginMap();
  for (const Item& item : items) {
    const Criterion& criterion = content_.criteria()[item.first];
    std::string key(content_.field(criterion).name);
    if (!criterion.operator_text.empty()) {
      key += '|';
      key += criterion.operator_text;
    }
    writer_.Key(key);
    const bool list = WrittenOf(item.first).in_list;
    if (list) writer_.BeginList();
    PrintValues(item);
    if (list) writer_.End();
  }
  writer_.End();
}

bool SigmaSelectionPrinter::Print(const SigmaSelection& selection) {
  if (!Parse(content_.condition(selection))) return false;
  if (groups_.size() == 1) {
    const std::span<const Item> items = ItemsOf(0);
    const Written& written = WrittenOf(items[0].first);
    if (IsPlainList(items)) {
      writer_.BeginList();
      PrintValues(items[0]);
      writer_.End();
    } else if (items.size() == 1 && IsKeyword(items[0]) && written.type != ScalarType::kNull) {
      PrintValue(written);
    } else {
      PrintMap(items);
    }
    return true;
  }
  writer_.BeginList();
  bool plain = false;  // the last group: plain values that follow would be of it
  for (size_t i = 0; i < groups_.size(); ++i) {
    const std::span<const Item> items = ItemsOf(i);
    plain = !plain && IsPlainList(items);
    if (plain) {
      PrintValues(items[0]);
    } else {
      PrintMap(items);
    }
  }
  writer_.End();
  return true;
}

}  // namespace sluice
