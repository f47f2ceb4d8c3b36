// SL167 filter-incomplete
//
// A filter lacks a part without which it narrows nothing.
//
// It needs the rules that it is put on, at least one selection, and the condition that says how
// these combine.
//
//   filter:
//     rules: [6f3e2987-db24-4c78-a860-b4f4095a7095]
//     selection:
//       User|startswith: adm_         # and the condition?
//
// Fix: add the part that the message names.
//
// Source: Sigma specification 2.1.0, Sigma filters.

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_metadata.h"

namespace sluice {

extern const Rule kSL167;

namespace {

constexpr std::string_view kPrefix = "filter.";

struct Parts {
  bool rules = false;
  bool selection = false;
  bool condition = false;
};

// What follows the prefix in the key of an entry of `filter` itself.
void Note(const Attribute& attribute, Parts& parts) {
  const std::string_view key = attribute.key.substr(kPrefix.size());
  const bool list = attribute.kind == AttributeKind::kList;
  if (key == "rules") {
    parts.rules |= !list && !IsBlank(attribute);
  } else if (key == "condition") {
    parts.condition |= !list && !IsBlank(attribute);
  } else {
    parts.selection = true;
  }
}

std::string_view Missing(const Parts& parts) {
  if (!parts.rules) return "rules";
  if (!parts.selection) return "selection";
  return parts.condition ? std::string_view() : "condition";
}

void CheckFilter(const RuleInput& in, Reporter& out, const Instance& instance) {
  Parts parts;
  for (const Attribute& attribute : in.content.attributes(instance)) {
    if (attribute.key.starts_with(kPrefix)) Note(attribute, parts);
  }
  const std::string_view part = Missing(parts);
  if (part.empty()) return;
  const Attribute* all = in.content.attribute(instance, "filter");
  const Place place = all == nullptr ? DocumentPlace(in.content, instance) : all->key_place;
  if (Finding* f = out.Report(kSL167, place, &instance)) {
    Say(*f, kMeansNothing, Cat("the filter has no ", Quoted(part)),
        Cat("write ", Quoted(part), " under `filter`"));
  }
}

void Check(const RuleInput& in, Reporter& out) {
  ForEachDocument(in.content, [&](const Instance& instance) {
    if (instance.role == InstanceRole::kFilter) CheckFilter(in, out, instance);
  });
}

}  // namespace

const Rule kSL167 = {{"SL167", "filter-incomplete", Severity::kError, Category::kInvalid,
                      "a filter without its rules, a selection or a condition", kSigmaFiles},
                     Check};

}  // namespace sluice
