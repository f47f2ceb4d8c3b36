#include "parser/sigma/sigma_item.h"

#include <algorithm>
#include <optional>
#include <string>

#include "parser/sigma/sigma_regex.h"
#include "parser/yaml/yaml_scalar.h"
#include "schema/compared_field.h"
#include "schema/limits.h"

namespace sluice {
namespace {

using Kind = IrregularityKind;
using Problem = SigmaProblem::Kind;
using Token = ConditionToken::Kind;

// The kinds of irregularities repeat those of problems in their order.
constexpr Kind KindOf(Problem problem) {
  return static_cast<Kind>(static_cast<int>(Kind::kSigmaModifierEmpty) + static_cast<int>(problem));
}
static_assert(KindOf(Problem::kEmptyModifier) == Kind::kSigmaModifierEmpty);
static_assert(KindOf(Problem::kAllOnSingleValue) == Kind::kSigmaAllOnSingleValue);
static_assert(KindOf(Problem::kNoEffect) == Kind::kSigmaModifierNoEffect);
static_assert(KindOf(Problem::kHostBits) == Kind::kSigmaHostBits);
static_assert(KindOf(Problem::kRegexTooLong) == Kind::kSigmaRegexTooLong);

std::string_view Name(SigmaRegexFeature feature) {
  constexpr std::string_view kNames[] = {
      "look-ahead",   "look-behind", "back reference",       "possessive quantifier",
      "atomic group", "named group", "branch reset",         "conditional",
      "recursion",    "comment",     "flags in the pattern", "escape"};
  return kNames[static_cast<size_t>(feature)];
}

std::string_view Name(SigmaRegexError::Kind kind) {
  constexpr std::string_view kNames[] = {
      "too long",           "too deep",         "not UTF-8",         "group not closed",
      "group not opened",   "class not closed", "nothing to repeat", "bad repetition",
      "trailing backslash", "does not compile"};
  return kNames[static_cast<size_t>(kind)];
}

ScalarType TypeOf(const YamlNode& node) {
  switch (YamlTypeOf(node)) {
    case YamlType::kNull:
      return ScalarType::kNull;
    case YamlType::kBool:
      return ScalarType::kBoolean;
    case YamlType::kInteger:
    case YamlType::kFloat:
      return ScalarType::kNumber;
    default:
      return ScalarType::kText;
  }
}

// The operator of a plain text under `key`, when modifiers say no more than where it stands;
// nullopt when they do.
std::optional<Operator> PlainOperator(const SigmaKey& key) {
  if (!key.problems.empty()) return std::nullopt;
  Operator op = key.field.empty() ? Operator::kContains : Operator::kEquals;
  for (const SigmaModifierUse& use : key.modifiers) {
    switch (use.modifier) {
      case SigmaModifier::kContains:
        op = Operator::kContains;
        break;
      case SigmaModifier::kStartsWith:
        op = Operator::kStartsWith;
        break;
      case SigmaModifier::kEndsWith:
        op = Operator::kEndsWith;
        break;
      case SigmaModifier::kAll:
        break;
      default:
        return std::nullopt;
    }
  }
  return op;
}

// "*", "?", or two backslashes in a row. One pass to the end: most values have none.
bool HasEscapeOrWildcard(std::string_view text) {
  bool found = text.starts_with('*') || text.starts_with('?');
  for (size_t i = 1; i < text.size(); ++i) {
    const bool escape = text[i] == '\\' && text[i - 1] == '\\';
    found |= escape || text[i] == '*' || text[i] == '?';
  }
  return found;
}

// Whether a value is text that stands for itself.
bool IsPlain(const SigmaScalar& value) {
  return value.type == ScalarType::kText && !value.text.empty() && !HasEscapeOrWildcard(value.text);
}

}  // namespace

void SigmaItemReader::Read(uint32_t type, uint32_t key, std::string_view key_text,
                           std::span<const uint32_t> values, bool in_list) {
  type_ = type;
  key_node_ = key;
  key_text_ = key_text;
  key_ = ParseSigmaKey(key_text);
  modifiers_ = key_text.substr(std::min(key_.field.size() + 1, key_text.size()));
  in_list_ = in_list;
  nodes_ = values;
  first_ = static_cast<uint32_t>(context_.builder.criterion_count());
  field_ = context_.builder.Field({.type = type,
                                   .kind = key_.field.empty() ? FieldKind::kAny : FieldKind::kName,
                                   .name = key_.field});
  if (key != kNoYamlNode) {
    const auto end = static_cast<uint32_t>(key_text.size());
    const auto modifiers = static_cast<uint32_t>(modifiers_.size());
    field_place_ = context_.PlaceIn(key, {0, static_cast<uint32_t>(key_.field.size())});
    operator_place_ = context_.PlaceIn(key, {end - modifiers, modifiers});
  }
  scalars_.clear();
  for (const uint32_t value : values) {
    const YamlNode& node = context_.yaml.node(value);
    scalars_.push_back({TypeOf(node), node.value});
  }
  if (ReadPlain()) return;
  const SigmaItem item =
      ApplySigmaModifiers(key_, scalars_, in_list, context_.placeholders, context_.budget);
  AddProblems(key_.problems, true);
  AddProblems(item.problems, false);
  const std::span<const SigmaTest> tests = item.tests;
  uint32_t count = 0;
  for (size_t i = 0; i < tests.size(); ++count) {
    if (context_.over_limit) return;
    size_t end = i + 1;
    while (end < tests.size() && tests[end].value == tests[i].value) ++end;
    AddValue(tests.subspan(i, end - i));
    i = end;
  }
  AddCombination(count, item.combine);
}

// Most items are of plain texts, which need neither decoding nor expansion: what
// `ApplySigmaModifiers` makes of these, without copies. False when an item is none.
bool SigmaItemReader::ReadPlain() {
  const std::optional<Operator> op = PlainOperator(key_);
  const bool all = key_.Has(SigmaModifier::kAll);
  if (!op || (all && scalars_.size() == 1) || !std::ranges::all_of(scalars_, IsPlain)) return false;
  for (uint32_t i = 0; i < scalars_.size(); ++i) {
    operands_.assign(1, {context_.Lasting(scalars_[i].text), context_.yaml.node(nodes_[i]).place});
    AddCriterion(i, {.op = *op});
  }
  AddCombination(static_cast<uint32_t>(scalars_.size()), all ? Combine::kAnd : Combine::kOr);
  return true;
}

// Combines the last `count` values into one: none of nothing holds, and all of nothing do.
void SigmaItemReader::AddCombination(uint32_t count, Combine combine) {
  const bool all = combine == Combine::kAnd;
  if (count == 0) {
    context_.builder.AddConditionToken({.kind = Token::kAtLeast, .value = 0, .n = all ? 0U : 1U});
  } else if (count > 1) {
    context_.builder.AddConditionToken(
        {.kind = all ? Token::kAnd : Token::kOr, .value = count, .place = WholePlace(nodes_[0])});
  }
}

// From the key to the value; the value alone where it does not follow its key.
Place SigmaItemReader::WholePlace(uint32_t value) const {
  const Place place = context_.yaml.node(value).place;
  if (key_node_ == kNoYamlNode) return place;
  const Place key = context_.yaml.node(key_node_).place;
  return key.end() <= place.offset ? Place{key.offset, place.end() - key.offset} : place;
}

void SigmaItemReader::AddProblems(std::span<const SigmaProblem> problems, bool of_key) {
  for (const SigmaProblem& problem : problems) {
    const bool in_key = of_key || problem.kind <= Problem::kAllOnSingleValue;
    const Place place = in_key ? context_.PlaceIn(key_node_, problem.place)
                               : context_.yaml.node(nodes_[problem.value]).place;
    std::string_view detail = problem.modifier ? Info(*problem.modifier).name : std::string_view();
    if (!problem.detail.empty()) detail = context_.builder.Copy(problem.detail);
    if (problem.kind == Problem::kUnknown) {
      detail = key_text_.substr(problem.place.offset, problem.place.length);
    }
    const std::string_view other = problem.other ? Info(*problem.other).name : problem.suggestion;
    context_.Add(KindOf(problem.kind), place, detail, other, problem.fatal);
  }
}

void SigmaItemReader::AddValue(std::span<const SigmaTest> tests) {
  for (const SigmaTest& test : tests) {
    if (test.op == Operator::kRegex) CheckRegex(test);
    const bool numeric = test.type == ScalarType::kNumber && test.op == Operator::kEquals;
    AddOperands(test);
    AddCriterion(test.value, {.op = test.op,
                              .flags = static_cast<uint8_t>(test.flags | (numeric ? kNumeric : 0)),
                              .time_part = test.time_part});
  }
  if (tests.size() < 2) return;
  const bool negated = (tests[0].flags & kNegated) != 0;
  context_.builder.AddConditionToken({.kind = negated ? Token::kAnd : Token::kOr,
                                      .value = static_cast<uint32_t>(tests.size()),
                                      .place = WholePlace(nodes_[tests[0].value])});
}

void SigmaItemReader::AddOperands(const SigmaTest& test) {
  const Place place = context_.yaml.node(nodes_[test.value]).place;
  const std::string_view written = scalars_[test.value].text;
  operands_.clear();
  for (const std::string& operand : test.operands) {
    operands_.push_back(
        {operand == written ? context_.Lasting(written) : context_.builder.Copy(operand), place});
  }
}

// `criterion` has what is tested; its operands are in `operands_`.
void SigmaItemReader::AddCriterion(uint32_t position, Criterion criterion) {
  const uint32_t value = nodes_[position];
  const YamlNode& node = context_.yaml.node(value);
  criterion.field = field_;
  // The other field is asked of sensors too.
  if (ComparesFields(criterion) && !operands_.empty()) {
    context_.builder.Field({.type = type_, .name = operands_[0].text});
  }
  criterion.operator_text = modifiers_;
  criterion.place = WholePlace(value);
  criterion.field_place = field_place_;
  criterion.operator_place = operator_place_;
  if (key_node_ == kNoYamlNode) {
    criterion.field_place = {node.place.offset, 0};
    criterion.operator_place = {node.place.offset, 0};
  }
  const uint32_t index = context_.builder.AddCriterion(criterion, operands_,
                                                       {.value = context_.Lasting(node.value),
                                                        .item = first_,
                                                        .position = position,
                                                        .type = scalars_[position].type,
                                                        .quoted = node.style != YamlStyle::kPlain,
                                                        .in_list = in_list_});
  context_.builder.AddConditionToken(
      {.kind = Token::kCriterion, .value = index, .place = criterion.place});
}

void SigmaItemReader::CheckRegex(const SigmaTest& test) {
  const uint32_t value = nodes_[test.value];
  const Place whole = context_.yaml.node(value).place;
  const std::string& pattern = test.operands[0];
  const SigmaRegexReport report = CheckSigmaRegex(pattern, (test.flags & kCased) == 0);
  // What RE2 refuses for its size has taken it as much work as it takes at most.
  constexpr uint64_t kRefusedCost = 65'536;
  constexpr uint64_t kLeastCost = 40;
  const uint64_t cost = report.compiled ? static_cast<uint64_t>(report.cost)
                        : report.error  ? pattern.size()
                                        : kRefusedCost;
  context_.Spend(context_.regex_cost, kLeastCost + cost, kMaxSigmaRegexCost, whole,
                 "instructions of regular expressions");
  if (report.error) {
    const std::string_view why = report.error->message.empty()
                                     ? Name(report.error->kind)
                                     : context_.builder.Copy(report.error->message);
    context_.AddFatal(Kind::kSigmaRegexInvalid, context_.PlaceIn(value, report.error->place), why);
    return;
  }
  for (const SigmaRegexReport::Outside& outside : report.outside) {
    context_.Add(Kind::kSigmaRegexUnsupported, context_.PlaceIn(value, outside.place),
                 Name(outside.feature));
  }
  if (report.explosive) {
    context_.Add(Kind::kSigmaRegexExplosive, context_.PlaceIn(value, *report.explosive));
  }
  if (!report.compiled) context_.Add(Kind::kSigmaRegexNotCompiled, whole);
}

}  // namespace sluice
