// SL571 attribute-empty
//
// An attribute of Sigma is there, and has nothing in it.
//
// Tools that look only whether it is there take it for filled in; others refuse it. A title is
// spoken of by SL540.
//
//   description:
//   fields: []
//
// Fix: fill it in, or remove the key.
//
// Source: Sigma specification 2.1.0, JSON schemas.

#include <algorithm>
#include <iterator>
#include <span>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_metadata.h"

namespace sluice {

extern const Rule kSL571;

namespace {

bool IsOfSigma(std::string_view key) {
  constexpr std::string_view kKeys[] = {
      "id",   "name",  "status", "level",      "description",    "author",  "date",    "modified",
      "tags", "scope", "fields", "references", "falsepositives", "license", "related", "taxonomy"};
  return std::ranges::find(kKeys, key) != std::end(kKeys);
}

// What is in a list or map stands behind it, with its key.
bool HoldsNothing(std::span<const Attribute> attributes, size_t at) {
  const Attribute& one = attributes[at];
  if (IsScalar(one)) return IsBlank(one);
  return at + 1 == attributes.size() || !attributes[at + 1].key.starts_with(one.key) ||
         (one.kind == AttributeKind::kList && !attributes[at + 1].item);
}

void Check(const RuleInput& in, Reporter& out) {
  ForEachDocument(in.content, [&](const Instance& instance) {
    const auto attributes = in.content.attributes(instance);
    for (size_t i = 0; i < attributes.size(); ++i) {
      const Attribute& one = attributes[i];
      if (one.item || !HoldsNothing(attributes, i) || !IsOfSigma(one.key)) continue;
      if (Finding* f = out.Report(kSL571, one.key_place, &instance)) {
        Say(*f, "says nothing", Cat(Quoted(one.key), " is empty"), "fill it in, or remove the key");
      }
    }
  });
}

}  // namespace

const Rule kSL571 = {{"SL571", "attribute-empty", Severity::kWarning, Category::kHygiene,
                      "an attribute with nothing in it", kSigmaFiles},
                     Check};

}  // namespace sluice
