// SL578 correlation-of-itself
//
// A correlation or a filter names itself, by its id or its name, among the rules that it is about.
//
// What it waits for is itself, or it is put on itself: tools refuse the circle or never come to an
// end.
//
//   name: many_logons
//   correlation:
//     rules:
//       - many_logons
//
// Fix: name the rule that is meant.
//
// Source: Sigma specification 2.1.0, Sigma correlation rules, "rules".

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_metadata.h"

namespace sluice {

extern const Rule kSL578;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ForEachDocument(in.content, [&](const Instance& instance) {
    if (instance.role == InstanceRole::kRule) return;
    const Attribute* name = ScalarOf(in.content, instance, "name");
    for (const Attribute& one : in.content.attributes(instance)) {
      if (one.key != "correlation.rules" && one.key != "filter.rules") continue;
      if (one.value.empty()) continue;
      const bool itself =
          EqualsIgnoreCase(one.value, instance.id) || (name != nullptr && one.value == name->value);
      if (!itself) continue;
      if (Finding* f = out.Report(kSL578, one.place, &instance)) {
        Say(*f, kRefusedByTools, Cat(Quoted(one.value), " is the ", Name(instance.role), " itself"),
            "name the rule that is meant");
      }
    }
  });
}

}  // namespace

const Rule kSL578 = {{"SL578", "correlation-of-itself", Severity::kWarning, Category::kHygiene,
                      "a correlation or filter that names itself among its rules", kSigmaFiles},
                     Check};

}  // namespace sluice
