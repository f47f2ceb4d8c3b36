#include "tests/parser/channel/channel_contents.h"

#include <functional>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "parser/channel/channel_format.h"
#include "schema/content_builder.h"
#include "schema/text.h"

namespace sluice {
namespace {

using Kind = ConditionToken::Kind;

constexpr std::string_view kTexts[] = {"a",      "b",  "",   "ä", "\xF0\x9F\x98\x80",
                                       "%TEMP%", "10", "x y"};
constexpr std::string_view kNames[] = {"Image", "User", "CommandLine", "ä", "Company", "Hashes"};

class Maker {
 public:
  Maker(Dialect dialect, Binding binding, NaiveRandom& random)
      : dialect_(dialect), binding_(binding), random_(random), builder_(dialect, binding, "test") {}

  Content Make() && {
    MakeHead();
    MakeTypes();
    const uint32_t instances = random_.Below(8);
    for (uint32_t i = 1; i <= instances; ++i) MakeInstance(i);
    return std::move(builder_).Build();
  }

 private:
  bool sysmon() const { return dialect_ == Dialect::kSysmon; }
  std::string_view Text() { return kTexts[random_.Below(std::size(kTexts))]; }

  void MakeHead() {
    Metadata& metadata = builder_.metadata();
    metadata.content_version = random_.Below(3);
    if (random_.OneIn(2)) builder_.AddBuiltFor({.sensor = "s", .version = "2", .rank = 7});
    if (!sysmon()) return;
    if (random_.OneIn(2)) {
      metadata.has_schema_version = true;
      metadata.schema_version = "4.50";
      metadata.schema_rank = 450;
    }
    if (binding_ == Binding::kByIndex) metadata.binary_major = random_.Below(20);
    for (uint32_t i = random_.Below(3); i > 0; --i) {
      builder_.AddSetting({.name = Text(), .value = Text()});
    }
  }

  void MakeTypes() {
    const uint32_t count = 1 + random_.Below(4);
    for (uint32_t i = 0; i < count; ++i) {
      // Names descend, so that the file has another order.
      TemplateType type{.name = builder_.Keep(absl::StrCat("T", count - i)),
                        .open = random_.OneIn(3),
                        .version = random_.Below(2)};
      if (random_.OneIn(2)) type.id = random_.Below(100);
      declared_.push_back(binding_ == Binding::kByIndex || random_.OneIn(2));
      if (declared_.back()) {
        std::vector<FieldDecl> fields;
        for (const std::string_view name : kNames) {
          fields.push_back({.name = name, .type = static_cast<ValueType>(random_.Below(12))});
        }
        types_.push_back(builder_.DeclareType(type, fields));
      } else {
        types_.push_back(builder_.Type(type));
      }
    }
  }

  uint32_t MakeField(uint32_t type, bool any) {
    FieldRef field{.type = type};
    const uint32_t position = random_.Below(std::size(kNames));
    if (any) {
      field.kind = FieldKind::kAny;
    } else if (binding_ == Binding::kByIndex) {
      field.kind = FieldKind::kIndex;
      field.index = position;
    } else {
      field.name = kNames[position];
    }
    return builder_.Field(field);
  }

  void MakeCriterion(uint32_t type) {
    const auto first = static_cast<uint32_t>(sysmon() ? Operator::kSysmonIs : Operator::kWildcard);
    const uint32_t count = sysmon() ? kSysmonConditionCount : 20;
    Criterion criterion{.op = static_cast<Operator>(first + random_.Below(count))};
    if (sysmon() && random_.OneIn(10)) criterion.op = Operator::kWildcard;
    const bool wildcard = criterion.op == Operator::kWildcard;
    criterion.field = MakeField(type, !sysmon() && !wildcard && random_.OneIn(6));
    if (sysmon()) criterion.name = random_.OneIn(2) ? Text() : "";
    const auto number = static_cast<uint8_t>(IsSysmon(criterion.op)
                                                 ? static_cast<uint32_t>(criterion.op) - first + 64
                                                 : static_cast<uint32_t>(criterion.op));
    const channel::OperatorFormat& format = *channel::FindOperator(number);
    criterion.flags = static_cast<uint8_t>(random_.Next()) & format.flags;
    if (format.time_part) criterion.time_part = static_cast<TimePart>(random_.Below(7));
    std::vector<Operand> operands;
    if (format.operands == channel::OperandCount::kSome) operands.resize(1 + random_.Below(3));
    if (format.operands == channel::OperandCount::kOne) operands.resize(1);
    for (Operand& operand : operands) operand.text = Text();
    builder_.AddCriterion(criterion, operands);
  }

