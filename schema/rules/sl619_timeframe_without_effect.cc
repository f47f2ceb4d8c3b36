// SL619 timeframe-without-effect
//
// A `timeframe` in a rule that counts nothing.
//
// It belongs to the aggregations of Sigma 1. Without one, each event is looked at alone, however
// long the time between them.
//
//   detection:
//     selection:
//       EventID: 4625
//     timeframe: 5m
//     condition: selection
//
// Fix: remove it; to count events, write a correlation with a `timespan`.
//
// Source: Sigma specification 2.1.0, detection; Sigma correlation rules specification.

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma.h"

namespace sluice {

extern const Rule kSL619;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ForEachCompleteRule(in.content, [&](const Instance& instance) {
    for (const Attribute& attribute : in.content.attributes(instance)) {
      if (attribute.key != "detection.timeframe" || attribute.item) continue;
      Finding* f = out.Report(kSL619, attribute.key_place, &instance);
      if (f == nullptr) return;
      Say(*f, "has no effect", "the rule has a timeframe and counts nothing in it",
          "remove it, or write a correlation with a timespan");
    }
  });
}

}  // namespace

const Rule kSL619 = {{"SL619", "timeframe-without-effect", Severity::kNote, Category::kHygiene,
                      "a timeframe in a rule that counts nothing", kSigmaFiles},
                     Check};

}  // namespace sluice
