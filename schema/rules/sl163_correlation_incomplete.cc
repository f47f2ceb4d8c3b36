// SL163 correlation-incomplete
//
// A correlation lacks a part without which it counts nothing.
//
// It needs its type, the rules whose matches it takes, and the time in which they must fall. All
// types but the temporal ones need a condition, too, and those that take values the field that
// holds them.
//
//   correlation:
//     type: event_count
//     rules: [failed_logon]
//     condition: { gte: 10 }          # within which time?
//
// Fix: add the part that the message names.
//
// Source: Sigma specification 2.1.0, Sigma correlation rules, "Correlation section".

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_metadata.h"

namespace sluice {

extern const Rule kSL163;

namespace {

bool IsSet(const Content& content, const Instance& instance, std::string_view key) {
  const Attribute* found = content.attribute(instance, key);
  return found != nullptr && !IsBlank(*found);
}

// A list of one or more, or one text.
bool HasItems(const Content& content, const Instance& instance, std::string_view key) {
  const Attribute* found = content.attribute(instance, key);
  if (found == nullptr || IsBlank(*found)) return false;
  if (found->kind != AttributeKind::kList) return true;
  const auto attributes = content.attributes(instance);
  const Attribute* next = found + 1;
  return next != attributes.data() + attributes.size() && next->item && next->key == key;
}

// What is missing; empty for nothing.
std::string_view MissingPart(const Content& content, const Instance& instance) {
  if (!IsSet(content, instance, "correlation.type")) return "type";
  if (!HasItems(content, instance, "correlation.rules")) return "rules";
  if (!IsSet(content, instance, "correlation.timespan")) return "timespan";
  const std::string_view type = content.attribute(instance, "correlation.type")->value;
  if (type.starts_with("temporal")) return {};
  if (!IsSet(content, instance, "correlation.condition")) return "condition";
  const bool values = type.starts_with("value_");
  const bool field = IsSet(content, instance, "correlation.condition.field");
  return values && !field ? "condition.field" : std::string_view();
}

void Check(const RuleInput& in, Reporter& out) {
  ForEachDocument(in.content, [&](const Instance& instance) {
    if (instance.role != InstanceRole::kCorrelation) return;
    const std::string_view part = MissingPart(in.content, instance);
    if (part.empty()) return;
    const Attribute* all = in.content.attribute(instance, "correlation");
    const Place place = all == nullptr ? DocumentPlace(in.content, instance) : all->key_place;
    if (Finding* f = out.Report(kSL163, place, &instance)) {
      Say(*f, kMeansNothing, Cat("the correlation has no ", Quoted(part)),
          Cat("write ", Quoted(part), " under `correlation`"));
    }
  });
}

}  // namespace

const Rule kSL163 = {{"SL163", "correlation-incomplete", Severity::kError, Category::kInvalid,
                      "a correlation without its type, rules, timespan or condition", kSigmaFiles},
                     Check};

}  // namespace sluice
