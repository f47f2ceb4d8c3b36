// SL600 selection-unused
//
// A selection that no condition of the rule uses.
//
// What stands in it has no effect: a filter that nobody applies lets false positives through, and a
// selection that nobody asks for detects nothing. Mostly a name was changed in one place only.
// `them` leaves out the names that begin with `_`.
//
//   filter_main_updater:
//     Image|endswith: '\updater.exe'
//   condition: selection              # and not 1 of filter_*
//
// Fix: use it in the condition, or remove it.
//
// Source: Sigma specification 2.1.0, condition.

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma.h"

namespace sluice {

extern const Rule kSL600;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ForEachCompleteRule(in.content, [&](const Instance& instance) {
    for (const SigmaSelection& selection : in.content.selections(instance)) {
      if (selection.uses != 0) continue;
      Finding* f = out.Report(kSL600, selection.name_place, &instance);
      if (f == nullptr) continue;
      Say(*f, "has no effect", Cat("no condition uses the selection ", Quoted(selection.name)),
          "use it in the condition, or remove it");
    }
  });
}

}  // namespace

const Rule kSL600 = {{"SL600", "selection-unused", Severity::kWarning, Category::kHygiene,
                      "a selection that no condition uses", kSigmaFiles},
                     Check};

}  // namespace sluice
