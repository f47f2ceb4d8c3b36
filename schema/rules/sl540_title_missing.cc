// SL540 title-missing
//
// There is no title, or an empty one.
//
// The title is what an analyst reads in the alert, and the first thing that Sigma's tools ask for.
//
//   title: ''
//
// Fix: say in a few words what the rule finds.
//
// Source: Sigma specification 2.1.0, Sigma rules, "title".

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_metadata.h"

namespace sluice {

extern const Rule kSL540;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ForEachDocument(in.content, [&](const Instance& instance) {
    const Attribute* title = in.content.attribute(instance, "title");
    if (title != nullptr && !IsBlank(*title)) return;
    const Place place = title == nullptr ? DocumentPlace(in.content, instance) : title->key_place;
    if (Finding* f = out.Report(kSL540, place, &instance)) {
      Say(*f, kRefusedByTools, Cat("the ", Name(instance.role), " has no title"),
          "say in a few words what it finds");
    }
  });
}

}  // namespace

const Rule kSL540 = {{"SL540", "title-missing", Severity::kWarning, Category::kHygiene,
                      "a rule, correlation or filter without a title", kSigmaFiles},
                     Check};

}  // namespace sluice
