// SL569 related-type-unknown
//
// An entry of `related` has no type, or one that Sigma does not know.
//
//   related:
//     - id: 4e2d7c1a-90ab-4b3f-8d52-6a1c0f9e8b77
//       type: replaces
//
// Fix: write derived, obsolete, merged, renamed or similar.
//
// Source: Sigma specification 2.1.0, Sigma rules, "related".

#include <algorithm>
#include <iterator>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_metadata.h"

namespace sluice {

extern const Rule kSL569;

namespace {

constexpr std::string_view kTypes[] = {"derived", "obsolete", "merged", "renamed", "similar"};

void CheckType(const RuleInput& in, Reporter& out, const Instance& instance,
               const Attribute& type) {
  if (std::ranges::find(kTypes, type.value) != std::end(kTypes)) return;
  Finding* f = out.Report(kSL569, type.place, &instance);
  if (f == nullptr) return;
  const std::string_view near = NearWord(type.value, kTypes);
  if (!near.empty()) f->fix = ReplaceValue(in.content, type, std::string(near));
  Say(*f, kRefusedByTools, Cat(Quoted(type.value), " is no type of relation"),
      Cat("write ", near.empty() ? AnyOf(kTypes) : Quoted(near)));
}

void ReportNone(Reporter& out, const Instance& instance, const Attribute& entry) {
  if (Finding* f = out.Report(kSL569, entry.place, &instance)) {
    Say(*f, kRefusedByTools, "an entry of 'related' has no type", Cat("write ", AnyOf(kTypes)));
  }
}

// Entries in order: `open` is one whose type has not been seen yet.
void CheckOne(const RuleInput& in, Reporter& out, const Instance& instance) {
  const Attribute* open = nullptr;
  for (const Attribute& attribute : in.content.attributes(instance)) {
    if (!attribute.key.starts_with("related")) continue;
    if (attribute.key == "related" && attribute.item) {
      if (open != nullptr) ReportNone(out, instance, *open);
      open = attribute.kind == AttributeKind::kMap ? &attribute : nullptr;
    } else if (attribute.key == "related.type") {
      open = nullptr;
      CheckType(in, out, instance, attribute);
    }
  }
  if (open != nullptr) ReportNone(out, instance, *open);
}

void Check(const RuleInput& in, Reporter& out) {
  ForEachDocument(in.content, [&](const Instance& instance) { CheckOne(in, out, instance); });
}

}  // namespace

const Rule kSL569 = {{"SL569", "related-type-unknown", Severity::kWarning, Category::kHygiene,
                      "a related rule of a type that Sigma does not know", kSigmaFiles},
                     Check};

}  // namespace sluice