  // A tree of operators over any of the criteria, as deep as it comes.
  void MakeCondition(uint32_t first, uint32_t criteria) {
    std::vector<uint32_t> operators;
    uint32_t results = 0;
    for (uint32_t i = 2 + random_.Below(12); i > 0 || results != 1; i -= i > 0 ? 1 : 0) {
      if (i > 0 && (results == 0 || random_.OneIn(2))) {
        builder_.AddConditionToken({.value = first + random_.Below(criteria)});
        ++results;
        continue;
      }
      ConditionToken token{.value = 1 + random_.Below(results)};
      if (i == 0) token.value = results;
      token.kind = static_cast<Kind>(1 + random_.Below(4));
      if (token.kind == Kind::kNot) token.value = 1;
      if (token.kind == Kind::kAtLeast) token.n = 1 + random_.Below(token.value);
      builder_.AddConditionToken(token);
      results -= token.value - 1;
    }
  }

  void MakeInstance(uint32_t number) {
    const uint32_t type = types_[random_.Below(types_.size())];
    Instance instance{.type = type,
                      .id = builder_.Keep(absl::StrCat(number)),
                      .name = Text(),
                      .record_default = static_cast<RecordDefault>(random_.Below(3)),
                      .combine = static_cast<Combine>(random_.Below(2))};
    if (!sysmon()) instance = {.type = type, .id = instance.id, .name = instance.name};
    builder_.BeginInstance(instance);
    const auto first = static_cast<uint32_t>(builder_.criterion_count());
    const uint32_t criteria = random_.Below(6) + (sysmon() ? 0 : 1);
    for (uint32_t i = 0; i < criteria; ++i) {
      const bool group = sysmon() && random_.OneIn(3);
      if (group) {
        builder_.BeginGroup({.combine = static_cast<Combine>(random_.Below(2)),
                             .id = random_.Below(5),
                             .name = Text()});
      }
      for (uint32_t n = group ? random_.Below(3) : 1; n > 0; --n) MakeCriterion(type);
      if (group) builder_.EndGroup();
    }
    if (!sysmon() && random_.OneIn(2)) MakeCondition(first, criteria);
    builder_.EndInstance();
  }

  const Dialect dialect_;
  const Binding binding_;
  NaiveRandom& random_;
  ContentBuilder builder_;
  std::vector<uint32_t> types_;
  std::vector<bool> declared_;
};

}  // namespace

Content RandomContent(Dialect dialect, Binding binding, NaiveRandom& random) {
  return Maker(dialect, binding, random).Make();
}

std::string CriterionKey(const Content& content, const Criterion& criterion) {
  const FieldRef& field = content.field(criterion);
  std::string key = absl::StrCat(static_cast<int>(field.kind), "/");
  if (field.kind == FieldKind::kIndex) absl::StrAppend(&key, field.index);
  absl::StrAppend(&key, Abseil(field.name), "/", static_cast<int>(criterion.op), "/",
                  criterion.flags, "/", static_cast<int>(criterion.time_part), "/",
                  Abseil(criterion.name));
  for (const Operand& operand : content.operands(criterion)) {
    absl::StrAppend(&key, "/", Abseil(operand.text));
  }
  return key;
}

bool Matches(const Content& content, const Instance& instance, uint32_t salt) {
  const auto holds = [&](uint32_t criterion) {
    const std::string key = CriterionKey(content, content.criteria()[criterion]);
    return std::hash<std::string>()(absl::StrCat(key, "#", salt)) % 2 == 0;
  };
  std::vector<bool> stack;
  if (instance.condition.empty()) {
    for (uint32_t i = instance.criteria.begin; i < instance.criteria.end; ++i) {
      if (!holds(i)) return false;
    }
    return true;
  }
  for (const ConditionToken& token : content.condition(instance)) {
    if (token.kind == Kind::kCriterion) {
      stack.push_back(holds(token.value));
      continue;
    }
    uint32_t held = 0;
    for (uint32_t i = 0; i < token.value; ++i) held += stack[stack.size() - 1 - i] ? 1 : 0;
    stack.resize(stack.size() - token.value);
    stack.push_back(token.kind == Kind::kAnd   ? held == token.value
                    : token.kind == Kind::kOr  ? held > 0
                    : token.kind == Kind::kNot ? held == 0
                                               : held >= token.n);
  }
  return stack.back();
}

}  // namespace sluice
