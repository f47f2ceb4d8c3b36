// SL572 list-entry-empty
//
// A list outside of the detection has an item with nothing in it, most often a dash that was left
// over.
//
//   references:
//     - https://example.com/report
//     -
//
// Sigma's tools refuse it, or show an empty line.
//
// Fix: remove the item.
//
// Source: Sigma specification 2.1.0, JSON schemas.

#include <algorithm>
#include <iterator>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_metadata.h"

namespace sluice {

extern const Rule kSL572;

namespace {

bool IsList(std::string_view key) {
  constexpr std::string_view kKeys[] = {
      "tags",         "references",        "falsepositives",      "fields", "scope", "related",
      "filter.rules", "correlation.rules", "correlation.group-by"};
  return std::ranges::find(kKeys, key) != std::end(kKeys);
}

void Check(const RuleInput& in, Reporter& out) {
  ForEachDocument(in.content, [&](const Instance& instance) {
    for (const Attribute& one : in.content.attributes(instance)) {
      if (!one.item || !IsBlank(one) || !IsList(one.key)) continue;
      Finding* f = out.Report(kSL572, one.place, &instance);
      if (f == nullptr) continue;
      f->fix = RemoveItem(in.content, one);
      Say(*f, kRefusedByTools, Cat("an item of ", Quoted(one.key), " is empty"), "remove the item");
    }
  });
}

}  // namespace

const Rule kSL572 = {
    {"SL572", "list-entry-empty", Severity::kWarning, Category::kHygiene,
     "an item with nothing in it among tags, references or false positives", kSigmaFiles},
    Check};

}  // namespace sluice
