// The conditions of a rule: their names become the tokens of the selections that they cover.

#include <string>

#include "absl/strings/str_cat.h"
#include "parser/sigma/sigma_detection.h"
#include "parser/yaml/yaml_scalar.h"
#include "schema/limits.h"
#include "schema/text.h"

namespace sluice {
namespace {

using Kind = IrregularityKind;
using Token = ConditionToken::Kind;
using Error = SigmaConditionError::Kind;

Kind KindOf(Error error) {
  switch (error) {
    case Error::kEmpty:
      return Kind::kSigmaConditionEmpty;
    case Error::kAggregation:
      return Kind::kSigmaConditionAggregation;
    case Error::kNear:
      return Kind::kSigmaConditionNear;
    default:
      return Kind::kSigmaConditionSyntax;
  }
}

bool IsLimit(Error error) {
  return error == Error::kNameTooLong || error == Error::kTooDeep || error == Error::kTooLong;
}

}  // namespace

void SigmaDetection::AddConditionAttributes(std::string_view name, uint32_t key, uint32_t value) {
  const std::string_view path = name == "condition" ? "detection.condition" : "detection.timeframe";
  const Place key_place = context_.yaml.node(key).place;
  attributes_.Add(path, key_place, value);
  // The first of two conditions counts.
  if (name != "condition" || has_condition_) return;
  const uint32_t found = context_.yaml.Resolve(value);
  const YamlNode& node = context_.yaml.node(found);
  if (IsNothing(node)) return;
  has_condition_ = true;
  if (node.kind == YamlKind::kScalar) return conditions_.push_back(found);
  if (node.kind == YamlKind::kMapping) {
    return context_.AddFatal(Kind::kSigmaConditionNotText, node.place);
  }
  if (node.end == found + 1) context_.AddFatal(Kind::kSigmaConditionListEmpty, node.place);
  for (const uint32_t item : context_.yaml.Items(found)) {
    const uint32_t text = context_.yaml.Resolve(item);
    const YamlNode& condition = context_.yaml.node(text);
    if (condition.kind != YamlKind::kScalar || IsNothing(condition)) {
      context_.AddFatal(Kind::kSigmaConditionNotText, condition.place);
    } else {
      conditions_.push_back(text);
    }
  }
}

void SigmaDetection::ReadConditions(Place key_place) {
  if (!has_condition_) context_.AddFatal(Kind::kSigmaConditionMissing, key_place);
  if (selections_.empty()) context_.AddFatal(Kind::kSigmaSelectionsMissing, key_place);
  context_.builder.BeginCondition();
  uint32_t count = 0;
  for (const uint32_t condition : conditions_) {
    if (context_.over_limit) return;
    count += ReadCondition(condition) ? 1 : 0;
  }
  if (count > 1) Combine(Token::kOr, count, context_.yaml.node(conditions_[0]).place);
}

bool SigmaDetection::ReadCondition(uint32_t node) {
  const YamlNode& scalar = context_.yaml.node(node);
  const SigmaConditionResult result = ParseSigmaCondition(scalar.value);
  if (!result.ok()) {
    AddConditionError(node, *result.error);
    return false;
  }
  AddConditionLints(node, result.condition);
  for (const SigmaConditionToken& token : result.condition.tokens) {
    if (context_.over_limit) return false;
    AddToken(node, token);
  }
  return true;
}

void SigmaDetection::AddConditionError(uint32_t node, const SigmaConditionError& error) {
  const bool nothing = context_.yaml.node(node).value.empty();
  const Place place =
      nothing ? context_.yaml.node(node).place : context_.PlaceIn(node, error.place);
  if (IsLimit(error.kind)) {
    if (!context_.over_limit) {
      const std::string expected(error.expected);
      context_.over_limit = {place, "condition", "expected " + expected, true};
    }
    return;
  }
  context_.AddFatal(KindOf(error.kind), place, error.expected, context_.Lasting(error.found));
}

void SigmaDetection::AddConditionLints(uint32_t node, const SigmaCondition& condition) {
  for (const Place& place : condition.redundant_parentheses) {
    context_.Add(Kind::kSigmaRedundantParentheses, context_.PlaceIn(node, place));
  }
  for (const Place& place : condition.not_lower_case) {
    const std::string_view word = context_.yaml.node(node).value.substr(place.offset, place.length);
    context_.Add(Kind::kSigmaKeywordCase, context_.PlaceIn(node, place), context_.Lasting(word));
  }
}

void SigmaDetection::AddToken(uint32_t node, const SigmaConditionToken& token) {
  const Place place = context_.PlaceIn(node, token.place);
  switch (token.kind) {
    case SigmaConditionToken::Kind::kIdentifier:
      return AddName(node, token);
    case SigmaConditionToken::Kind::kOf:
      return AddOf(node, token);
    case SigmaConditionToken::Kind::kAnd:
      return Combine(Token::kAnd, token.count, place);
    case SigmaConditionToken::Kind::kOr:
      if (token.mixed) context_.Add(Kind::kSigmaMixedOperators, place);
      return Combine(Token::kOr, token.count, place);
    case SigmaConditionToken::Kind::kNot:
      return context_.builder.AddConditionToken({.kind = Token::kNot, .value = 1, .place = place});
  }
}

void SigmaDetection::Use(uint32_t selection, Place place) {
  const uint64_t tokens = context_.builder.selection(selection).condition.size();
  if (context_.over_limit) return;
  if (context_.builder.condition_count() + tokens > kMaxConditionTokens) {
    context_.over_limit = {
        place, "condition",
        absl::StrCat("comes to more than ", kMaxConditionTokens, " criteria and operators"), true};
    return;
  }
  context_.builder.UseSelection(selection);
}

void SigmaDetection::AddName(uint32_t node, const SigmaConditionToken& token) {
  const std::string_view name =
      context_.yaml.node(node).value.substr(token.name.offset, token.name.length);
  const Place place = context_.PlaceIn(node, token.place);
  const auto found = names_.find(name);
  if (found != names_.end()) return Use(found->second, place);
  context_.AddFatal(Kind::kSigmaSelectionUndefined, place, context_.Lasting(name));
  AddNothing(place);
}

void SigmaDetection::AddOf(uint32_t node, const SigmaConditionToken& token) {
  const std::string_view text = context_.yaml.node(node).value;
  const std::string_view name = text.substr(token.name.offset, token.name.length);
  const Place place = context_.PlaceIn(node, token.place);
  uint32_t covered = 0;
  for (uint32_t i = selections_.begin; i < selections_.end && !context_.over_limit; ++i) {
    const std::string_view selection = context_.builder.selection(i).name;
    const uint64_t steps = 1 + selection.size() * (token.them ? 1 : name.size());
    context_.Spend(context_.match_bytes, steps, kMaxSigmaMatchBytes, place,
                   "steps to find the selections that patterns cover");
    if (!SigmaTokenCovers(token, text, selection)) continue;
    Use(i, place);
    ++covered;
  }
  const uint32_t n = token.count == 0 ? covered : token.count;
  context_.builder.AddConditionToken(
      {.kind = Token::kAtLeast, .value = covered, .n = covered == 0 ? 1 : n, .place = place});
  const std::string_view detail = token.them ? "them" : context_.Lasting(name);
  if (covered == 0) {
    context_.AddFatal(Kind::kSigmaPatternUnmatched, place, detail);
  } else if (token.count > covered) {
    context_.Add(Kind::kSigmaOfTooFew, place, detail, context_.builder.Copy(absl::StrCat(covered)));
  } else if (covered == 1) {
    context_.Add(Kind::kSigmaOfSingle, place, detail);
  }
}

}  // namespace sluice
